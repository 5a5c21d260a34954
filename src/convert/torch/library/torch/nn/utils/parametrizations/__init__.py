"""`torch.nn.utils.parametrizations`: the norms of weights, kept as torch 2 keeps them."""
import torch
from torch.nn import Module
from torch.nn.utils.parametrize import register_parametrization
from torch.nn.utils.weights import _lengths, _spectral, _weighted


class _WeightNorm(Module):
    def __init__(self, dim=0):
        super().__init__()
        self.dim = dim

    def forward(self, weight_g, weight_v):
        return _weighted(weight_v, weight_g, self.dim)

    def right_inverse(self, weight):
        return _lengths(weight, self.dim), weight


class _SpectralNorm(Module):
    def __init__(self, weight, dim=0, eps=1e-12):
        super().__init__()
        self.dim = dim
        self.register_buffer("_u", torch.zeros(weight.size(dim)))
        self.register_buffer("_v", torch.zeros(weight.numel() // weight.size(dim)))

    def forward(self, weight):
        return _spectral(weight, self._u, self._v, self.dim)


def weight_norm(module, name="weight", dim=0):
    return register_parametrization(module, name, _WeightNorm(dim))


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    if dim is None:
        dim = 1 if getattr(module, "transposed", False) else 0
    return register_parametrization(module, name, _SpectralNorm(getattr(module, name), dim))
