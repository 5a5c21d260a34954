"""Tensors put together, and taken apart."""
import torch
from torch._native import operator


def split(input, split_size_or_sections=None, dim=0, **keywords):
    sizes = keywords.get("split_size", split_size_or_sections)
    return tuple(operator("split", input, sizes, dim))


def chunk(input, chunks, dim=0):
    return tuple(operator("chunk", input, chunks, dim))


def unbind(input, dim=0):
    return tuple(operator("unbind", input, dim))


def tensor_split(input, indices_or_sections=None, dim=0, **keywords):
    where = keywords.get("indices", keywords.get("sections", indices_or_sections))
    if isinstance(where, torch.Tensor):
        where = where.tolist()
    return tuple(operator("tensor_split", input, where, dim))


def split_with_sizes(input, split_sizes, dim=0):
    return tuple(operator("split_with_sizes", input, split_sizes, dim))


def hsplit(input, indices_or_sections):
    return tensor_split(input, indices_or_sections, 0 if input.dim() == 1 else 1)


def vsplit(input, indices_or_sections):
    return tensor_split(input, indices_or_sections, 0)


def cat(tensors, dim=0, **keywords):
    return operator("cat", list(tensors), keywords.get("axis", dim))


def concat(tensors, dim=0, **keywords):
    return cat(tensors, dim, **keywords)


def concatenate(tensors, dim=0, **keywords):
    return cat(tensors, dim, **keywords)


def stack(tensors, dim=0, **keywords):
    return operator("stack", list(tensors), keywords.get("axis", dim))


def meshgrid(*tensors, indexing="ij"):
    if len(tensors) == 1 and isinstance(tensors[0], (tuple, list)):
        tensors = tensors[0]
    return tuple(operator("meshgrid", list(tensors), indexing=indexing))


def broadcast_shapes(*shapes):
    rank = max(len(shape) for shape in shapes)
    result = [1] * rank
    for shape in shapes:
        for at, size in enumerate(shape, rank - len(shape)):
            if size != 1:
                result[at] = size
    return torch.Size(result)


def broadcast_tensors(*tensors):
    if len(tensors) == 1 and isinstance(tensors[0], (tuple, list)):
        tensors = tensors[0]
    shape = broadcast_shapes(*[tensor.shape for tensor in tensors])
    return tuple(tensor.expand(*shape) for tensor in tensors)


def cartesian_prod(*tensors):
    if len(tensors) == 1:
        return tensors[0]
    return torch.stack([grid.flatten() for grid in meshgrid(*tensors)], -1)


def combinations(input, r=2, with_replacement=False):
    import itertools

    choose = itertools.combinations_with_replacement if with_replacement else itertools.combinations
    return input[torch.tensor(list(choose(range(input.size(0)), r)))]


def block_diag(*tensors):
    if len(tensors) == 1 and isinstance(tensors[0], (tuple, list)):
        tensors = tensors[0]
    blocks = [torch.atleast_2d(tensor) for tensor in tensors]
    width = sum(block.size(1) for block in blocks)
    rows, before = [], 0
    for block in blocks:
        rows.append(torch.constant_pad_nd(block, [before, width - before - block.size(1)], 0))
        before += block.size(1)
    return torch.cat(rows)


def tensordot(a, b, dims=2):
    if isinstance(dims, int):
        dims = [list(range(a.dim() - dims, a.dim())), list(range(dims))]
    first, second = dims
    return operator("tensordot", a, b, list(first), list(second))


def real(input):
    return input.real


def dsplit(input, indices_or_sections):
    return tensor_split(input, indices_or_sections, 2)


def atleast_1d(*tensors):
    return _at_least(tensors, lambda one: one.reshape(1) if one.dim() == 0 else one)


def atleast_2d(*tensors):
    return _at_least(tensors, lambda one: one if one.dim() >= 2 else one.reshape(1, -1))


def atleast_3d(*tensors):
    return _at_least(tensors, _in_space)


def _at_least(tensors, change):
    if len(tensors) == 1 and isinstance(tensors[0], torch.Tensor):
        return change(tensors[0])
    return tuple(change(one) for one in (tensors[0] if len(tensors) == 1 else tensors))


def _in_space(input):
    if input.dim() >= 3:
        return input
    return input.unsqueeze(-1) if input.dim() == 2 else input.reshape(1, -1, 1)


def kron(input, other):
    rank = max(input.dim(), other.dim())
    a = input.reshape(*[1] * (rank - input.dim()), *input.shape)
    b = other.reshape(*[1] * (rank - other.dim()), *other.shape)
    for at in range(rank):
        a, b = a.unsqueeze(2 * at + 1), b.unsqueeze(2 * at)
    return (a * b).reshape(*[a.size(2 * at) * b.size(2 * at + 1) for at in range(rank)])
