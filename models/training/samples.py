"""Writes the page's sample digits: 400 of them, forty of each class, from hands not trained on.

    python3 -m training.samples public/digits.json     (in the folder models)

{"digits": [{"label", "strokes": [[[x, y], ...], ...]}, ...]}: whole numbers on paper of
1000 x 1000 units, y down, labels 0 to 9 in turn.
"""

import json
import sys
from pathlib import Path

import numpy as np

from .hand import Drawing
from .strokes import digit

SEED = 7
PER_CLASS = 40
UNREST = 0.75
PAPER = 1000


def sample_digits() -> list[dict]:
    """Labels and strokes of the sample digits."""
    rng = np.random.default_rng(SEED)
    labels = [label for _ in range(PER_CLASS) for label in range(10)]
    return [{"label": label, "strokes": place(digit(label, rng, UNREST), rng)} for label in labels]


def place(drawing: Drawing, rng: np.random.Generator) -> list[list[list[int]]]:
    """The drawing near the middle of the paper, at about the size people draw."""
    points = np.concatenate(drawing)
    low, high = points.min(axis=0), points.max(axis=0)
    scale = rng.uniform(560, 760) / (high - low).max()
    middle = PAPER / 2 + rng.normal(0, 25, 2)
    return [
        np.round((stroke - (low + high) / 2) * scale + middle).astype(int).tolist()
        for stroke in drawing
    ]


def load(path: Path) -> tuple[list[Drawing], np.ndarray]:
    """Drawings and labels of a file of sample digits."""
    rows = json.loads(path.read_text())["digits"]
    return [row["strokes"] for row in rows], np.array([row["label"] for row in rows])


if __name__ == "__main__":
    text = ",\n".join(json.dumps(row, separators=(",", ":")) for row in sample_digits())
    Path(sys.argv[1]).write_text('{"digits":[\n' + text + "\n]}\n")
