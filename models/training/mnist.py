"""MNIST: 60,000 training and 10,000 test digits, read from the four original files.

The files come from the folder MNIST_DIR where that is set, and otherwise from MNIST's public
mirror, kept in a cache folder. Either way their MD5 sums are checked.
"""

import gzip
import hashlib
import os
import urllib.request
from pathlib import Path
from typing import NamedTuple

import numpy as np

MIRROR = "https://storage.googleapis.com/cvdf-datasets/mnist/"
CACHE = Path.home() / ".cache" / "inkling" / "mnist"
MD5 = {
    "train-images-idx3-ubyte.gz": "f68b3c2dcbeaaa9fbdd348bbdeb94873",
    "train-labels-idx1-ubyte.gz": "d53e105ee54ea40749a09fcbcd1e9432",
    "t10k-images-idx3-ubyte.gz": "9fb629c4189551a2d022fa330f9573f3",
    "t10k-labels-idx1-ubyte.gz": "ec29112dd5afa0611ce80d1b7f02629c",
}


class Mnist(NamedTuple):
    """Images uint8 [N, 28, 28], ink 255 on 0, and labels int64 [N]."""

    train_images: np.ndarray
    train_labels: np.ndarray
    test_images: np.ndarray
    test_labels: np.ndarray


def load() -> Mnist:
    """All of MNIST; raises ValueError where a file is not the original."""
    train_images, train_labels, test_images, test_labels = (read(name) for name in MD5)
    return Mnist(
        train_images, train_labels.astype(np.int64), test_images, test_labels.astype(np.int64)
    )


def read(name: str) -> np.ndarray:
    """The array of bytes in one gzipped IDX file."""
    packed = path_of(name).read_bytes()
    found = hashlib.md5(packed).hexdigest()
    if found != MD5[name]:
        raise ValueError(f"{name} has the MD5 {found}; MNIST's has {MD5[name]}.")
    data = gzip.decompress(packed)
    rank = data[3]
    shape = np.frombuffer(data, ">u4", count=rank, offset=4)
    return np.frombuffer(bytearray(data), np.uint8, offset=4 + 4 * rank).reshape(shape)


def path_of(name: str) -> Path:
    folder = os.environ.get("MNIST_DIR")
    if folder:
        return Path(folder) / name
    path = CACHE / name
    if not path.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".part")
        urllib.request.urlretrieve(MIRROR + name, partial)
        partial.rename(path)
    return path
