"""The parts of the shipped spaCy pipelines: vectors of the shared encoder, entity heads, and syntax.

spaCy finds the factories through the entry point group ``spacy_factories``, so that ``spacy.load`` of a
shipped folder works like that of any other package.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IDX, IS_SPACE, LENGTH, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import minibatch

from engine.recognizers.dependencies import DependencyScorer
from engine.recognizers.encoder import Passage, find_encoder
from engine.recognizers.tagging import OUTSIDE, EntityDecoder

Weights = Mapping[str, NDArray[Any]]
WORDS, ENTITIES, SYNTAX = "casebook_words", "casebook_entities", "casebook_syntax"
_WEIGHTS_FILE = "weights.npz"
_LONGEST_SENTENCE = 250


class Annotator(Protocol):
    """What a head does once its weights are there."""

    labels: tuple[str, ...]

    def annotate(self, doc: Doc) -> None: ...


class Head:
    """A spaCy component that keeps named arrays and annotates with them."""

    def __init__(self, name: str, make: Callable[[str, Weights], Annotator]) -> None:
        self.name = name
        self._make = make
        self._annotator: Annotator | None = None
        self.weights: Weights = {}

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of what it finds, sorted."""
        return self._annotator.labels if self._annotator else ()

    @property
    def finds_entities(self) -> bool:
        return self._make is EntityAnnotator

    def set_weights(self, weights: Weights) -> None:
        self.weights = weights
        self._annotator = self._make(self.name, weights)

    def __call__(self, doc: Doc) -> Doc:
        if self._annotator is None:
            raise ValueError(f"the head {self.name!r} has no weights yet")
        if len(doc):
            self._annotator.annotate(doc)
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        del batch_size
        return map(self, stream)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        del exclude
        buffer = io.BytesIO()
        np.savez(buffer, **self.weights)
        return buffer.getvalue()

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Self:
        del exclude
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            self.set_weights(dict(arrays))
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _WEIGHTS_FILE).write_bytes(self.to_bytes(exclude=exclude))

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> Self:
        return self.from_bytes((Path(path) / _WEIGHTS_FILE).read_bytes(), exclude=exclude)


@Language.factory(  # type: ignore[untyped-decorator]
    WORDS,
    assigns=["doc.tensor"],
    default_config={"encoder": "text-encoder", "layer": "entities", "sha256": ""},
)
def make_words(nlp: Language, name: str, encoder: str, layer: str, sha256: str) -> WordVectors:
    del nlp
    return WordVectors(name, encoder, layer, sha256)


class WordVectors:
    """Sets ``doc.tensor`` to the words' vectors of one layer of the shared encoder."""

    def __init__(self, name: str, encoder: str, layer: str, sha256: str) -> None:
        self.name, self.layer = name, layer
        self._encoder, self._sha256 = encoder, sha256

    def __call__(self, doc: Doc) -> Doc:
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 128) -> Iterator[Doc]:
        encoder = find_encoder(self._encoder, self._sha256)
        for docs in minibatch(stream, size=batch_size):
            batch = list(docs)
            for doc, hidden in zip(batch, encoder.read([_passage(doc) for doc in batch]), strict=True):
                places, lengths = doc.to_array([IDX, LENGTH]).T.astype(np.int64)
                doc.tensor = hidden.words(self.layer, places, places + lengths)
            yield from batch


@Language.factory(ENTITIES, requires=["doc.tensor"], assigns=["doc.ents", "doc.spans"])  # type: ignore[untyped-decorator]
def make_entities(nlp: Language, name: str) -> Head:
    del nlp
    return Head(name, EntityAnnotator)


@Language.factory(  # type: ignore[untyped-decorator]
    SYNTAX,
    requires=["doc.tensor"],
    assigns=["token.tag", "token.pos", "token.morph", "token.dep", "token.head", "doc.sents"],
)
def make_syntax(nlp: Language, name: str) -> Head:
    del nlp
    return Head(name, SyntaxAnnotator)


class EntityAnnotator:
    """One scheme: its entities go to ``doc.spans[name]``, and to ``doc.ents`` where that is free."""

    def __init__(self, name: str, weights: Weights) -> None:
        self._name = name
        self._decoder = EntityDecoder([str(tag) for tag in weights["tags"]])
        self._matrix, self._bias = _exact(weights["matrix"]), _exact(weights["bias"])
        self.labels = tuple(sorted({tag[2:] for tag in self._decoder.tags if tag != OUTSIDE}))

    def annotate(self, doc: Doc) -> None:
        scores = doc.tensor @ self._matrix.T + self._bias
        spans = [
            Span(doc, words[start], words[end - 1] + 1, label=label)
            for words in _sentences(doc)
            for start, end, label in self._decoder.entities(scores[words])
        ]
        doc.spans[self._name] = spans
        taken = {index for entity in doc.ents for index in range(entity.start, entity.end)}
        free = [span for span in spans if taken.isdisjoint(range(span.start, span.end))]
        doc.set_ents([*doc.ents, *free])


class SyntaxAnnotator:
    """Sentence starts, tags, morphology and dependencies of the Universal Dependencies."""

    def __init__(self, name: str, weights: Weights) -> None:
        del name
        self._names = {
            kind.partition(".")[2]: [str(label) for label in values]
            for kind, values in weights.items()
            if kind.startswith("labels.")
        }
        self._weights = {
            kind: _exact(value) for kind, value in weights.items() if not kind.startswith("labels.")
        }
        self._scorer = DependencyScorer(self._weights)
        self.labels = tuple(sorted(self._names["relations"]))

    def annotate(self, doc: Doc) -> None:
        tags, universal, morphology = (self._best(head, doc) for head in ("tags", "universal", "morphology"))
        begins = None if doc.has_annotation("SENT_START") else self._begins(doc)
        heads = list(range(len(doc)))
        relations = ["dep"] * len(doc)
        for words in _sentences(doc, begins):
            tree, numbers = self._scorer.tree(doc.tensor[words])
            for place, word in enumerate(words):
                heads[word] = words[tree[place]]
                relations[word] = self._names["relations"][numbers[place]]
        _write(doc, tags, universal, morphology, _with_blanks(doc, heads), relations)

    def _best(self, head: str, doc: Doc) -> list[str]:
        names = self._names[head]
        return [names[number] for number in self._scores(head, doc).argmax(axis=1)]

    def _begins(self, doc: Doc) -> list[bool]:
        scores = self._scores("starts", doc)
        found = (scores[:, 1] > scores[:, 0]).tolist()
        return [index == 0 or (bool(found[index]) and not doc[index].is_space) for index in range(len(doc))]

    def _scores(self, head: str, doc: Doc) -> NDArray[np.float32]:
        scores = doc.tensor @ self._weights[f"{head}.weight"].T + self._weights[f"{head}.bias"]
        return np.asarray(scores, dtype=np.float32)


def _exact(values: NDArray[Any]) -> NDArray[np.float32]:
    return np.asarray(values, dtype=np.float32)


def _passage(doc: Doc) -> Passage:
    if not doc.has_annotation("SENT_START"):
        return Passage(doc.text)
    places, begins = doc.to_array([IDX, SENT_START]).T
    return Passage(doc.text, tuple(places[begins == 1].tolist()))


def _sentences(doc: Doc, begins: Sequence[bool] | None = None) -> Iterator[list[int]]:
    """Yield the words of each sentence without blanks; a stretch without an end is cut."""
    blank, known = doc.to_array([IS_SPACE, SENT_START]).T
    starts = known == 1 if begins is None else np.asarray(begins)
    words = np.flatnonzero(blank == 0)
    # A sentence that begins with a blank begins with the word behind it.
    number = np.cumsum(starts)[words]
    for sentence in np.split(words, np.flatnonzero(np.diff(number)) + 1):
        for first in range(0, len(sentence), _LONGEST_SENTENCE):
            yield sentence[first : first + _LONGEST_SENTENCE].tolist()


def _with_blanks(doc: Doc, heads: Sequence[int]) -> list[int]:
    """Hang blanks (spaCy keeps line ends as tokens) on the word before them, at the start on the next."""
    hung, last = list(heads), -1
    for token in doc:
        if not token.is_space:
            last = token.i
        elif last >= 0:
            hung[token.i] = last
    first = next((token.i for token in doc if not token.is_space), 0)
    hung[:first] = [first] * first
    return hung


def _write(
    doc: Doc,
    tags: Sequence[str],
    universal: Sequence[str],
    morphology: Sequence[str],
    heads: Sequence[int],
    relations: Sequence[str],
) -> None:
    from spacy.attrs import DEP, HEAD, MORPH, POS, TAG
    from spacy.parts_of_speech import IDS

    add = doc.vocab.strings.add
    rows = np.zeros((len(doc), 5), dtype=np.uint64)
    for token, tag, kind, morph, relation, head in zip(
        doc, tags, universal, morphology, relations, heads, strict=True
    ):
        blank = token.is_space
        rows[token.i] = (
            add("_SP" if blank else tag),
            IDS["SPACE" if blank else kind],
            doc.vocab.morphology.add("" if blank else morph),
            add("dep" if blank else relation),
            np.int64(head - token.i).astype(np.uint64),
        )
    doc.from_array([TAG, POS, MORPH, DEP, HEAD], rows)
