"""`torch.autograd`: a function of its own is what its `forward` computes."""
import torch
from torch.functions.running import enable_grad, no_grad, set_grad_enabled


class profiler:
    """What is measured is computed all the same."""

    record_function = no_grad
    profile = no_grad


class _Context:
    needs_input_grad = (False,) * 16

    def save_for_backward(self, *tensors):
        self.saved_tensors = tensors

    def save_for_forward(self, *tensors):
        return None

    def mark_dirty(self, *tensors):
        return None

    def mark_non_differentiable(self, *tensors):
        return None

    def set_materialize_grads(self, value):
        return None


class Function:
    @classmethod
    def apply(cls, *args):
        if hasattr(cls, "setup_context"):
            return cls.forward(*args)
        return cls.forward(_Context(), *args)


def Variable(data, requires_grad=False, volatile=False):
    return data
