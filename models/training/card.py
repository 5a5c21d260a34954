"""The model card: every figure in it is measured here and now."""

import hashlib
import json
import math
import platform
import statistics
from datetime import date
from pathlib import Path

import onnx
import torch
from torch import nn

from . import measure, mnist, pen
from .data import Mixture, pictures
from .mnist import Mnist
from .nondigits import KINDS, UNSEEN, nondigits
from .train import Recipe, Run

VERSION = "1.0.0"
LICENSE = "MIT"
THRESHOLD = 0.5
HELD_OUT = 2000
HELD_OUT_SEED = 9001


def measured(recipe: Recipe, runs: list[Run], data: Mnist) -> dict:
    """The keys of the card that say how well the seeds and the shipped one read."""
    pens = pen.load()
    seeds = []
    for run in runs:
        network = restored(recipe, run)
        row = {
            "seed": run.seed,
            "accuracy": measure.accuracy(
                measure.logits_of(network, data.test_images, recipe.input_shape), data.test_labels
            ),
        }
        if pens:
            row["pen"] = measure.accuracy(
                measure.logits_of(network, pens[0], recipe.input_shape), pens[1]
            )
        seeds.append(row)
    shipped, because = choose(seeds)
    run = next(run for run in runs if run.seed == shipped["seed"])
    network = restored(recipe, run)
    logits = measure.logits_of(network, data.test_images, recipe.input_shape)
    table = measure.confusion(logits, data.test_labels)
    accuracies = [row["accuracy"] for row in seeds]
    card = {
        "accuracy": {
            "unit": "percent",
            "mean": round(statistics.mean(accuracies), 3),
            "spread": round(statistics.stdev(accuracies), 3) if len(seeds) > 1 else 0,
            "min": min(accuracies),
            "max": max(accuracies),
            "shipped": shipped["accuracy"],
            "seeds": seeds,
        },
        "shippedSeed": shipped["seed"],
        "shippedBecause": because,
        "confusion": table,
        "perClass": measure.per_class(table),
    }
    if pens:
        card["pen"] = {"count": len(pens[1]), "accuracy": shipped["pen"], "source": pen.SOURCE}
    card["abstention"] = abstention(recipe, network, logits, pens)
    card["history"] = run.history
    return card


def choose(seeds: list[dict]) -> tuple[dict, str]:
    """The seed to ship, by a rule that does not look at the test digits, and the rule."""
    if "pen" not in seeds[0]:
        return seeds[0], "It is the first seed; the MNIST test digits had no say."
    best = max(seeds, key=lambda row: (row["pen"], -row["seed"]))
    return best, "It reads the most pen digits of all seeds; the MNIST test digits had no say."


def abstention(
    recipe: Recipe, network: nn.Module, test_logits: torch.Tensor, pens: tuple | None
) -> dict:
    """Percent of digits and of other drawings that get no probability over the threshold."""

    def unsure(images) -> float:
        return measure.share_unsure(
            measure.logits_of(network, images, recipe.input_shape), THRESHOLD
        )

    card = {
        "threshold": THRESHOLD,
        "unit": "percent under the threshold",
        "mnist": measure.share_unsure(test_logits, THRESHOLD),
    }
    if pens:
        card["pen"] = unsure(pens[0])
    card["nonDigits"] = unsure(pictures(nondigits(HELD_OUT, HELD_OUT_SEED, KINDS)))
    card["nonDigitsOfUnseenKinds"] = unsure(pictures(nondigits(HELD_OUT, HELD_OUT_SEED, UNSEEN)))
    card["nonDigitsCount"] = HELD_OUT
    card["nonDigitKinds"] = names(KINDS)
    card["unseenKinds"] = names(UNSEEN)
    return card


def described(recipe: Recipe, model: onnx.ModelProto, script: str) -> dict:
    """The keys of the card that say what the model is and what it was made of."""
    settings = recipe.settings()
    mixture: Mixture = recipe.mixture
    return {
        "name": recipe.name,
        "family": recipe.family,
        "version": VERSION,
        "date": date.today().isoformat(),
        "license": LICENSE,
        "task": "digits",
        "description": recipe.description,
        "architecture": architecture(model),
        "parameters": sum(math.prod(tensor.dims) for tensor in model.graph.initializer),
        "input": {
            "name": "image",
            "dtype": "float32",
            "shape": ["batch", *recipe.input_shape],
            "scaling": "0..1",
        },
        "output": {"name": "logits", "shape": ["batch", 10], "kind": "logits"},
        "labels": [str(label) for label in range(10)],
        "dataset": {
            "name": "MNIST",
            "train": 60000,
            "test": 10000,
            "generated": mixture.digits + mixture.nondigits,
            "md5": mnist.MD5,
        },
        "augmentation": settings["augmentation"],
        "hyperparameters": {
            "optimizer": "AdamW",
            "schedule": "one cycle",
            "epochs": recipe.epochs,
            "batchSize": recipe.batch_size,
            "learningRate": recipe.learning_rate,
            "warmup": recipe.warmup,
            "weightDecay": recipe.weight_decay,
            "labelSmoothing": recipe.label_smoothing,
            "weightAverageDecay": recipe.average,
            "gentleEpochs": recipe.gentle_epochs,
            "gentleStrength": recipe.gentle_strength,
            "settleSteps": recipe.settle_steps,
            "generatedDigits": mixture.digits,
            "generatedDigitsPerBatch": mixture.digit_rows,
            "generatedNonDigits": mixture.nondigits,
            "generatedNonDigitsPerBatch": mixture.nondigit_rows,
        },
        "madeBy": {
            "script": script,
            "python": platform.python_version(),
            "torch": torch.__version__,
        },
    }


def architecture(model: onnx.ModelProto) -> list[dict]:
    """Name, operator and output shape of every layer of the exported graph."""
    inferred = onnx.shape_inference.infer_shapes(model).graph
    shapes = {
        value.name: [dim.dim_param or dim.dim_value for dim in value.type.tensor_type.shape.dim]
        for value in (*inferred.value_info, *inferred.output)
    }
    return [
        {"name": node.name, "type": node.op_type, "shape": ["batch", *shapes[node.output[0]][1:]]}
        for node in model.graph.node
    ]


def restored(recipe: Recipe, run: Run) -> nn.Sequential:
    """The network with the weights of a run."""
    network = recipe.network()
    network.load_state_dict(run.weights)
    return network.eval()


def described_file(path: Path) -> dict:
    content = path.read_bytes()
    return {"file": path.name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def names(kinds: tuple) -> list[str]:
    return [kind.__name__ for kind in dict.fromkeys(kinds)]


def merged(card: dict, path: Path) -> dict:
    """The card with the keys that others added to the one at `path`."""
    old = json.loads(path.read_text()) if path.exists() else {}
    return {**card, **{key: value for key, value in old.items() if key not in card}}
