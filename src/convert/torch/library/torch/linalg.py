"""`torch.linalg`."""
import torch
from torch._native import operator


def norm(A, ord=None, dim=None, keepdim=False, dtype=None):
    if ord is None or ord == "fro":
        return vector_norm(A, 2, dim, keepdim)
    if A.dim() == 1 or isinstance(dim, int):
        return vector_norm(A, ord, dim, keepdim)
    raise NotImplementedError(f"the norm {ord} of a matrix")


def vector_norm(x, ord=2, dim=None, keepdim=False, dtype=None):
    return operator("linalg_vector_norm", x, ord, list(range(x.dim())) if dim is None else dim, keepdim)


def matrix_norm(A, ord="fro", dim=(-2, -1), keepdim=False, dtype=None):
    if ord != "fro":
        raise NotImplementedError(f"the norm {ord} of a matrix")
    return vector_norm(A, 2, dim, keepdim)


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
