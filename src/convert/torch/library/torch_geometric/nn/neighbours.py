"""Layers of graph networks."""
import torch
from torch.nn import BatchNorm1d, Linear, Parameter, functional
from torch_geometric.nn import MessagePassing
from torch_geometric.utils import add_remaining_self_loops, maybe_num_nodes, scatter


def _both(value):
    return tuple(value) if isinstance(value, (tuple, list)) else (value, value)


class CGConv(MessagePassing):
    def __init__(self, channels, dim=0, aggr="add", batch_norm=False, bias=True, **kwargs):
        super().__init__(aggr=aggr, **kwargs)
        first, second = _both(channels)
        self.channels = (first, second)
        self.dim = dim
        self.batch_norm = batch_norm
        self.lin_f = Linear(first + second + dim, second, bias=bias)
        self.lin_s = Linear(first + second + dim, second, bias=bias)
        self.bn = BatchNorm1d(second) if batch_norm else None

    def forward(self, x, edge_index, edge_attr=None):
        first, second = _both(x)
        out = self.propagate(edge_index, x=(first, second), edge_attr=edge_attr)
        return (out if self.bn is None else self.bn(out)) + second

    def message(self, x_i, x_j, edge_attr):
        z = torch.cat([x_i, x_j] if edge_attr is None else [x_i, x_j, edge_attr], -1)
        return torch.sigmoid(self.lin_f(z)) * functional.softplus(self.lin_s(z))


def gcn_norm(edge_index, edge_weight=None, num_nodes=None, improved=False, add_self_loops=True, flow="source_to_target", dtype=None):
    if edge_weight is None:
        edge_weight = torch.ones(edge_index.size(1), dtype=dtype or torch.float32)
    if add_self_loops:
        edge_index, edge_weight = add_remaining_self_loops(edge_index, edge_weight, 2.0 if improved else 1.0, num_nodes)
    row, col = edge_index[0], edge_index[1]
    total = scatter(edge_weight, col if flow == "source_to_target" else row, 0, maybe_num_nodes(edge_index, num_nodes), "sum")
    root = torch.where(total == 0, torch.zeros_like(total), total.pow(-0.5))
    return edge_index, root[row] * edge_weight * root[col]


class GCNConv(MessagePassing):
    def __init__(self, in_channels, out_channels, improved=False, cached=False, add_self_loops=None, normalize=True, bias=True, **kwargs):
        super().__init__(**{"aggr": "add", **kwargs})
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.improved = improved
        self.add_self_loops = normalize if add_self_loops is None else add_self_loops
        self.normalize = normalize
        self.lin = Linear(in_channels, out_channels, bias=False)
        self.register_parameter("bias", Parameter(torch.zeros(out_channels)) if bias else None)

    def forward(self, x, edge_index, edge_weight=None):
        if self.normalize:
            edge_index, edge_weight = gcn_norm(edge_index, edge_weight, x.size(0), self.improved, self.add_self_loops, self.flow, x.dtype)
        out = self.propagate(edge_index, x=self.lin(x), edge_weight=edge_weight)
        return out if self.bias is None else out + self.bias

    def message(self, x_j, edge_weight):
        return x_j if edge_weight is None else edge_weight.view(-1, 1) * x_j


class SAGEConv(MessagePassing):
    def __init__(self, in_channels, out_channels, aggr="mean", normalize=False, root_weight=True, project=False, bias=True, **kwargs):
        super().__init__(aggr, **kwargs)
        first, second = _both(in_channels)
        self.normalize = normalize
        self.root_weight = root_weight
        self.project = project
        if project:
            self.lin = Linear(first, first)
        self.lin_l = Linear(first, out_channels, bias=bias)
        if root_weight:
            self.lin_r = Linear(second, out_channels, bias=False)

    def forward(self, x, edge_index, size=None):
        first, second = _both(x)
        if self.project:
            first = torch.relu(self.lin(first))
        out = self.lin_l(self.propagate(edge_index, x=(first, second), size=size))
        if self.root_weight and second is not None:
            out = out + self.lin_r(second)
        return functional.normalize(out, p=2.0, dim=-1) if self.normalize else out


class GraphConv(MessagePassing):
    def __init__(self, in_channels, out_channels, aggr="add", bias=True, **kwargs):
        super().__init__(aggr, **kwargs)
        first, second = _both(in_channels)
        self.lin_rel = Linear(first, out_channels, bias=bias)
        self.lin_root = Linear(second, out_channels, bias=False)

    def forward(self, x, edge_index, edge_weight=None, size=None):
        first, second = _both(x)
        out = self.propagate(edge_index, x=(first, second), edge_weight=edge_weight, size=size)
        return self.lin_rel(out) + self.lin_root(second)

    def message(self, x_j, edge_weight):
        return x_j if edge_weight is None else edge_weight.view(-1, 1) * x_j


class GINConv(MessagePassing):
    def __init__(self, nn, eps=0.0, train_eps=False, **kwargs):
        super().__init__(**{"aggr": "add", **kwargs})
        self.nn = nn
        self.initial_eps = eps
        if train_eps:
            self.eps = Parameter(torch.tensor([eps]))
        else:
            self.register_buffer("eps", torch.tensor([eps]))

    def forward(self, x, edge_index, size=None):
        first, second = _both(x)
        out = self.propagate(edge_index, x=(first, second), size=size)
        return self.nn(out + (1 + self.eps) * second)


class GINEConv(MessagePassing):
    def __init__(self, nn, eps=0.0, train_eps=False, edge_dim=None, **kwargs):
        super().__init__(**{"aggr": "add", **kwargs})
        self.nn = nn
        if train_eps:
            self.eps = Parameter(torch.tensor([eps]))
        else:
            self.register_buffer("eps", torch.tensor([eps]))
        first = nn[0] if hasattr(nn, "__getitem__") else nn
        self.lin = None if edge_dim is None else Linear(edge_dim, first.in_features)

    def forward(self, x, edge_index, edge_attr=None, size=None):
        first, second = _both(x)
        out = self.propagate(edge_index, x=(first, second), edge_attr=edge_attr, size=size)
        return self.nn(out + (1 + self.eps) * second)

    def message(self, x_j, edge_attr):
        return torch.relu(x_j + (edge_attr if self.lin is None else self.lin(edge_attr)))


class NNConv(MessagePassing):
    def __init__(self, in_channels, out_channels, nn, aggr="add", root_weight=True, bias=True, **kwargs):
        super().__init__(aggr, **kwargs)
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.nn = nn
        self.root_weight = root_weight
        first, second = _both(in_channels)
        self.in_channels_l = first
        if root_weight:
            self.lin = Linear(second, out_channels, bias=False)
        self.register_parameter("bias", Parameter(torch.zeros(out_channels)) if bias else None)

    def forward(self, x, edge_index, edge_attr=None, size=None):
        first, second = _both(x)
        out = self.propagate(edge_index, x=(first, second), edge_attr=edge_attr, size=size)
        if self.root_weight and second is not None:
            out = out + self.lin(second)
        return out if self.bias is None else out + self.bias

    def message(self, x_j, edge_attr):
        weight = self.nn(edge_attr).view(-1, self.in_channels_l, self.out_channels)
        return torch.matmul(x_j.unsqueeze(1), weight).squeeze(1)


ECConv = NNConv
