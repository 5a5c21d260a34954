"""Padding modules."""
import torch
from torch.nn import Module


class _Pad(Module):
    rank = 1
    mode = "constant"
    value = 0.0

    def __init__(self, padding):
        super().__init__()
        self.padding = tuple(padding) if isinstance(padding, (tuple, list)) else (padding,) * (2 * self.rank)

    def forward(self, input):
        if self.mode == "constant":
            return torch.constant_pad_nd(input, self.padding, self.value)
        return torch.pad(input, self.padding, self.mode)


class _ConstantPad(_Pad):
    def __init__(self, padding, value):
        super().__init__(padding)
        self.value = value


class ConstantPad1d(_ConstantPad):
    rank = 1


class ConstantPad2d(_ConstantPad):
    rank = 2


class ConstantPad3d(_ConstantPad):
    rank = 3


class ZeroPad1d(_Pad):
    rank = 1


class ZeroPad2d(_Pad):
    rank = 2


class ZeroPad3d(_Pad):
    rank = 3


class ReflectionPad1d(_Pad):
    rank = 1
    mode = "reflect"


class ReflectionPad2d(_Pad):
    rank = 2
    mode = "reflect"


class ReflectionPad3d(_Pad):
    rank = 3
    mode = "reflect"


class ReplicationPad1d(_Pad):
    rank = 1
    mode = "replicate"


class ReplicationPad2d(_Pad):
    rank = 2
    mode = "replicate"


class ReplicationPad3d(_Pad):
    rank = 3
    mode = "replicate"


class CircularPad1d(_Pad):
    rank = 1
    mode = "circular"


class CircularPad2d(_Pad):
    rank = 2
    mode = "circular"


class CircularPad3d(_Pad):
    rank = 3
    mode = "circular"
