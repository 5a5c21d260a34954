"""Losses."""
import math

import torch


def _reduction_of(size_average, reduce, reduction):
    """What older forms of losses mean."""
    if size_average is None and reduce is None:
        return reduction
    return "none" if reduce is False else "sum" if size_average is False else "mean"


def _reduced(loss, reduction):
    if reduction == "mean":
        return loss.mean()
    if reduction == "sum":
        return loss.sum()
    if reduction == "none":
        return loss
    raise ValueError(f"{reduction} is not a valid value for reduction")


def l1_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    return _reduced((input - target).abs(), reduction)


def mse_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    return _reduced((input - target) ** 2, reduction)


def smooth_l1_loss(input, target, size_average=None, reduce=None, reduction="mean", beta=1.0):
    reduction = _reduction_of(size_average, reduce, reduction)
    apart = (input - target).abs()
    if beta == 0:
        return _reduced(apart, reduction)
    return _reduced(torch.where(apart < beta, apart * apart * (0.5 / beta), apart - 0.5 * beta), reduction)


def huber_loss(input, target, reduction="mean", delta=1.0):
    apart = (input - target).abs()
    return _reduced(torch.where(apart <= delta, apart * apart * 0.5, delta * (apart - 0.5 * delta)), reduction)


def soft_margin_loss(input, target, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    return _reduced(torch.log1p(torch.exp(-target * input)), reduction)


def kl_div(input, target, size_average=None, reduce=None, reduction="mean", log_target=False):
    reduction = _reduction_of(size_average, reduce, reduction)
    if log_target:
        loss = torch.exp(target) * (target - input)
    else:
        loss = torch.where(target > 0, target * (torch.log(target) - input), torch.zeros_like(target))
    if reduction == "batchmean":
        return loss.sum() / input.size(0)
    return _reduced(loss, reduction)


def poisson_nll_loss(input, target, log_input=True, full=False, size_average=None, eps=1e-8, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    loss = torch.exp(input) - target * input if log_input else input - target * torch.log(input + eps)
    if full:
        stirling = target * torch.log(target) - target + 0.5 * torch.log(2 * math.pi * target)
        loss = loss + torch.where(target > 1, stirling, torch.zeros_like(stirling))
    return _reduced(loss, reduction)


def binary_cross_entropy(input, target, weight=None, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    loss = -(target * torch.log(input).clamp_min(-100.0) + (1 - target) * torch.log(1 - input).clamp_min(-100.0))
    return _reduced(loss if weight is None else loss * weight, reduction)


def binary_cross_entropy_with_logits(input, target, weight=None, size_average=None, reduce=None, reduction="mean", pos_weight=None):
    reduction = _reduction_of(size_average, reduce, reduction)
    yes = -torch.log_sigmoid(input) * target
    loss = (yes if pos_weight is None else yes * pos_weight) - torch.log_sigmoid(-input) * (1 - target)
    return _reduced(loss if weight is None else loss * weight, reduction)


def nll_loss(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    dim = 0 if input.dim() == 1 else 1
    counts = target != ignore_index
    chosen = torch.where(counts, target, torch.zeros_like(target))
    loss = -input.gather(dim, chosen.unsqueeze(dim)).squeeze(dim)
    scale = counts.to(input.dtype)
    if weight is not None:
        scale = scale * weight[chosen]
    loss = loss * scale
    return loss.sum() / scale.sum() if reduction == "mean" else _reduced(loss, reduction)


def cross_entropy(input, target, weight=None, size_average=None, ignore_index=-100, reduce=None, reduction="mean", label_smoothing=0.0):
    reduction = _reduction_of(size_average, reduce, reduction)
    dim = 0 if input.dim() == 1 else 1
    logs = torch.log_softmax(input, dim)
    if target.is_floating_point():
        return _of_probabilities(logs, target, weight, reduction, label_smoothing, dim)
    loss = nll_loss(logs, target, weight, ignore_index=ignore_index, reduction=reduction)
    if label_smoothing == 0:
        return loss
    counts = (target != ignore_index).to(input.dtype)
    shape = [1] * input.dim()
    shape[dim] = -1
    each = logs if weight is None else logs * weight.reshape(*shape)
    smooth = -each.sum(dim) * counts
    if reduction == "mean":
        scale = counts if weight is None else counts * weight[torch.where(target != ignore_index, target, torch.zeros_like(target))]
        smooth = smooth.sum() / scale.sum()
    else:
        smooth = _reduced(smooth, reduction)
    return (1 - label_smoothing) * loss + label_smoothing / input.size(dim) * smooth


def _of_probabilities(logs, target, weight, reduction, label_smoothing, dim):
    if label_smoothing:
        target = target * (1 - label_smoothing) + label_smoothing / logs.size(dim)
    shape = [1] * logs.dim()
    shape[dim] = -1
    loss = -logs * target
    if weight is not None:
        loss = loss * weight.reshape(*shape)
    loss = loss.sum(dim)
    if reduction != "mean" or loss.dim() == 0:
        return _reduced(loss, reduction)
    return loss.sum() / loss.numel()


def hinge_embedding_loss(input, target, margin=1.0, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    zero = torch.zeros_like(input)
    far = torch.where(target == 1, zero, (margin - input).clamp_min(0))
    return _reduced(far + torch.where(target == -1, zero, input), reduction)


def margin_ranking_loss(input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    return _reduced((-target * (input1 - input2) + margin).clamp_min(0), reduction)


def cosine_embedding_loss(input1, input2, target, margin=0.0, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    alike = torch.cosine_similarity(input1, input2, -1, 1e-8)
    return _reduced(torch.where(target == 1, 1 - alike, (alike - margin).clamp_min(0)), reduction)


def triplet_margin_loss(anchor, positive, negative, margin=1.0, p=2.0, eps=1e-6, swap=False, size_average=None, reduce=None, reduction="mean"):
    reduction = _reduction_of(size_average, reduce, reduction)
    near = torch.pairwise_distance(anchor, positive, p, eps)
    far = torch.pairwise_distance(anchor, negative, p, eps)
    if swap:
        far = torch.minimum(far, torch.pairwise_distance(positive, negative, p, eps))
    return _reduced((margin + near - far).clamp_min(0), reduction)
