"""Layers whose weights are steps of a scale, and whose inputs become so when the model runs."""
import torch
from torch import nn
from torch._native import linear_dynamic
from torch.nn import Module, ModuleList, Parameter
from torch.nn.quantized import layers


class Linear(layers.Linear):
    def forward(self, x):
        result = linear_dynamic(x, *self._weights())
        return torch.relu(result) if self.bends else result


class LinearReLU(Linear):
    bends = True


class PackedParameter(Module):
    def __init__(self, rows, columns, hidden):
        super().__init__()
        sizes = {"1.0": (rows,), "1.1": (rows,), "4.0.0": (rows, columns), "4.0.1": (rows,), "4.1.0": (rows, hidden), "4.1.1": (rows,)}
        for name, size in sizes.items():
            dtype = torch.int8 if len(size) == 2 else torch.float32
            self.register_parameter("param." + name, Parameter(torch.empty(size, dtype=dtype)))


class _Recurrent:
    """Where weights are kept; they are used as the numbers that their steps stand for."""

    proj_size = 0

    def _take(self, float_layer):
        for name, value in float_layer.__dict__.items():
            object.__setattr__(self, name, value)
        for kind in ("_parameters", "_buffers", "_modules"):
            object.__setattr__(self, kind, {})
        self._all_weight_values = ModuleList()
        for layer in range(self.num_layers):
            rows, columns = float_layer.all_weights[layer][0].shape
            for _ in range(self._directions()):
                self._all_weight_values.append(PackedParameter(rows, columns, self.hidden_size))
        return self

    def _weights(self):
        weights = []
        for packed in self._all_weight_values:
            held = packed._parameters
            weights += [held["param.4.0.0"].dequantize(), held["param.4.1.0"].dequantize()]
            if self.bias:
                weights += [held["param.1.0"], held["param.1.1"]]
        return weights


class LSTM(_Recurrent, nn.LSTM):
    pass


class GRU(_Recurrent, nn.GRU):
    pass
