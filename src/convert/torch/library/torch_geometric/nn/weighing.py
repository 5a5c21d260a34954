"""Layers of graph networks that weigh neighbours."""
import math

import torch
from torch.nn import Linear, Parameter, functional
from torch_geometric.nn import MessagePassing
from torch_geometric.utils import add_self_loops, remove_self_loops, softmax


class _Attention(MessagePassing):
    def _plain(self, about):
        """The sums over neighbours are written out here, in one direction."""
        super().__init__("add", **about)
        if self.aggr != "add" or self.flow != "source_to_target" or self.node_dim not in (0, -2):
            raise NotImplementedError("weighing neighbours along another direction or dimension")

    def _loops(self, edge_index, edge_attr, count):
        if not self.add_self_loops:
            return edge_index, edge_attr
        edge_index, edge_attr = remove_self_loops(edge_index, edge_attr)
        return add_self_loops(edge_index, edge_attr, self.fill_value, count)

    def _ended(self, out, bias):
        out = out.flatten(1) if self.concat else out.mean(1)
        return out if bias is None else out + bias

    def _sum(self, messages, index, count):
        """`[edges, heads, width]` summed where they arrive."""
        target = index.view(-1, 1, 1).expand_as(messages)
        return torch.zeros(count, self.heads, self.out_channels, dtype=messages.dtype).scatter_add(0, target, messages)


class GATConv(_Attention):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, negative_slope=0.2, dropout=0.0, add_self_loops=True, edge_dim=None, fill_value="mean", bias=True, residual=False, **kwargs):
        self._plain(kwargs)
        self.in_channels = in_channels
        self.out_channels = out_channels
        self.heads = heads
        self.concat = concat
        self.negative_slope = negative_slope
        self.dropout = dropout
        self.add_self_loops = add_self_loops
        self.edge_dim = edge_dim
        self.fill_value = fill_value
        if isinstance(in_channels, int):
            self.lin = Linear(in_channels, heads * out_channels, bias=False)
        else:
            self.lin_src = Linear(in_channels[0], heads * out_channels, bias=False)
            self.lin_dst = Linear(in_channels[1], heads * out_channels, bias=False)
        self.att_src = Parameter(torch.empty(1, heads, out_channels))
        self.att_dst = Parameter(torch.empty(1, heads, out_channels))
        if edge_dim is not None:
            self.lin_edge = Linear(edge_dim, heads * out_channels, bias=False)
            self.att_edge = Parameter(torch.empty(1, heads, out_channels))
        wide = heads * out_channels if concat else out_channels
        self.res = Linear(in_channels, wide, bias=False) if residual else None
        self.register_parameter("bias", Parameter(torch.zeros(wide)) if bias else None)

    def _projected(self, x):
        """What a node sends and what it listens with, by one weight or, in older versions, by two of the same."""
        first, second = x if isinstance(x, (tuple, list)) else (x, x)
        if "lin" in self._modules:
            own = self.lin(first).view(-1, self.heads, self.out_channels)
            return own, own
        return [lin(one).view(-1, self.heads, self.out_channels) for lin, one in ((self.lin_src, first), (self.lin_dst, second))]

    def forward(self, x, edge_index, edge_attr=None, size=None, return_attention_weights=None):
        source, target = self._projected(x)
        count = target.size(0)
        edge_index, edge_attr = self._loops(edge_index, edge_attr, count)
        j, i = edge_index[0], edge_index[1]
        alpha = (source * self.att_src).sum(-1)[j] + (target * self.att_dst).sum(-1)[i]
        if self.edge_dim is not None:
            edge = self.lin_edge(edge_attr if edge_attr.dim() > 1 else edge_attr.view(-1, 1)).view(-1, self.heads, self.out_channels)
            alpha = alpha + (edge * self.att_edge).sum(-1)
        alpha = softmax(functional.leaky_relu(alpha, self.negative_slope), i, num_nodes=count)
        out = self._ended(self._sum(source[j] * alpha.unsqueeze(-1), i, count), None)
        if self.res is not None:
            out = out + self.res(x)
        out = out if self.bias is None else out + self.bias
        return (out, (edge_index, alpha)) if return_attention_weights else out


class GATv2Conv(_Attention):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, negative_slope=0.2, dropout=0.0, add_self_loops=True, edge_dim=None, fill_value="mean", bias=True, share_weights=False, residual=False, **kwargs):
        self._plain(kwargs)
        first, second = (in_channels, in_channels) if isinstance(in_channels, int) else in_channels
        self.out_channels = out_channels
        self.heads = heads
        self.concat = concat
        self.negative_slope = negative_slope
        self.add_self_loops = add_self_loops
        self.edge_dim = edge_dim
        self.fill_value = fill_value
        self.lin_l = Linear(first, heads * out_channels, bias=bias)
        self.lin_r = self.lin_l if share_weights else Linear(second, heads * out_channels, bias=bias)
        self.att = Parameter(torch.empty(1, heads, out_channels))
        if edge_dim is not None:
            self.lin_edge = Linear(edge_dim, heads * out_channels, bias=False)
        self.register_parameter("bias", Parameter(torch.zeros(heads * out_channels if concat else out_channels)) if bias else None)

    def forward(self, x, edge_index, edge_attr=None, return_attention_weights=None):
        first, second = x if isinstance(x, (tuple, list)) else (x, x)
        source = self.lin_l(first).view(-1, self.heads, self.out_channels)
        target = self.lin_r(second).view(-1, self.heads, self.out_channels)
        count = target.size(0)
        edge_index, edge_attr = self._loops(edge_index, edge_attr, count)
        j, i = edge_index[0], edge_index[1]
        both = source[j] + target[i]
        if self.edge_dim is not None:
            both = both + self.lin_edge(edge_attr if edge_attr.dim() > 1 else edge_attr.view(-1, 1)).view(-1, self.heads, self.out_channels)
        alpha = (functional.leaky_relu(both, self.negative_slope) * self.att).sum(-1)
        alpha = softmax(alpha, i, num_nodes=count)
        out = self._ended(self._sum(source[j] * alpha.unsqueeze(-1), i, count), self.bias)
        return (out, (edge_index, alpha)) if return_attention_weights else out


class TransformerConv(_Attention):
    def __init__(self, in_channels, out_channels, heads=1, concat=True, beta=False, dropout=0.0, edge_dim=None, bias=True, root_weight=True, **kwargs):
        self._plain(kwargs)
        first, second = (in_channels, in_channels) if isinstance(in_channels, int) else in_channels
        self.out_channels = out_channels
        self.heads = heads
        self.concat = concat
        self.root_weight = root_weight
        wide = heads * out_channels if concat else out_channels
        self.lin_key = Linear(first, heads * out_channels)
        self.lin_query = Linear(second, heads * out_channels)
        self.lin_value = Linear(first, heads * out_channels)
        self.lin_edge = None if edge_dim is None else Linear(edge_dim, heads * out_channels, bias=False)
        self.lin_skip = Linear(second, wide, bias=bias)
        self.lin_beta = Linear(3 * wide, 1, bias=False) if beta and root_weight else None

    def forward(self, x, edge_index, edge_attr=None):
        first, second = x if isinstance(x, (tuple, list)) else (x, x)
        shape = (-1, self.heads, self.out_channels)
        query = self.lin_query(second).view(*shape)
        key, value = self.lin_key(first).view(*shape), self.lin_value(first).view(*shape)
        j, i = edge_index[0], edge_index[1]
        keys, values = key[j], value[j]
        if self.lin_edge is not None:
            edge = self.lin_edge(edge_attr).view(*shape)
            keys, values = keys + edge, values + edge
        alpha = (query[i] * keys).sum(-1) / math.sqrt(self.out_channels)
        alpha = softmax(alpha, i, num_nodes=query.size(0))
        out = self._ended(self._sum(values * alpha.unsqueeze(-1), i, query.size(0)), None)
        if not self.root_weight:
            return out
        skip = self.lin_skip(second)
        if self.lin_beta is None:
            return out + skip
        beta = torch.sigmoid(self.lin_beta(torch.cat([out, skip, out - skip], -1)))
        return beta * skip + (1 - beta) * out
