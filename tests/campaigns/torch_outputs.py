"""
What PyTorch gives for a saved model: jobs as lines of JSON on standard input, a line for each on standard output.

A job is {"file", "format", "source", "class", "constructor", "inputs": an .npz, "outputs": where an .npz is written}.
The answer is {} or {"error": text}.
"""

import importlib
import json
import os
import pickle
import struct
import sys

import numpy
import torch

torch.set_num_threads(1)


def main():
    for line in sys.stdin:
        job = json.loads(line)
        try:
            run(job)
            answer = {}
        except Exception as error:  # a size that the model refuses must not end the campaign
            answer = {"error": f"{type(error).__name__}: {str(error).strip().splitlines()[-1][:200]}"}
        print(json.dumps(answer), flush=True)


def run(job):
    given = numpy.load(job["inputs"])
    inputs = [torch.from_numpy(given[name]) for name in given.files]
    known, path = set(sys.modules), list(sys.path)
    try:
        model = open_model(job).eval()
        with torch.no_grad():
            outputs = flattened(model(*inputs))
    finally:
        # Other projects have modules of the same names.
        sys.path[:] = path
        for name in set(sys.modules) - known:
            del sys.modules[name]
    numpy.savez(job["outputs"], **{f"y{at}": tensor.float().numpy() for at, tensor in enumerate(outputs)})


def flattened(value):
    if isinstance(value, torch.Tensor):
        return [value]
    items = value.values() if isinstance(value, dict) else value
    return [tensor for item in items for tensor in flattened(item)]


def open_model(job):
    path, kind = job["file"], job["format"]
    if kind.startswith("torchscript"):
        return torch.jit.load(path, map_location="cpu")
    source = import_source(job["source"]) if job["source"] else None
    if kind == "safetensors":
        return filled(job, source, read_safetensors(path))
    saved = read_pickle(path) if kind.startswith("python-pickle") else torch.load(path, map_location="cpu")
    if isinstance(saved, torch.nn.Module):
        return saved if "quantized" in kind else saved.float()
    return filled(job, source, state_in(saved))


def read_pickle(path):
    with open(path, "rb") as file:
        return pickle.load(file)


def import_source(path):
    """The module that a model's class is defined in; whole models name it by its folders too."""
    folder, name = os.path.split(path.removesuffix(".py"))
    above = os.path.dirname(folder)
    sys.path[:0] = [folder, above, os.path.dirname(above)]
    return importlib.import_module(name)


def filled(job, source, state):
    model = getattr(source, job["class"])(**job["constructor"])
    state = {name.removeprefix("module."): tensor.float() for name, tensor in state.items()}
    missing, unexpected = model.load_state_dict(state, strict=False)
    # What shares its memory with another parameter need not be stored twice.
    memory = {name: one.data_ptr() for name, one in model.state_dict().items()}
    loaded = {memory[name] for name in state if name in memory}
    lost = [name for name in missing if memory[name] not in loaded]
    if lost or unexpected:
        raise ValueError(f"missing {lost}, unexpected {unexpected}")
    return model


def state_in(saved):
    """The state dict of a checkpoint: the dictionary in it that holds the most tensors."""
    found = []

    def look(value):
        if not isinstance(value, dict):
            return
        tensors = {name: one for name, one in value.items() if isinstance(one, torch.Tensor)}
        found.append(tensors)
        for one in value.values():
            look(one)

    look(saved)
    return max(found, key=len)


def read_safetensors(path):
    """https://huggingface.co/docs/safetensors: a length, a header of JSON, the bytes."""
    with open(path, "rb") as file:
        (length,) = struct.unpack("<Q", file.read(8))
        header = json.loads(file.read(length))
        data = bytearray(file.read())
    dtypes = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
    dtypes |= {"I64": torch.int64, "I32": torch.int32, "U8": torch.uint8, "BOOL": torch.bool}
    header.pop("__metadata__", None)

    def tensor(shape, dtype, data_offsets):
        begin, end = data_offsets
        return torch.frombuffer(data[begin:end], dtype=dtypes[dtype]).reshape(shape)

    return {name: tensor(**one) for name, one in header.items()}


main()
