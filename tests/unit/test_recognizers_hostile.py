"""Texts that no person writes: no crash, exact spans, and time that grows with the length alone."""

from __future__ import annotations

import time

import pytest

from engine.hashing import bytes_sha256
from engine.model.evidence import CaseKind, Report
from engine.model.ids import report_id
from engine.recognizers.pipeline import TextPipeline

CHARACTERS = 30_000
LIMIT_S = 3.0  # of the processor; quadratic time takes minutes
PIECES = {
    "one word": "effusion ",
    "one endless word": "effusion",
    "digits": "1",
    "numbers": "12 ",
    "newlines": "\n",
    "blanks": " ",
    "tabs": "\t",
    "NUL": "\x00",
    "control characters": "".join(map(chr, range(32))),
    "emoji": "🙂👩‍⚕️ ",
    "right to left": "קלב ",
    "turned around": "\u202eeffusion\u202c ",
    "combining marks": "e\u0301",
    "nothing but no": "no ",
    "a list without an end": "no effusion, ",
    "hyphens": "a-",
    "dots": ".",
    "forms": "A: ",
    "headings": "FINDINGS:\n",
    "quotes": '"',
    "brackets": "(",
    "paths": "a/",
    "addresses": "a@",
    "names": "Smith Jones ",
    "plates": "AB12 ",
    "accounts": "GB82 WEST ",
    "one account": "A1",
    "hardware addresses": "00:",
    "network addresses": "1.",
    "makes": "Ford Focus ",
    "sizes": "2 x 3 ",
    "months": "may ",
    "of the": "heart of the ",
    "is": "heart is ",
    "in the": "in the ",
}
ODD = {
    "a word and blanks": "Findings" + " " * CHARACTERS,
    "a number word and blanks": "Case no" + " " * CHARACTERS,
    "a title and blanks": "Dr" + " " * CHARACTERS + "Smith",
    "a size torn apart": "2 x" + " " * CHARACTERS + "3 cm",
    "a heading of dashes": "Aa" + "-" * CHARACTERS,
    "an account without an end": "GB82" + "A1" * CHARACTERS,
}
TEXTS = {name: piece * (CHARACTERS // len(piece)) for name, piece in PIECES.items()} | ODD


@pytest.fixture(scope="module", params=[CaseKind.MEDICAL, CaseKind.FORENSIC])
def pipeline(request: pytest.FixtureRequest) -> TextPipeline:
    loaded = TextPipeline.load(request.param, with_models=False)
    _analyze(loaded, "A first text loads all tables.")
    return loaded


def _analyze(pipeline: TextPipeline, text: str) -> list[tuple[str, str]]:
    sha256 = bytes_sha256(text.encode())
    (analyzed,) = pipeline.analyze([Report(id=report_id(sha256, 0), sha256=sha256, text=text)])
    return [(entity.text, text[entity.span.start : entity.span.end]) for entity in analyzed.entities]


@pytest.mark.parametrize("name", list(TEXTS))
def test_hostile_text(pipeline: TextPipeline, name: str) -> None:
    before = time.process_time()
    found = _analyze(pipeline, TEXTS[name])
    assert time.process_time() - before < LIMIT_S
    assert all(text == written for text, written in found)


def test_a_finding_among_rubbish_is_found(pipeline: TextPipeline) -> None:
    text = "\x00🙂\u202e  \n\n No pneumothorax; a knife.\u202c\x00"
    found = _analyze(pipeline, text)
    assert ("knife", "knife") in found or ("pneumothorax", "pneumothorax") in found
