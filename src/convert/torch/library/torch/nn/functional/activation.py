"""Activation functions, some of which may change their input."""
import torch


def _bend(name, input, inplace, *args):
    return getattr(torch, name + "_" if inplace else name)(input, *args)


def relu(input, inplace=False):
    return _bend("relu", input, inplace)


def relu6(input, inplace=False):
    return _bend("relu6", input, inplace)


def leaky_relu(input, negative_slope=0.01, inplace=False):
    return _bend("leaky_relu", input, inplace, negative_slope)


def rrelu(input, lower=1.0 / 8, upper=1.0 / 3, training=False, inplace=False):
    return _bend("rrelu", input, inplace, lower, upper)


def elu(input, alpha=1.0, inplace=False):
    return _bend("elu", input, inplace, alpha)


def celu(input, alpha=1.0, inplace=False):
    return _bend("celu", input, inplace, alpha)


def selu(input, inplace=False):
    return _bend("selu", input, inplace)


def silu(input, inplace=False):
    return _bend("silu", input, inplace)


def mish(input, inplace=False):
    return _bend("mish", input, inplace)


def hardtanh(input, min_val=-1.0, max_val=1.0, inplace=False):
    return _bend("hardtanh", input, inplace, min_val, max_val)


def hardswish(input, inplace=False):
    return _bend("hardswish", input, inplace)


def hardsigmoid(input, inplace=False):
    return _bend("hardsigmoid", input, inplace)


def threshold(input, threshold, value, inplace=False):
    return _bend("threshold", input, inplace, threshold, value)


def logsigmoid(input):
    return torch.log_sigmoid(input)
