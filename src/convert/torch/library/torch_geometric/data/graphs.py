"""Graphs as tensors: their edges, what belongs together, and the object that holds them."""
import torch


class Data:
    def __init__(self, x=None, edge_index=None, edge_attr=None, y=None, pos=None, **kwargs):
        self.x = x
        self.edge_index = edge_index
        self.edge_attr = edge_attr
        self.y = y
        self.pos = pos
        self.batch = None
        for name, value in kwargs.items():
            setattr(self, name, value)

    def __getitem__(self, name):
        return getattr(self, name)

    @property
    def num_nodes(self):
        return (self.pos if self.x is None else self.x).size(0)

    @property
    def num_features(self):
        return _width(self.x)

    num_node_features = num_features

    @property
    def num_edges(self):
        return self.edge_index.size(1)

    @property
    def num_edge_features(self):
        return _width(self.edge_attr)

    def to(self, *args, **kwargs):
        return self


class Batch(Data):
    pass


def _width(held):
    return 0 if held is None else 1 if held.dim() == 1 else held.size(1)


def maybe_num_nodes(edge_index, num_nodes=None):
    return int(edge_index.max()) + 1 if num_nodes is None else num_nodes


def degree(index, num_nodes=None, dtype=None):
    count = maybe_num_nodes(index, num_nodes)
    ones = torch.ones_like(index, dtype=dtype or torch.float32)
    return torch.zeros(count, dtype=ones.dtype).scatter_add(0, index, ones)


def remove_self_loops(edge_index, edge_attr=None):
    others = edge_index[0] != edge_index[1]
    return edge_index[:, others], None if edge_attr is None else edge_attr[others]


def add_self_loops(edge_index, edge_attr=None, fill_value=None, num_nodes=None):
    count = maybe_num_nodes(edge_index, num_nodes)
    loops = torch.arange(count).unsqueeze(0).expand(2, count)
    if edge_attr is not None:
        edge_attr = torch.cat([edge_attr, _of_loops(edge_index, edge_attr, fill_value, count)])
    return torch.cat([edge_index, loops], 1), edge_attr


def _of_loops(edge_index, edge_attr, fill_value, count):
    sizes = [count, *edge_attr.shape[1:]]
    if isinstance(fill_value, str):
        return scatter(edge_attr, edge_index[1], 0, count, fill_value)
    if isinstance(fill_value, torch.Tensor):
        return fill_value.expand(*sizes)
    return torch.full(sizes, 1.0 if fill_value is None else fill_value, dtype=edge_attr.dtype)


def add_remaining_self_loops(edge_index, edge_attr=None, fill_value=1.0, num_nodes=None):
    """One loop for each node; a loop that is there already keeps what it says."""
    count = maybe_num_nodes(edge_index, num_nodes)
    others = edge_index[0] != edge_index[1]
    loops = torch.arange(count).unsqueeze(0).expand(2, count)
    if edge_attr is not None:
        own = _of_loops(edge_index, edge_attr, 1.0 if fill_value is None else fill_value, count)
        there = torch.logical_not(others)
        own = own.index_put((edge_index[0][there],), edge_attr[there])
        edge_attr = torch.cat([edge_attr[others], own])
    return torch.cat([edge_index[:, others], loops], 1), edge_attr


def scatter(src, index, dim=0, dim_size=None, reduce="sum"):
    import torch_scatter

    return torch_scatter.scatter(src, index, dim, None, dim_size, "sum" if reduce == "add" else reduce)


def softmax(src, index=None, ptr=None, num_nodes=None, dim=0):
    if index is None:
        raise NotImplementedError("groups by where they begin")
    count = maybe_num_nodes(index, num_nodes)
    most = scatter(src, index, dim, count, "max").index_select(dim, index)
    powers = (src - most).exp()
    total = scatter(powers, index, dim, count, "sum") + 1e-16
    return powers / total.index_select(dim, index)


def to_undirected(edge_index, *args, **kwargs):
    raise NotImplementedError("edges in both directions, each once")
