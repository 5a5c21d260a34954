"""`torch.linalg`."""
import math

import torch
from torch._native import operator


def norm(A, ord=None, dim=None, keepdim=False, dtype=None):
    if ord is None or A.dim() == 1 and dim is None or isinstance(dim, int):
        return vector_norm(A, 2 if ord is None else ord, dim, keepdim, dtype=dtype)
    return matrix_norm(A, ord, (-2, -1) if dim is None else dim, keepdim, dtype=dtype)


def vector_norm(x, ord=2, dim=None, keepdim=False, dtype=None):
    return operator("linalg_vector_norm", x, ord, list(range(x.dim())) if dim is None else dim, keepdim, dtype=dtype)


def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, dtype=None):
    if ord == "fro":
        return vector_norm(A, 2, dim, keepdim, dtype=dtype)
    if abs(ord) not in (1, math.inf):
        raise NotImplementedError(f"the norm {ord} of a matrix")
    rows, columns = [one % A.dim() for one in dim]
    summed, other = (rows, columns) if abs(ord) == 1 else (columns, rows)
    sums = A.abs().sum(summed, keepdim=True, dtype=dtype)
    extreme = torch.amax if ord > 0 else torch.amin
    found = extreme(sums, other, keepdim=True)
    return found if keepdim else found.squeeze((rows, columns))


def matmul(input, other):
    return torch.matmul(input, other)


def cross(input, other, dim=-1):
    return operator("linalg_cross", input, other, dim=dim)


def multi_dot(tensors):
    return operator("linalg_multi_dot", list(tensors))


def diagonal(A, offset=0, dim1=-2, dim2=-1):
    return torch.diagonal(A, offset, dim1, dim2)


def vecdot(x, y, dim=-1):
    return (x * y).sum(dim)
