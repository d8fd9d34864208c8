"""Annotated sentences of several sets as packs of word pieces, neighbors together."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.recognizers.conllu import Word, read_conllu
from engine.recognizers.iob import TaggedSentence, read_iob
from engine.recognizers.pieces import Pieces, PieceTokenizer

Integers = NDArray[np.int64]
ENTITY_SETS = ("bc5cdr", "ncbi_disease", "anatem", "bionlp13cg")
NAME_LABELS = {
    "PER": "person",
    "person": "person",
    "LOC": "place",
    "location": "place",
    "ORG": "organization",
    "corporation": "organization",
    "group": "organization",
}
ARCS, RELATIONS, STARTS = "arcs", "relations", "starts"
WORD_TAGS = ("tags", "universal", "morphology")
UNKNOWN = -100
# How often a sentence of a set comes in one pass: the small sets more often, the silver one in parts.
SHARES = {"bionlp13cg": 1.5, "wikiann": 0.2, "ud_ewt": 0.8}
_LONGEST_SENTENCE = 200


@dataclass(frozen=True, slots=True, eq=False)
class Sentence:
    """One sentence: its pieces, the piece range of each word, and what its set says, by head."""

    pieces: Pieces
    first: Integers
    after: Integers
    targets: dict[str, Integers]


@dataclass(frozen=True, slots=True, eq=False)
class Corpus:
    """The sentences of one set in their order."""

    name: str
    sentences: tuple[Sentence, ...]


class Labels:
    """The labels of each head in the order of their numbers; grows while the training parts are read."""

    def __init__(self) -> None:
        self.by_head: dict[str, list[str]] = {}

    def add(self, head: str, labels: Sequence[str]) -> None:
        known = self.by_head.setdefault(head, [])
        known += [label for label in labels if label not in known]

    def numbers(self, head: str, labels: Sequence[str]) -> Integers:
        """Return the labels' numbers; one that training did not have is unknown."""
        table = {label: number for number, label in enumerate(self.by_head[head])}
        return np.asarray([table.get(label, UNKNOWN) for label in labels], dtype=np.int64)


def load_corpora(data: Path, part: str, labels: Labels, tokenizer: PieceTokenizer) -> list[Corpus]:
    """Read one part (``train`` or ``dev``) of all sets below ``data``; training parts define the labels."""
    defines = part == "train"
    corpora = []
    for name in ENTITY_SETS:
        file = data / "ner_bio" / name / f"{'devel' if part == 'dev' else part}.tsv"
        corpora.append(_entities(name, read_iob(file), (name,), labels, tokenizer, defines))
    general = data / "ner_general"
    wnut = read_iob(general / "wnut17" / f"{part}.conll")
    wikiann = read_iob(general / "wikiann_en" / f"{part}.tsv")
    corpora.append(_entities("wnut17", wnut, ("wnut17", "names"), labels, tokenizer, defines))
    corpora.append(_entities("wikiann", wikiann, ("wikiann", "names"), labels, tokenizer, defines))
    corpora.append(_treebank(read_conllu(data / "ud_ewt" / f"{part}.conllu"), labels, tokenizer, defines))
    return corpora


def packs(corpus: Corpus, *, longest: int, source: random.Random | None = None) -> Iterator[list[Sentence]]:
    """Yield runs of neighboring sentences of up to ``longest`` pieces, or of random length up to it."""
    run: list[Sentence] = []
    size, limit = 0, longest
    for sentence in corpus.sentences:
        if run and size + len(sentence.pieces) > limit:
            yield run
            run, size = [], 0
            if source:
                limit = int(longest ** source.uniform(0.6, 1.0))
        run.append(sentence)
        size += len(sentence.pieces)
    if run:
        yield run


def pass_over(corpora: Sequence[Corpus], *, longest: int, source: random.Random) -> list[list[Sentence]]:
    """Return the packs of one pass over all sets, each set in its share."""
    chosen: list[list[Sentence]] = []
    for corpus in corpora:
        share = SHARES.get(corpus.name, 1.0)
        whole = list(packs(corpus, longest=longest, source=source))
        if share > 1:
            again = list(packs(corpus, longest=longest, source=source))
            whole += source.sample(again, int(len(again) * (share - 1)))
        elif share < 1:
            whole = source.sample(whole, int(len(whole) * share))
        chosen += whole
    return chosen


def batches(
    chosen: list[list[Sentence]], *, pieces: int, source: random.Random
) -> Iterator[list[list[Sentence]]]:
    """Yield batches of packs of like length with about ``pieces`` pieces, in random order."""
    source.shuffle(chosen)
    chosen.sort(key=lambda pack: sum(len(item.pieces) for item in pack) // 8)
    made: list[list[list[Sentence]]] = [[]]
    longest = 0
    for pack in chosen:
        length = 2 + sum(len(item.pieces) for item in pack)
        longest = max(longest, length)
        if made[-1] and longest * (len(made[-1]) + 1) > pieces:
            made.append([])
            longest = length
        made[-1].append(pack)
    source.shuffle(made)
    yield from made


def _entities(
    name: str,
    sentences: Sequence[TaggedSentence],
    heads: Sequence[str],
    labels: Labels,
    tokenizer: PieceTokenizer,
    defines: bool,
) -> Corpus:
    for head in heads:
        if defines:
            found = Counter(tag[2:] for item in sentences for tag in _tags(head, item) if tag != "O")
            labels.add(head, ["O", *(f"{mark}-{label}" for label in sorted(found) for mark in "BI")])
    texts = [" ".join(item.words) for item in sentences]
    spaces = [[True] * len(item.words) for item in sentences]
    targets = [{head: labels.numbers(head, _tags(head, item)) for head in heads} for item in sentences]
    words = [item.words for item in sentences]
    return Corpus(name, tuple(_aligned(texts, words, spaces, targets, tokenizer)))


def _tags(head: str, sentence: TaggedSentence) -> list[str]:
    """Return clean BIO tags of a sentence, in the words of the head."""
    tags = ["O"] * len(sentence.words)
    for start, end, label in sentence.entities:
        known = NAME_LABELS.get(label, "") if head == "names" else label
        if known:
            tags[start:end] = [f"B-{known}", *[f"I-{known}"] * (end - start - 1)]
    return tags


def _treebank(
    sentences: Sequence[Sequence[Word]], labels: Labels, tokenizer: PieceTokenizer, defines: bool
) -> Corpus:
    if defines:
        for head, values in zip(
            (*WORD_TAGS, RELATIONS), zip(*map(_values, _words(sentences)), strict=True), strict=True
        ):
            labels.add(head, sorted(set(values)))
    texts, words, spaces, targets = [], [], [], []
    for sentence in sentences:
        words.append([word.text for word in sentence])
        spaces.append([word.space_after for word in sentence])
        texts.append("".join(word.text + " " * word.space_after for word in sentence))
        columns = zip(*map(_values, sentence), strict=True)
        said = {
            head: labels.numbers(head, list(column))
            for head, column in zip((*WORD_TAGS, RELATIONS), columns, strict=True)
        }
        said[ARCS] = np.asarray([word.head for word in sentence], dtype=np.int64)
        said[STARTS] = np.asarray([index == 0 for index in range(len(sentence))], dtype=np.int64)
        if not any(word.upos == "PROPN" for word in sentence):
            # Prose without a name: WikiANN is mostly bare titles, which teach that any capital is one.
            outside = np.zeros(len(sentence), dtype=np.int64)
            said |= dict.fromkeys(("names", "wnut17"), outside)
        targets.append(said)
    return Corpus("ud_ewt", tuple(_aligned(texts, words, spaces, targets, tokenizer)))


def _words(sentences: Sequence[Sequence[Word]]) -> Iterator[Word]:
    for sentence in sentences:
        yield from sentence


def _values(word: Word) -> tuple[str, str, str, str]:
    relation = "ROOT" if word.relation == "root" else word.universal_relation
    return word.xpos, word.upos, word.morph, relation


def _aligned(
    texts: Sequence[str],
    words: Sequence[Sequence[str]],
    spaces: Sequence[Sequence[bool]],
    targets: Sequence[dict[str, Integers]],
    tokenizer: PieceTokenizer,
) -> Iterator[Sentence]:
    for pieces, row, blanks, said in zip(tokenizer.split(texts), words, spaces, targets, strict=True):
        lengths = np.asarray([len(word) for word in row])
        ends = np.cumsum(lengths + np.asarray(blanks)) - np.asarray(blanks)
        if 0 < len(pieces) <= _LONGEST_SENTENCE:
            first, after = pieces.ranges(ends - lengths, ends)
            yield Sentence(pieces, first, after, said)
