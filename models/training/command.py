"""The one command of every model: train the seeds, ship one, write its files."""

import argparse
import hashlib
import json
import tempfile
from dataclasses import replace
from pathlib import Path

import torch

from . import card as cards
from . import mnist, samples
from .compact import dump
from .data import TrainingSet
from .export import save, to_onnx
from .measure import logits_of
from .raster import rasterise
from .train import Recipe, Run, train

EXPECTED = 20
SAMPLES = Path(__file__).resolve().parents[2] / "public" / "digits.json"


def main(recipe: Recipe, script: Path) -> None:
    """Trains the seeds that have no result yet, then writes the model's files to --out."""
    options = read_arguments(recipe, script)
    if options.epochs:
        recipe = shortened(recipe, options.epochs)
    data = mnist.load()
    training_set = None
    runs = []
    for seed in options.seeds:
        run = load_run(recipe, seed, options.runs)
        if run is None:
            training_set = training_set or TrainingSet(data, recipe.mixture, recipe.batch_size)
            run = train(recipe, seed, training_set, data.test_images, data.test_labels)
            save_run(recipe, run, options.runs)
        runs.append(run)
    if not options.train_only:
        write(recipe, runs, data, script, options.out)


def read_arguments(recipe: Recipe, script: Path) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=f"Trains {recipe.name}.")
    parser.add_argument("--seeds", type=int, nargs="+", default=[0, 1, 2, 3, 4])
    parser.add_argument("--epochs", type=int, help=f"{recipe.epochs} unless given")
    parser.add_argument(
        "--out", type=Path, default=script.parent, help="folder for the model's files"
    )
    parser.add_argument(
        "--runs",
        type=Path,
        default=Path(tempfile.gettempdir()) / "inkling-runs",
        help="folder where finished seeds are kept, so that they can be trained one by one",
    )
    parser.add_argument(
        "--train-only", action="store_true", help="keep the seeds' results, write no model"
    )
    return parser.parse_args()


def shortened(recipe: Recipe, epochs: int) -> Recipe:
    return replace(recipe, epochs=epochs, gentle_epochs=min(recipe.gentle_epochs, epochs // 4))


def write(recipe: Recipe, runs: list[Run], data: mnist.Mnist, script: Path, out: Path) -> None:
    """The checkpoint, the ONNX file, the expected logits and the card."""
    out.mkdir(parents=True, exist_ok=True)
    figures = cards.measured(recipe, runs, data)
    shipped = next(run for run in runs if run.seed == figures["shippedSeed"])
    network = cards.restored(recipe, shipped)

    checkpoint = out / f"{recipe.name}.pt"
    torch.save({k: v.contiguous() for k, v in shipped.weights.items()}, checkpoint)

    model = to_onnx(
        network,
        recipe.input_shape,
        {
            "name": recipe.name,
            "version": cards.VERSION,
            "license": cards.LICENSE,
            "description": recipe.description,
            "accuracy": f"{figures['accuracy']['shipped']} % of the 10,000 MNIST test digits",
            "seed": str(shipped.seed),
            "labels": ",".join(str(label) for label in range(10)),
        },
    )
    onnx_file = out / f"{recipe.name}.onnx"
    save(model, onnx_file)

    drawings, _ = samples.load(SAMPLES)
    logits = logits_of(network, rasterise(drawings[:EXPECTED]), recipe.input_shape)
    dump(
        {
            "count": EXPECTED,
            "tolerance": 1e-4,
            "logits": [[round(value, 6) for value in row] for row in logits.tolist()],
            "from": "PyTorch, for the first digits of public/digits.json by models/training/raster.py",
        },
        out / "expected.json",
    )

    place = f"models/{script.parent.name}/{script.name}"
    described = cards.described(recipe, model, place)
    files = {
        "onnx": cards.described_file(onnx_file),
        "checkpoint": cards.described_file(checkpoint),
    }
    made_by = described.pop("madeBy")
    card = out / "card.json"
    dump(cards.merged({**described, **figures, "files": files, "madeBy": made_by}, card), card)


def save_run(recipe: Recipe, run: Run, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    torch.save(vars(run), run_file(recipe, run.seed, folder))


def load_run(recipe: Recipe, seed: int, folder: Path) -> Run | None:
    path = run_file(recipe, seed, folder)
    return Run(**torch.load(path)) if path.exists() else None


def run_file(recipe: Recipe, seed: int, folder: Path) -> Path:
    """A seed's file, named after all settings too: another recipe is another run."""
    settings = json.dumps([recipe.settings(), str(recipe.network())], sort_keys=True)
    return (
        folder / f"{recipe.name}-{hashlib.sha256(settings.encode()).hexdigest()[:8]}-seed{seed}.pt"
    )
