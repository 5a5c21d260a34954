"""Normalization over a batch, a layer, groups of channels, or neighbouring ones."""
import torch


def batch_norm(input, running_mean, running_var, weight=None, bias=None, training=False, momentum=0.1, eps=1e-5):
    of_batch = training or running_mean is None or running_var is None
    return torch.batch_norm(input, weight, bias, running_mean, running_var, of_batch, 0.0, eps, False)


def instance_norm(input, running_mean=None, running_var=None, weight=None, bias=None, use_input_stats=True, momentum=0.1, eps=1e-5):
    return torch.instance_norm(input, weight, bias, running_mean, running_var, use_input_stats, 0.0, eps, False)


def layer_norm(input, normalized_shape, weight=None, bias=None, eps=1e-5):
    return torch.layer_norm(input, normalized_shape, weight, bias, eps)


def local_response_norm(input, size, alpha=1e-4, beta=0.75, k=1.0):
    """Divides by a power of the mean square of neighbouring channels."""
    squares = torch.constant_pad_nd(input.mul(input).unsqueeze(1), [0] * (2 * (input.dim() - 2)) + [size // 2, (size - 1) // 2], 0.0)
    channels = input.size(1)
    total = squares.narrow(2, 0, channels)
    for at in range(1, size):
        total = total + squares.narrow(2, at, channels)
    return input / (total.squeeze(1) * (alpha / size) + k) ** beta


def normalize(input, p=2.0, dim=1, eps=1e-12, out=None):
    result = input / torch.norm(input, p, dim, keepdim=True).clamp_min(eps)
    return result if out is None else out.copy_(result)


def cosine_similarity(x1, x2, dim=1, eps=1e-8):
    return torch.cosine_similarity(x1, x2, dim, eps)


def pairwise_distance(x1, x2, p=2.0, eps=1e-6, keepdim=False):
    return torch.pairwise_distance(x1, x2, p, eps, keepdim)


def pdist(input, p=2.0):
    """Distances of every row to those behind it."""
    count = input.size(0)
    rows = [at for at in range(count) for _ in range(at + 1, count)]
    others = [at for first in range(count) for at in range(first + 1, count)]
    return torch.pairwise_distance(input[rows], input[others], p, 0.0)
