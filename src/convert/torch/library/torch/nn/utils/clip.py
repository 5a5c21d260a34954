"""What only training needs of parameters, and parameters as one vector."""
import torch


def clip_grad_norm_(parameters, max_norm, *args, **kwargs):
    return torch.tensor(0.0)


def clip_grad_value_(parameters, clip_value, *args, **kwargs):
    return None


def parameters_to_vector(parameters):
    return torch.cat([parameter.view(-1) for parameter in parameters])


def skip_init(module_cls, *args, **kwargs):
    return module_cls(*args, **kwargs)
