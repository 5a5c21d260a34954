"""The training set: MNIST, digits of made-up hands, and things that are no digits."""

from dataclasses import dataclass
from typing import Iterator

import numpy as np
import torch
from torch import Tensor

from . import mnist
from .nondigits import nondigits
from .raster import rasterise
from .hand import Drawing
from .strokes import digits

DIGITS_SEED = 1001
NONDIGITS_SEED = 2001
PENS_SEED = 3001
PEN_WIDTHS = (1.8, 3.4)

NO_DIGIT = -1


@dataclass(frozen=True)
class Mixture:
    """How many pictures are generated, and how many rows of each batch they fill."""

    digits: int
    digit_rows: int
    nondigits: int = 0
    nondigit_rows: int = 0


class TrainingSet:
    """Batches of MNIST with a fixed number of rows from the generated pictures."""

    def __init__(self, data: mnist.Mnist, mixture: Mixture, batch_size: int):
        self.mixture = mixture
        self.real_rows = batch_size - mixture.digit_rows - mixture.nondigit_rows
        drawings, labels = digits(mixture.digits, DIGITS_SEED)
        blank = nondigits(mixture.nondigits, NONDIGITS_SEED)
        self.images = torch.from_numpy(
            np.concatenate([data.train_images, pictures(drawings + blank)])
        )
        self.labels = torch.from_numpy(
            np.concatenate([data.train_labels, labels, np.full(len(blank), NO_DIGIT)])
        )
        self.real = len(data.train_labels)
        self.steps = self.real // self.real_rows

    def batches(self, rng: torch.Generator) -> Iterator[tuple[Tensor, Tensor]]:
        """Images float32 [B, 1, 28, 28] and labels int64 [B], MNIST's rows first; one epoch."""
        order = torch.randperm(self.real, generator=rng)
        first_nondigit = self.real + self.mixture.digits
        for step in range(self.steps):
            rows = torch.cat(
                [
                    order[step * self.real_rows : (step + 1) * self.real_rows],
                    torch.randint(
                        self.real, first_nondigit, (self.mixture.digit_rows,), generator=rng
                    ),
                    torch.randint(
                        first_nondigit,
                        max(len(self.labels), first_nondigit + 1),
                        (self.mixture.nondigit_rows,),
                        generator=rng,
                    ),
                ]
            )
            yield self.images[rows].float().div_(255).unsqueeze(1), self.labels[rows]


def pictures(drawings: list[Drawing]) -> np.ndarray:
    """Pictures uint8 [N, 28, 28] of generated drawings, each by a pen of its own width."""
    pens = np.random.default_rng(PENS_SEED).uniform(*PEN_WIDTHS, len(drawings))
    return np.round(rasterise(on_paper(drawings), pens) * 255).astype(np.uint8)


def on_paper(drawings: list[Drawing]) -> list[Drawing]:
    """The drawings in units of the paper, a digit half as high as it."""
    return [[stroke * 500 for stroke in drawing] for drawing in drawings]
