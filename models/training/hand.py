"""One made-up person's hand: what it aims at, and what it really puts on paper.

A drawing is a list of strokes, a stroke an array [P, 2] of (x, y), y down, in units in which
a digit is about one high. A hand misses its points, slants, stretches, trembles, rounds
corners, and stops short or overshoots.
"""

import numpy as np

Stroke = np.ndarray
Drawing = list[Stroke]
Point = tuple[float, float]

STEP = 0.02
SPACING = 0.065


class Hand:
    """The randomness of one drawing: choices of style, and strokes that are never exact."""

    def __init__(self, rng: np.random.Generator, unrest: float = 1.0):
        self.rng = rng
        self.miss = 0.03 * unrest * rng.uniform(0.4, 1.3)
        self.unrest = unrest

    def between(self, low: float, high: float) -> float:
        return self.rng.uniform(low, high)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def aim(self, *points: Point) -> np.ndarray:
        """The points as this hand hits them."""
        return np.array(points, float) + self.rng.normal(0, self.miss, (len(points), 2))

    def lines(self, *points: Point) -> Stroke:
        """Straight from point to point, with corners."""
        return trace(self.aim(*points))

    def curve(self, *points: Point) -> Stroke:
        """Smoothly through the points."""
        return spline(self.aim(*points))

    def arc(self, x: float, y: float, rx: float, ry: float, start: float, sweep: float) -> Stroke:
        """Part of an ellipse that does not quite close; angles in degrees, 0 right, 90 down."""
        angle = np.radians(start + sweep * np.linspace(0, 1, 40))
        drift = 1 + self.between(-0.12, 0.12) * np.linspace(-0.5, 0.5, 40)
        squareness = self.between(0.85, 1.05)
        cos, sin = np.cos(angle), np.sin(angle)
        path = np.stack(
            [
                x + rx * drift * np.sign(cos) * np.abs(cos) ** squareness,
                y + ry * drift * np.sign(sin) * np.abs(sin) ** squareness,
            ],
            axis=1,
        )
        return path + self.rng.normal(0, self.miss / 2, 2)


def join(*pieces: Stroke) -> Stroke:
    """One stroke of several pieces, each moved to where the one before it ended."""
    path = pieces[0]
    for piece in pieces[1:]:
        path = np.concatenate([path, piece[1:] + (path[-1] - piece[0])])
    return path


def trace(points: np.ndarray) -> Stroke:
    """The polyline through points [P, 2], resampled every STEP."""
    return resample(points, STEP)


def spline(points: np.ndarray) -> Stroke:
    """The Catmull-Rom curve through points [P, 2], resampled every STEP."""
    padded = np.concatenate([2 * points[:1] - points[1:2], points, 2 * points[-1:] - points[-2:-1]])
    t = np.linspace(0, 1, 12, endpoint=False)[:, None, None]
    a, b, c, d = (padded[i : len(padded) - 3 + i] for i in range(4))
    spans = 0.5 * (
        2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3
    )
    return resample(np.concatenate([spans.swapaxes(0, 1).reshape(-1, 2), points[-1:]]), STEP)


def resample(points: np.ndarray, spacing: float) -> Stroke:
    """Points spread evenly along the polyline, ends kept."""
    length = np.concatenate([[0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    count = max(int(round(length[-1] / spacing)), 1) + 1
    at = np.linspace(0, length[-1], count)
    return np.stack([np.interp(at, length, points[:, axis]) for axis in (0, 1)], axis=1)


def write(h: Hand, strokes: Drawing) -> Drawing:
    """The strokes as the hand really puts them down, points about SPACING apart."""
    unrest = h.unrest
    strokes = [tremble(h, overshoot(h, soften(h, stroke))) for stroke in strokes]
    transform = slant_and_stretch(h)
    frequency = h.rng.uniform(2, 6, (2, 2))
    phase = h.rng.uniform(0, 2 * np.pi, 2)
    amount = 0.03 * unrest * h.rng.normal(0, 1, 2)
    written = []
    for stroke in strokes:
        bent = stroke + amount * np.sin(stroke @ frequency + phase)
        written.append(resample(bent @ transform.T, SPACING))
    return written


def slant_and_stretch(h: Hand) -> np.ndarray:
    """A 2 x 2 matrix: proportion, then slant to the right (mostly), then a small turn."""
    unrest = h.unrest
    stretch = np.diag([np.exp(h.rng.normal(0, 0.2 * unrest)), 1])
    slant = np.array([[1, -h.rng.normal(0.12, 0.2 * unrest)], [0, 1]])
    angle = np.radians(h.rng.normal(0, 6 * unrest))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return turn @ slant @ stretch


def soften(h: Hand, stroke: Stroke) -> Stroke:
    """The stroke with its corners rounded over a few steps."""
    reach = int(h.between(0, 4))
    if reach == 0 or len(stroke) < 4 * reach:
        return stroke
    window = 2 * reach + 1
    padded = np.concatenate([stroke[:1].repeat(reach, 0), stroke, stroke[-1:].repeat(reach, 0)])
    sums = np.cumsum(np.concatenate([np.zeros((1, 2)), padded]), axis=0)
    return (sums[window:] - sums[:-window]) / window


def overshoot(h: Hand, stroke: Stroke) -> Stroke:
    """The stroke with both ends a little longer or shorter."""
    if len(stroke) < 12:
        return stroke
    for _ in range(2):
        steps = int(round(h.rng.normal(0, 1.5 * h.unrest)))
        if steps < 0:
            stroke = stroke[: max(len(stroke) + steps, 8)]
        elif steps > 0:
            ahead = (stroke[-1] - stroke[-4]) / 3 * np.arange(1, steps + 1)[:, None]
            stroke = np.concatenate([stroke, stroke[-1] + ahead])
        stroke = stroke[::-1]
    return stroke


def tremble(h: Hand, stroke: Stroke) -> Stroke:
    """The stroke with a slow random deviation along its way."""
    amount = 0.012 * h.unrest * h.between(0, 1)
    knots = h.rng.normal(0, amount, (len(stroke) // 5 + 2, 2))
    at = np.linspace(0, len(knots) - 1, len(stroke))
    return stroke + np.stack(
        [np.interp(at, np.arange(len(knots)), knots[:, i]) for i in (0, 1)], axis=1
    )
