"""Drawings of things that are no digits, for a network that can say so.

The kinds in KINDS are trained on; those in UNSEEN are only ever measured with.
"""

from collections.abc import Callable

import numpy as np

from .hand import Drawing, Hand, Point, write
from .strokes import digit

Polyline = tuple[Point, ...]

LETTERS: dict[str, tuple[Polyline, ...]] = {
    "A": (((0, 1), (0.3, 0), (0.6, 1)), ((0.12, 0.6), (0.48, 0.6))),
    "E": (((0.5, 0), (0, 0), (0, 1), (0.5, 1)), ((0, 0.5), (0.4, 0.5))),
    "F": (((0.5, 0), (0, 0), (0, 1)), ((0, 0.5), (0.4, 0.5))),
    "H": (((0, 0), (0, 1)), ((0.55, 0), (0.55, 1)), ((0, 0.5), (0.55, 0.5))),
    "K": (((0, 0), (0, 1)), ((0.5, 0), (0, 0.55), (0.5, 1))),
    "M": (((0, 1), (0.1, 0), (0.4, 0.7), (0.7, 0), (0.8, 1)),),
    "N": (((0, 1), (0, 0), (0.55, 1), (0.55, 0)),),
    "R": (((0, 1), (0, 0), (0.4, 0.05), (0.45, 0.35), (0, 0.5), (0.5, 1)),),
    "T": (((0, 0), (0.7, 0)), ((0.35, 0), (0.35, 1))),
    "W": (((0, 0), (0.2, 1), (0.4, 0.3), (0.6, 1), (0.8, 0)),),
    "X": (((0, 0), (0.6, 1)), ((0.6, 0), (0, 1))),
    "m": (
        (
            (0, 0.8), (0, 0), (0, 0.3), (0.2, 0), (0.35, 0.3), (0.35, 0.8), (0.35, 0.3), (0.55, 0),
            (0.7, 0.3), (0.7, 0.8),
        ),
    ),
    "k": (((0, 0), (0, 1)), ((0.4, 0.4), (0, 0.7), (0.4, 1))),
}

SHAPES: dict[str, tuple[Polyline, ...]] = {
    "triangle": (((0.5, 0), (0, 0.9), (1, 0.9), (0.5, 0)),),
    "cross": (((0.45, 0), (0.45, 0.9)), ((0, 0.45), (0.9, 0.45))),
    "arrow": (((0, 0.4), (1, 0.4)), ((0.7, 0.1), (1, 0.4), (0.7, 0.7))),
    "equals": (((0, 0), (0.8, 0)), ((0, 0.4), (0.8, 0.4))),
}


def letter(h: Hand) -> Drawing:
    return drawn(h, LETTERS)


def shape(h: Hand) -> Drawing:
    return drawn(h, SHAPES)


def drawn(h: Hand, table: dict[str, tuple[Polyline, ...]]) -> Drawing:
    outlines = list(table.values())
    return [h.lines(*outline) for outline in outlines[h.rng.integers(len(outlines))]]


def scribble(h: Hand) -> Drawing:
    return [h.curve(*h.rng.uniform(0, 1, (h.rng.integers(7, 16), 2)))]


def zigzag(h: Hand) -> Drawing:
    count = h.rng.integers(6, 11)
    across = np.linspace(0, h.between(0.6, 1.4), count)
    path = np.stack([across, np.arange(count) % 2 * h.between(0.3, 0.9)], axis=1)
    return [h.lines(*(path if h.chance(0.6) else path[:, ::-1]))]


def star(h: Hand) -> Drawing:
    if h.chance(0.5):
        angle = np.radians(-90 + 144 * np.arange(6))
        return [h.lines(*np.stack([np.cos(angle), np.sin(angle)], axis=1) / 2)]
    angle = np.pi * np.arange(3) / 3 + h.between(0, 1)
    spokes = np.stack([np.cos(angle), np.sin(angle)], axis=1) / 2
    return [h.lines(spoke, -spoke) for spoke in spokes]


def marks(h: Hand) -> Drawing:
    starts = h.rng.uniform(0, 1, (h.rng.integers(3, 8), 2))
    return [h.lines(start, start + h.rng.normal(0, 0.12, 2)) for start in starts]


def pair(h: Hand) -> Drawing:
    """Two digits side by side."""
    left, right = (digit(h.rng.integers(10), h.rng) for _ in range(2))
    overlap = np.concatenate(left)[:, 0].max() - np.concatenate(right)[:, 0].min()
    shift = (overlap + h.between(0.08, 0.3), 0)
    return left + [stroke + shift for stroke in right]


def waves(h: Hand) -> Drawing:
    count = h.rng.integers(6, 10)
    path = np.stack([np.arange(count) * 0.2, np.arange(count) % 2 * h.between(0.15, 0.35)], axis=1)
    return [h.curve(*path)]


def loops(h: Hand) -> Drawing:
    """A chain of loops, as in eee."""
    angle = np.linspace(0, 2 * np.pi * h.rng.integers(3, 6), 70)
    drift = h.between(0.05, 0.12)
    x, y = 0.2 * np.cos(angle) + drift * angle, h.between(0.2, 0.4) * np.sin(angle)
    return [np.stack([x, y], axis=1)]


def doodle(h: Hand) -> Drawing:
    """A few arcs, lines and curves with nothing to do with one another."""
    strokes = []
    for _ in range(h.rng.integers(3, 6)):
        x, y = h.rng.uniform(0, 1, 2)
        if h.chance(0.4):
            rx, ry = h.between(0.1, 0.4), h.between(0.1, 0.4)
            strokes.append(h.arc(x, y, rx, ry, h.between(0, 360), h.between(120, 400)))
        else:
            draw = h.lines if h.chance(0.5) else h.curve
            strokes.append(draw(*h.rng.uniform(0, 1, (h.rng.integers(2, 5), 2))))
    return strokes


def polygon(h: Hand) -> Drawing:
    """A closed outline of five to nine corners, crossed out once or twice."""
    count = h.rng.integers(5, 10)
    angle = np.sort(h.rng.uniform(0, 2 * np.pi, count))
    directions = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    corners = directions * h.rng.uniform(0.15, 0.5, (count, 1)) + 0.5
    outline = h.lines(*corners, corners[0])
    if h.chance(0.5):
        return [outline, h.lines((0, 0), (1, 1))]
    return [outline, h.lines((0, 0.5), (1, 0.5)), h.lines((0.5, 0), (0.5, 1))]


def spiral(h: Hand) -> Drawing:
    angle = np.linspace(0, np.radians(h.between(800, 1300)), 90)
    return [np.stack([np.cos(angle), np.sin(angle)], axis=1) * angle[:, None] / angle[-1] / 2]


def grid(h: Hand) -> Drawing:
    return [
        h.lines((0.3, 0), (0.3, 1)), h.lines((0.7, 0), (0.7, 1)),
        h.lines((0, 0.3), (1, 0.3)), h.lines((0, 0.7), (1, 0.7)),
    ]


def heart(h: Hand) -> Drawing:
    return [
        h.curve((0.5, 0.25), (0.3, 0), (0.02, 0.2), (0.5, 1), (0.98, 0.2), (0.7, 0), (0.5, 0.25))
    ]


def house(h: Hand) -> Drawing:
    return [h.lines((0, 0.4), (0.5, 0), (1, 0.4), (0.9, 0.4), (0.9, 1), (0.1, 1), (0.1, 0.4))]


def face(h: Hand) -> Drawing:
    return [
        h.arc(0.5, 0.5, 0.5, 0.5, -90, -360),
        h.lines((0.35, 0.3), (0.35, 0.42)),
        h.lines((0.65, 0.3), (0.65, 0.42)),
        h.curve((0.3, 0.65), (0.5, 0.78), (0.7, 0.65)),
    ]


Kind = Callable[[Hand], Drawing]

KINDS: tuple[Kind, ...] = (
    letter, letter, shape, scribble, doodle, doodle, polygon, zigzag, loops, star, marks, pair,
    waves,
)
UNSEEN: tuple[Kind, ...] = (spiral, grid, heart, house, face)


def nondigits(count: int, seed: int, kinds: tuple[Kind, ...] = KINDS) -> list[Drawing]:
    """Drawings of `count` things that are no digits, the kinds in turn."""
    rng = np.random.default_rng(seed)
    drawings = []
    for i in range(count):
        hand = Hand(rng)
        drawings.append(write(hand, kinds[i % len(kinds)](hand)))
    return drawings
