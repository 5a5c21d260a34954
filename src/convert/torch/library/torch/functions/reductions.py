"""Reductions whose Python forms take more than the operators do."""
import math

import torch
from torch._native import operator


def norm(input, p="fro", dim=None, keepdim=False, dtype=None):
    if p == "nuc":
        raise NotImplementedError("the nuclear norm")
    if p == "fro" or p is None:
        p = 2
    if dim is None:
        dim = list(range(input.dim()))
    if dtype is not None:
        input = input.to(dtype)
    return operator("linalg_vector_norm", input, p, dim, keepdim)


def sum(input, dim=None, keepdim=False, dtype=None, **keywords):
    dim = keywords.get("axis", dim)
    keepdim = keywords.get("keepdims", keepdim)
    return operator("sum", input, dtype=dtype) if not keepdim and dim in (None, (), []) else operator("sum", input, dim, keepdim, dtype=dtype)


def all(input, dim=None, keepdim=False):
    return _truth("all", input, dim, keepdim)


def any(input, dim=None, keepdim=False):
    return _truth("any", input, dim, keepdim)


def _truth(name, input, dim, keepdim):
    if dim is None:
        return operator(name, input)
    if isinstance(dim, (tuple, list)):
        for one in dim:
            input = operator(name, input, one, True)
        return input if keepdim else operator("squeeze", input, list(dim))
    return operator(name, input, dim, keepdim)


def logsumexp(input, dim, keepdim=False):
    return operator("logsumexp", input, [dim] if isinstance(dim, int) else dim, keepdim)


def nanmean(input, dim=None, keepdim=False, dtype=None):
    if dtype is not None:
        input = input.to(dtype)
    known = torch.logical_not(torch.isnan(input))
    total = operator("nansum", input, dim, keepdim)
    return total / sum(known.to(input.dtype), dim, keepdim)


def quantile(input, q, dim=None, keepdim=False, interpolation="linear"):
    """The element at a share of the way through the sorted ones, between two where it lies between."""
    shares = q.tolist() if isinstance(q, torch.Tensor) else q
    if isinstance(shares, list):
        return torch.stack([quantile(input, share, dim, keepdim, interpolation) for share in shares])
    if dim is None:
        found = quantile(input.flatten(), shares, 0, False, interpolation)
        return found.reshape(*[1] * input.dim()) if keepdim else found
    ordered = operator("sort", input, dim, False)[0]
    at = shares * (input.size(dim) - 1)
    low = math.floor(at)
    if interpolation in ("lower", "higher", "nearest"):
        place = {"lower": low, "higher": math.ceil(at), "nearest": round(at)}[interpolation]
        found = ordered.narrow(dim, place, 1)
    else:
        first = ordered.narrow(dim, low, 1)
        found = first + (ordered.narrow(dim, math.ceil(at), 1) - first) * (0.5 if interpolation == "midpoint" and low != at else at - low)
    return found if keepdim else found.squeeze(dim)


def bincount(input, weights=None, minlength=0):
    if minlength == 0:
        raise NotImplementedError("bincount without minlength counts up to a number that comes when the model runs")
    ones = torch.ones_like(input) if weights is None else weights
    return torch.zeros(minlength, dtype=ones.dtype).scatter_add(0, input, ones)


def cov(input, correction=1):
    apart = input - input.mean(-1, keepdim=True)
    return apart @ apart.transpose(-2, -1) / (input.size(-1) - correction)
