"""Digits that people wrote with a pen, to measure with and never to train on.

PEN_FILE names a file with one JSON object a line: `label` and `strokes`, made of a part of
the UCI data set Pen-Based Recognition of Handwritten Digits (CC BY 4.0). Without it that
measurement is left out.
"""

import json
import os
from pathlib import Path

import numpy as np

from .raster import rasterise

SOURCE = "UCI Pen-Based Recognition of Handwritten Digits (measured, not trained on)"


def load() -> tuple[np.ndarray, np.ndarray] | None:
    """Pictures float32 [N, 28, 28] and labels int64 [N], or None without PEN_FILE."""
    path = os.environ.get("PEN_FILE")
    if not path:
        return None
    rows = [json.loads(line) for line in Path(path).read_text().splitlines()]
    pictures = rasterise([row["strokes"] for row in rows])
    return pictures, np.array([row["label"] for row in rows])
