"""How well entities are found: exact span and label against IOB files, and how many words a second."""

from __future__ import annotations

import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.evaluation.merged import find_merged, gold_in_our_words
from engine.model.evidence import CaseKind
from engine.recognizers.iob import TaggedSentence, read_iob
from engine.recognizers.names import NAME_LABELS
from engine.recognizers.statistical import find_by_head, find_spacy_model, heads_of, load_pipeline, our_label

if TYPE_CHECKING:
    from spacy.language import Language

DEFAULT_MODEL = "clinical-entities"
NAMES_MODEL = "names"
WHOLE_PATH = "ingest"
_RUN_WORDS = 250


def evaluate(
    data: Path, *, model: str = "", regions: str = "gold", plots: Path | None = None
) -> dict[str, float | None]:
    """Return micro precision, recall and F1, F1 of each label, entities and words a second.

    ``model`` may be ``NAME:HEAD``; without a head that one is scored whose labels are those of the gold, else
    the one that shares most labels with it. The choice is named on stderr. Labels for names are put in our
    words on both sides (PER, person); what the model does not know (product) counts as missed. The model
    ``ingest`` is all that ingest does, terms, rules and heads, scored on what has a label of ours.
    ``span_f1`` asks for the place alone, because schemes differ in what they call a thing: what is found
    under a label that the gold does not have counts where the gold has a phrase of exactly these words.
    """
    del regions, plots
    sentences = read_iob(data)
    gold_labels = frozenset(label for sentence in sentences for _, _, label in sentence.entities)
    name, _, head = model.partition(":")
    speaks_of_names = any(our_label(label) in NAME_LABELS for label in gold_labels)
    chosen = name or (NAMES_MODEL if speaks_of_names else DEFAULT_MODEL)
    if chosen == WHOLE_PATH:
        return _whole_path(sentences, CaseKind.FORENSIC if speaks_of_names else CaseKind.MEDICAL)
    nlp = load_pipeline(find_spacy_model(chosen))
    head = head or choose_head(nlp, gold_labels)
    if head not in heads_of(nlp):
        raise UsageError(f"model {chosen!r} has no head {head!r}; it has {', '.join(heads_of(nlp))}")
    sys.stderr.write(f"scored: head {head} of {chosen}\n")
    started = time.perf_counter()
    found = find_in_tokens(nlp, sentences, head)
    seconds = time.perf_counter() - started
    words = sum(len(sentence.words) for sentence in sentences)
    gold = [sentence.entities for sentence in sentences]
    if speaks_of_names:
        gold, found = _in_our_words(gold), _in_our_words(found)
    return {
        **figures(gold, found),
        "words_per_s": words / max(seconds, 1e-9),
    }


def _whole_path(sentences: Sequence[TaggedSentence], kind: CaseKind) -> dict[str, float | None]:
    gold = gold_in_our_words(sentences)
    labels = frozenset(label for entities in gold for *_, label in entities)
    started = time.perf_counter()
    everything = find_merged(sentences, kind)
    seconds = time.perf_counter() - started
    words = sum(len(sentence.words) for sentence in sentences)
    found = [frozenset(item for item in entities if item[2] in labels) for entities in everything]
    at_gold = [_places(got) & _places(wanted) for got, wanted in zip(everything, gold, strict=True)]
    places = [_places(got) | right for got, right in zip(found, at_gold, strict=True)]
    return {
        **figures(gold, found),
        "span_f1": _span_f1(gold, places),
        "words_per_s": words / max(seconds, 1e-9),
    }


def _in_our_words(
    entities: Sequence[frozenset[tuple[int, int, str]]],
) -> list[frozenset[tuple[int, int, str]]]:
    return [
        frozenset((start, end, our_label(label) or label) for start, end, label in sentence)
        for sentence in entities
    ]


def choose_head(nlp: Language, labels: frozenset[str]) -> str:
    """Return the head whose label set equals ``labels``, else the one nearest to it (Jaccard)."""

    def likeness(head: str) -> float:
        own = frozenset(nlp.get_pipe(head).labels)
        return len(own & labels) / max(len(own | labels), 1)

    return max(heads_of(nlp), key=likeness, default="")


def find_in_tokens(
    nlp: Language, sentences: Sequence[TaggedSentence], head: str
) -> list[frozenset[tuple[int, int, str]]]:
    """Return the entities of each sentence as (first token, token after the last, label), on gold tokens.

    Neighboring sentences are read together, as those of a report are.
    """
    from spacy.tokens import Doc

    runs = list(_runs(sentences))
    docs = [
        Doc(
            nlp.vocab,
            words=[word for sentence in run for word in sentence.words],
            sent_starts=[index == 0 for sentence in run for index in range(len(sentence.words))],
        )
        for run in runs
    ]
    found: list[frozenset[tuple[int, int, str]]] = []
    for run, entities in zip(runs, find_by_head(nlp, docs, (head,)), strict=True):
        offset = 0
        for sentence in run:
            end = offset + len(sentence.words)
            found.append(
                frozenset(
                    (item.first - offset, item.last - offset, item.label)
                    for item in entities
                    if offset <= item.first < end
                )
            )
            offset = end
    return found


def _runs(sentences: Sequence[TaggedSentence]) -> Iterator[list[TaggedSentence]]:
    run: list[TaggedSentence] = []
    for sentence in sentences:
        if run and sum(len(item.words) for item in run) + len(sentence.words) > _RUN_WORDS:
            yield run
            run = []
        run.append(sentence)
    if run:
        yield run


def figures(
    gold: Sequence[frozenset[tuple[int, int, str]]], found: Sequence[frozenset[tuple[int, int, str]]]
) -> dict[str, float | None]:
    """Return micro and per-label figures for exact spans and labels."""
    right: Counter[str] = Counter()
    of_gold: Counter[str] = Counter()
    of_found: Counter[str] = Counter()
    for wanted, got in zip(gold, found, strict=True):
        right.update(label for *_, label in wanted & got)
        of_gold.update(label for *_, label in wanted)
        of_found.update(label for *_, label in got)
    hits, wanted_count, found_count = right.total(), of_gold.total(), of_found.total()
    return {
        "precision": hits / found_count if found_count else 0.0,
        "recall": hits / wanted_count if wanted_count else 0.0,
        "f1": 2 * hits / (wanted_count + found_count) if wanted_count + found_count else 0.0,
        **{f"f1_{label}": 2 * right[label] / (of_gold[label] + of_found[label]) for label in sorted(of_gold)},
        "span_f1": _span_f1(gold, [_places(got) for got in found]),
        "entities": float(wanted_count),
    }


def _span_f1(
    gold: Sequence[frozenset[tuple[int, int, str]]], found: Sequence[frozenset[tuple[int, int]]]
) -> float:
    wanted = [_places(entities) for entities in gold]
    right = sum(len(each & got) for each, got in zip(wanted, found, strict=True))
    count = sum(map(len, wanted)) + sum(map(len, found))
    return 2 * right / count if count else 0.0


def _places(entities: frozenset[tuple[int, int, str]]) -> frozenset[tuple[int, int]]:
    return frozenset((start, end) for start, end, _ in entities)
