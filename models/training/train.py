"""The training loop: one seed of one recipe, the same figures every time."""

import time
from copy import deepcopy
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import Callable

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from .augment import Augmentation, augment
from .data import NO_DIGIT, Mixture, TrainingSet
from .measure import accuracy, logits_of


@dataclass(frozen=True)
class Recipe:
    """A network and everything that decides how it is trained."""

    name: str
    family: str
    description: str
    network: Callable[[], nn.Sequential]
    input_shape: tuple[int, ...]
    mixture: Mixture
    epochs: int
    batch_size: int = 128
    learning_rate: float = 3e-3
    warmup: float = 0.2
    """share of all steps over which the learning rate rises"""
    weight_decay: float = 0.05
    label_smoothing: float = 0.05
    average: float = 0.998
    """decay of the moving average of the weights, which is what is kept"""
    augmentation: Augmentation = field(default_factory=Augmentation)
    gentle_epochs: int = 4
    """last epochs, with gentle_strength of the augmentation"""
    gentle_strength: float = 0.5
    settle_steps: int = 200
    """batches, not augmented, from which batch norm takes its final statistics"""

    def settings(self) -> dict:
        """Everything but the network itself, as plain values."""
        return {k: v for k, v in asdict(self).items() if k != "network"}


@dataclass
class Run:
    """What one seed gave."""

    seed: int
    weights: dict[str, Tensor]
    history: list[dict]


def train(
    recipe: Recipe, seed: int, data: TrainingSet, test_images: np.ndarray, test_labels: np.ndarray
) -> Run:
    """One seed from first to last epoch, a line printed for each."""
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    torch.manual_seed(seed)
    rng = torch.Generator().manual_seed(seed)
    network = recipe.network().to(memory_format=torch.channels_last)
    averaged = deepcopy(network)
    optimizer = torch.optim.AdamW(
        decayed_apart(network, recipe.weight_decay), lr=recipe.learning_rate
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer,
        recipe.learning_rate,
        total_steps=recipe.epochs * data.steps + 1,
        pct_start=recipe.warmup,
    )
    history = []
    step = 0
    for epoch in range(1, recipe.epochs + 1):
        started = time.perf_counter()
        strength = recipe.gentle_strength if epoch > recipe.epochs - recipe.gentle_epochs else 1.0
        loss_sum, right = 0.0, 0
        rate = optimizer.param_groups[0]["lr"]
        network.train()
        for images, labels in data.batches(rng):
            images = augment(images, recipe.augmentation, strength, rng)
            logits = network(images.view(len(images), *recipe.input_shape))
            loss = F.cross_entropy(logits, targets(labels, recipe.label_smoothing))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            optimizer.step()
            schedule.step()
            step += 1
            follow(averaged, network, min(recipe.average, step / (step + 10)))
            loss_sum += loss.item()
            right += int((logits.argmax(dim=1) == labels)[: data.real_rows].sum())
        if epoch == recipe.epochs:
            settle(averaged, data, recipe, seed)
        history.append(
            {
                "epoch": epoch,
                "loss": round(loss_sum / data.steps, 5),
                "trainAccuracy": round(100 * right / (data.steps * data.real_rows), 3),
                "testAccuracy": accuracy(
                    logits_of(averaged, test_images, recipe.input_shape), test_labels
                ),
                "learningRate": round(rate, 7),
                "seconds": round(time.perf_counter() - started, 1),
            }
        )
        print(
            f"{recipe.name} seed {seed}", *(f"{k} {v}" for k, v in history[-1].items()), flush=True
        )
    return Run(seed, averaged.state_dict(), history)


def decayed_apart(network: nn.Module, weight_decay: float) -> list[dict]:
    """Parameter groups: weights decay, biases and norms do not."""
    parameters = list(network.parameters())
    return [
        {"params": [p for p in parameters if p.dim() > 1], "weight_decay": weight_decay},
        {"params": [p for p in parameters if p.dim() <= 1], "weight_decay": 0.0},
    ]


def targets(labels: Tensor, smoothing: float) -> Tensor:
    """Probabilities [B, 10] to learn: the label's with some smoothing, even for no digit."""
    digit = labels != NO_DIGIT
    kept = torch.where(digit, 1 - smoothing, 0.0)[:, None]
    return F.one_hot(labels.clamp(min=0), 10) * kept + (1 - kept) / 10


@torch.no_grad()
def follow(averaged: nn.Module, network: nn.Module, decay: float) -> None:
    """Moves the averaged weights and statistics towards the network's."""
    for mean, now in zip(averaged.state_dict().values(), network.state_dict().values()):
        if mean.is_floating_point():
            mean.lerp_(now, 1 - decay)
        else:
            mean.copy_(now)


@torch.no_grad()
def settle(network: nn.Module, data: TrainingSet, recipe: Recipe, seed: int) -> None:
    """Takes batch norm's statistics anew from pictures as they are, as the network will see them."""
    norms = [layer for layer in network.modules() if isinstance(layer, nn.BatchNorm2d)]
    if not norms:
        return
    for norm in norms:
        norm.reset_running_stats()
        norm.momentum = None
    network.train()
    for images, _ in islice(data.batches(torch.Generator().manual_seed(seed)), recipe.settle_steps):
        network(images.view(len(images), *recipe.input_shape))
    network.eval()
