"""Layers that are written as one so that they can be quantized together."""
from torch.nn import Sequential


class ConvReLU1d(Sequential):
    pass


class ConvReLU2d(Sequential):
    pass


class ConvReLU3d(Sequential):
    pass


class ConvBn1d(Sequential):
    pass


class ConvBn2d(Sequential):
    pass


class ConvBn3d(Sequential):
    pass


class ConvBnReLU1d(Sequential):
    pass


class ConvBnReLU2d(Sequential):
    pass


class ConvBnReLU3d(Sequential):
    pass


class LinearReLU(Sequential):
    pass


class LinearBn1d(Sequential):
    pass


class BNReLU2d(Sequential):
    pass


class BNReLU3d(Sequential):
    pass
