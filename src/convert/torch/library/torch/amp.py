"""`torch.amp`: everything is computed in the dtypes that parameters have."""
from torch.functions.running import autocast


def custom_fwd(function=None, **kwargs):
    return function if function is not None else lambda one: one


def custom_bwd(function=None, **kwargs):
    return function if function is not None else lambda one: one
