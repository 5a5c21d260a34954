"""Crystal graph convolutions with a fixed number of neighbours an atom (Xie and Grossman, 2018).

Results are in units of the training targets' deviation: the checkpoint's normalizer leads back.
"""
import torch
from torch import nn
from torch.nn.functional import softplus

KEYS = ["embedding.weight", "convs.0.fc_full.weight", "conv_to_fc.weight", "fc_out.weight"]


class ConvLayer(nn.Module):
    def __init__(self, atoms, bonds):
        super().__init__()
        self.fc_full = nn.Linear(2 * atoms + bonds, 2 * atoms)
        self.bn1 = nn.BatchNorm1d(2 * atoms)
        self.bn2 = nn.BatchNorm1d(atoms)

    def forward(self, atoms, bonds, neighbours):
        count, around = neighbours.shape
        here = atoms[:, None, :].expand(count, around, atoms.shape[1])
        mixed = self.fc_full(torch.cat((here, atoms[neighbours], bonds), dim=2))
        mixed = self.bn1(mixed.flatten(0, 1)).view(mixed.shape)
        gate, core = mixed.chunk(2, dim=2)
        gathered = (gate.sigmoid() * softplus(core)).sum(dim=1)
        return softplus(atoms + self.bn2(gathered))


class CrystalGraphConvNet(nn.Module):
    def __init__(
        self,
        orig_atom_fea_len=92,
        nbr_fea_len=41,
        atom_fea_len=64,
        n_conv=3,
        h_fea_len=128,
        n_h=1,
        classification: bool = False,
    ):
        super().__init__()
        self.classification = classification
        self.embedding = nn.Linear(orig_atom_fea_len, atom_fea_len)
        self.convs = nn.ModuleList(ConvLayer(atom_fea_len, nbr_fea_len) for _ in range(n_conv))
        self.conv_to_fc = nn.Linear(atom_fea_len, h_fea_len)
        if n_h > 1:
            self.fcs = nn.ModuleList(nn.Linear(h_fea_len, h_fea_len) for _ in range(n_h - 1))
        self.fc_out = nn.Linear(h_fea_len, 2 if classification else 1)

    def forward(self, atom_fea, nbr_fea, nbr_fea_idx, pool_matrix):
        """Every row of `pool_matrix` averages the atoms of one crystal."""
        atoms = self.embedding(atom_fea)
        for conv in self.convs:
            atoms = conv(atoms, nbr_fea, nbr_fea_idx)
        crystals = softplus(self.conv_to_fc(softplus(pool_matrix @ atoms)))
        for layer in getattr(self, "fcs", []):
            crystals = softplus(layer(crystals))
        results = self.fc_out(crystals)
        return results.log_softmax(dim=1) if self.classification else results
