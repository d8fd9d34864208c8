"""Entities by a trained spaCy pipeline: the shipped ones, or anyone's spaCy or scispaCy package."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

from engine.errors import ModelMismatch, ModelMissing
from engine.model.evidence import Span
from engine.model.runs import Component, make_component
from engine.recognizers.found import Found
from engine.recognizers.heads import Said, merge_heads
from engine.weights import ModelCard, find_model

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

_BATCH_DOCS = 128
_STRETCH_CHARACTERS = 4_000
_MARKS = frozenset(" \t\n.,;:-/")
_BRACKETS = {"(": ")", ")": "(", "[": "]", "]": "["}
# What the schemes of the corpora and of common packages are called here; what is not named is not kept.
LABELS: Mapping[str, str] = {
    "disease": "finding",
    "cancer": "finding",
    "pathological_formation": "finding",
    "problem": "finding",
    "chemical": "chemical",
    "simple_chemical": "chemical",
    "amino_acid": "chemical",
    "anatomy": "anatomy",
    "organ": "anatomy",
    "tissue": "anatomy",
    "multi_tissue_structure": "anatomy",
    "anatomical_system": "anatomy",
    "organism_subdivision": "anatomy",
    "organism_substance": "anatomy",
    "immaterial_anatomical_entity": "anatomy",
    "developing_anatomical_structure": "anatomy",
    # One scheme names what another calls anatomy all in all.
    "cell": "anatomy",
    "cellular_component": "anatomy",
    "procedure": "procedure",
    "test": "procedure",
    "treatment": "procedure",
    "device": "device",
    "person": "person",
    "per": "person",
    "place": "place",
    "loc": "place",
    "location": "place",
    "gpe": "place",
    "fac": "place",
    "organization": "organization",
    "org": "organization",
    "norp": "organization",
    "corporation": "organization",
    "group": "organization",
}


@dataclass(frozen=True, slots=True)
class Stretch:
    """Neighboring sentences of one report, read together; ``starts`` are in characters of ``text``."""

    text: str
    offset: int
    starts: tuple[int, ...]


def stretches(text: str, sentences: Iterable[Span]) -> Iterator[Stretch]:
    """Yield runs of sentences: what stands before and after a sentence tells much of what its words mean."""
    run: list[Span] = []
    for sentence in sentences:
        if run and sentence.end - run[0].start > _STRETCH_CHARACTERS:
            yield _stretch(text, run)
            run = []
        run.append(sentence)
    if run:
        yield _stretch(text, run)


def _stretch(text: str, run: Sequence[Span]) -> Stretch:
    first = run[0].start
    return Stretch(text[first : run[-1].end], first, tuple(span.start - first for span in run))


class StatisticalRecognizer:
    """One spaCy pipeline; each of its entity components is a head that sees the text without the others.

    It is loaded when the first text comes, so that a run over pictures alone does without spaCy.
    """

    def __init__(self, card: ModelCard) -> None:
        self._card = card
        self.component: Component = make_component(
            "recognizer", card.name, card.version, weights_sha256=card.sha256, labels=card.labels
        )

    @property
    def heads(self) -> tuple[str, ...]:
        """The names of the heads, in the order in which they run."""
        return heads_of(load_pipeline(self._card))

    def find(self, parts: Sequence[Stretch]) -> list[list[Found]]:
        """Return what all heads together find in each part, in characters of the report."""
        if not parts:
            return []
        nlp = load_pipeline(self._card)
        own = _is_of_the_user(self._card)
        able = _able(nlp, own=own)
        by_part = find_by_head(nlp, [make_doc(nlp, part) for part in parts])
        return [
            [
                Found(
                    item.start + part.offset,
                    item.end + part.offset,
                    item.label,
                    item.score,
                    item.rank,
                    self.component.id,
                )
                for item in merge_heads(
                    list(_said(part.text, entities, own=own)), able, heads=len(heads_of(nlp))
                )
            ]
            for part, entities in zip(parts, by_part, strict=True)
        ]


def make_doc(nlp: Language, part: Stretch) -> Doc:
    """Return the words of a stretch with its sentence starts."""
    import numpy as np
    from spacy.attrs import IDX, LENGTH, SENT_START

    doc = nlp.make_doc(part.text)
    if len(doc):
        ends = doc.to_array([IDX, LENGTH]).sum(axis=1).astype(np.int64)
        begins = np.full((len(doc), 1), -1, dtype=np.int64)
        begins[np.searchsorted(ends, part.starts, side="right")] = 1
        doc.from_array([SENT_START], begins.astype(np.uint64))
    return doc


class HeadEntity:
    """An entity of one head: characters, tokens and the head's own label."""

    __slots__ = ("end", "first", "head", "label", "last", "start")

    def __init__(self, head: str, span: Any) -> None:
        self.head, self.label = head, str(span.label_)
        self.start, self.end = int(span.start_char), int(span.end_char)
        self.first, self.last = int(span.start), int(span.end)


def heads_of(nlp: Language) -> tuple[str, ...]:
    """Return the names of the entity components of a pipeline."""
    return tuple(name for name, pipe in nlp.pipeline if _is_head(pipe))


def find_by_head(nlp: Language, docs: Sequence[Doc], heads: Sequence[str] = ()) -> list[list[HeadEntity]]:
    """Return the entities of each doc, head after head; ``heads`` limits which are asked."""
    found: list[list[HeadEntity]] = [[] for _ in docs]
    running: list[Doc] = list(docs)
    for name, pipe in nlp.pipeline:
        if heads and _is_head(pipe) and name not in heads:
            continue
        running = list(_run(pipe, running))
        if _is_head(pipe):
            for doc, entities in zip(running, found, strict=True):
                entities.extend(HeadEntity(name, span) for span in doc.ents)
                doc.set_ents([])
    return found


@functools.cache
def load_pipeline(card: ModelCard) -> Language:
    """Load a spaCy pipeline from a card's folder; raises ModelMismatch where spaCy cannot."""
    import spacy

    # Here too, for an installation whose entry points spaCy cannot see.
    import_module("engine.recognizers.components")
    try:
        return spacy.load(card.path)
    except (OSError, ValueError, KeyError, ImportError) as error:
        raise ModelMismatch(
            f"model {card.name!r} is not a spaCy pipeline that loads here: {error}"
        ) from error


def find_spacy_model(name: str) -> ModelCard:
    """Return the card of a model on this workstation, or of an installed spaCy package of that name."""
    import spacy

    try:
        return find_model(name)
    except ModelMissing:
        if not spacy.util.is_package(name):
            raise
    folder = spacy.util.get_package_path(name)
    version = str(spacy.util.get_package_version(name))
    data = folder if (folder / "config.cfg").is_file() else folder / f"{name}-{version}"
    return ModelCard(
        name=name, version=version, task="entities", format="spacy", path=data, sha256="", origin="package"
    )


def _run(pipe: Any, docs: list[Doc]) -> Iterator[Doc]:
    if hasattr(pipe, "pipe"):
        yield from pipe.pipe(docs, batch_size=_BATCH_DOCS)
    else:
        for doc in docs:
            yield pipe(doc)


def _is_head(pipe: Any) -> bool:
    from spacy.pipeline import EntityRecognizer

    from engine.recognizers.components import Head

    return isinstance(pipe, EntityRecognizer) or (isinstance(pipe, Head) and pipe.finds_entities)


def _said(text: str, entities: Iterable[HeadEntity], *, own: bool) -> Iterator[Said]:
    for entity in entities:
        label = our_label(entity.label, own=own)
        start, end = without_stray_marks(text, entity.start, entity.end)
        if label and start < end:
            yield Said(entity.head, start, end, label)


def without_stray_marks(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the place of a phrase without the marks at its ends that belong to the sentence: "(A-T"."""
    while start < end and (text[start] in _MARKS or _is_half(text[start:end], 0)):
        start += 1
    while start < end and (text[end - 1] in _MARKS or _is_half(text[start:end], -1)):
        end -= 1
    return start, end


def _is_half(phrase: str, place: int) -> bool:
    """Tell whether a bracket at one end of a phrase has its other half outside."""
    mark = phrase[place]
    other = _BRACKETS.get(mark)
    return other is not None and phrase.count(mark) > phrase.count(other)


def our_label(label: str, *, own: bool = False) -> str:
    """Return the Entity label for a model's own, or "" for what is not kept.

    Of a model that its user made, ``own``, everything is kept: nobody annotates what is not wanted.
    """
    name = label.lower().replace("-", "_")
    return LABELS.get(name, name.replace("_", "-") if own else "")


def _is_of_the_user(card: ModelCard) -> bool:
    """Tell whether a model was made here by ``casebook train``; packages name numbers and weekdays too."""
    return card.origin != "shipped" and any(name.startswith("dev_f1_") for name, _ in card.parameters)


def _able(nlp: Language, *, own: bool) -> dict[str, frozenset[str]]:
    """Return for each of our labels the heads that know it."""
    able: dict[str, set[str]] = {}
    for head in heads_of(nlp):
        for label in nlp.get_pipe(head).labels:
            able.setdefault(our_label(label, own=own), set()).add(head)
    return {label: frozenset(heads) for label, heads in able.items()}
