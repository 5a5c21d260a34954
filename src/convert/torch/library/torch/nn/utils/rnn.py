"""Sequences of different lengths in one batch."""
from collections import namedtuple

import torch


class PackedSequence(namedtuple("PackedSequence", ["data", "batch_sizes", "sorted_indices", "unsorted_indices"], defaults=[None, None])):
    def to(self, *args, **kwargs):
        return self

    def cpu(self):
        return self

    def cuda(self, *args, **kwargs):
        return self


class _Unsorted(PackedSequence):
    """Sequences that stay in their order, where torch would sort them by their lengths."""

    @property
    def data(self):
        raise NotImplementedError("the steps of sequences in the order of their lengths")

    sorted_indices = unsorted_indices = data


def pack_padded_sequence(input, lengths, batch_first=False, enforce_sorted=True):
    if not isinstance(lengths, torch.Tensor):
        lengths = torch.tensor(lengths)
    batch = torch.arange(input.size(0 if batch_first else 1))
    data, batch_sizes = torch._pack_padded_sequence(input, lengths, batch_first)
    # Steps of examples that are over are left out one by one, so their order does not matter.
    kind = PackedSequence if enforce_sorted else _Unsorted
    return kind(data, batch_sizes, batch, batch)


def pad_packed_sequence(sequence, batch_first=False, padding_value=0.0, total_length=None):
    length = -1 if total_length is None else total_length
    padded, lengths = torch._pad_packed_sequence(sequence[0], sequence.batch_sizes, batch_first, padding_value, length)
    return padded, lengths


def pack_sequence(sequences, enforce_sorted=True):
    lengths = torch.tensor([len(sequence) for sequence in sequences])
    return pack_padded_sequence(pad_sequence(sequences), lengths, False, enforce_sorted)


def pad_sequence(sequences, batch_first=False, padding_value=0.0, padding_side="right"):
    longest = max(sequence.size(0) for sequence in sequences)
    padded = []
    for sequence in sequences:
        rest = longest - sequence.size(0)
        ends = [rest, 0] if padding_side == "left" else [0, rest]
        padded.append(torch.constant_pad_nd(sequence, [0, 0] * (sequence.dim() - 1) + ends, padding_value))
    return torch.stack(padded, 0 if batch_first else 1)


def unpad_sequence(padded_sequences, lengths, batch_first=False):
    if not batch_first:
        padded_sequences = padded_sequences.transpose(0, 1)
    return [sequence[:length] for sequence, length in zip(padded_sequences, lengths)]
