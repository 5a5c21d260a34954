"""`torch.quantization`: preparing networks for it, which changes nothing of what they compute before."""
from torch.nn import Identity, Module


class QuantStub(Module):
    def __init__(self, qconfig=None):
        super().__init__()

    def forward(self, x):
        return x


class DeQuantStub(QuantStub):
    pass


class QuantWrapper(Module):
    def __init__(self, module):
        super().__init__()
        self.quant = QuantStub()
        self.dequant = DeQuantStub()
        self.module = module

    def forward(self, x):
        return self.dequant(self.module(self.quant(x)))


def fuse_modules(model, modules_to_fuse, *args, **kwargs):
    return model


def fuse_modules_qat(model, modules_to_fuse, *args, **kwargs):
    return model


def prepare(model, *args, **kwargs):
    return model


def prepare_qat(model, *args, **kwargs):
    return model


def get_default_qconfig(*args, **kwargs):
    return None


def get_default_qat_qconfig(*args, **kwargs):
    return None


default_qconfig = None
default_dynamic_qconfig = None
per_channel_dynamic_qconfig = None
float16_dynamic_qconfig = None
