"""What kind of picture it is: DICOM's modality where there is one, else a small network's answer."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from engine.model.evidence import Image
from engine.model.runs import Component, make_component
from engine.protocols import Frame, Scene
from engine.weights import ModelCard, all_models, open_network

INPUT_PX = 96
_RADIOGRAPHS = frozenset({"CR", "DX", "RG", "RF"})
_ANYTHING = frozenset({"OT", "SC", "XC"})  # other, secondary capture, external camera
_NEVER_FROM_A_CAMERA = frozenset({"chart", "ct"})
_XRAY_LABELS = ("chest-xray", "limb-xray")
_CHEST_WORDS = ("chest", "thorax", "lung", "rib")
_BATCH = 32


class ModalityClassifier:
    """Names the scene of a picture: chest-xray, limb-xray, ct, blood-smear, photograph, document, chart.

    A DICOM modality decides first: CT is ``ct``, other modalities their own code in lower case;
    of a radiograph the body part, or else the network, tells which kind.
    """

    name: ClassVar[str] = "modality"

    def __init__(self, card: ModelCard, session: Any) -> None:
        self._card = card
        self._session = session
        self._input_px = int(card.number("input_px", INPUT_PX))
        self._component = make_component(
            "classifier", card.name, card.version, weights_sha256=card.sha256, labels=card.labels
        )
        self._looks: dict[int, tuple[weakref.ref[NDArray[np.uint8]], NDArray[np.float32]]] = {}

    @staticmethod
    def availability() -> str | None:
        try:
            import onnxruntime  # noqa: F401
        except ImportError:
            return "needs onnxruntime: not installed"
        return None

    @classmethod
    def load_all(cls, *, device: str = "cpu") -> tuple[Self, ...]:
        """Return one classifier per model whose task is ``scenes``."""
        del device  # the network is so small that the CPU is never the slower one
        cards = (card for card in all_models() if card.task == "scenes" and card.format == "onnx")
        return tuple(cls.load(card) for card in cards)

    @classmethod
    def load(cls, card: ModelCard) -> Self:
        """Load the weights of ``card``; raises ModelMismatch where they are not the card's."""
        card.verify()
        return cls(card, open_network(card.path))

    @property
    def component(self) -> Component:
        return self._component

    def classify(self, frames: Sequence[Frame]) -> list[Scene]:
        """Return one scene for each frame, in order; how they look is kept until other frames come."""
        views = [frame.pixels.view for frame in frames]
        probabilities, features = self._run(views)
        self._looks = {
            id(view): (weakref.ref(view), look) for view, look in zip(views, features, strict=True)
        }
        return [
            _decide(frame.image, self._card.labels, row)
            for frame, row in zip(frames, probabilities, strict=True)
        ]

    def probabilities(self, views: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Return float32, shape (views, labels): the network's answer, summing to 1 per view."""
        return self._run(views)[0]

    def features(self, views: Sequence[NDArray[np.uint8]]) -> NDArray[np.float32]:
        """Return unit vectors, float32, shape (views, dimensions), for finding similar pictures."""
        known = [self._kept(view) for view in views]
        new = iter(self._run([view for view, look in zip(views, known, strict=True) if look is None])[1])
        rows = [next(new) if look is None else look for look in known]
        return np.stack(rows) if rows else np.empty((0, 0), np.float32)

    def _kept(self, view: NDArray[np.uint8]) -> NDArray[np.float32] | None:
        owner, look = self._looks.get(id(view), (None, None))
        return look if owner is not None and owner() is view else None

    def _run(self, views: Sequence[NDArray[np.uint8]]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """Return probabilities, shape (views, labels), and unit features, shape (views, dimensions)."""
        chances = [np.empty((0, len(self._card.labels)), np.float32)]
        looks: list[NDArray[np.float32]] = []
        for start in range(0, len(views), _BATCH):
            part = views[start : start + _BATCH]
            batch = np.stack([network_input(view, self._input_px) for view in part])
            chance, look = self._session.run(["probabilities", "features"], {"images": batch})
            chances.append(chance)
            looks.append(look / np.maximum(np.linalg.norm(look, axis=1, keepdims=True), 1e-9))
        return np.concatenate(chances), np.concatenate(looks) if looks else np.empty((0, 0), np.float32)


def network_input(view: NDArray[np.uint8], size_px: int = INPUT_PX) -> NDArray[np.float32]:
    """Squeeze an RGB picture to the network's size; return float32, shape (3, size, size), around 0."""
    import cv2

    small = cv2.resize(view, (size_px, size_px), interpolation=cv2.INTER_AREA)
    scaled: NDArray[np.float32] = (small.astype(np.float32) - 127.5) / 64
    return np.ascontiguousarray(scaled.transpose(2, 0, 1))


def _decide(image: Image, labels: tuple[str, ...], probabilities: NDArray[np.float32]) -> Scene:
    modality = image.modality.upper()
    if modality in _RADIOGRAPHS:
        if any(word in image.body_part.lower() for word in _CHEST_WORDS):
            return Scene(label="chest-xray", score=1.0)
        return _best(_XRAY_LABELS, labels, probabilities)
    if modality == "PHOTOGRAPH":  # a camera took it: of a page or a film perhaps, but it drew no chart
        return _best(
            tuple(label for label in labels if label not in _NEVER_FROM_A_CAMERA), labels, probabilities
        )
    if modality and modality not in _ANYTHING:
        return Scene(label=modality.lower(), score=1.0)
    return _best(labels, labels, probabilities)


def _best(allowed: tuple[str, ...], labels: tuple[str, ...], probabilities: NDArray[np.float32]) -> Scene:
    """Return the likeliest of the ``allowed`` labels, its score relative to them."""
    scores = {label: float(p) for label, p in zip(labels, probabilities, strict=True) if label in allowed}
    label = max(scores, key=lambda key: scores[key])
    return Scene(label=label, score=scores[label] / max(sum(scores.values()), 1e-9))
