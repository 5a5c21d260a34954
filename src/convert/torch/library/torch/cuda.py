"""`torch.cuda`, on a machine that has none."""
from torch import BFloat16Tensor, BoolTensor, ByteTensor, CharTensor, DoubleTensor, FloatTensor, HalfTensor, IntTensor, LongTensor, ShortTensor
from torch.functions.running import autocast


def is_available():
    return False


def device_count():
    return 0


def current_device():
    return 0


def get_device_name(device=None):
    return "cpu"


def empty_cache():
    return None


def synchronize(device=None):
    return None


def manual_seed(seed):
    return None


def manual_seed_all(seed):
    return None


def is_bf16_supported():
    return False


def get_device_capability(device=None):
    return (0, 0)


class amp:
    autocast = autocast
    custom_fwd = staticmethod(lambda function=None, **kwargs: function if function is not None else lambda one: one)
    custom_bwd = custom_fwd
