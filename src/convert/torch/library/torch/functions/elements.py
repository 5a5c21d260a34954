"""Functions of elements whose Python forms take more than the operators do."""
import torch
from torch._native import operator


def clamp(input, min=None, max=None):
    if isinstance(min, torch.Tensor) or isinstance(max, torch.Tensor):
        if min is not None:
            input = torch.maximum(input, torch.as_tensor(min).to(input.dtype))
        return input if max is None else torch.minimum(input, torch.as_tensor(max).to(input.dtype))
    return operator("clamp", input, min, max)


def clip(input, min=None, max=None):
    return clamp(input, min, max)


def div(input, other, rounding_mode=None):
    return operator("div", input, other) if rounding_mode is None else operator("div", input, other, rounding_mode=rounding_mode)


def add(input, other, alpha=1):
    if isinstance(input, torch.Tensor):
        return operator("add", input, other, alpha=alpha)
    return operator("add", torch.tensor(input), other, alpha=alpha)


def sub(input, other, alpha=1):
    if isinstance(input, torch.Tensor):
        return operator("sub", input, other, alpha=alpha)
    return operator("sub", torch.tensor(input), other, alpha=alpha)


def nelement(self):
    return self.numel()


def element_size(self):
    return {torch.complex128: 16, torch.complex64: 8, torch.float64: 8, torch.int64: 8, torch.float32: 4, torch.int32: 4}.get(self.dtype, 2 if self.dtype in (torch.float16, torch.bfloat16, torch.int16) else 1)


def get_device(self):
    return -1


def is_pinned(self):
    return False


def is_same_size(self, other):
    return self.shape == other.shape


def isclose(input, other, rtol=1e-5, atol=1e-8, equal_nan=False):
    apart = (input - other).abs()
    near = torch.logical_or(input == other, torch.logical_and(apart <= atol + rtol * other.abs(), torch.isfinite(apart)))
    return torch.logical_or(near, torch.logical_and(input != input, other != other)) if equal_nan else near


def movedim(input, source, destination):
    if isinstance(source, int):
        source, destination = [source], [destination]
    return operator("movedim", input, list(source), list(destination))


def moveaxis(input, source, destination):
    return movedim(input, source, destination)


def unflatten(input, dim, sizes):
    return operator("unflatten", input, dim, list(sizes))


def permute(input, *dims):
    if len(dims) == 1 and isinstance(dims[0], (tuple, list)):
        dims = dims[0]
    return operator("permute", input, list(dims))


def nan_to_num(input, nan=0.0, posinf=None, neginf=None):
    return operator("nan_to_num", input, nan, posinf, neginf)


def heaviside(input, values):
    return torch.where(input == 0, values, (input > 0).to(input.dtype))


def copysign(input, other):
    below = signbit(other if isinstance(other, torch.Tensor) else torch.tensor(float(other)))
    return torch.where(below, -input.abs(), input.abs())


def signbit(input):
    """Whether a number is below zero, or the zero that one comes to from below."""
    if not input.is_floating_point():
        return input < 0
    return torch.logical_or(input < 0, torch.logical_and(input == 0, 1 / input < 0))


def xlogy(input, other):
    product = input * torch.log(other)
    return torch.where(torch.logical_and(input == 0, other == other), torch.zeros_like(product), product)


def logaddexp2(input, other):
    most = torch.maximum(input, other)
    return torch.where(input == other, most + 1, most + torch.log2(1 + torch.exp2(-(input - other).abs())))


def ldexp(input, other):
    return input * torch.exp2(other)
