"""Images in other sizes, at other places, or with more around them."""
import math

import torch


def pad(input, pad, mode="constant", value=None):
    if mode == "constant":
        return torch.constant_pad_nd(input, pad, 0 if value is None else value)
    return torch.pad(input, pad, mode)


def _is_many(value):
    return isinstance(value, (tuple, list))


def interpolate(input, size=None, scale_factor=None, mode="nearest", align_corners=None, recompute_scale_factor=None, antialias=False):
    if (size is None) == (scale_factor is None):
        raise ValueError("only one of size or scale_factor should be defined")
    if antialias:
        raise NotImplementedError("interpolation with antialias")
    rank = input.dim() - 2
    if size is not None:
        size = [int(one) for one in size] if _is_many(size) else [size] * rank
    else:
        scale_factor = [float(one) for one in scale_factor] if _is_many(scale_factor) else [float(scale_factor)] * rank
        if recompute_scale_factor or mode == "area" or mode == "nearest-exact":
            size = [_scaled(input.size(2 + at), scale_factor[at]) for at in range(rank)]
            scale_factor = scale_factor if mode == "nearest-exact" and not recompute_scale_factor else None
    if mode == "area":
        return (torch.adaptive_avg_pool1d, torch.adaptive_avg_pool2d, torch.adaptive_avg_pool3d)[rank - 1](input, size)
    if mode == "nearest-exact":
        return _nearest_exact(input, size, scale_factor)
    if mode == "nearest":
        return (torch.upsample_nearest1d, torch.upsample_nearest2d, torch.upsample_nearest3d)[rank - 1](input, size, scale_factor)
    kinds = {"linear": (1, "upsample_linear1d"), "bilinear": (2, "upsample_bilinear2d"), "bicubic": (2, "upsample_bicubic2d"), "trilinear": (3, "upsample_trilinear3d")}
    if mode not in kinds or kinds[mode][0] != rank:
        raise NotImplementedError(f"interpolation of {rank + 2} dimensions with mode {mode}")
    return getattr(torch, kinds[mode][1])(input, size, bool(align_corners), scale_factor)


def _scaled(size, factor):
    if factor == int(factor):
        return size * int(factor)
    inverse = 1 / factor
    return size // int(inverse) if inverse == int(inverse) else int(math.floor(size * factor))


def _nearest_exact(input, size, scale_factor):
    """The element whose middle is next to the middle of each place."""
    for at, count in enumerate(size):
        old = input.size(2 + at)
        step = old / count if scale_factor is None else 1 / scale_factor[at]
        places = [min(int(math.floor((place + 0.5) * step)), old - 1) for place in range(count)]
        input = input.index_select(2 + at, torch.tensor(places))
    return input


def upsample(input, size=None, scale_factor=None, mode="nearest", align_corners=None):
    return interpolate(input, size, scale_factor, mode, align_corners)


def upsample_nearest(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, "nearest")


def upsample_bilinear(input, size=None, scale_factor=None):
    return interpolate(input, size, scale_factor, "bilinear", True)


def grid_sample(input, grid, mode="bilinear", padding_mode="zeros", align_corners=None):
    modes = ["bilinear", "nearest", "bicubic"]
    paddings = ["zeros", "border", "reflection"]
    return torch.grid_sampler(input, grid, modes.index(mode), paddings.index(padding_mode), bool(align_corners))


def affine_grid(theta, size, align_corners=None):
    """Where each place of the output comes from: its coordinates from -1 to 1, moved by a matrix for each example."""
    places = [_coordinates(count, align_corners) for count in reversed(size[2:])]
    counts = list(size[2:])
    rank = len(counts)
    parts = []
    for at, line in enumerate(places):
        shape = [1] * rank
        shape[rank - 1 - at] = counts[rank - 1 - at]
        parts.append(line.reshape(*shape).expand(*counts))
    parts.append(torch.ones(*counts))
    base = torch.stack(parts, -1).reshape(1, -1, rank + 1)
    return torch.matmul(base, theta.transpose(1, 2)).reshape(theta.size(0), *counts, rank)


def _coordinates(count, align_corners):
    if align_corners:
        return torch.linspace(-1.0, 1.0, count) if count > 1 else torch.zeros(1)
    return (torch.arange(count, dtype=torch.float32) * 2 + 1) / count - 1
