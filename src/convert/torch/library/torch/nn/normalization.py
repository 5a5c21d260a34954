"""Normalization of each example by itself."""
import torch
from torch.nn import Module, Parameter, functional


def _sizes(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,)


class LayerNorm(Module):
    def __init__(self, normalized_shape, eps=1e-5, elementwise_affine=True, bias=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = _sizes(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        self.register_parameter("weight", Parameter(torch.ones(self.normalized_shape, dtype=dtype)) if elementwise_affine else None)
        self.register_parameter("bias", Parameter(torch.zeros(self.normalized_shape, dtype=dtype)) if elementwise_affine and bias else None)

    def forward(self, input):
        return functional.layer_norm(input, self.normalized_shape, self.weight, self.bias, self.eps)


class RMSNorm(Module):
    def __init__(self, normalized_shape, eps=None, elementwise_affine=True, device=None, dtype=None):
        super().__init__()
        self.normalized_shape = _sizes(normalized_shape)
        self.eps = eps
        self.elementwise_affine = elementwise_affine
        self.register_parameter("weight", Parameter(torch.ones(self.normalized_shape, dtype=dtype)) if elementwise_affine else None)

    def forward(self, input):
        return torch.rms_norm(input, self.normalized_shape, self.weight, self.eps)


class GroupNorm(Module):
    def __init__(self, num_groups, num_channels, eps=1e-5, affine=True, device=None, dtype=None):
        super().__init__()
        if num_channels % num_groups:
            raise ValueError("num_channels must be divisible by num_groups")
        self.num_groups = num_groups
        self.num_channels = num_channels
        self.eps = eps
        self.affine = affine
        self.register_parameter("weight", Parameter(torch.ones(num_channels, dtype=dtype)) if affine else None)
        self.register_parameter("bias", Parameter(torch.zeros(num_channels, dtype=dtype)) if affine else None)

    def forward(self, input):
        return torch.group_norm(input, self.num_groups, self.weight, self.bias, self.eps)


class LocalResponseNorm(Module):
    def __init__(self, size, alpha=1e-4, beta=0.75, k=1.0):
        super().__init__()
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k

    def forward(self, input):
        return functional.local_response_norm(input, self.size, self.alpha, self.beta, self.k)


class CrossMapLRN2d(LocalResponseNorm):
    def forward(self, input):
        """Each channel by those near it, counted as torch does: the first of all stays among them too long."""
        squares = input * input
        channels, reach = input.size(1), (self.size - 1) // 2 + 1
        total = squares[:, :reach].sum(1)
        totals = [total]
        for at in range(1, channels):
            if at < channels - reach + 1:
                total = total + squares[:, at + reach - 1]
            if at > reach:
                total = total - squares[:, at - reach]
            totals.append(total)
        return input * (torch.stack(totals, 1) * (self.alpha / self.size) + self.k) ** -self.beta
