"""Dropout, which lets everything through once a network is trained."""


def dropout(input, p=0.5, training=True, inplace=False):
    return input


def dropout1d(input, p=0.5, training=True, inplace=False):
    return input


def dropout2d(input, p=0.5, training=True, inplace=False):
    return input


def dropout3d(input, p=0.5, training=True, inplace=False):
    return input


def alpha_dropout(input, p=0.5, training=False, inplace=False):
    return input


def feature_alpha_dropout(input, p=0.5, training=False, inplace=False):
    return input
