"""A bidirectional LSTM whose states are weighed by additive attention: signals of several leads, one class each."""
import torch
from torch import nn

KEYS = ["lstm.weight_ih_l0_reverse", "attention.proj.weight", "attention.score.weight", "classifier.3.weight"]


class AdditiveAttention(nn.Module):
    def __init__(self, states, width):
        super().__init__()
        self.proj = nn.Linear(states, width)
        self.score = nn.Linear(width, 1, bias=False)

    def forward(self, states):
        weights = self.score(self.proj(states).tanh()).softmax(dim=1)
        return torch.sum(states * weights, dim=1)


class BiLSTM_Attention(nn.Module):
    def __init__(self, input_dim=2, hidden_size=128, num_layers=1, attention_dim=128, head_dim=64, num_classes=5):
        super().__init__()
        self.lstm = nn.LSTM(input_dim, hidden_size, num_layers, batch_first=True, bidirectional=True)
        self.attention = AdditiveAttention(2 * hidden_size, attention_dim)
        self.classifier = nn.Sequential(
            nn.Linear(2 * hidden_size, head_dim), nn.ReLU(), nn.Dropout(0.2), nn.Linear(head_dim, num_classes)
        )

    def forward(self, signal):
        states, _ = self.lstm(signal)
        return self.classifier(self.attention(states))
