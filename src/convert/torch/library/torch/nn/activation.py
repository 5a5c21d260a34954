"""Activation functions as modules."""
import torch
from torch.nn import Module, Parameter, functional


class _InPlace(Module):
    """One that may change its input; pickles of old versions do not say that they do not."""

    inplace = False

    def __init__(self, inplace=False):
        super().__init__()
        self.inplace = inplace


class ReLU(_InPlace):
    def forward(self, input):
        return functional.relu(input, inplace=self.inplace)


class ReLU6(_InPlace):
    min_val = 0.0
    max_val = 6.0

    def forward(self, input):
        return functional.relu6(input, inplace=self.inplace)


class LeakyReLU(_InPlace):
    def __init__(self, negative_slope=1e-2, inplace=False):
        super().__init__(inplace)
        self.negative_slope = negative_slope

    def forward(self, input):
        return functional.leaky_relu(input, self.negative_slope, inplace=self.inplace)


class PReLU(Module):
    def __init__(self, num_parameters=1, init=0.25, device=None, dtype=None):
        super().__init__()
        self.num_parameters = num_parameters
        self.weight = Parameter(torch.full((num_parameters,), float(init), dtype=dtype))

    def forward(self, input):
        return torch.prelu(input, self.weight)


class RReLU(_InPlace):
    def __init__(self, lower=1.0 / 8, upper=1.0 / 3, inplace=False):
        super().__init__(inplace)
        self.lower = lower
        self.upper = upper

    def forward(self, input):
        return functional.rrelu(input, self.lower, self.upper, inplace=self.inplace)


class ELU(_InPlace):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input):
        return functional.elu(input, self.alpha, inplace=self.inplace)


class CELU(_InPlace):
    def __init__(self, alpha=1.0, inplace=False):
        super().__init__(inplace)
        self.alpha = alpha

    def forward(self, input):
        return functional.celu(input, self.alpha, inplace=self.inplace)


class SELU(_InPlace):
    def forward(self, input):
        return functional.selu(input, inplace=self.inplace)


class GELU(Module):
    approximate = "none"

    def __init__(self, approximate="none"):
        super().__init__()
        self.approximate = approximate

    def forward(self, input):
        return torch.gelu(input, approximate=self.approximate)


class SiLU(_InPlace):
    def forward(self, input):
        return functional.silu(input, inplace=self.inplace)


class Mish(_InPlace):
    def forward(self, input):
        return functional.mish(input, inplace=self.inplace)


class Sigmoid(Module):
    def forward(self, input):
        return torch.sigmoid(input)


class LogSigmoid(Module):
    def forward(self, input):
        return torch.log_sigmoid(input)


class Tanh(Module):
    def forward(self, input):
        return torch.tanh(input)


class Hardtanh(_InPlace):
    def __init__(self, min_val=-1.0, max_val=1.0, inplace=False, min_value=None, max_value=None):
        super().__init__(inplace)
        self.min_val = min_val if min_value is None else min_value
        self.max_val = max_val if max_value is None else max_value

    def forward(self, input):
        return functional.hardtanh(input, self.min_val, self.max_val, inplace=self.inplace)


class Hardswish(_InPlace):
    def forward(self, input):
        return functional.hardswish(input, inplace=self.inplace)


class Hardsigmoid(_InPlace):
    def forward(self, input):
        return functional.hardsigmoid(input, inplace=self.inplace)


class Hardshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return torch.hardshrink(input, self.lambd)


class Softshrink(Module):
    def __init__(self, lambd=0.5):
        super().__init__()
        self.lambd = lambd

    def forward(self, input):
        return torch.softshrink(input, self.lambd)


class Tanhshrink(Module):
    def forward(self, input):
        return torch.tanhshrink(input)


class Softplus(Module):
    def __init__(self, beta=1.0, threshold=20.0):
        super().__init__()
        self.beta = beta
        self.threshold = threshold

    def forward(self, input):
        return torch.softplus(input, self.beta, self.threshold)


class Softsign(Module):
    def forward(self, input):
        return torch.softsign(input)


class Threshold(_InPlace):
    def __init__(self, threshold, value, inplace=False):
        super().__init__(inplace)
        self.threshold = threshold
        self.value = value

    def forward(self, input):
        return functional.threshold(input, self.threshold, self.value, inplace=self.inplace)


class GLU(Module):
    def __init__(self, dim=-1):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return torch.glu(input, self.dim)
