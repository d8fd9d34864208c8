"""Annotated text of every kind becomes the same tagged sentences."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.training.entities import clinical_blank
from engine.training.entity_files import read_annotated

TEXT = "The gun lay there. A red knife was found."


def write_rows(path: Path, *rows: object) -> Path:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


@pytest.mark.parametrize("key", ["entities", "spans"])
def test_json_lines_become_sentences_with_tags(tmp_path: Path, key: str) -> None:
    row = {
        "text": TEXT,
        key: [{"start": 4, "end": 7, "label": "WEAPON"}, {"start": 21, "end": 28, "label": "WEAPON"}],
    }
    first, second = read_annotated(write_rows(tmp_path / "a.jsonl", row), clinical_blank())
    assert first.entities == {(1, 2, "WEAPON")}
    # the annotation ends within "knife" and means the word
    assert second.entities == {(1, 3, "WEAPON")}


def test_a_doc_bin_of_spacy_is_read(tmp_path: Path) -> None:
    from spacy.tokens import DocBin, Span

    nlp = clinical_blank()
    doc = nlp.make_doc(TEXT)
    doc.set_ents([Span(doc, 1, 2, label="WEAPON")])
    DocBin(docs=[doc]).to_disk(tmp_path / "a.spacy")
    (sentence,) = read_annotated(tmp_path / "a.spacy", nlp)
    assert sentence.entities == {(1, 2, "WEAPON")}


@pytest.mark.parametrize(
    "content",
    [
        "{",
        '{"text": "a gun", "entities": [{"start": 2, "end": 99, "label": "W"}]}',
        '{"text": "none"}',
        "[1]",
    ],
)
def test_what_is_not_annotated_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        read_annotated(file, clinical_blank())
    (tmp_path / "a.spacy").write_bytes(b"no such thing")
    with pytest.raises(UsageError, match="DocBin"):
        read_annotated(tmp_path / "a.spacy", clinical_blank())
