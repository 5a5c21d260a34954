"""Elements put into a tensor by places that no operator knows."""
import torch


def fill_diagonal_(self, fill_value, wrap=False):
    if wrap or self.dim() != 2:
        raise NotImplementedError("a diagonal through more than two dimensions, or one that begins again")
    torch.diagonal(self).fill_(fill_value)
    return self


def masked_scatter(input, mask, source):
    """The elements of the source, one after the other, wherever the mask holds."""
    input, mask = torch.broadcast_tensors(input, mask)
    places = (torch.cumsum(mask.flatten().to(torch.int64), 0) - 1).clamp(min=0)
    return torch.where(mask, source.flatten()[places].reshape(input.shape), input)


def masked_scatter_(self, mask, source):
    return self.copy_(masked_scatter(self, mask, source))
