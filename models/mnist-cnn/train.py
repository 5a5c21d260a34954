"""Trains mnist-cnn, a small convolutional network that reads digits drawn by people.

    MNIST_DIR=... PEN_FILE=... python3 models/mnist-cnn/train.py [--seeds 0 1 2 3 4] [--epochs N] [--out DIR]
"""

import sys
from collections import OrderedDict
from pathlib import Path

from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.command import main
from training.data import Mixture
from training.train import Recipe


def network() -> nn.Sequential:
    """[batch, 1, 28, 28] to logits [batch, 10].

    The first convolution halves the picture, so that all the work is done on 14 x 14 and less.
    """
    return nn.Sequential(
        OrderedDict(
            conv1=nn.Conv2d(1, 24, 5, stride=2, padding=2, bias=False),
            norm1=nn.BatchNorm2d(24),
            relu1=nn.ReLU(),
            conv2=nn.Conv2d(24, 32, 3, padding=1, bias=False),
            norm2=nn.BatchNorm2d(32),
            relu2=nn.ReLU(),
            pool2=nn.MaxPool2d(2),
            conv3=nn.Conv2d(32, 64, 3, padding=1, bias=False),
            norm3=nn.BatchNorm2d(64),
            relu3=nn.ReLU(),
            conv4=nn.Conv2d(64, 64, 3, padding=1, bias=False),
            norm4=nn.BatchNorm2d(64),
            relu4=nn.ReLU(),
            conv5=nn.Conv2d(64, 48, 3, bias=False),
            norm5=nn.BatchNorm2d(48),
            relu5=nn.ReLU(),
            pool5=nn.AdaptiveAvgPool2d(1),
            flatten=nn.Flatten(),
            fc1=nn.Linear(48, 10),
        )
    )


RECIPE = Recipe(
    name="mnist-cnn",
    family="cnn",
    description=(
        "Five small convolutions read a drawn digit from 28 x 28 grey pixels and are unsure of what is no digit."
    ),
    network=network,
    input_shape=(1, 28, 28),
    mixture=Mixture(digits=30_000, digit_rows=20, nondigits=10_000, nondigit_rows=8),
    epochs=20,
)

if __name__ == "__main__":
    main(RECIPE, Path(__file__))
