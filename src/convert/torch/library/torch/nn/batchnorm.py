"""Normalization over a batch, or over each of its images alone, channel by channel."""
import torch
from torch.nn import Module, Parameter


class _NormBase(Module):
    affine = True
    track_running_stats = True

    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, device=None, dtype=None):
        super().__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.affine = affine
        self.track_running_stats = track_running_stats
        self.register_parameter("weight", Parameter(torch.ones(num_features, dtype=dtype)) if affine else None)
        self.register_parameter("bias", Parameter(torch.zeros(num_features, dtype=dtype)) if affine else None)
        self.register_buffer("running_mean", torch.zeros(num_features, dtype=dtype) if track_running_stats else None)
        self.register_buffer("running_var", torch.ones(num_features, dtype=dtype) if track_running_stats else None)
        self.register_buffer("num_batches_tracked", torch.tensor(0) if track_running_stats else None)

    def reset_running_stats(self):
        return None

    def reset_parameters(self):
        return None


class _BatchNorm(_NormBase):
    def forward(self, input):
        of_batch = self.training or self.running_mean is None or self.running_var is None
        return torch.batch_norm(input, self.weight, self.bias, self.running_mean, self.running_var, of_batch, 0.0, self.eps, False)


class BatchNorm1d(_BatchNorm):
    pass


class BatchNorm2d(_BatchNorm):
    pass


class BatchNorm3d(_BatchNorm):
    pass


class SyncBatchNorm(_BatchNorm):
    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, process_group=None, device=None, dtype=None):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, dtype=dtype)

    @classmethod
    def convert_sync_batchnorm(cls, module, process_group=None):
        return module


class _InstanceNorm(_NormBase):
    rank = 2
    affine = False
    track_running_stats = False

    def __init__(self, num_features, eps=1e-5, momentum=0.1, affine=False, track_running_stats=False, device=None, dtype=None):
        super().__init__(num_features, eps, momentum, affine, track_running_stats, dtype=dtype)

    def forward(self, input):
        is_alone = input.dim() == self.rank + 1
        batch = input.unsqueeze(0) if is_alone else input
        of_input = self.training or not self.track_running_stats
        result = torch.instance_norm(batch, self.weight, self.bias, self.running_mean, self.running_var, of_input, 0.0, self.eps, False)
        return result.squeeze(0) if is_alone else result


class InstanceNorm1d(_InstanceNorm):
    rank = 1


class InstanceNorm2d(_InstanceNorm):
    rank = 2


class InstanceNorm3d(_InstanceNorm):
    rank = 3
