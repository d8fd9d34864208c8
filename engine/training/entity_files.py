"""Annotated text as sentences with tags: IOB lines, JSON lines with character spans, or spaCy's DocBin."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import UsageError
from engine.recognizers.iob import TaggedSentence, read_iob
from engine.recognizers.sentences import split_sentences

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

SUFFIXES = (".tsv", ".conll", ".iob", ".txt", ".jsonl", ".spacy")


def read_annotated(path: Path, nlp: Language) -> tuple[TaggedSentence, ...]:
    """Read one file by its suffix, split into words by ``nlp``; raises UsageError with the line at fault.

    ``.jsonl``: ``{"text", "entities": [{"start", "end", "label"}]}`` per line (``spans`` is read too).
    ``.spacy``: a DocBin whose docs have entities. Any other suffix: IOB lines.
    """
    if path.suffix.lower() == ".jsonl":
        sentences = tuple(_tagged(_json_docs(path, nlp)))
    elif path.suffix.lower() == ".spacy":
        sentences = tuple(_tagged(_binary_docs(path, nlp)))
    else:
        return read_iob(path)
    if not any(sentence.entities for sentence in sentences):
        raise UsageError(f"{path} holds no annotated entity")
    return sentences


def _json_docs(path: Path, nlp: Language) -> Iterator[Doc]:
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path}: {error}") from error
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield _json_doc(json.loads(line), nlp)
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(f"{path}, line {number}: not a text with entities: {error}") from error


def _json_doc(row: dict[str, Any], nlp: Language) -> Doc:
    from spacy.util import filter_spans

    text = str(row["text"])
    doc = nlp.make_doc(text)
    spans = []
    for item in row.get("entities", row.get("spans", [])):
        start, end, label = int(item["start"]), int(item["end"]), str(item["label"])
        if not 0 <= start < end <= len(text):
            raise ValueError(f"{start} to {end} is no stretch of a text of {len(text)} characters")
        # An annotation that ends within a word means the word.
        span = doc.char_span(start, end, label=label, alignment_mode="expand")
        spans += [span] if span is not None else []
    doc.set_ents(filter_spans(spans))
    begins = {sentence.start for sentence in split_sentences(text)}
    for token in doc:
        token.is_sent_start = token.i == 0 or token.idx in begins
    return doc


def _binary_docs(path: Path, nlp: Language) -> Iterator[Doc]:
    from spacy.tokens import DocBin

    try:
        yield from DocBin().from_disk(path).get_docs(nlp.vocab)
    except (OSError, ValueError, KeyError) as error:
        raise UsageError(f"{path} is not a DocBin of spaCy: {error}") from error


def _tagged(docs: Iterable[Doc]) -> Iterator[TaggedSentence]:
    for doc in docs:
        sentences = doc.sents if doc.has_annotation("SENT_START") else [doc[:]]
        for sentence in sentences:
            kept = [token for token in sentence if not token.is_space]
            if kept:
                yield TaggedSentence(tuple(token.text for token in kept), tuple(map(_tag, kept)))


def _tag(token: Any) -> str:
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_iob_ in ("B", "I") else "O"
