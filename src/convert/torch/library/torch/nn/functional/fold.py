"""Patches of images as columns, and images put together of them."""
import torch


def _pair(value):
    return list(value) if isinstance(value, (tuple, list)) else [value, value]


def unfold(input, kernel_size, dilation=1, padding=0, stride=1):
    return torch.im2col(input, _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride))


def fold(input, output_size, kernel_size, dilation=1, padding=0, stride=1):
    return torch.col2im(input, _pair(output_size), _pair(kernel_size), _pair(dilation), _pair(padding), _pair(stride))
