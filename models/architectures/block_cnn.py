"""Three blocks of convolution, normalization and ReLU, as people quantize them."""
from torch import nn
from torch.quantization import DeQuantStub, QuantStub

KEYS = ["block1.conv.weight", "block2.conv.weight", "block3.conv.weight"]


class ConvBlock(nn.Module):
    def __init__(self, inputs, outputs, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(inputs, outputs, 3, stride=stride, padding=1)
        self.bn = nn.BatchNorm2d(outputs)
        self.relu = nn.ReLU()

    def forward(self, image):
        return self.relu(self.bn(self.conv(image)))


class QuantizedCNN(nn.Module):
    def __init__(self, in_channels=1, width1=8, width2=16, width3=16, num_classes=10):
        super().__init__()
        self.quant = QuantStub()
        self.block1 = ConvBlock(in_channels, width1)
        self.pool = nn.MaxPool2d(2)
        self.block2 = ConvBlock(width1, width2)
        self.block3 = ConvBlock(width2, width3, stride=2)
        self.avg = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(width3, num_classes)
        self.dequant = DeQuantStub()

    def forward(self, image):
        features = self.block2(self.pool(self.block1(self.quant(image))))
        features = self.avg(self.block3(features))
        return self.dequant(self.fc(features.flatten(1)))
