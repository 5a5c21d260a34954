"""Pen strokes to the 28 x 28 grey picture that the digit networks read.

The page draws by the same recipe (src/ink), so every constant is stated here:

    SIDE       28    pixels a side
    BOX        20    pixels that the ink, its width included, may span
    PEN        2.5   pen width in pixels: MNIST's digits have as much ink
    SOFTNESS   1.4   pixels over which the edge of the ink fades from 1 to 0
    MIN_EXTENT 20    smallest box side, in the units of the strokes

Strokes are lists of (x, y) points, y down, on paper of about 1000 units a side.

1. Fit. The bounding box of all points is scaled, aspect kept, by
   s = (BOX - PEN) / max(box width, box height, MIN_EXTENT). MIN_EXTENT keeps a dot a dot:
   without it the tremor of a tap would be blown up into a scribble. The middle of the box
   goes to (14, 14).
2. Render. The pixel of row r and column c has its centre at (c + 0.5, r + 0.5); d is the
   distance from there to the nearest segment of any stroke (a stroke of one point is a
   segment of no length, so it makes a disc). The pixel's value is
   clamp(0.5 + (PEN / 2 - d) / SOFTNESS, 0, 1).
3. Centre. The geometry moves by (14, 14) minus the centre of mass of those values, a
   fraction of a pixel included, and is rendered again as in 2.

The result is float32, ink 1 on 0.
"""

from collections.abc import Sequence

import numpy as np

Stroke = Sequence[Sequence[float]]
Drawing = Sequence[Stroke]

SIDE = 28
BOX = 20.0
PEN = 2.5
SOFTNESS = 1.4
MIN_EXTENT = 20.0

MIDDLE = SIDE / 2
CENTRES = np.arange(SIDE, dtype=np.float32) + 0.5
CHUNK = 128


def rasterise(
    drawings: Sequence[Drawing], pen: float | np.ndarray = PEN, softness: float = SOFTNESS
) -> np.ndarray:
    """Pictures [N, 28, 28] of N drawings, float32 in 0..1.

    `pen` is one width in pixels for all drawings, or one for each [N].
    """
    widths = np.broadcast_to(np.asarray(pen, np.float32), len(drawings))
    pictures = np.empty((len(drawings), SIDE, SIDE), np.float32)
    for start in range(0, len(drawings), CHUNK):
        chunk = slice(start, start + CHUNK)
        segments = pad([fit(d, w) for d, w in zip(drawings[chunk], widths[chunk])])
        first = render(segments, widths[chunk], softness)
        pictures[chunk] = render(segments + to_middle(first), widths[chunk], softness)
    return pictures


def fit(drawing: Drawing, pen: float) -> np.ndarray:
    """Segments [S, 2, 2] (from, to; x, y) of a drawing scaled into the box, in pixels."""
    points = np.concatenate([np.asarray(stroke, np.float64) for stroke in drawing])
    low, high = points.min(axis=0), points.max(axis=0)
    scale = (BOX - pen) / max(*(high - low), MIN_EXTENT)
    return np.concatenate(
        [
            segments_of((np.asarray(s, np.float64) - (low + high) / 2) * scale + MIDDLE)
            for s in drawing
        ]
    )


def segments_of(stroke: np.ndarray) -> np.ndarray:
    """Segments [S, 2, 2] between the neighbouring points [P, 2] of a stroke."""
    ends = stroke[1:] if len(stroke) > 1 else stroke
    return np.stack([stroke[: len(ends)], ends], axis=1)


def pad(drawings: list[np.ndarray]) -> np.ndarray:
    """Segments [N, S, 2, 2]; the short drawings repeat their last segment."""
    count = max(len(segments) for segments in drawings)
    return np.stack(
        [np.pad(s, ((0, count - len(s)), (0, 0), (0, 0)), mode="edge") for s in drawings]
    ).astype(np.float32)


def render(segments: np.ndarray, widths: np.ndarray, softness: float) -> np.ndarray:
    """Values [N, 28, 28] of the ink along segments [N, S, 2, 2]."""
    nearest = np.full((len(segments), SIDE, SIDE), np.inf, np.float32)
    for start, end in zip(segments[:, :, 0].swapaxes(0, 1), segments[:, :, 1].swapaxes(0, 1)):
        along = end - start
        length2 = np.maximum((along**2).sum(axis=1), 1e-12)[:, None]
        x = CENTRES - start[:, :1]
        y = CENTRES - start[:, 1:]
        t = (y * along[:, 1:] / length2)[:, :, None] + (x * along[:, :1] / length2)[:, None, :]
        np.clip(t, 0, 1, out=t)
        dx = x[:, None, :] - t * along[:, 0, None, None]
        dy = y[:, :, None] - t * along[:, 1, None, None]
        np.minimum(nearest, dx * dx + dy * dy, out=nearest)
    edge = widths[:, None, None] / 2 - np.sqrt(nearest)
    return np.clip(0.5 + edge / softness, 0, 1)


def to_middle(pictures: np.ndarray) -> np.ndarray:
    """Shift [N, 1, 1, 2] that brings the centre of mass of each picture to (14, 14)."""
    mass = pictures.sum(axis=(1, 2))
    x = (pictures.sum(axis=1) * CENTRES).sum(axis=1) / mass
    y = (pictures.sum(axis=2) * CENTRES).sum(axis=1) / mass
    return (MIDDLE - np.stack([x, y], axis=1))[:, None, None, :].astype(np.float32)
