"""Write the trained encoder as a network for ONNX Runtime, computed with 8-bit numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.training.bert_graph import OPSET, BertGraph

if TYPE_CHECKING:
    from onnx import ModelProto

LAYERS, WIDTH, LONGEST = 6, 384, 256


def encoder_network(weights: Mapping[str, NDArray[np.float32]], *, integer: bool = False) -> ModelProto:
    """Return the network from ``ids``, ``shapes`` and ``mask`` (int64: windows, pieces) to the vectors.

    Outputs ``entities`` (the last layer) and ``syntax`` (a mix of all), float32 (windows, pieces, 384).
    """
    from onnx import TensorProto, checker, helper

    graph = BertGraph(_inner(weights), integer=integer)
    hidden = graph.embeddings(
        "ids", longest=LONGEST, added=graph.gathered("shape_table", weights["shapes.weight"], "shapes")
    )
    bias = graph.attention_bias()
    layers = []
    for layer in range(LAYERS):
        hidden = graph.layer(hidden, bias, f"encoder.layer.{layer}")
        layers.append(hidden)
    mix = np.exp(weights["mix"] - weights["mix"].max())
    parts = [
        graph.node("Mul", layer, graph.floats(f"share{number}", float(share)))
        for number, (layer, share) in enumerate(zip(layers, mix / mix.sum(), strict=True))
    ]
    graph.output("Identity", [hidden], "entities")
    graph.output("Sum", parts, "syntax")
    shape = ["windows", "pieces"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "words",
            [
                helper.make_tensor_value_info(name, TensorProto.INT64, shape)
                for name in ("ids", "shapes", "mask")
            ],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, [*shape, WIDTH])
                for name in ("entities", "syntax")
            ],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=9,
    )
    checker.check_model(model)
    return model


def _inner(weights: Mapping[str, NDArray[Any]]) -> dict[str, NDArray[np.float32]]:
    return {name.removeprefix("bert."): value for name, value in weights.items() if name.startswith("bert.")}
