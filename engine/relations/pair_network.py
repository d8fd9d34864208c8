"""Whether a text belongs to a picture by a learned network alone: of pixels and a sentence vector.

Two branches project the picture and the text into one space; a fusion of both answers.
``casebook train pairs --set matcher=network`` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.relations.picture_measures import measure_picture
from engine.weights import ModelCard, open_network

INPUTS = ("pictures", "texts")
OUTPUT = "probabilities"
_BATCH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What the network takes, one row a pair, float32.

    ``pictures`` (n, 308): measures and scene features of each, ``texts`` unit vectors (n, 384).
    """

    pictures: NDArray[np.float32]
    texts: NDArray[np.float32]


def picture_row(picture: NDArray[np.float32], scene: NDArray[np.float32]) -> NDArray[np.float32]:
    """Join what is measured of a picture (3, 96, 96) and the scene classifier's features (64,)."""
    return np.concatenate([measure_picture(picture), scene])


class PairNetwork:
    """A trained network on ONNX Runtime."""

    def __init__(self, session: Any) -> None:
        self._session = session

    @classmethod
    def load(cls, card: ModelCard) -> Self:
        """Load the weights of ``card``; raises ModelMismatch, or UsageError where they do not fit."""
        card.verify()
        return cls.of_file(card.path)

    @classmethod
    def of_file(cls, weights: Path) -> Self:
        """Load a network; raises UsageError where it takes something else."""
        session = open_network(weights)
        if tuple(each.name for each in session.get_inputs()) != INPUTS:
            raise UsageError(f"{weights.name} is not a network that matches pictures and texts")
        return cls(session)

    def probabilities(self, seen: Seen) -> NDArray[np.float32]:
        """Return for each row the probability in [0, 1] that the text was written about the picture."""
        arrays = (seen.pictures, seen.texts)
        rows = [
            self._session.run(
                [OUTPUT],
                {name: array[start : start + _BATCH] for name, array in zip(INPUTS, arrays, strict=True)},
            )[0]
            for start in range(0, len(seen.texts), _BATCH)
        ]
        return np.concatenate(rows) if rows else np.empty(0, np.float32)
