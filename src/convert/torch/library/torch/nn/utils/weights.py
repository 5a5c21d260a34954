"""Weights kept as a direction and a length, or divided by their largest singular value."""
import torch
from torch.nn import Parameter


def _lengths(weight, dim):
    if dim is None:
        return torch.norm(weight)
    return torch.norm(weight, 2, [at for at in range(weight.dim()) if at != dim % weight.dim()], keepdim=True)


def _weighted(direction, length, dim):
    return direction * (length / _lengths(direction, dim))


def weight_norm(module, name="weight", dim=0):
    weight = getattr(module, name)
    del module._parameters[name]
    setattr(module, name + "_g", Parameter(_lengths(weight, dim)))
    setattr(module, name + "_v", Parameter(weight))

    def compute(module, inputs):
        object.__setattr__(module, name, _weighted(getattr(module, name + "_v"), getattr(module, name + "_g"), dim))

    module.__dict__.setdefault("_forward_pre_hooks", {})["weight_norm " + name] = compute
    return module


def remove_weight_norm(module, name="weight"):
    """Called before weights are loaded, it lets the module have its one weight again."""
    module._forward_pre_hooks.pop("weight_norm " + name, None)
    weight = _recovered(module, name)
    del module._parameters[name + "_g"]
    del module._parameters[name + "_v"]
    module.__dict__.pop(name, None)
    setattr(module, name, Parameter(weight))
    return module


def _spectral(weight, u, v, dim):
    """The weight by its largest singular value, which `u` and `v` were brought near to in training."""
    matrix = weight.movedim(dim, 0)
    return weight / torch.dot(u, torch.mv(matrix.flatten(1), v))


def spectral_norm(module, name="weight", n_power_iterations=1, eps=1e-12, dim=None):
    weight = getattr(module, name)
    if dim is None:
        dim = 1 if getattr(module, "transposed", False) else 0
    del module._parameters[name]
    setattr(module, name + "_orig", Parameter(weight))
    module.register_buffer(name + "_u", torch.zeros(weight.size(dim)))
    module.register_buffer(name + "_v", torch.zeros(weight.numel() // weight.size(dim)))

    def compute(module, inputs):
        u, v = getattr(module, name + "_u"), getattr(module, name + "_v")
        object.__setattr__(module, name, _spectral(getattr(module, name + "_orig"), u, v, dim))

    module.__dict__.setdefault("_forward_pre_hooks", {})["spectral_norm " + name] = compute
    return module


def remove_spectral_norm(module, name="weight"):
    module._forward_pre_hooks.pop("spectral_norm " + name, None)
    weight = getattr(module, name + "_orig")
    del module._parameters[name + "_orig"]
    del module._buffers[name + "_u"]
    del module._buffers[name + "_v"]
    module.__dict__.pop(name, None)
    setattr(module, name, Parameter(weight))
    return module


def _recovered(module, name):
    """A weight of what it is computed of; `None` where that is not there."""
    if "parametrizations" in module._modules:
        return module._modules["parametrizations"][name]()
    held = module._parameters
    if name + "_g" in held and name + "_v" in held:
        length, direction = held[name + "_g"], held[name + "_v"]
        dims = [at for at in range(length.dim()) if length.size(at) != 1]
        return _weighted(direction, length, dims[0] if dims else 0 if length.dim() else None)
    if name + "_orig" in held:
        dim = 1 if getattr(module, "transposed", False) else 0
        return _spectral(held[name + "_orig"], module._buffers[name + "_u"], module._buffers[name + "_v"], dim)
    return None
