"""Updates of bonds, atoms and the state of one crystal in turn (Chen et al., 2019), read out by Set2Set."""
import math

import torch
from torch import nn
from torch.nn.functional import softplus

KEYS = ["bond_expansion.rbf.centers", "embedding.layer_node_embedding.weight", "edge_s2s.lstm.weight_ih_l0"]


class ShiftedSoftplus(nn.Module):
    def forward(self, values):
        return softplus(values) - math.log(2)


class MLP(nn.Module):
    def __init__(self, *widths, ends_active=True):
        super().__init__()
        layers = []
        for at, (inputs, outputs) in enumerate(zip(widths, widths[1:])):
            layers.append(nn.Linear(inputs, outputs))
            if ends_active or at + 2 < len(widths):
                layers.append(ShiftedSoftplus())
        self.layers = nn.ModuleList(layers)

    def forward(self, values):
        for layer in self.layers:
            values = layer(values)
        return values


class Gaussians(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.centers = nn.Parameter(torch.linspace(0, 5, count))

    def forward(self, distances):
        return torch.exp(-0.5 * (distances[:, None] - self.centers[None]) ** 2)


class BondExpansion(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.rbf = Gaussians(count)

    def forward(self, distances):
        return self.rbf(distances)


class AtomEmbedding(nn.Module):
    def __init__(self, types, width):
        super().__init__()
        self.layer_node_embedding = nn.Embedding(types, width)

    def forward(self, types):
        return self.layer_node_embedding(types)


class GraphConv(nn.Module):
    def __init__(self, inputs, widths):
        super().__init__()
        outputs = widths[-1]
        self.edge_func = MLP(4 * inputs, *widths)
        self.node_func = MLP(outputs + 2 * inputs, *widths)
        self.state_func = MLP(2 * outputs + inputs, *widths)

    def forward(self, source, target, bonds, atoms, state):
        bond_count, atom_count = bonds.shape[0], atoms.shape[0]
        ends = atoms[source], atoms[target]
        bonds = self.edge_func(torch.cat((*ends, bonds, state.expand(bond_count, -1)), dim=1))
        total = torch.zeros(atom_count, bonds.shape[1]).index_add(0, target, bonds)
        degree = torch.zeros(atom_count).index_add(0, target, torch.ones(bond_count))
        mean = total / degree.clamp(min=1)[:, None]
        atoms = self.node_func(torch.cat((atoms, mean, state.expand(atom_count, -1)), dim=1))
        means = bonds.mean(dim=0, keepdim=True), atoms.mean(dim=0, keepdim=True)
        return bonds, atoms, self.state_func(torch.cat((state, *means), dim=1))


class Block(nn.Module):
    def __init__(self, widths, conv_widths):
        super().__init__()
        for name in ("edge_func", "node_func", "state_func"):
            setattr(self, name, MLP(*widths) if len(widths) > 1 else nn.Identity())
        self.conv = GraphConv(widths[-1], conv_widths)

    def forward(self, source, target, bonds, atoms, state):
        dense = self.edge_func(bonds), self.node_func(atoms), self.state_func(state)
        bonds_after, atoms_after, state_after = self.conv(source, target, *dense)
        return bonds + bonds_after, atoms + atoms_after, state + state_after


class Set2Set(nn.Module):
    def __init__(self, width, rounds=2):
        super().__init__()
        self.rounds = rounds
        self.width = width
        self.lstm = nn.LSTM(2 * width, width)

    def forward(self, values):
        memory = torch.zeros(1, 1, self.width), torch.zeros(1, 1, self.width)
        found = torch.zeros(1, 2 * self.width)
        for _ in range(self.rounds):
            query, memory = self.lstm(found[None], memory)
            query = query.reshape(1, self.width)
            weights = (values * query).sum(dim=1, keepdim=True).softmax(dim=0)
            found = torch.cat((query, (weights * values).sum(dim=0, keepdim=True)), dim=1)
        return found


class MEGNet(nn.Module):
    def __init__(
        self,
        ntypes_node=89,
        dim_node_embedding=16,
        dim_edge_embedding=100,
        dim_state_embedding=2,
        nblocks=3,
        hidden_input=(64, 32),
        hidden_conv=(64, 64, 32),
        hidden_output=(32, 16),
    ):
        super().__init__()
        self.bond_expansion = BondExpansion(dim_edge_embedding)
        self.embedding = AtomEmbedding(ntypes_node, dim_node_embedding)
        self.edge_encoder = MLP(dim_edge_embedding, *hidden_input)
        self.node_encoder = MLP(dim_node_embedding, *hidden_input)
        self.state_encoder = MLP(dim_state_embedding, *hidden_input)
        last = hidden_conv[-1]
        self.blocks = nn.ModuleList(
            Block((last, *hidden_input) if at > 0 else hidden_input[-1:], hidden_conv) for at in range(nblocks)
        )
        self.edge_s2s = Set2Set(last)
        self.node_s2s = Set2Set(last)
        self.output_proj = MLP(5 * last, *hidden_output, 1, ends_active=False)

    def forward(self, node_type, bond_dist, src, dst, state_attr):
        bonds = self.edge_encoder(self.bond_expansion(bond_dist))
        atoms = self.node_encoder(self.embedding(node_type))
        state = self.state_encoder(state_attr)
        for block in self.blocks:
            bonds, atoms, state = block(src, dst, bonds, atoms, state)
        read = torch.cat((self.node_s2s(atoms), self.edge_s2s(bonds), state), dim=1)
        return self.output_proj(read).squeeze()
