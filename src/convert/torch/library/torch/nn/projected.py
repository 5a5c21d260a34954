"""LSTMs whose states are projected to fewer features, which ONNX has no operator for: one step after the other."""
import torch


def _projected(layers, input, hx):
    if layers.batch_first:
        input = input.transpose(0, 1)
    hidden, cells = [], []
    for layer, weights in enumerate(layers.all_weights):
        count = len(weights) // layers._directions()
        outputs = []
        for direction in range(layers._directions()):
            at = layer * layers._directions() + direction
            own = weights[direction * count : (direction + 1) * count]
            output, h, c = _direction(input, hx[0][at], hx[1][at], own, direction == 1)
            outputs.append(output)
            hidden.append(h)
            cells.append(c)
        input = torch.cat(outputs, -1)
    output = input.transpose(0, 1) if layers.batch_first else input
    return output, (torch.stack(hidden), torch.stack(cells))


def _direction(input, h, c, weights, is_backward):
    """The states at every step, and the last ones, of one direction of one layer."""
    of_input, of_state, *biases, projection = weights
    first, second = biases if biases else (None, None)
    parts = torch.linear(input, of_input, first)
    found = []
    for step in reversed(range(input.size(0))) if is_backward else range(input.size(0)):
        i, f, g, o = (parts[step] + torch.linear(h, of_state, second)).chunk(4, -1)
        c = torch.sigmoid(f) * c + torch.sigmoid(i) * torch.tanh(g)
        h = torch.linear(torch.sigmoid(o) * torch.tanh(c), projection)
        found.append(h)
    return torch.stack(found[::-1] if is_backward else found), h, c
