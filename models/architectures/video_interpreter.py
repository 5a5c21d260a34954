"""Convolutions over space and time, then a GRU over the frames."""
from torch import nn

KEYS = ["features.0.conv.weight", "features.0.bn.running_mean", "temporal.weight_ih_l0", "fc.weight"]


class Conv3dBlock(nn.Module):
    def __init__(self, inputs, outputs):
        super().__init__()
        self.conv = nn.Conv3d(inputs, outputs, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm3d(outputs)
        self.act = nn.LeakyReLU(0.1)

    def forward(self, clip):
        return self.act(self.bn(self.conv(clip)))


class VideoInterpreter(nn.Module):
    def __init__(self, in_channels=3, base=8, hidden=32, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(
            Conv3dBlock(in_channels, base),
            nn.MaxPool3d((1, 2, 2)),
            Conv3dBlock(base, 2 * base),
            nn.MaxPool3d((1, 2, 2)),
            Conv3dBlock(2 * base, 4 * base),
        )
        self.temporal = nn.GRU(4 * base, hidden, batch_first=True)
        self.fc = nn.Linear(hidden, num_classes)

    def forward(self, clip):
        frames = self.features(clip).mean(dim=(3, 4)).transpose(1, 2)
        states, _ = self.temporal(frames)
        return self.fc(states[:, -1])
