"""Word vectors of a case's own text: who is used alike is near, and search goes on with them."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.cli import main
from engine.embedders.word2vec import Word2VecEmbedder, content_words
from engine.errors import UsageError
from engine.left_out import leave_torch_out

PLACES = ("lung", "liver", "kidney", "spleen", "heart")
TEXTS = [
    f"A {size} {thing} was seen in the {place} of the patient."
    for size in ("small", "large")
    for thing in ("nodule", "lesion", "mass", "cyst")
    for place in PLACES
] + [
    f"The {tool} lay on the {spot} beside a bloody {cloth}."
    for tool in ("hammer", "knife", "crowbar", "chisel")
    for spot in ("table", "floor", "bench", "carpet")
    for cloth in ("towel", "shirt")
]


@pytest.fixture(scope="module")
def embedder() -> Word2VecEmbedder:
    return Word2VecEmbedder.train(TEXTS)


def test_words_that_are_used_alike_are_near(embedder: Word2VecEmbedder) -> None:
    near = {word for word, _ in embedder.neighbors("livers", most=4)}
    assert near == {"lung", "kidney", "spleen", "heart"}
    assert embedder.neighbors("zebra") == ()


def test_sentences_are_unit_vectors_and_alike_by_subject(embedder: Word2VecEmbedder) -> None:
    vectors = embedder.embed(
        ["A cyst in the liver.", "A lesion of the spleen.", "A chisel on the floor.", "zebra"]
    )
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), [1, 1, 1, 0], atol=1e-6)
    assert float(vectors[0] @ vectors[1]) > float(vectors[0] @ vectors[2]) + 0.2


def test_equal_texts_give_equal_vectors(embedder: Word2VecEmbedder) -> None:
    again = Word2VecEmbedder.train(TEXTS)
    assert again.words == embedder.words
    assert np.array_equal(again.matrix, embedder.matrix)
    assert again.component == embedder.component


def test_it_learns_without_torch() -> None:
    leave_torch_out()
    Word2VecEmbedder.train(TEXTS)


def test_too_few_words_are_refused() -> None:
    with pytest.raises(UsageError, match="too few words"):
        Word2VecEmbedder.train(["One word."])
    assert content_words("The two hammers were on 4 tables") == ["hammer", "table"]


def test_a_case_can_be_searched_by_its_own_words_and_back(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reports").mkdir()
    for number, text in enumerate(TEXTS):
        (tmp_path / "reports" / f"{number:02}.txt").write_text(text, encoding="utf-8")
    case = str(tmp_path / "c.casebook")
    assert main(["new", case, "--kind", "medical"]) == 0
    assert main(["ingest", case, str(tmp_path / "reports"), "--profile", "fast"]) == 0
    for name in ("word2vec", "minilm"):
        capsys.readouterr()
        assert main(["vectors", case, name, "--json"]) == 0
        summary = json.loads(capsys.readouterr().out)
        assert (summary["vectors"], summary["sentences"]) == (name, len(TEXTS))
        assert main(["search", case, "liver cyst", "--limit", "3", "--json"]) == 0
        hits = json.loads(capsys.readouterr().out)
        assert hits and "liver" in (tmp_path / "reports" / hits[0]["report"]).read_text("utf-8")
