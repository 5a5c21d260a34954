"""Tables of vectors."""
import torch


def _limited(weight, max_norm, norm_type):
    """Rows that are longer than `max_norm` brought to that length."""
    if max_norm is None:
        return weight
    norms = torch.norm(weight, norm_type, 1, keepdim=True)
    return weight * torch.clamp(max_norm / (norms + 1e-7), max=1.0)


def _looked_up(weight, input, max_norm, norm_type):
    """The table, in which torch shortens for good the rows that it finds."""
    if max_norm is None:
        return weight
    rows = input.flatten()
    return weight.index_put_((rows,), _limited(weight, max_norm, norm_type)[rows])


def embedding(input, weight, padding_idx=None, max_norm=None, norm_type=2.0, scale_grad_by_freq=False, sparse=False):
    return torch.embedding(_looked_up(weight, input, max_norm, norm_type), input)


def embedding_bag(input, weight, offsets=None, max_norm=None, norm_type=2, scale_grad_by_freq=False, mode="mean", sparse=False, per_sample_weights=None, include_last_offset=False, padding_idx=None):
    weight = _looked_up(weight, input, max_norm, norm_type)
    padding_idx = None if padding_idx is None else padding_idx % weight.size(0)
    if input.dim() == 2:
        return _bags(torch.embedding(weight, input), mode, input, per_sample_weights, padding_idx)
    if include_last_offset:
        offsets = offsets[:-1]
    way = ["sum", "mean", "max"].index(mode)
    return torch.embedding_bag(weight, input, offsets, False, way, False, per_sample_weights, False, padding_idx)[0]


def _bags(found, mode, input, weights, padding_idx):
    """Each row of the input is a bag."""
    if weights is not None:
        found = found * weights.unsqueeze(-1)
    if padding_idx is None:
        return found.sum(1) if mode == "sum" else found.mean(1) if mode == "mean" else found.amax(1)
    counts = (input != padding_idx).unsqueeze(-1)
    if mode == "max":
        most = torch.where(counts, found, torch.full_like(found, -float("inf"))).amax(1)
        return torch.where(counts.any(1), most, torch.zeros_like(most))
    total = (found * counts).sum(1)
    return total if mode == "sum" else total / counts.sum(1).clamp(min=1)
