"""Sentence vectors: unit length, in order, near for the same meaning, and without torch."""

from __future__ import annotations

import subprocess
import sys

import numpy as np

from engine.embedders.minilm import MiniLmEmbedder

WITHOUT_TORCH = """
import sys
for name in ("torch", "transformers", "sentence_transformers"):
    sys.modules[name] = None
from engine.embedders.minilm import MiniLmEmbedder
print(MiniLmEmbedder.load_all()[0].embed(["a dog"]).shape)
"""


def test_vectors_are_unit_in_order_and_near_for_the_same_meaning() -> None:
    assert MiniLmEmbedder.availability() is None
    (embedder,) = MiniLmEmbedder.load_all()
    texts = ["a red sedan on the road " * 90, "an enlarged heart", "cardiomegaly", "a bicycle", "", "a bike"]
    vectors = embedder.embed(texts)
    assert vectors.shape == (6, 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)
    likeness = vectors @ vectors.T
    assert likeness[1, 2] > likeness[1, 3]
    assert likeness[3, 5] > 0.8 > likeness[2, 3]
    alone = embedder.embed(["cardiomegaly"])
    assert np.allclose(alone[0], vectors[2], atol=1e-4)
    assert embedder.embed([]).shape == (0, 384)


def test_the_encoder_runs_where_torch_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH], capture_output=True, encoding="utf-8", check=False, timeout=120
    )
    assert done.stdout.strip() == "(1, 384)", done.stderr
