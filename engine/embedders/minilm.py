"""Sentence vectors by MiniLM on ONNX Runtime or OpenVINO, without torch."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMissing
from engine.model.runs import Component, make_component
from engine.settings import go_offline
from engine.weights import ModelCard, compile_on_openvino, find_model, open_network

Network = Callable[[NDArray[np.int64], NDArray[np.int64]], NDArray[np.float32]]
"""Token ids and mask (texts, tokens) to vectors (texts, dimensions)."""

MODEL = "sentences"
_BATCH_TEXTS = 32
_PADDING = 0


class MiniLmEmbedder:
    """The shipped sentence encoder; texts longer than its limit of tokens are cut."""

    name: ClassVar[str] = "minilm"

    def __init__(self, card: ModelCard, *, threads: int = 0, network: Network | None = None) -> None:
        self.dimensions = int(card.parameter("dimensions", "384"))
        self._card, self._threads, self._given = card, threads, network
        self._tokenizer = _tokenizer(card)
        self._component = make_component(
            "embedder", self.name, card.version, weights_sha256=card.sha256, parameters=card.parameters
        )

    @property
    def _network(self) -> Network:
        return self._given or _onnx_runtime(self._card, self._threads)  # opened when the first text comes

    @staticmethod
    def availability() -> str | None:
        """Return why it can't run here, or None."""
        for module in ("onnxruntime", "tokenizers"):
            if find_spec(module) is None:
                return f"needs {module}: not installed"
        try:
            find_model(MODEL)
        except ModelMissing as error:
            return str(error)
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        """Return the one encoder; it runs on the CPU whatever the device."""
        del device
        return (cls(find_model(MODEL)),)

    @classmethod
    def load_for_many(cls) -> Self:
        """Return an encoder for a whole case: OpenVINO is faster, and differs in the third decimal.

        It computes in the number format that the processor is fastest with; where every workstation must
        get the same vectors, take ``load_all``.
        """
        card = find_model(MODEL)
        return cls(card, network=_openvino(card) if find_spec("openvino") else None)

    @property
    def component(self) -> Component:
        return self._component

    def embed(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (len(texts), 384).

        A text without a word has the vector of the bare marks of its start and end. Texts of similar length
        run together, so that little is computed for padding.
        """
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        encoded = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        by_length = sorted(range(len(texts)), key=lambda index: len(encoded[index]))
        for start in range(0, len(by_length), _BATCH_TEXTS):
            chosen = by_length[start : start + _BATCH_TEXTS]
            vectors[chosen] = self._run([encoded[index] for index in chosen])
        return vectors

    def _run(self, rows: Sequence[Sequence[int]]) -> NDArray[np.float32]:
        longest = max(len(row) for row in rows)
        ids = np.full((len(rows), longest), _PADDING, dtype=np.int64)
        mask = np.zeros_like(ids)
        for number, row in enumerate(rows):
            ids[number, : len(row)] = row
            mask[number, : len(row)] = 1
        return self._network(ids, mask)


@functools.cache
def _onnx_runtime(card: ModelCard, threads: int) -> Network:
    session = open_network(card.path, threads=threads)

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        (vectors,) = session.run(["vectors"], {"ids": ids, "mask": mask})
        return np.asarray(vectors, dtype=np.float32)

    return run


@functools.cache
def _openvino(card: ModelCard) -> Network:
    go_offline()
    import openvino

    request = compile_on_openvino(openvino.Core(), card.path, {}).create_infer_request()

    def run(ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        request.infer({"ids": ids, "mask": mask})
        return np.array(request.get_output_tensor().data, dtype=np.float32)

    return run


@functools.cache
def _tokenizer(card: ModelCard) -> Any:
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(card.path.parent / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(int(card.parameter("max_tokens", "256")))
    return tokenizer
