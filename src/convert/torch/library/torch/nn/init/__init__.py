"""`torch.nn.init`: what tensors hold before they are learned. What is drawn is a gap where it is still needed."""
import math

import torch


def calculate_gain(nonlinearity, param=None):
    if nonlinearity == "tanh":
        return 5.0 / 3
    if nonlinearity == "relu":
        return math.sqrt(2.0)
    if nonlinearity == "leaky_relu":
        return math.sqrt(2.0 / (1 + (0.01 if param is None else param) ** 2))
    if nonlinearity == "selu":
        return 3.0 / 4
    return 1.0


def _calculate_fan_in_and_fan_out(tensor):
    field = 1
    for size in tensor.shape[2:]:
        field = field * size
    return tensor.size(1) * field, tensor.size(0) * field


def _calculate_correct_fan(tensor, mode):
    return _calculate_fan_in_and_fan_out(tensor)[["fan_in", "fan_out"].index(mode.lower())]


def constant_(tensor, val):
    return tensor.fill_(val)


def ones_(tensor):
    return tensor.fill_(1.0)


def zeros_(tensor):
    return tensor.zero_()


def eye_(tensor):
    return tensor.copy_(torch.eye(*tensor.shape))


def dirac_(tensor, groups=1):
    """Ones where the middle of a kernel meets its own channel."""
    rows = tensor.size(0) // groups
    tensor.zero_()
    for group in range(groups):
        for at in range(min(rows, tensor.size(1))):
            tensor[(group * rows + at, at, *[size // 2 for size in tensor.shape[2:]])] = 1
    return tensor


def uniform_(tensor, *args, **kwargs):
    return tensor.uniform_()


normal_ = trunc_normal_ = xavier_uniform_ = xavier_normal_ = kaiming_uniform_ = kaiming_normal_ = uniform_
orthogonal_ = sparse_ = lecun_normal_ = variance_scaling_ = uniform_
uniform, normal, constant, eye, dirac = uniform_, normal_, constant_, eye_, dirac_
xavier_uniform, xavier_normal, kaiming_uniform, kaiming_normal, orthogonal, sparse = (uniform_,) * 6
