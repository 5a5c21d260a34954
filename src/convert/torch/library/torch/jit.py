"""`torch.jit`: what is scripted is evaluated as it is written."""
from typing import Final

from torch.nn import Module


def script(obj=None, *args, **kwargs):
    return obj


def script_if_tracing(function):
    return function


def trace(func, example_inputs=None, *args, **kwargs):
    return func


def ignore(drop=False, **kwargs):
    return drop if callable(drop) else lambda function: function


def unused(function):
    return function


def export(function):
    return function


def interface(obj):
    return obj


def is_scripting():
    return False


def is_tracing():
    return False


def annotate(the_type, the_value):
    return the_value


def isinstance(obj, target_type):
    import builtins

    return builtins.isinstance(obj, target_type)


def freeze(mod, *args, **kwargs):
    return mod


class Attribute:
    def __new__(cls, value, type=None):
        return value


class ScriptModule(Module):
    pass


def fork(function, *args, **kwargs):
    return function(*args, **kwargs)


def wait(future):
    return future


def script_method(function):
    return function
