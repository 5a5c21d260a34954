"""What every node hears of its neighbours."""
import torch
from torch.nn import Module
from torch._native import parameters_of
from torch_geometric.utils import scatter


class MessagePassing(Module):
    aggr = "add"
    flow = "source_to_target"
    node_dim = -2

    def __init__(self, aggr="add", *, aggr_kwargs=None, flow="source_to_target", node_dim=-2, decomposed_layers=1, **kwargs):
        super().__init__()
        if kwargs or decomposed_layers != 1 or aggr_kwargs:
            raise NotImplementedError(f"message passing with {sorted(kwargs) or 'layers or sums of its own'}")
        self.aggr = aggr
        self.flow = flow
        self.node_dim = node_dim

    def reset_parameters(self):
        return None

    def propagate(self, edge_index, size=None, **given):
        source, target = (0, 1) if self.flow == "source_to_target" else (1, 0)
        known = dict(given)
        known["edge_index"] = edge_index
        known["edge_index_i"], known["edge_index_j"] = edge_index[target], edge_index[source]
        known["index"], known["ptr"] = edge_index[target], None
        known["dim_size"] = self._count(size, given, target)
        known["size"] = size
        messages = self.message(**self._wanted(self.message, known, edge_index, source, target))
        result = self.aggregate(messages, **self._wanted(self.aggregate, known, edge_index, source, target, 1))
        return self.update(result, **self._wanted(self.update, known, edge_index, source, target, 1))

    def _count(self, size, given, target):
        """How many nodes hear something."""
        if size is not None and size[target] is not None:
            return size[target]
        for value in given.values():
            if isinstance(value, (tuple, list)):
                value = value[target] if value[target] is not None else value[1 - target]
            if isinstance(value, torch.Tensor) and value.dim() > 1:
                return value.size(self.node_dim)
        raise ValueError("how many nodes there are is not said")

    def _wanted(self, method, known, edge_index, source, target, skip=0):
        """What a method asks for by the names of its parameters; `x_j` is `x` at the other end of each edge."""
        found = {}
        for name in parameters_of(method)[1 + skip :]:
            if name in known:
                found[name] = known[name]
            elif name.endswith(("_i", "_j")) and name[:-2] in known:
                end = target if name.endswith("_i") else source
                value = known[name[:-2]]
                if isinstance(value, (tuple, list)):
                    value = value[end]
                if isinstance(value, torch.Tensor):
                    value = value.index_select(self.node_dim, edge_index[end])
                found[name] = value
        return found

    def message(self, x_j):
        return x_j

    def aggregate(self, inputs, index, ptr=None, dim_size=None):
        return scatter(inputs, index, self.node_dim, dim_size, self.aggr)

    def update(self, inputs):
        return inputs
