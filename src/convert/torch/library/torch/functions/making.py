"""Tensors made of sizes, or of the places where something holds."""
import math

import torch
from torch._native import operator


def tril_indices(row, col, offset=0, dtype=None, **keywords):
    return _places([(i, j) for i in range(row) for j in range(col) if j - i <= offset], dtype)


def triu_indices(row, col, offset=0, dtype=None, **keywords):
    return _places([(i, j) for i in range(row) for j in range(col) if j - i >= offset], dtype)


def _places(pairs, dtype):
    return torch.tensor([[i for i, _ in pairs], [j for _, j in pairs]], dtype=dtype or torch.int64)


def nonzero(input, as_tuple=False):
    places = operator("nonzero", input)
    return tuple(operator("unbind", places, 1)) if as_tuple else places


def where(condition, input=None, other=None, **keywords):
    if input is None and other is None:
        return nonzero(condition, as_tuple=True)
    return operator("where", condition, input, other)


def arange(start=0, end=None, step=1, dtype=None, **keywords):
    if end is None:
        start, end = 0, start
    return operator("arange", start, end, step, dtype=dtype)


def new_tensor(self, data, dtype=None, **keywords):
    return torch.tensor(data, dtype=dtype or self.dtype)


def scalar_tensor(s, dtype=None, **keywords):
    return torch.tensor(s, dtype=dtype or torch.float32)


def asarray(obj, dtype=None, **keywords):
    return torch.as_tensor(obj, dtype=dtype)


def hann_window(window_length, periodic=True, dtype=None, **keywords):
    return _cosines(window_length, periodic, [0.5, -0.5], dtype)


def hamming_window(window_length, periodic=True, alpha=0.54, beta=0.46, dtype=None, **keywords):
    return _cosines(window_length, periodic, [alpha, -beta], dtype)


def blackman_window(window_length, periodic=True, dtype=None, **keywords):
    return _cosines(window_length, periodic, [0.42, -0.5, 0.08], dtype)


def bartlett_window(window_length, periodic=True, dtype=None, **keywords):
    if window_length == 1:
        return torch.ones(1, dtype=dtype)
    count = window_length if periodic else window_length - 1
    return torch.tensor([1 - abs(2 * at / count - 1) for at in range(window_length)], dtype=dtype)


def _cosines(length, periodic, parts, dtype):
    """A sum of cosines of one, two, three waves."""
    if length == 1:
        return torch.ones(1, dtype=dtype)
    count = length if periodic else length - 1
    waves = [[part * math.cos(2 * math.pi * wave * at / count) for wave, part in enumerate(parts)] for at in range(length)]
    return torch.tensor([sum(wave) for wave in waves], dtype=dtype or torch.float32)


def empty_strided(size, stride, **keywords):
    return torch.empty(size, **keywords)
