"""Numbers that sum to one, along a dimension."""
import torch


def _usual(input, dim):
    """The dimension that is meant where none is named: the first of classes, the second behind a batch."""
    if dim is not None:
        return dim
    return 0 if input.dim() in (0, 1, 3) else 1


def softmax(input, dim=None, _stacklevel=3, dtype=None):
    return torch.softmax(input, _usual(input, dim), dtype)


def log_softmax(input, dim=None, _stacklevel=3, dtype=None):
    return torch.log_softmax(input, _usual(input, dim), dtype)


def softmin(input, dim=None, _stacklevel=3, dtype=None):
    return torch.softmax(-input, _usual(input, dim), dtype)


def gumbel_softmax(logits, tau=1, hard=False, eps=1e-10, dim=-1):
    raise NotImplementedError("gumbel_softmax draws random numbers, which a converted model does not")
