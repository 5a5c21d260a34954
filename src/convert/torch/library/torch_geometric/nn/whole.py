"""What a whole graph is, of its nodes; and other layers that know no edges."""
import torch
from torch.nn import BatchNorm1d, LSTM, Linear as _Linear, Module
from torch_geometric.utils import scatter


def _pooled(x, batch, size, reduce):
    if batch is None:
        return {"sum": x.sum, "mean": x.mean, "max": x.amax}[reduce](-2, keepdim=x.dim() <= 2)
    count = int(batch.max()) + 1 if size is None else size
    return scatter(x, batch, -2, count, reduce)


def global_add_pool(x, batch=None, size=None):
    return _pooled(x, batch, size, "sum")


def global_mean_pool(x, batch=None, size=None):
    return _pooled(x, batch, size, "mean")


def global_max_pool(x, batch=None, size=None):
    return _pooled(x, batch, size, "max")


class BatchNorm(Module):
    def __init__(self, in_channels, eps=1e-5, momentum=0.1, affine=True, track_running_stats=True, allow_single_element=False):
        super().__init__()
        self.module = BatchNorm1d(in_channels, eps, momentum, affine, track_running_stats)

    def forward(self, x):
        return self.module(x)


class Linear(_Linear):
    def __init__(self, in_channels, out_channels, bias=True, weight_initializer=None, bias_initializer=None):
        super().__init__(in_channels, out_channels, bias=bias)
        self.in_channels = in_channels
        self.out_channels = out_channels


class JumpingKnowledge(Module):
    def __init__(self, mode, channels=None, num_layers=None):
        super().__init__()
        self.mode = mode.lower()
        if self.mode not in ("cat", "max", "lstm"):
            raise AssertionError(f"{mode} is no mode of JumpingKnowledge")
        if self.mode == "lstm":
            width = num_layers * channels // 2
            self.lstm = LSTM(channels, width, bidirectional=True, batch_first=True)
            self.att = _Linear(2 * width, 1)

    def forward(self, xs):
        if self.mode == "cat":
            return torch.cat(xs, -1)
        if self.mode == "max":
            return torch.stack(xs, -1).amax(-1)
        layers = torch.stack(xs, 1)
        states, _ = self.lstm(layers)
        return (layers * torch.softmax(self.att(states), 1)).sum(1)
