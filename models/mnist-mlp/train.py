"""Trains mnist-mlp, the classic network of one hidden layer.

    MNIST_DIR=... PEN_FILE=... python3 models/mnist-mlp/train.py [--seeds 0 1 2 3 4] [--epochs N] [--out DIR]
"""

import sys
from collections import OrderedDict
from pathlib import Path

from torch import nn

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from training.augment import Augmentation
from training.command import main
from training.data import Mixture
from training.train import Recipe


def network() -> nn.Sequential:
    """[batch, 784] to logits [batch, 10]."""
    return nn.Sequential(
        OrderedDict(fc1=nn.Linear(784, 128), relu1=nn.ReLU(), fc2=nn.Linear(128, 10))
    )


RECIPE = Recipe(
    name="mnist-mlp",
    family="mlp",
    description="One hidden layer of 128 reads a drawn digit from 784 grey pixels.",
    network=network,
    input_shape=(784,),
    mixture=Mixture(digits=10_000, digit_rows=12),
    epochs=16,
    learning_rate=3e-3,
    weight_decay=0.01,
    label_smoothing=0.0,
    augmentation=Augmentation(
        rotation=6,
        slant=0.1,
        scale=0.06,
        shift=0.8,
        elastic=0.7,
        thinner=0.2,
        thicker=0.2,
        contrast=0.1,
    ),
    gentle_epochs=4,
)

if __name__ == "__main__":
    main(RECIPE, Path(__file__))
