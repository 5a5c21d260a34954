"""`torch.special`."""
import torch


def expit(input):
    return torch.sigmoid(input)


def logit(input, eps=None):
    return torch.logit(input, eps)


def erf(input):
    return torch.erf(input)


def erfc(input):
    return torch.erfc(input)


def exp2(input):
    return torch.exp2(input)


def expm1(input):
    return torch.expm1(input)


def log1p(input):
    return torch.log1p(input)


def logsumexp(input, dim, keepdim=False):
    return torch.logsumexp(input, dim, keepdim)


def softmax(input, dim, dtype=None):
    return torch.softmax(input, dim, dtype)


def log_softmax(input, dim, dtype=None):
    return torch.log_softmax(input, dim, dtype)


def sinc(input):
    return torch.sinc(input)


def round(input, decimals=0):
    return torch.round(input, decimals=decimals)


def xlogy(input, other):
    return torch.xlogy(input, other)
