"""How well assertions are told: F1 of each class over given phrases."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.model.evidence import Span
from engine.model.findings import Assertion
from engine.recognizers.assertion import assert_spans
from engine.recognizers.sentences import sentence_at, split_sentences


@dataclass(frozen=True, slots=True)
class Judged:
    """One phrase: where it lies, what the gold says and what was found."""

    text: str
    span: Span
    gold: Assertion
    found: Assertion


def evaluate(
    data: Path, *, model: str = "", regions: str = "gold", plots: Path | None = None
) -> dict[str, float | None]:
    """Return macro F1 and each class's precision, recall and F1 on JSONL of texts with given phrases.

    Classes that the gold does not have are null; where it knows only present and absent, all but absent
    counts as present.
    """
    del model, regions, plots
    return figures([(item.gold, item.found) for item in judge(data)])


def judge(data: Path) -> list[Judged]:
    """Return every phrase of the file with the assertion found for it."""
    try:
        lines = data.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {data}: {error}") from error
    judged: list[Judged] = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                judged += _judge_record(json.loads(line))
            except (ValueError, KeyError, TypeError) as error:
                raise UsageError(f"{data}, line {number}: not a text with entities: {error}") from error
    if not judged:
        raise UsageError(f"{data} holds no entity")
    return judged


def _judge_record(record: dict[str, Any]) -> list[Judged]:
    text, entities = record["text"], record["entities"]
    spans = [Span(start=item["start"], end=item["end"]) for item in entities]
    gold = [Assertion(item["assertion"]) for item in entities]
    return [Judged(text, *row) for row in zip(spans, gold, assert_in_text(text, spans), strict=True)]


def assert_in_text(text: str, spans: list[Span]) -> list[Assertion]:
    """Return the assertion of each span, judged in the sentence that holds its start."""
    sentences = split_sentences(text)
    starts = [sentence.start for sentence in sentences]
    found = []
    for span in spans:
        sentence = sentence_at(sentences, starts, span.start) or Span(start=0, end=len(text))
        reach = Span(start=sentence.start, end=max(sentence.end, span.end))
        found += assert_spans(text, reach, [span])
    return found


def figures(pairs: list[tuple[Assertion, Assertion]]) -> dict[str, float | None]:
    """Return the figures for (gold, found) pairs."""
    classes = {gold for gold, _ in pairs}
    if classes <= {Assertion.PRESENT, Assertion.ABSENT}:
        pairs = [(gold, _two_valued(found)) for gold, found in pairs]
    right = Counter(gold for gold, found in pairs if gold == found)
    of_gold, of_found = Counter(gold for gold, _ in pairs), Counter(found for _, found in pairs)
    result: dict[str, float | None] = {}
    scores = []
    for value in Assertion:
        key = value.value.replace("-", "_")
        if value not in classes:
            result |= {f"precision_{key}": None, f"recall_{key}": None, f"f1_{key}": None}
            continue
        precision = right[value] / of_found[value] if of_found[value] else 0.0
        recall = right[value] / of_gold[value]
        f1 = 2 * right[value] / (of_gold[value] + of_found[value])
        scores.append(f1)
        result |= {f"precision_{key}": precision, f"recall_{key}": recall, f"f1_{key}": f1}
    return {"macro_f1": sum(scores) / len(scores), **result, "entities": float(len(pairs))}


def _two_valued(found: Assertion) -> Assertion:
    return Assertion.ABSENT if found is Assertion.ABSENT else Assertion.PRESENT
