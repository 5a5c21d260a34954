"""A network of floats as the quantized one whose tensors are stored."""
from torch import nn
from torch.nn import quantized
from torch.nn.quantized import dynamic
from torch.quantization import DeQuantStub, QuantStub


_FOLLOWED = {
    nn.BatchNorm2d: quantized.BatchNorm2d,
    nn.BatchNorm3d: quantized.BatchNorm3d,
    nn.LayerNorm: quantized.LayerNorm,
    nn.GroupNorm: quantized.GroupNorm,
    nn.InstanceNorm1d: quantized.InstanceNorm1d,
    nn.InstanceNorm2d: quantized.InstanceNorm2d,
    nn.InstanceNorm3d: quantized.InstanceNorm3d,
    nn.PReLU: quantized.PReLU,
    nn.Hardswish: quantized.Hardswish,
    nn.LeakyReLU: quantized.LeakyReLU,
    nn.ELU: quantized.ELU,
}


def _quantized_like(network, names):
    names = set(names)
    modules = list(network.named_modules())
    is_static = any(isinstance(module, QuantStub) and f"{path}.scale" in names for path, module in modules)
    for path, module in modules:
        for name, child in list(module._modules.items()):
            if child is not None:
                found = _counterpart(child, f"{path}.{name}" if path else name, names, is_static)
                if found is not None:
                    module._modules[name] = found


def _empty(kind):
    return kind.__new__(kind)


def _counterpart(child, path, names, is_static):
    """What stands for a module in the quantized network; `None` where it stays as it is."""
    if isinstance(child, DeQuantStub):
        return quantized.DeQuantize() if is_static else None
    if isinstance(child, QuantStub):
        return quantized.Quantize() if is_static else None
    if isinstance(child, nn.Linear) and f"{path}._packed_params._packed_params.0" in names:
        # One without a bias may have been given zeros for it.
        has_bias = f"{path}._packed_params._packed_params.1" in names
        return _empty(quantized.Linear if is_static else dynamic.Linear)._take(child, has_bias)
    if isinstance(child, nn._ConvNd) and f"{path}.scale" in names:
        plain, transposed = (quantized.Conv1d, quantized.Conv2d, quantized.Conv3d), (quantized.ConvTranspose1d, quantized.ConvTranspose2d, quantized.ConvTranspose3d)
        return _empty((transposed if child.transposed else plain)[child.rank - 1])._take(child, f"{path}.bias" in names)
    if isinstance(child, nn.LinearReLU) and f"{path}._packed_params._packed_params.0" in names:
        has_bias = f"{path}._packed_params._packed_params.1" in names
        return _empty(quantized.LinearReLU if is_static else dynamic.LinearReLU)._take(child[0], has_bias)
    if isinstance(child, (nn.ConvReLU1d, nn.ConvReLU2d, nn.ConvReLU3d)) and f"{path}.scale" in names:
        return _empty((quantized.ConvReLU1d, quantized.ConvReLU2d, quantized.ConvReLU3d)[child[0].rank - 1])._take(child[0], f"{path}.bias" in names)
    if type(child) in _FOLLOWED and is_static and not (isinstance(child, nn._BatchNorm) and f"{path}.running_mean" not in names):
        return _empty(_FOLLOWED[type(child)])._take(child, f"{path}.scale" in names)
    if isinstance(child, (nn.LSTM, nn.GRU)) and f"{path}._all_weight_values.0.param.1.0" in names:
        return _empty(dynamic.LSTM if isinstance(child, nn.LSTM) else dynamic.GRU)._take(child)
    if isinstance(child, nn._BatchNorm) and f"{path}.running_mean" not in names:
        return nn.Identity()
    if isinstance(child, quantized.FloatFunctional) and f"{path}.scale" in names:
        return _empty(quantized.QFunctional)._take(child)
    if is_static and f"{path}.scale" in names and f"{path}.zero_point" in names:
        raise NotImplementedError(f"a {type(child).__name__} between steps of scales")
    return None
