"""Turns the encoder's matrix products into products of whole numbers.

Weights get a scale per output column, activations one fixed scale per product, measured beforehand:
with a scale taken over a batch, a comment's labels would depend on its neighbours.
"""

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
from onnx import TensorProto, helper, numpy_helper

ACTIVATION_TOP = 255
WEIGHT_TOP = 63
"""Seven bits: two products of full bytes overflow 16 bits on processors without VNNI."""


def quantise(source: Path, target: Path, samples: Iterable[dict[str, np.ndarray]]) -> None:
    """Writes to `target` the encoder of `source`; `samples` are inputs to take activations from."""
    model = onnx.load(str(source))
    weights = {weight.name: weight for weight in model.graph.initializer}
    products = [
        node for node in model.graph.node if node.op_type == "MatMul" and node.input[1] in weights
    ]
    spans = _ranges(model, {node.input[0] for node in products}, samples)
    for name, span in spans.items():
        model.graph.initializer.extend(_activation(name, span))
    done: set[str] = set()
    nodes = []
    for node in model.graph.node:
        if node not in products:
            nodes.append(node)
            continue
        read, weight = node.input
        if read not in done:
            done.add(read)
            parts = [read, f"{read}.scale", f"{read}.zero"]
            nodes.append(helper.make_node("QuantizeLinear", parts, [f"{read}.bytes"]))
        scale = (spans[read][1] - spans[read][0]) / ACTIVATION_TOP
        model.graph.initializer.extend(_weight(weights[weight], scale))
        model.graph.initializer.remove(weights[weight])
        nodes.extend(_product(node, read, weight))
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, str(target))


def _ranges(
    model: onnx.ModelProto, names: set[str], samples: Iterable[dict[str, np.ndarray]]
) -> dict[str, tuple[float, float]]:
    """Least and greatest value of each tensor over the samples; zero always lies between."""
    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    ordered = sorted(names)
    watched.graph.output.extend(
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in ordered
    )
    session = onnxruntime.InferenceSession(watched.SerializeToString())
    found = {name: (0.0, 0.0) for name in ordered}
    for sample in samples:
        for name, values in zip(ordered, session.run(ordered, sample), strict=True):
            low, high = found[name]
            found[name] = (min(low, float(values.min())), max(high, float(values.max())))
    return found


def _activation(name: str, span: tuple[float, float]) -> list[TensorProto]:
    scale = (span[1] - span[0]) / ACTIVATION_TOP
    return [
        numpy_helper.from_array(np.array(scale, dtype=np.float32), f"{name}.scale"),
        numpy_helper.from_array(np.array(round(-span[0] / scale), dtype=np.uint8), f"{name}.zero"),
    ]


def _weight(weight: TensorProto, activation: float) -> list[TensorProto]:
    values = numpy_helper.to_array(weight)
    scales = np.maximum(np.abs(values).max(axis=0), 1e-8) / WEIGHT_TOP
    whole = np.clip(np.round(values / scales), -WEIGHT_TOP, WEIGHT_TOP).astype(np.int8)
    joined = (scales * activation).astype(np.float32)
    return [
        numpy_helper.from_array(whole, f"{weight.name}.bytes"),
        numpy_helper.from_array(joined, f"{weight.name}.scale"),
    ]


def _product(node: onnx.NodeProto, read: str, weight: str) -> list[onnx.NodeProto]:
    out = node.output[0]
    inputs = [f"{read}.bytes", f"{weight}.bytes", f"{read}.zero"]
    return [
        helper.make_node("MatMulInteger", inputs, [f"{out}.whole"]),
        helper.make_node("Cast", [f"{out}.whole"], [f"{out}.float"], to=TensorProto.FLOAT),
        helper.make_node("Mul", [f"{out}.float", f"{weight}.scale"], [out]),
    ]
