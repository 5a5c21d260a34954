"""Convolutions and transposed convolutions."""
import torch
from torch.nn import Module, Parameter


def _each(value, count):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * count


class _ConvNd(Module):
    rank = 2
    transposed = False
    padding_mode = "zeros"

    def _setup(self, in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, output_padding=0, dtype=None):
        super().__init__()
        if in_channels % groups or out_channels % groups:
            raise ValueError("channels have to be divisible by groups")
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.kernel_size = _each(kernel_size, self.rank)
        self.stride = _each(stride, self.rank)
        self.padding = padding if isinstance(padding, str) else _each(padding, self.rank)
        self.dilation = _each(dilation, self.rank)
        self.output_padding = _each(output_padding, self.rank)
        self.groups = groups
        self.padding_mode = padding_mode
        outer, inner = (in_channels, out_channels) if self.transposed else (out_channels, in_channels)
        self.weight = Parameter(torch.empty(outer, inner // groups, *self.kernel_size, dtype=dtype))
        self.register_parameter("bias", Parameter(torch.empty(out_channels, dtype=dtype)) if bias else None)

    def reset_parameters(self):
        return None

    def _around(self):
        """What padding adds before and behind, from the last dimension on."""
        sides = []
        for at in reversed(range(self.rank)):
            if self.padding == "same":
                total = self.dilation[at] * (self.kernel_size[at] - 1)
                sides += [total // 2, total - total // 2]
            elif self.padding == "valid":
                sides += [0, 0]
            else:
                sides += [self.padding[at], self.padding[at]]
        return sides

    def _conv_forward(self, input, weight, bias):
        conv = (torch.conv1d, torch.conv2d, torch.conv3d)[self.rank - 1]
        padding = self.padding
        if self.padding_mode != "zeros":
            input = torch.pad(input, self._around(), self.padding_mode)
            padding = 0
        return conv(input, weight, bias, self.stride, padding, self.dilation, self.groups)

    def forward(self, input):
        return self._conv_forward(input, self.weight, self.bias)


class Conv1d(_ConvNd):
    rank = 1

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        self._setup(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, dtype=dtype)


class Conv2d(_ConvNd):
    rank = 2

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        self._setup(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, dtype=dtype)


class Conv3d(_ConvNd):
    rank = 3

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, dilation=1, groups=1, bias=True, padding_mode="zeros", device=None, dtype=None):
        self._setup(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, dtype=dtype)


class _ConvTransposeNd(_ConvNd):
    transposed = True

    def _extra(self, input, output_size):
        """How many places the output has at its ends beyond the smallest size there is for this input."""
        if output_size is None:
            return self.output_padding
        extra = []
        for at in range(self.rank):
            reach = self.dilation[at] * (self.kernel_size[at] - 1) + 1
            least = (input.size(at - self.rank) - 1) * self.stride[at] - 2 * self.padding[at] + reach
            extra.append(output_size[len(output_size) - self.rank + at] - least)
        return extra

    def forward(self, input, output_size=None):
        conv = (torch.conv_transpose1d, torch.conv_transpose2d, torch.conv_transpose3d)[self.rank - 1]
        extra = self._extra(input, output_size)
        return conv(input, self.weight, self.bias, self.stride, self.padding, extra, self.groups, self.dilation)


class ConvTranspose1d(_ConvTransposeNd):
    rank = 1

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        self._setup(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, output_padding, dtype)


class ConvTranspose2d(_ConvTransposeNd):
    rank = 2

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        self._setup(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, output_padding, dtype)


class ConvTranspose3d(_ConvTransposeNd):
    rank = 3

    def __init__(self, in_channels, out_channels, kernel_size, stride=1, padding=0, output_padding=0, groups=1, bias=True, dilation=1, padding_mode="zeros", device=None, dtype=None):
        self._setup(in_channels, out_channels, kernel_size, stride, padding, dilation, groups, bias, padding_mode, output_padding, dtype)
