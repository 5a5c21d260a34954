"""A pre-norm transformer on keypoints of signing people, with a head for glosses and one for their categories.

Neither the number of heads nor the pooling can be told from weights: the projections are square whatever it is,
and the class token is saved even where it is not used.
"""
from typing import Literal, Optional

import torch
from torch import nn

KEYS = ["pos_encoder.pe", "input_norm.gamma", "encoder_layers.0.attention.W_q.weight", "gloss_head.3.weight"]


class PositionalEncoding(nn.Module):
    def __init__(self, width, longest):
        super().__init__()
        self.register_buffer("pe", torch.zeros(1, longest, width))

    def forward(self, tokens):
        return tokens + self.pe[:, : tokens.shape[1]]


class LayerNormalization(nn.Module):
    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(width))
        self.beta = nn.Parameter(torch.zeros(width))
        self.eps = eps

    def forward(self, tokens):
        mean = tokens.mean(-1, keepdim=True)
        deviation = (tokens.var(-1, keepdim=True, unbiased=False) + self.eps).sqrt()
        return self.gamma * (tokens - mean) / deviation + self.beta


class Attention(nn.Module):
    def __init__(self, width, num_heads):
        super().__init__()
        if width % num_heads != 0:
            raise ValueError("heads share the width evenly")
        self.num_heads = num_heads
        self.W_q = nn.Linear(width, width)
        self.W_k = nn.Linear(width, width)
        self.W_v = nn.Linear(width, width)
        self.W_o = nn.Linear(width, width)

    def forward(self, tokens, mask: Optional[torch.Tensor]):
        batch, length, width = tokens.shape
        each = width // self.num_heads

        def heads(layer):
            return layer(tokens).view(batch, length, self.num_heads, each).transpose(1, 2)

        scores = heads(self.W_q) @ heads(self.W_k).transpose(2, 3) / each**0.5
        if mask is not None:
            scores = scores.masked_fill(mask == 0, float("-inf"))
        read = scores.softmax(dim=3) @ heads(self.W_v)
        return self.W_o(read.transpose(1, 2).reshape(batch, length, width))


class FeedForward(nn.Module):
    def __init__(self, width, inner):
        super().__init__()
        self.linear1 = nn.Linear(width, inner)
        self.linear2 = nn.Linear(inner, width)

    def forward(self, tokens):
        return self.linear2(self.linear1(tokens).relu())


class Normed(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = LayerNormalization(width)


class EncoderLayer(nn.Module):
    def __init__(self, width, num_heads, inner):
        super().__init__()
        self.attention = Attention(width, num_heads)
        self.feed_forward = FeedForward(width, inner)
        self.residual1 = Normed(width)
        self.residual2 = Normed(width)

    def forward(self, tokens, mask: Optional[torch.Tensor]):
        tokens = tokens + self.attention(self.residual1.norm(tokens), mask)
        return tokens + self.feed_forward(self.residual2.norm(tokens))


def head(width, classes):
    return nn.Sequential(nn.Linear(width, width // 2), nn.ReLU(), nn.Dropout(), nn.Linear(width // 2, classes))


class SignTransformer(nn.Module):
    def __init__(
        self,
        num_heads: int,
        pooling_method: Literal["mean", "max", "cls"],
        input_dim=156,
        emb_dim=256,
        num_layers=4,
        num_gloss=105,
        num_cat=10,
        max_len=300,
        ff_dim=1024,
    ):
        super().__init__()
        self.pooling_method = pooling_method
        self.embedding = nn.Linear(input_dim, emb_dim)
        self.pos_encoder = PositionalEncoding(emb_dim, max_len)
        self.input_norm = LayerNormalization(emb_dim)
        self.encoder_layers = nn.ModuleList(EncoderLayer(emb_dim, num_heads, ff_dim) for _ in range(num_layers))
        self.cls_token = nn.Parameter(torch.zeros(1, 1, emb_dim))
        self.gloss_head = head(emb_dim, num_gloss)
        self.category_head = head(emb_dim, num_cat)

    def forward(self, x, mask: Optional[torch.Tensor] = None):
        tokens = self.embedding(x)
        if self.pooling_method == "cls":
            tokens = torch.cat((self.cls_token.expand(tokens.shape[0], -1, -1), tokens), dim=1)
        tokens = self.input_norm(self.pos_encoder(tokens))
        seen = None if mask is None else mask[:, None, None, :]
        for layer in self.encoder_layers:
            tokens = layer(tokens, seen)
        pooled = self.pool(tokens, mask)
        return self.gloss_head(pooled), self.category_head(pooled)

    def pool(self, tokens, mask: Optional[torch.Tensor]):
        if self.pooling_method == "cls":
            return tokens[:, 0]
        if self.pooling_method == "max":
            return tokens.max(dim=1).values
        if mask is None:
            return tokens.mean(dim=1)
        total = (tokens * mask[:, :, None]).sum(dim=1)
        return total / mask.sum(dim=1, keepdim=True).clamp(min=1)
