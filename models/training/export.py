"""A trained network as an ONNX file whose names can be read."""

import io
from collections import OrderedDict
from pathlib import Path

import onnx
import torch
from torch import nn
from torch.nn.utils.fusion import fuse_conv_bn_eval

OPSET = 17


def to_onnx(
    network: nn.Sequential, input_shape: tuple[int, ...], metadata: dict[str, str]
) -> onnx.ModelProto:
    """The network, batch norm folded, from "image" [batch, ...] to "logits" [batch, 10]."""
    buffer = io.BytesIO()
    torch.onnx.export(
        fold(network),
        torch.zeros(1, *input_shape),
        buffer,
        opset_version=OPSET,
        input_names=["image"],
        output_names=["logits"],
        dynamic_axes={"image": {0: "batch"}, "logits": {0: "batch"}},
    )
    model = onnx.load_from_string(buffer.getvalue())
    name_by_module(model.graph)
    model.graph.name = metadata["name"]
    model.producer_name = "inkling"
    model.producer_version = metadata["version"]
    onnx.helper.set_model_props(model, metadata)
    onnx.checker.check_model(model, full_check=True)
    return model


def fold(network: nn.Sequential) -> nn.Sequential:
    """The network for inference, each BatchNorm merged into the convolution before it."""
    layers: OrderedDict[str, nn.Module] = OrderedDict()
    for name, layer in network.eval().named_children():
        if isinstance(layer, nn.BatchNorm2d):
            before = next(reversed(layers))
            layers[before] = fuse_conv_bn_eval(layers[before], layer)
        else:
            layers[name] = layer
    return nn.Sequential(layers).eval()


def name_by_module(graph: onnx.GraphProto) -> None:
    """Names nodes and the values they make after the module they came from, as in conv1."""
    renamed = {}
    for node in graph.node:
        node.name = node.name.strip("/").split("/")[0]
        if node.output[0] != "logits":
            renamed[node.output[0]] = node.name
    for node in graph.node:
        node.input[:] = [renamed.get(name, name) for name in node.input]
        node.output[:] = [renamed.get(name, name) for name in node.output]


def save(model: onnx.ModelProto, path: Path) -> None:
    path.write_bytes(model.SerializeToString(deterministic=True))
