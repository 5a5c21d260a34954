"""The same digit as other people would have drawn it: one warp and one change of pen a picture."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional as F

from .raster import SIDE

KNOTS = 5


@dataclass(frozen=True)
class Augmentation:
    """How far a picture may be changed; every amount is drawn evenly from ± the figure."""

    rotation: float = 12.0
    """degrees"""
    slant: float = 0.25
    """pixels to the side for each pixel up"""
    scale: float = 0.14
    """natural logarithm of the factor, width and height apart"""
    shift: float = 1.8
    """pixels"""
    elastic: float = 1.1
    """pixels, the standard deviation of the knots of a smooth displacement"""
    thinner: float = 0.35
    """share of the way to the picture eroded by a pixel"""
    thicker: float = 0.6
    """share of the way to the picture dilated by a pixel"""
    contrast: float = 0.7
    """1 makes the ink's edge a smoothstep, -1 flattens it as much"""


def augment(images: Tensor, amounts: Augmentation, strength: float, rng: torch.Generator) -> Tensor:
    """Changed copies of images [N, 1, 28, 28]; `strength` 0 changes nothing, 1 all the way."""
    warped = F.grid_sample(images, warp(len(images), amounts, strength, rng), align_corners=False)
    return repen(warped, amounts, strength, rng)


def warp(count: int, amounts: Augmentation, strength: float, rng: torch.Generator) -> Tensor:
    """Where every pixel is taken from [N, 28, 28, 2], in grid_sample's -1..1."""

    def spread(amount: float) -> Tensor:
        return (torch.rand(count, generator=rng) * 2 - 1) * (amount * strength)

    angle = torch.deg2rad(spread(amounts.rotation))
    width, height = torch.exp(spread(amounts.scale)), torch.exp(spread(amounts.scale))
    slant = spread(amounts.slant)
    cos, sin = torch.cos(angle), torch.sin(angle)
    matrix = torch.stack(
        [
            torch.stack([cos * width, cos * slant - sin * height], dim=1),
            torch.stack([sin * width, sin * slant + cos * height], dim=1),
        ],
        dim=1,
    )
    shift = torch.stack([spread(amounts.shift), spread(amounts.shift)], dim=1) * (2 / SIDE)
    places = (PLACES @ matrix.transpose(1, 2) + shift[:, None]).view(count, SIDE, SIDE, 2)
    knots = torch.randn(count, 2, KNOTS, KNOTS, generator=rng)
    bend = SPREAD @ knots @ SPREAD.T * (amounts.elastic * strength * 2 / SIDE)
    return places + bend.permute(0, 2, 3, 1)


def repen(images: Tensor, amounts: Augmentation, strength: float, rng: torch.Generator) -> Tensor:
    """The images as if drawn with a thinner or thicker, softer or harder pen."""
    count = len(images)
    span = amounts.thinner + amounts.thicker
    width = (torch.rand(count, 1, 1, 1, generator=rng) * span - amounts.thinner) * strength
    thick = (dilate(images) - images) * width.clamp(min=0)
    thin = (dilate(-images) + images) * width.clamp(max=0)
    inked = images + thick + thin
    curve = (torch.rand(count, 1, 1, 1, generator=rng) * 2 - 1) * (amounts.contrast * strength)
    return (inked + curve * inked * (1 - inked) * (2 * inked - 1)).clamp(0, 1)


def dilate(images: Tensor) -> Tensor:
    """The largest value in the plus-shaped neighbourhood of each pixel."""
    out = images.clone()
    out[..., 1:, :] = torch.maximum(out[..., 1:, :], images[..., :-1, :])
    out[..., :-1, :] = torch.maximum(out[..., :-1, :], images[..., 1:, :])
    out[..., 1:] = torch.maximum(out[..., 1:], images[..., :-1])
    out[..., :-1] = torch.maximum(out[..., :-1], images[..., 1:])
    return out


def pixel_places() -> Tensor:
    """The centres of the pixels [784, 2] in -1..1, x first."""
    centres = (torch.arange(SIDE) + 0.5) * (2 / SIDE) - 1
    y, x = torch.meshgrid(centres, centres, indexing="ij")
    return torch.stack([x, y], dim=-1).view(-1, 2)


def knot_weights() -> Tensor:
    """How much each of KNOTS evenly spaced knots moves each pixel of a line [28, KNOTS]."""
    pixels = torch.arange(SIDE)[:, None] / (SIDE - 1) * (KNOTS - 1)
    weights = torch.exp(-((pixels - torch.arange(KNOTS)) ** 2))
    return weights / weights.square().sum(dim=1, keepdim=True).sqrt()


PLACES = pixel_places()
SPREAD = knot_weights()
