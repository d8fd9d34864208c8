"""A BERT encoder written as ONNX nodes, so that neither torch nor an exporter is needed (Devlin et al. 2019).

Matrices are stored at 8 bits with a scale for each column. They are computed with as float32, or, where
``integer`` is chosen, with activations at 8 bits too: four times as fast where the processor can.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from onnx import NodeProto, TensorProto

HEADS, WIDTH, EPSILON = 12, 384, 1e-12
OPSET = 20
_HEAD_WIDTH = WIDTH // HEADS


class BertGraph:
    """Nodes and constants as they are added; each method returns the name of its result."""

    def __init__(self, weights: Mapping[str, NDArray[np.float32]], *, integer: bool = False) -> None:
        self._weights = weights
        self._integer = integer
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

    def output(self, kind: str, inputs: list[str], name: str) -> None:
        """Add the node whose result leaves the network as ``name``."""
        from onnx import helper

        self.nodes.append(helper.make_node(kind, inputs, [name], name))

    def gathered(self, name: str, table: NDArray[np.float32], indices: str) -> str:
        """Return the rows of a table that is stored at 8 bits with one scale for each row."""
        small, scale = _at_8_bits(table, axis=0)
        rows = self.node("Cast", self.node("Gather", self.constant(name, small), indices), to=1)
        scales = self.node("Gather", self.constant(f"{name}.scale", scale[:, None]), indices)
        return self.node("Mul", rows, scales)

    def embeddings(self, ids: str, *, longest: int, added: str = "") -> str:
        places = self._weights["embeddings.position_embeddings.weight"][:longest]
        # All our tokens are of the first sentence: its type vector is part of every place.
        places = places + self._weights["embeddings.token_type_embeddings.weight"][0]
        word = self.gathered("words", self._weights["embeddings.word_embeddings.weight"], ids)
        if added:
            word = self.node("Add", word, added)
        length = self.node("Gather", self.node("Shape", ids), self.integers("one", 1), axis=0)
        zeros = self.integers("zeros", [0])
        place = self.node("Slice", self.constant("places", places), zeros, length, zeros)
        return self.normalized(self.node("Add", word, place), "embeddings.LayerNorm")

    def attention_bias(self) -> str:
        """Return 0 where a token may be looked at and a large negative number where it is padding."""
        mask = self.node("Cast", "mask", to=1)
        hidden = self.node("Sub", self.floats("unit", 1.0), mask)
        bias = self.node("Mul", hidden, self.floats("low", -10000.0))
        return self.node("Unsqueeze", bias, self.integers("axes", [1, 2]))

    def layer(self, hidden: str, bias: str, name: str) -> str:
        query, key, value = (self.split_heads(part) for part in self.attention_parts(hidden, name))
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

    def attention_parts(self, hidden: str, name: str) -> tuple[str, str, str]:
        """Return query, key and value, computed as one product."""
        from onnx import helper

        names = [f"{name}.attention.self.{part}" for part in ("query", "key", "value")]
        weight = np.concatenate([self._weights[f"{part}.weight"].T for part in names], axis=1)
        bias = np.concatenate([self._weights[f"{part}.bias"] for part in names])
        together = self.product(hidden, f"{name}.attention", weight, bias)
        outputs = [f"{name}.{part}" for part in ("query", "key", "value")]
        self.nodes.append(helper.make_node("Split", [together], outputs, axis=-1, num_outputs=3))
        return outputs[0], outputs[1], outputs[2]

    def dense(self, hidden: str, name: str) -> str:
        return self.product(hidden, name, self._weights[f"{name}.weight"].T, self._weights[f"{name}.bias"])

    def product(self, hidden: str, name: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        small, scale = _at_8_bits(weight, axis=1)
        stored, scales = self.constant(f"{name}.weight", small), self.constant(f"{name}.scale", scale)
        added = self.constant(f"{name}.bias", bias)
        if not self._integer:
            matrix = self.node("DequantizeLinear", stored, scales, axis=1)
            return self.node("Add", self.node("MatMul", hidden, matrix), added)
        known, step, zero = self._quantized(hidden)
        exact = self.node("Cast", self.node("MatMulInteger", known, stored, zero), to=1)
        return self.node("Add", self.node("Mul", exact, self.node("Mul", step, scales)), added)

    def _quantized(self, hidden: str) -> tuple[str, str, str]:
        from onnx import helper

        outputs = [f"{hidden}.{part}" for part in ("small", "step", "zero")]
        if outputs[0] not in self._known:
            self._known.add(outputs[0])
            self.nodes.append(helper.make_node("DynamicQuantizeLinear", [hidden], outputs))
        return outputs[0], outputs[1], outputs[2]

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


def _at_8_bits(value: NDArray[np.float32], *, axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Return a matrix at 8 bits and the scale of each index of ``axis``."""
    scale = np.maximum(np.abs(value).max(axis=1 - axis) / 127, 1e-12)
    small = np.rint(value / np.expand_dims(scale, 1 - axis)).astype(np.int8)
    return small, scale.astype(np.float32)
