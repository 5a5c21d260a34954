"""Edge-gated convolutions on the graph of bonds and on its line graph (Choudhary and DeCost, 2021), one crystal."""
import torch
from torch import nn
from torch.nn.functional import silu

KEYS = ["atom_embedding.layer.0.weight", "edge_embedding.0.centers", "alignn_layers.0.node_update.src_gate.weight"]


class RadialBasis(nn.Module):
    def __init__(self, low, high, bins):
        super().__init__()
        self.register_buffer("centers", torch.linspace(low, high, bins))
        self.sharpness = (bins - 1) / (high - low)

    def forward(self, distances):
        return (-self.sharpness * (distances[:, None] - self.centers).square()).exp()


class MLPLayer(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.layer = nn.Sequential(nn.Linear(inputs, outputs), nn.BatchNorm1d(outputs), nn.SiLU())

    def forward(self, values):
        return self.layer(values)


class EdgeGatedGraphConv(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.src_gate = nn.Linear(width, width)
        self.dst_gate = nn.Linear(width, width)
        self.edge_gate = nn.Linear(width, width)
        self.bn_edges = nn.BatchNorm1d(width)
        self.src_update = nn.Linear(width, width)
        self.dst_update = nn.Linear(width, width)
        self.bn_nodes = nn.BatchNorm1d(width)

    def forward(self, source, target, nodes, edges):
        message = self.src_gate(nodes)[source] + self.dst_gate(nodes)[target] + self.edge_gate(edges)
        gate = message.sigmoid()
        offered = self.dst_update(nodes)
        nothing = torch.zeros_like(offered)
        gathered = nothing.index_add(0, target, offered[source] * gate)
        weight = nothing.index_add(0, target, gate) + 1e-6
        updated = self.src_update(nodes) + gathered / weight
        return nodes + silu(self.bn_nodes(updated)), edges + silu(self.bn_edges(message))


class ALIGNNConv(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.node_update = EdgeGatedGraphConv(width)
        self.edge_update = EdgeGatedGraphConv(width)

    def forward(self, source, target, line_source, line_target, atoms, bonds, angles):
        atoms, bonds = self.node_update(source, target, atoms, bonds)
        bonds, angles = self.edge_update(line_source, line_target, bonds, angles)
        return atoms, bonds, angles


class ALIGNN(nn.Module):
    def __init__(
        self,
        atom_input_features=92,
        edge_input_features=80,
        triplet_input_features=40,
        embedding_features=64,
        hidden_features=256,
        alignn_layers=4,
        gcn_layers=4,
    ):
        super().__init__()

        def expanded(low, high, bins):
            basis = RadialBasis(low, high, bins)
            layers = MLPLayer(bins, embedding_features), MLPLayer(embedding_features, hidden_features)
            return nn.Sequential(basis, *layers)

        self.atom_embedding = MLPLayer(atom_input_features, hidden_features)
        self.edge_embedding = expanded(0.0, 8.0, edge_input_features)
        self.angle_embedding = expanded(-1.0, 1.0, triplet_input_features)
        self.alignn_layers = nn.ModuleList(ALIGNNConv(hidden_features) for _ in range(alignn_layers))
        self.gcn_layers = nn.ModuleList(EdgeGatedGraphConv(hidden_features) for _ in range(gcn_layers))
        self.fc = nn.Linear(hidden_features, 1)

    def forward(self, atom_features, r, src, dst, angle, lsrc, ldst):
        atoms = self.atom_embedding(atom_features)
        bonds = self.edge_embedding(r.norm(dim=1))
        angles = self.angle_embedding(angle)
        for layer in self.alignn_layers:
            atoms, bonds, angles = layer(src, dst, lsrc, ldst, atoms, bonds, angles)
        for layer in self.gcn_layers:
            atoms, bonds = layer(src, dst, atoms, bonds)
        return self.fc(atoms.mean(dim=0, keepdim=True)).squeeze()
