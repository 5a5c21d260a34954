"""A table's row as tokens, one a feature, read by a transformer with a token of its own for the class."""
import torch
from torch import nn

KEYS = ["feature_weight", "feature_bias", "cls_token", "encoder.layers.0.self_attn.in_proj_weight"]


class TabularTransformerEncoder(nn.Module):
    def __init__(self, nhead: int, n_features=192, d_model=32, num_layers=2, dim_feedforward=64, num_classes=6):
        super().__init__()
        self.feature_weight = nn.Parameter(torch.zeros(n_features, d_model))
        self.feature_bias = nn.Parameter(torch.zeros(n_features, d_model))
        self.cls_token = nn.Parameter(torch.zeros(1, 1, d_model))
        layer = nn.TransformerEncoderLayer(d_model, nhead, dim_feedforward, activation="gelu", batch_first=True)
        self.encoder = nn.TransformerEncoder(layer, num_layers)
        self.norm = nn.LayerNorm(d_model)
        self.head = nn.Linear(d_model, num_classes)

    def forward(self, row):
        features = row[:, :, None] * self.feature_weight + self.feature_bias
        first = self.cls_token.expand(row.shape[0], 1, features.shape[2])
        read = self.encoder(torch.cat((first, features), dim=1))
        return self.head(self.norm(read[:, 0]))
