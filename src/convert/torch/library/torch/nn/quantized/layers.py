"""Layers between steps of scales: computed with floats, and quantized again."""
import torch
from torch import nn
from torch.nn import Module, Parameter


def _again(result, module):
    return torch.quantize_per_tensor(result, module.scale, module.zero_point, torch.quint8)


def _placed(module, sizes=()):
    """Gives a module the steps of its output, to be loaded."""
    module.register_buffer("scale", torch.ones(sizes))
    module.register_buffer("zero_point", torch.zeros(sizes, dtype=torch.int64))


class Quantize(Module):
    def __init__(self, scale=1.0, zero_point=0, dtype=None, **kwargs):
        super().__init__()
        _placed(self, (1,))

    def forward(self, X):
        return _again(X, self)


class DeQuantize(Module):
    def forward(self, Xq):
        return Xq.dequantize()


class LinearPackedParams(Module):
    def __init__(self, rows, columns, bias):
        super().__init__()
        self.register_parameter("_packed_params.0", Parameter(torch.empty(rows, columns, dtype=torch.int8)))
        if bias:
            self.register_parameter("_packed_params.1", Parameter(torch.empty(rows)))


class Linear(Module):
    bends = False

    def _take(self, linear, has_bias):
        Module.__init__(self)
        self.in_features, self.out_features = linear.in_features, linear.out_features
        _placed(self)
        self._packed_params = LinearPackedParams(linear.out_features, linear.in_features, has_bias)
        return self

    def _weights(self):
        held = self._packed_params._parameters
        return held["_packed_params.0"], held.get("_packed_params.1")

    def forward(self, x):
        weight, bias = self._weights()
        result = torch.linear(x.dequantize(), weight.dequantize(), bias)
        return _again(torch.relu(result) if self.bends else result, self)


class LinearReLU(Linear):
    bends = True


class _Conv(nn._ConvNd):
    bends = False

    def _take(self, conv, has_bias):
        for name, value in conv.__dict__.items():
            object.__setattr__(self, name, value)
        object.__setattr__(self, "_parameters", {})
        object.__setattr__(self, "_buffers", {})
        self.weight = Parameter(torch.empty(conv.weight.shape, dtype=torch.int8))
        self.bias = Parameter(torch.empty(conv.out_channels)) if has_bias else None
        _placed(self)
        return self

    def forward(self, input):
        result = self._conv_forward(input.dequantize(), self.weight.dequantize(), self.bias)
        return _again(torch.relu(result) if self.bends else result, self)


class Conv1d(_Conv):
    rank = 1


class Conv2d(_Conv):
    rank = 2


class Conv3d(_Conv):
    rank = 3


class _ConvTranspose:
    _take = _Conv._take

    def forward(self, input, output_size=None):
        return _again(super().forward(input.dequantize(), output_size), self)


class ConvTranspose1d(_ConvTranspose, nn.ConvTranspose1d):
    pass


class ConvTranspose2d(_ConvTranspose, nn.ConvTranspose2d):
    pass


class ConvTranspose3d(_ConvTranspose, nn.ConvTranspose3d):
    pass


class ConvReLU1d(Conv1d):
    bends = True


class ConvReLU2d(Conv2d):
    bends = True


class ConvReLU3d(Conv3d):
    bends = True


class _Followed:
    """A layer of floats whose result becomes steps of a scale."""

    def _take(self, layer, has_steps):
        for name, value in layer.__dict__.items():
            object.__setattr__(self, name, value)
        if has_steps:
            _placed(self)
        return self

    def forward(self, input):
        if not input.is_quantized:
            return super().forward(input)
        if "scale" not in self._buffers:
            raise NotImplementedError(f"the steps of a {type(self).__name__}, which this state dict does not hold")
        return _again(super().forward(input.dequantize()), self)


class BatchNorm2d(_Followed, nn.BatchNorm2d):
    pass


class BatchNorm3d(_Followed, nn.BatchNorm3d):
    pass


class LayerNorm(_Followed, nn.LayerNorm):
    pass


class GroupNorm(_Followed, nn.GroupNorm):
    pass


class InstanceNorm1d(_Followed, nn.InstanceNorm1d):
    pass


class InstanceNorm2d(_Followed, nn.InstanceNorm2d):
    pass


class InstanceNorm3d(_Followed, nn.InstanceNorm3d):
    pass


class PReLU(_Followed, nn.PReLU):
    pass


class ReLU6(nn.ReLU6):
    pass


class Hardswish(_Followed, nn.Hardswish):
    pass


class LeakyReLU(_Followed, nn.LeakyReLU):
    pass


class Sigmoid(nn.Sigmoid):
    pass


class ELU(_Followed, nn.ELU):
    pass


class Embedding(nn.Embedding):
    def forward(self, indices):
        return torch.embedding(self._packed_params._parameters["_packed_params.0"].dequantize(), indices)


class FloatFunctional(Module):
    """Operations that are modules so that they can be quantized."""

    def _done(self, result):
        return result

    def add(self, x, y):
        return self._done(x.dequantize() + y.dequantize()) if self._is_quantized() else x + y

    def add_scalar(self, x, y):
        return x + y

    def mul(self, x, y):
        return self._done(x.dequantize() * y.dequantize()) if self._is_quantized() else x * y

    def mul_scalar(self, x, y):
        return x * y

    def cat(self, x, dim=0):
        return self._done(torch.cat([one.dequantize() for one in x], dim)) if self._is_quantized() else torch.cat(x, dim)

    def add_relu(self, x, y):
        return self._done(torch.relu(x.dequantize() + y.dequantize())) if self._is_quantized() else torch.relu(x + y)

    def matmul(self, x, y):
        return self._done(torch.matmul(x.dequantize(), y.dequantize())) if self._is_quantized() else torch.matmul(x, y)

    def _is_quantized(self):
        return False


class QFunctional(FloatFunctional):
    def _take(self, functional):
        Module.__init__(self)
        _placed(self)
        return self

    def add_scalar(self, x, y):
        raise NotImplementedError("a number that is added to steps of a scale")

    def _is_quantized(self):
        return True

    def _done(self, result):
        return _again(result, self)
