"""Functions that give several tensors by name."""
from collections import namedtuple

import torch
from torch._native import operator

_Found = namedtuple("found", ["values", "indices"])


def _along(name, input, *args, **keywords):
    return _Found(*operator(name, input, *args, **keywords))


def _extreme(name, input, dim, keepdim, keywords):
    dim = keywords.get("axis", dim)
    keepdim = keywords.get("keepdims", keepdim)
    other = keywords.get("other")
    if other is not None or isinstance(dim, torch.Tensor):
        return operator(name, input, dim if other is None else other)
    return operator(name, input) if dim is None else _along(name, input, dim, keepdim)


def max(input, dim=None, keepdim=False, **keywords):
    return _extreme("max", input, dim, keepdim, keywords)


def min(input, dim=None, keepdim=False, **keywords):
    return _extreme("min", input, dim, keepdim, keywords)


def median(input, dim=None, keepdim=False):
    return operator("median", input) if dim is None else _along("median", input, dim, keepdim)


def kthvalue(input, k, dim=-1, keepdim=False):
    return _along("kthvalue", input, k, dim, keepdim)


def sort(input, dim=-1, descending=False, stable=False):
    return _along("sort", input, dim, descending)


def argsort(input, dim=-1, descending=False, stable=False):
    return sort(input, dim, descending).indices


def topk(input, k, dim=-1, largest=True, sorted=True):
    return _along("topk", input, k, dim, largest, sorted)


def cummax(input, dim):
    return _along("cummax", input, dim)


def cummin(input, dim):
    return _along("cummin", input, dim)


_Ends = namedtuple("aminmax", ["min", "max"])


def aminmax(input, dim=None, keepdim=False):
    if dim is None:
        return _Ends(input.amin((), keepdim), input.amax((), keepdim))
    return _Ends(input.amin(dim, keepdim), input.amax(dim, keepdim))


def var_mean(input, dim=None, unbiased=True, keepdim=False, correction=None, **keywords):
    return _both("var", input, dim, unbiased, keepdim, correction, keywords)


def std_mean(input, dim=None, unbiased=True, keepdim=False, correction=None, **keywords):
    return _both("std", input, dim, unbiased, keepdim, correction, keywords)


def _both(name, input, dim, unbiased, keepdim, correction, keywords):
    spread = _spread(name, input, dim, unbiased, keepdim, correction, keywords)
    dim, keepdim = keywords.get("axis", dim), keywords.get("keepdims", keepdim)
    return spread, mean(input, None if isinstance(dim, bool) else dim, keepdim)


def _spread(name, input, dim, unbiased, keepdim, correction, keywords):
    dim = keywords.get("axis", dim)
    keepdim = keywords.get("keepdims", keepdim)
    if isinstance(dim, bool):
        dim, unbiased = None, dim
    if dim is None and correction is None and not keepdim:
        return operator(name, input, unbiased)
    if correction is None:
        return operator(name, input, dim, unbiased, keepdim)
    return operator(name, input, dim, correction=correction, keepdim=keepdim)


def var(input, dim=None, unbiased=True, keepdim=False, correction=None, **keywords):
    return _spread("var", input, dim, unbiased, keepdim, correction, keywords)


def std(input, dim=None, unbiased=True, keepdim=False, correction=None, **keywords):
    return _spread("std", input, dim, unbiased, keepdim, correction, keywords)


def mean(input, dim=None, keepdim=False, dtype=None, **keywords):
    dim = keywords.get("axis", dim)
    keepdim = keywords.get("keepdims", keepdim)
    return operator("mean", input, dtype=dtype) if not keepdim and dim in (None, (), []) else operator("mean", input, dim, keepdim, dtype=dtype)
