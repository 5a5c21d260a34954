"""Drawings of digits in the styles in which people write them.

A one with a flag and a foot, a crossed seven, an open four, a nine with a curled tail: each
style is a function that draws with a hand of its own (hand.py), so no two drawings agree.
"""

from collections.abc import Callable

import numpy as np

from .hand import Drawing, Hand, Stroke, join, write


def zero(h: Hand) -> Drawing:
    width = h.between(0.2, 0.46)
    turn = -1 if h.chance(0.85) else 1
    start = h.between(-160, -30)
    ring = h.arc(0, 0.5, width, 0.5, start, turn * (360 + h.between(-32, 40)))
    if h.chance(0.04):
        return [ring, h.lines((width * 0.7, 0.1), (-width * 0.7, 0.9))]
    return [ring]


def one_plain(h: Hand) -> Drawing:
    return [h.curve((0, 0), (h.between(-0.04, 0.04), 0.5), (0, 1))]


def one_flag(h: Hand) -> Drawing:
    reach = h.between(0.08, 0.42)
    flag = (-reach, h.between(0.1 + 0.45 * reach, 0.58))
    footed = h.chance(0.4)
    stem = h.lines((0, 0), (-h.between(-0.04, 0.06 if footed else 0.22), 1))
    if h.chance(0.35):
        rise = h.curve(flag, (flag[0] * 0.4, flag[1] * 0.55), (0, 0))
    else:
        rise = h.lines(flag, (0, 0))
    strokes = [join(rise, stem)] if h.chance(0.9) else [rise, stem]
    if footed:
        strokes.append(foot(h))
    elif h.chance(0.12):
        strokes[-1] = join(strokes[-1], h.curve((0, 1), (-0.06, 1.04), (-0.16, 0.98)))
    return strokes


def one_foot(h: Hand) -> Drawing:
    return [h.lines((0, 0), (0, 1)), foot(h)]


def foot(h: Hand) -> Stroke:
    return h.lines((-h.between(0.12, 0.36), 1), (h.between(0.12, 0.36), 1))


def two_head(h: Hand) -> Stroke:
    return h.curve(
        (0, h.between(0.12, 0.32)), (0.12, 0.05), (0.32, 0), (0.53, 0.13), (0.5, 0.36),
        (0.28, 0.67), (0.02, 0.96),
    )


def two_plain(h: Hand) -> Drawing:
    end = h.between(0.45, 0.72)
    if h.chance(0.4):
        base = h.curve((0, 0.96), (end * 0.35, 0.9), (end * 0.7, 0.97), (end, 0.9))
    else:
        base = h.lines((0, 0.96), (end, 0.96 + h.between(-0.06, 0.06)))
    return [join(two_head(h), base)]


def two_looped(h: Hand) -> Drawing:
    return [
        h.curve(
            (0, h.between(0.12, 0.35)), (0.14, 0.03), (0.36, 0.02), (0.5, 0.2), (0.42, 0.45),
            (0.22, 0.8), (0.06, 0.96), (-0.04, 0.88), (0.06, 0.78), (0.22, 0.86), (0.4, 0.98),
            (h.between(0.5, 0.72), 0.9),
        )
    ]


def two_like_z(h: Hand) -> Drawing:
    top = h.curve((0, h.between(0.02, 0.14)), (0.2, 0), (0.5, 0.02))
    return [join(top, h.lines((0.5, 0.02), (0.02, 0.98), (h.between(0.45, 0.65), 0.97)))]


def three_round(h: Hand) -> Drawing:
    waist = h.between(0.15, 0.3)
    upper = h.curve((0, h.between(0.08, 0.22)), (0.2, 0), (0.44, 0.08), (0.44, 0.3), (waist, 0.46))
    return [join(upper, three_bowl(h, waist))]


def three_flat(h: Hand) -> Drawing:
    waist = h.between(0.14, 0.26)
    upper = h.lines((0, 0.02), (0.5, 0.02 + h.between(-0.03, 0.03)), (waist, h.between(0.36, 0.46)))
    return [join(upper, three_bowl(h, waist))]


def three_looped(h: Hand) -> Drawing:
    return [
        h.curve(
            (0, 0.14), (0.22, 0), (0.45, 0.1), (0.4, 0.33), (0.2, 0.48), (0.12, 0.43), (0.22, 0.4),
            (0.48, 0.58), (0.5, 0.85), (0.26, 1), (0, h.between(0.82, 0.95)),
        )
    ]


def three_bowl(h: Hand, waist: float) -> Stroke:
    return h.curve(
        (waist, 0.46), (0.45, 0.53), (0.54, 0.74), (0.42, 0.95), (0.2, 1),
        (h.between(-0.06, 0.06), h.between(0.8, 0.96)),
    )


def four_open(h: Hand) -> Drawing:
    bar = h.between(0.45, 0.68)
    end = h.between(0.48, 0.75)
    if h.chance(0.35):
        left = h.curve((0.08, 0), (0, bar * 0.6), (0.08, bar), (0.25, bar), (end, bar - 0.04))
    else:
        left = h.lines((h.between(0, 0.2), 0), (0, bar), (end, bar + h.between(-0.08, 0.03)))
    stem = h.lines((h.between(0.34, 0.5), h.between(-0.05, 0.34)), (h.between(0.3, 0.48), 1))
    return [left, stem]


def four_closed(h: Hand) -> Drawing:
    bar = h.between(0.52, 0.72)
    apex = h.between(0.32, 0.48)
    left = h.lines((apex, 0), (0, bar), (h.between(0.5, 0.75), bar + h.between(-0.06, 0.03)))
    return [left, h.lines((apex, h.between(-0.02, 0.25)), (apex + h.between(-0.08, 0.04), 1))]


def four_low(h: Hand) -> Drawing:
    """The bar low and short, the second stroke a short one across its end."""
    bar = h.between(0.62, 0.82)
    end = h.between(0.35, 0.6)
    corner = (h.between(-0.06, 0.06), bar)
    start = (h.between(0.08, 0.3), 0)
    if h.chance(0.4):
        left = h.curve(
            start, (0.06, bar * 0.5), corner, (end * 0.5, bar + 0.03),
            (end, bar - h.between(0, 0.1)),
        )
    else:
        left = h.lines(start, corner, (end, bar + h.between(-0.08, 0.03)))
    x = end * h.between(0.6, 0.9)
    top = (x + h.between(0, 0.06), bar - h.between(0.1, 0.4))
    return [left, h.lines(top, (x, bar + h.between(0.15, 0.35)))]


def four_in_one(h: Hand) -> Drawing:
    bar = h.between(0.42, 0.62)
    if h.chance(0.5):
        return [h.lines((0.1, 0), (0, bar), (0.4, bar - 0.03), (0.46, h.between(0, 0.2)), (0.4, 1))]
    turn = (0.42, bar - h.between(0.15, 0.35))
    return [h.lines((0.4, 0), (0, bar), (0.62, bar), turn, (0.38, 1))]


def five_bowl(h: Hand) -> Stroke:
    return h.curve(
        (0.05, 0.43), (0.26, h.between(0.33, 0.41)), (0.5, 0.5), (0.53, 0.76), (0.38, 0.96),
        (0.18, 1), (-0.02, h.between(0.84, 0.97)),
    )


def five_in_two(h: Hand) -> Drawing:
    top = h.between(0.04, 0.16)
    body = join(h.lines((top, 0.02), (0.05, 0.43)), five_bowl(h))
    gap = h.between(-0.16, 0.14)
    bar = h.lines(
        (top + gap, h.between(-0.08, 0.08)), (h.between(0.42, 0.78), h.between(-0.1, 0.06)),
    )
    return [body, bar]


def five_in_one(h: Hand) -> Drawing:
    return [join(h.lines((h.between(0.4, 0.62), 0), (0.1, 0.02), (0.05, 0.43)), five_bowl(h))]


def five_angular(h: Hand) -> Drawing:
    """Straight pieces, the bowl no more than a corner."""
    belly = (h.between(0.38, 0.56), h.between(0.55, 0.75))
    body = h.lines(
        (h.between(0.06, 0.16), 0.02), (0.05, h.between(0.36, 0.46)), (0.32, 0.42), belly,
        (h.between(-0.08, 0.15), 1),
    )
    if h.chance(0.5):
        return [join(h.lines((h.between(0.4, 0.65), 0), (0.12, 0.02)), body)]
    return [body, h.lines((h.between(-0.05, 0.15), 0.02), (h.between(0.42, 0.75), 0))]


def five_like_s(h: Hand) -> Drawing:
    return [
        h.curve(
            (0.55, 0.03), (0.22, 0.01), (0.09, 0.25), (0.3, 0.43), (0.5, 0.64), (0.4, 0.92),
            (0.18, 1), (0, 0.92),
        )
    ]


def six_curved(h: Hand) -> Drawing:
    top = h.between(0.28, 0.55)
    return [
        h.curve(
            (top, 0), (0.17, 0.22), (0.03, 0.5), (0.02, 0.78), (0.18, 1), (0.42, 0.92), (0.47, 0.7),
            (0.3, h.between(0.5, 0.6)), (h.between(0.02, 0.14), h.between(0.64, 0.8)),
        )
    ]


def six_straight(h: Hand) -> Drawing:
    size = h.between(0.2, 0.28)
    x, y = size, 1 - size
    stem = h.lines((h.between(0.1, 0.5), 0), (x - size, y))
    return [join(stem, h.arc(x, y, size, size, 180, -360 + h.between(-40, 50)))]


def seven(h: Hand) -> Drawing:
    corner = h.between(0.4, 0.64)
    if h.chance(0.6):
        bar = h.lines((0, h.between(-0.02, 0.12)), (corner, 0))
    elif h.chance(0.5):
        bar = h.curve((0, 0.08), (corner / 2, 0), (corner, 0.02))
    else:
        bar = h.curve(
            (0, h.between(0.06, 0.16)), (corner * 0.3, 0), (corner * 0.7, 0),
            (corner, h.between(0.06, 0.2)),
        )
    if h.chance(0.3):
        bar = join(h.lines((h.between(-0.06, 0.06), h.between(0.12, 0.28)), (0, 0.03)), bar)
    end = corner - h.between(0.08, 0.45)
    if h.chance(0.5):
        stem = h.curve(
            (corner, 0), (corner + (end - corner) * h.between(0.4, 0.75), 0.42), (end, 1),
        )
    else:
        stem = h.lines((corner, 0), (end, 1))
    strokes = [join(bar, stem)]
    if h.chance(0.55):
        y = h.between(0.38, 0.74)
        x = corner + (end - corner) * y
        tilt = h.between(-0.1, 0.08)
        left, right = h.between(0.1, 0.34), h.between(0.1, 0.4)
        start, stop = (x - left, y - tilt * left / 0.3), (x + right, y + tilt * right / 0.3)
        strokes.append(h.lines(start, stop))
    return strokes


def eight_in_one(h: Hand) -> Drawing:
    end = h.between(-0.04, 0.16)
    return [
        h.curve(
            (h.between(0.36, 0.5), h.between(0.04, 0.16)), (0.25, 0), (0.06, 0.18), (0.22, 0.44),
            (0.46, 0.7), (0.26, 1), (0.02, 0.78), (0.2, 0.5), (0.4, 0.28), (0.44 - end, 0.08 + end),
        )
    ]


def eight_open(h: Hand) -> Drawing:
    """The two lines do not meet at the top."""
    end = (h.between(0.42, 0.6), h.between(-0.04, 0.1))
    return [
        h.curve(
            (0.3, 0.06), (0.08, 0.12), (0.1, 0.34), (0.36, 0.6), (0.42, 0.85), (0.22, 1),
            (0.02, 0.82), (0.2, 0.52), end,
        )
    ]


def eight_from_middle(h: Hand) -> Drawing:
    return [
        h.curve(
            (0.24, 0.46), (0.44, 0.22), (0.26, 0), (0.06, 0.2), (0.24, 0.46), (0.48, 0.74),
            (0.25, 1), (0, 0.76), (0.24, 0.46),
        )
    ]


def eight_in_circles(h: Hand) -> Drawing:
    split = h.between(0.42, 0.52)
    top, bottom = split / 2, (1 - split) / 2
    turn = -1 if h.chance(0.7) else 1
    upper = h.arc(
        0.25, top, h.between(0.7, 1) * top, top, h.between(60, 120),
        turn * (360 + h.between(-15, 30))
    )
    lower = h.arc(
        0.25, 1 - bottom, h.between(0.75, 1.05) * bottom, bottom, h.between(-120, -60),
        turn * (360 + h.between(-15, 30))
    )
    return [upper, lower]


def nine(h: Hand) -> Drawing:
    height = h.between(0.2, 0.28)
    width = height * h.between(0.8, 1.15)
    ring = h.arc(width, height, width, height, h.between(-60, 0), -(330 + h.between(-30, 50)))
    right = 2 * width
    kind = h.between(0, 1)
    if kind < 0.5:
        tail = h.lines((right, height), (right - h.between(-0.04, 0.2), 1))
    elif kind < 0.75:
        tail = h.curve(
            (right, height), (right - 0.02, 0.6), (right - 0.14, 0.85), (right - 0.35, 1),
        )
    else:
        tail = h.curve(
            (right, height), (right + 0.02, 0.7), (right - 0.08, 0.95), (right - 0.3, 1),
            (right - h.between(0.4, 0.75), h.between(0.78, 0.95)),
        )
    if h.chance(0.9):
        return [np.concatenate([ring, tail])]
    return [ring, tail]


def nine_open(h: Hand) -> Drawing:
    """A cup and a stem beside it, the ring open at the top."""
    cup = h.curve(
        (0.3, h.between(0, 0.12)), (0.1, 0.05), (0, 0.24), (0.12, 0.44), (0.32, 0.4), (0.44, 0.15),
    )
    x = h.between(0.3, 0.48)
    return [join(cup, h.curve((0.44, 0.15), (0.44, 0.5), (x, 1)))]


def nine_in_one_curve(h: Hand) -> Drawing:
    return [
        h.curve(
            (0.46, 0.12), (0.24, 0), (0.02, 0.2), (0.14, 0.46), (0.4, 0.34), (0.47, 0.1),
            (0.47, 0.5), (h.between(0.3, 0.46), 1),
        )
    ]


Style = Callable[[Hand], Drawing]

DIGITS: tuple[tuple[tuple[Style, float], ...], ...] = (
    ((zero, 1.0),),
    ((one_plain, 0.25), (one_flag, 0.6), (one_foot, 0.15)),
    ((two_plain, 0.55), (two_looped, 0.25), (two_like_z, 0.2)),
    ((three_round, 0.5), (three_flat, 0.3), (three_looped, 0.2)),
    ((four_open, 0.4), (four_closed, 0.25), (four_low, 0.2), (four_in_one, 0.15)),
    ((five_in_two, 0.45), (five_in_one, 0.3), (five_angular, 0.12), (five_like_s, 0.13)),
    ((six_curved, 0.6), (six_straight, 0.4)),
    ((seven, 1.0),),
    ((eight_in_one, 0.45), (eight_open, 0.12), (eight_from_middle, 0.15), (eight_in_circles, 0.28)),
    ((nine, 0.7), (nine_open, 0.12), (nine_in_one_curve, 0.18)),
)


def digit(label: int, rng: np.random.Generator, unrest: float = 1.0) -> Drawing:
    """A drawing of one digit; `unrest` 0 is a copybook hand, 1 an ordinary one."""
    styles, weights = zip(*DIGITS[label])
    hand = Hand(rng, unrest)
    return write(hand, styles[rng.choice(len(styles), p=weights)](hand))


def digits(count: int, seed: int) -> tuple[list[Drawing], np.ndarray]:
    """Drawings of `count` digits, 0 to 9 in turn, and their labels [count]."""
    rng = np.random.default_rng(seed)
    labels = np.arange(count) % 10
    return [digit(label, rng) for label in labels], labels
