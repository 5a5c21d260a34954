"""Numbers that sum to one, along a dimension."""
from torch.nn import Module, functional


class Softmax(Module):
    dim = None

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return functional.softmax(input, self.dim)


class LogSoftmax(Module):
    dim = None

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return functional.log_softmax(input, self.dim)


class Softmin(Module):
    dim = None

    def __init__(self, dim=None):
        super().__init__()
        self.dim = dim

    def forward(self, input):
        return functional.softmin(input, self.dim)


class Softmax2d(Module):
    def forward(self, input):
        return functional.softmax(input, -3)
