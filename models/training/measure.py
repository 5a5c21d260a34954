"""How well a network reads: accuracy, confusion, and what it is unsure of."""

import numpy as np
import torch
from torch import Tensor, nn

CHUNK = 500


def logits_of(network: nn.Module, images: np.ndarray, input_shape: tuple[int, ...]) -> Tensor:
    """Logits float32 [N, 10] for pictures [N, 28, 28], uint8 or 0..1."""
    network.eval()
    scale = 255 if images.dtype == np.uint8 else 1
    with torch.no_grad():
        return torch.cat(
            [
                network(
                    torch.from_numpy(images[i : i + CHUNK])
                    .float()
                    .div(scale)
                    .view(-1, *input_shape)
                )
                for i in range(0, len(images), CHUNK)
            ]
        )


def accuracy(logits: Tensor, labels: np.ndarray) -> float:
    """Percent of rows read right."""
    return percent(int((logits.argmax(dim=1).numpy() == labels).sum()), len(labels))


def confusion(logits: Tensor, labels: np.ndarray) -> list[list[int]]:
    """Counts [10][10]: rows are true labels, columns answers."""
    table = np.zeros((10, 10), int)
    np.add.at(table, (labels, logits.argmax(dim=1).numpy()), 1)
    return table.tolist()


def per_class(table: list[list[int]]) -> list[dict]:
    """Precision, recall and F1 of each class of a confusion table."""
    counts = np.array(table)
    rows = []
    for label in range(10):
        right, answered, support = counts[label, label], counts[:, label].sum(), counts[label].sum()
        rows.append(
            {
                "label": str(label),
                "precision": round(float(right / answered), 4),
                "recall": round(float(right / support), 4),
                "f1": round(float(2 * right / (answered + support)), 4),
                "support": int(support),
            }
        )
    return rows


def share_unsure(logits: Tensor, threshold: float) -> float:
    """Percent of rows whose largest probability is under the threshold."""
    return percent(int((logits.softmax(dim=1).amax(dim=1) < threshold).sum()), len(logits))


def percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 3)
