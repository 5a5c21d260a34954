"""Facts of ONNX models as Debian's python3-onnx sees them: paths on standard input, a JSON line for each."""

import json
import sys

import onnx
from onnx import shape_inference


def main():
    for path in map(str.strip, sys.stdin):
        try:
            facts = describe(onnx.load(path, load_external_data=False))
        except Exception as error:  # one that cannot be read must not end the campaign
            facts = {"error": str(error)[:300]}
        print(json.dumps({"path": path, **facts}), flush=True)


def describe(model):
    graph = model.graph
    constants = {tensor.name for tensor in graph.initializer}
    operators = {}
    for node in graph.node:
        domain = "" if node.domain == "ai.onnx" else node.domain
        name = f"{domain}::{node.op_type}" if domain else node.op_type
        operators[name] = operators.get(name, 0) + 1
    facts = {
        "inputs": [port(value) for value in graph.input if value.name not in constants],
        "outputs": [port(value) for value in graph.output],
        "operators": operators,
    }
    try:
        inferred = shape_inference.infer_shapes(model, data_prop=True).graph
        values = list(inferred.value_info) + list(inferred.output)
        facts["values"] = {value.name: kind_of(value.type, inferred=True) for value in values}
    except Exception as error:
        facts["values"] = {}
        facts["refused"] = str(error)[:300]
    return facts


def port(value):
    return {"name": value.name, "type": kind_of(value.type)}


def kind_of(kind, inferred=False):
    """A type as plain data; unknown dimensions and shapes are None."""
    field = kind.WhichOneof("value")
    if field in ("tensor_type", "sparse_tensor_type"):
        tensor = getattr(kind, field)
        shape = [size_of(dim, inferred) for dim in tensor.shape.dim] if tensor.HasField("shape") else None
        return {"kind": field[: -len("_type")], "dtype": tensor.elem_type, "shape": shape}
    if field in ("sequence_type", "optional_type"):
        return {"kind": field[: -len("_type")], "of": kind_of(getattr(kind, field).elem_type, inferred)}
    if field == "map_type":
        return {"kind": "map", "key": kind.map_type.key_type, "of": kind_of(kind.map_type.value_type, inferred)}
    return None


def size_of(dim, inferred):
    field = dim.WhichOneof("value")
    if field == "dim_param":
        # Names that inference makes up for what it does not know say nothing.
        made_up = inferred and dim.dim_param.startswith("unk__")
        return None if made_up else dim.dim_param or None
    return dim.dim_value if field == "dim_value" else None


main()
