"""Networks on graphs of crystals: gated, attending and edge-conditioned convolutions under one head.

The head has a last layer for each property; which of them is meant, no weights tell.
"""
from typing import Literal

from torch import nn
from torch.nn.functional import relu
from torch_geometric.nn import CGConv, GATConv, NNConv, global_mean_pool

KEYS = ["node_embedding.weight", "batch_norms.0.weight", "fc_band_gap.weight", "fc_formation.weight"]


class CrystalNetwork(nn.Module):
    """What the three have in common."""

    def __init__(self, node_features, hidden_dim, num_layers, target):
        super().__init__()
        self.node_embedding = nn.Linear(node_features, hidden_dim)
        self.batch_norms = nn.ModuleList(nn.BatchNorm1d(hidden_dim) for _ in range(num_layers))
        self.fc1 = nn.Linear(hidden_dim, 64)
        self.fc2 = nn.Linear(64, 32)
        self.fc_band_gap = nn.Linear(32, 1)
        self.fc_formation = nn.Linear(32, 1)
        self.target = target

    def read(self, nodes, batch):
        crystals = relu(self.fc2(relu(self.fc1(global_mean_pool(nodes, batch)))))
        last = self.fc_formation if self.target == "formation" else self.fc_band_gap
        return last(crystals).squeeze()


class CGCNN(CrystalNetwork):
    def __init__(
        self,
        target: Literal["band_gap", "formation"],
        node_features=16,
        edge_features=8,
        hidden_dim=128,
        num_conv_layers=4,
    ):
        super().__init__(node_features, hidden_dim, num_conv_layers, target)
        self.conv_layers = nn.ModuleList(CGConv(hidden_dim, edge_features) for _ in range(num_conv_layers))

    def forward(self, x, edge_index, edge_attr, batch):
        x = relu(self.node_embedding(x))
        for conv, norm in zip(self.conv_layers, self.batch_norms):
            x = x + relu(norm(conv(x, edge_index, edge_attr)))
        return self.read(x, batch)


class NamedGATConv(GATConv):
    """Its projection goes by the name of a release: once `lin_src`, saved a second time as `lin_dst`, then `lin`."""

    def __init__(self, inputs, outputs, heads, name):
        super().__init__(inputs, outputs, heads=heads)
        if name == "lin_src":
            self.lin_src = self.lin_dst = self.lin
            del self.lin
            object.__setattr__(self, "lin", self.lin_src)


class ALIGNNStyle(CrystalNetwork):
    def __init__(
        self,
        target: Literal["band_gap", "formation"],
        node_features=16,
        edge_features=8,
        hidden_dim=128,
        num_layers=4,
        num_heads=4,
        projection: Literal["lin", "lin_src"] = "lin",
    ):
        super().__init__(node_features, hidden_dim, num_layers, target)
        self.edge_embedding = nn.Linear(edge_features, hidden_dim)
        self.gat_layers = nn.ModuleList(
            NamedGATConv(hidden_dim, hidden_dim // num_heads, num_heads, projection) for _ in range(num_layers)
        )

    def forward(self, x, edge_index, batch):
        x = relu(self.node_embedding(x))
        for attend, norm in zip(self.gat_layers, self.batch_norms):
            x = x + relu(norm(attend(x, edge_index)))
        return self.read(x, batch)


class MEGNetStyle(CrystalNetwork):
    def __init__(
        self,
        target: Literal["band_gap", "formation"],
        node_features=16,
        edge_features=8,
        hidden_dim=128,
        num_layers=3,
    ):
        super().__init__(node_features, hidden_dim, num_layers, target)
        self.edge_embedding = nn.Linear(edge_features, hidden_dim)
        self.edge_networks = nn.ModuleList(
            nn.Sequential(nn.Linear(hidden_dim, hidden_dim), nn.ReLU(), nn.Linear(hidden_dim, hidden_dim**2))
            for _ in range(num_layers)
        )
        self.conv_layers = nn.ModuleList(NNConv(hidden_dim, hidden_dim, edges) for edges in self.edge_networks)

    def forward(self, x, edge_index, edge_attr, batch):
        x = relu(self.node_embedding(x))
        edges = relu(self.edge_embedding(edge_attr))
        for conv, norm in zip(self.conv_layers, self.batch_norms):
            x = x + relu(norm(conv(x, edge_index, edges)))
        return self.read(x, batch)
