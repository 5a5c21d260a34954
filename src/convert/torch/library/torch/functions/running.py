"""How programs are run, which changes nothing of what they compute."""
import torch


class _Around:
    """A context, or a decorator with or without arguments, that does nothing."""

    def __init__(self, *args, **kwargs):
        pass

    def __new__(cls, *args, **kwargs):
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        return object.__new__(cls)

    def __call__(self, function):
        return function

    def __enter__(self):
        return self

    def __exit__(self, *about):
        return False


class no_grad(_Around):
    pass


class enable_grad(_Around):
    pass


class inference_mode(_Around):
    pass


class set_grad_enabled(_Around):
    pass


class autocast(_Around):
    pass


def is_grad_enabled():
    return False


def is_inference_mode_enabled():
    return True


def is_autocast_enabled(*args):
    return False


def is_anomaly_enabled():
    return False


def manual_seed(seed):
    return None


def seed():
    return 0


def set_default_dtype(d):
    if d != torch.float32:
        raise NotImplementedError("another dtype than float32 by default")


def set_default_tensor_type(t):
    if t not in (torch.FloatTensor, "torch.FloatTensor", "torch.cuda.FloatTensor"):
        raise NotImplementedError("another dtype than float32 by default")


def set_float32_matmul_precision(precision):
    return None


def set_num_threads(count):
    return None


def set_printoptions(*args, **kwargs):
    return None


def use_deterministic_algorithms(mode, warn_only=False):
    return None


def get_default_dtype():
    return torch.float32


def compile(model=None, *args, **kwargs):
    return model if model is not None else lambda function: function


def is_storage(obj):
    return False


def typename(obj):
    return obj.type() if isinstance(obj, torch.Tensor) else type(obj).__name__


def _assert(condition, message):
    return None


def get_num_threads():
    return 1


class _Limits:
    def __init__(self, dtype):
        self.dtype = dtype


class finfo(_Limits):
    def __init__(self, dtype=None):
        self.dtype = torch.float32 if dtype is None else dtype
        bits, exponent, fraction = {torch.float32: (32, 127, 23), torch.float64: (64, 1023, 52), torch.float16: (16, 15, 10), torch.bfloat16: (16, 127, 7)}[self.dtype]
        self.bits = bits
        self.eps = 2.0**-fraction
        self.max = (2.0 - 2.0**-fraction) * 2.0**exponent
        self.min = -self.max
        self.tiny = 2.0 ** (1 - exponent)
        self.smallest_normal = self.tiny
        self.resolution = 10.0 ** -{52: 15, 23: 6, 10: 3, 7: 2}[fraction]


class iinfo(_Limits):
    def __init__(self, dtype):
        self.dtype = dtype
        self.bits = {torch.int64: 64, torch.int32: 32, torch.int16: 16, torch.int8: 8, torch.uint8: 8}[dtype]
        self.min = 0 if dtype == torch.uint8 else -(2 ** (self.bits - 1))
        self.max = 2**self.bits - 1 if dtype == torch.uint8 else 2 ** (self.bits - 1) - 1
