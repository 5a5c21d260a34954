"""Random numbers. A graph that still needs them at its end is a gap: weights take their places before."""
import torch
from torch._native import drawn


def _sizes(sizes):
    return tuple(sizes[0]) if len(sizes) == 1 and isinstance(sizes[0], (tuple, list)) else sizes


def rand(*size, dtype=None, generator=None, device=None, requires_grad=False, **keywords):
    return drawn(_sizes(keywords.get("size", size)), dtype or torch.float32)


def randn(*size, dtype=None, generator=None, device=None, requires_grad=False, **keywords):
    return drawn(_sizes(keywords.get("size", size)), dtype or torch.float32)


def rand_like(input, dtype=None, **keywords):
    return drawn(input.shape, dtype or input.dtype)


def randn_like(input, dtype=None, **keywords):
    return drawn(input.shape, dtype or input.dtype)


def randint(low, high=None, size=None, dtype=None, **keywords):
    if size is None:
        low, high, size = 0, low, high
    return (drawn(size, torch.float32) * (high - low) + low).to(dtype or torch.int64)


def randint_like(input, low, high=None, dtype=None, **keywords):
    low, high = (0, low) if high is None else (low, high)
    return randint(low, high, input.shape, dtype or input.dtype)


def randperm(n, dtype=None, **keywords):
    return torch.argsort(drawn((n,), torch.float32)).to(dtype or torch.int64)


def normal(mean, std=1.0, size=None, **keywords):
    if size is None:
        size = mean.shape if isinstance(mean, torch.Tensor) else std.shape
    return drawn(size, torch.float32) * std + mean


def bernoulli(input, p=None, **keywords):
    return (drawn(input.shape, torch.float32) < (input if p is None else p)).to(input.dtype)


def multinomial(input, num_samples, replacement=False, **keywords):
    return (drawn((*input.shape[:-1], num_samples), torch.float32) * input.size(-1)).to(torch.int64)


def normal_(self, mean=0.0, std=1.0, generator=None):
    return self.copy_(drawn(self.shape, self.dtype))


def uniform_(self, *args, **keywords):
    return self.copy_(drawn(self.shape, self.dtype))


def random_(self, *args, **keywords):
    return self.copy_(drawn(self.shape, torch.float32))


def bernoulli_(self, p=0.5, generator=None):
    return self.copy_(drawn(self.shape, torch.float32))


def exponential_(self, lambd=1.0, generator=None):
    return self.copy_(drawn(self.shape, self.dtype))


def trunc_normal_(self, *args, **keywords):
    return self.copy_(drawn(self.shape, self.dtype))
