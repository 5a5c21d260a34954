"""Pooling."""
import torch


def _sizes(value, rank):
    return tuple(value) if isinstance(value, (tuple, list)) else (value,) * rank


def _maximum(pool, with_indices, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices):
    args = (input, kernel_size, kernel_size if stride is None else stride, padding, dilation, ceil_mode)
    return tuple(with_indices(*args)) if return_indices else pool(*args)


def max_pool1d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return _maximum(torch.max_pool1d, torch.max_pool1d_with_indices, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool2d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return _maximum(torch.max_pool2d, torch.max_pool2d_with_indices, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool3d(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=False):
    return _maximum(torch.max_pool3d, torch.max_pool3d_with_indices, input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)


def max_pool1d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True):
    return max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool2d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True):
    return max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode, True)


def max_pool3d_with_indices(input, kernel_size, stride=None, padding=0, dilation=1, ceil_mode=False, return_indices=True):
    return max_pool3d(input, kernel_size, stride, padding, dilation, ceil_mode, True)


def _unpooled(input, indices, kernel_size, stride, padding, output_size, rank):
    """Zeros with the elements of a pooled tensor where they were taken from."""
    if output_size is None:
        kernel, step, pad = _sizes(kernel_size, rank), _sizes(stride, rank), _sizes(padding, rank)
        sizes = [(input.size(at - rank) - 1) * step[at] - 2 * pad[at] + kernel[at] for at in range(rank)]
    else:
        sizes = list(output_size)[-rank:]
    around = list(input.shape)[:-rank]
    count = 1
    for size in sizes:
        count = count * size
    flat = torch.zeros(*around, count, dtype=input.dtype)
    placed = flat.scatter(-1, indices.flatten(-rank), input.flatten(-rank))
    return placed.reshape(*around, *sizes)


def max_unpool1d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpooled(input, indices, kernel_size, kernel_size if stride is None else stride, padding, output_size, 1)


def max_unpool2d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpooled(input, indices, kernel_size, kernel_size if stride is None else stride, padding, output_size, 2)


def max_unpool3d(input, indices, kernel_size, stride=None, padding=0, output_size=None):
    return _unpooled(input, indices, kernel_size, kernel_size if stride is None else stride, padding, output_size, 3)


def avg_pool1d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True):
    return torch.avg_pool1d(input, kernel_size, kernel_size if stride is None else stride, padding, ceil_mode, count_include_pad)


def avg_pool2d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    step = kernel_size if stride is None else stride
    return torch.avg_pool2d(input, kernel_size, step, padding, ceil_mode, count_include_pad, divisor_override)


def avg_pool3d(input, kernel_size, stride=None, padding=0, ceil_mode=False, count_include_pad=True, divisor_override=None):
    step = kernel_size if stride is None else stride
    return torch.avg_pool3d(input, kernel_size, step, padding, ceil_mode, count_include_pad, divisor_override)


def _norms(pool, input, norm_type, kernel_size, stride, ceil_mode, rank):
    """The root of the sum of powers over each window; where the sum is below zero, zero."""
    count = 1
    for size in _sizes(kernel_size, rank):
        count *= size
    mean = pool(input**norm_type, kernel_size, kernel_size if stride is None else stride, 0, ceil_mode)
    return (torch.sign(mean) * torch.relu(torch.abs(mean)) * count) ** (1.0 / norm_type)


def lp_pool1d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _norms(torch.avg_pool1d, input, norm_type, kernel_size, stride, ceil_mode, 1)


def lp_pool2d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _norms(torch.avg_pool2d, input, norm_type, kernel_size, stride, ceil_mode, 2)


def lp_pool3d(input, norm_type, kernel_size, stride=None, ceil_mode=False):
    return _norms(torch.avg_pool3d, input, norm_type, kernel_size, stride, ceil_mode, 3)


def _output(input, output_size, rank):
    """The size that is asked for; `None` keeps the input's."""
    sizes = _sizes(output_size, rank)
    return [input.size(at - rank) if sizes[at] is None else sizes[at] for at in range(rank)]


def adaptive_avg_pool1d(input, output_size):
    return torch.adaptive_avg_pool1d(input, _output(input, output_size, 1))


def adaptive_avg_pool2d(input, output_size):
    return torch.adaptive_avg_pool2d(input, _output(input, output_size, 2))


def adaptive_avg_pool3d(input, output_size):
    return torch.adaptive_avg_pool3d(input, _output(input, output_size, 3))


def _adaptive_maximum(pool, input, output_size, return_indices, rank):
    sizes = _output(input, output_size, rank)
    if not return_indices:
        return pool(input, sizes)[0]
    windows = [input.size(at - rank) // sizes[at] for at in range(rank)]
    if [windows[at] * sizes[at] for at in range(rank)] != list(input.shape)[-rank:]:
        raise NotImplementedError("places of maxima in windows of different sizes")
    with_indices = (torch.max_pool1d_with_indices, torch.max_pool2d_with_indices, torch.max_pool3d_with_indices)[rank - 1]
    return tuple(with_indices(input, windows, windows))


def adaptive_max_pool1d(input, output_size, return_indices=False):
    return _adaptive_maximum(torch.adaptive_max_pool1d, input, output_size, return_indices, 1)


def adaptive_max_pool2d(input, output_size, return_indices=False):
    return _adaptive_maximum(torch.adaptive_max_pool2d, input, output_size, return_indices, 2)


def adaptive_max_pool3d(input, output_size, return_indices=False):
    return _adaptive_maximum(torch.adaptive_max_pool3d, input, output_size, return_indices, 3)
