"""Train the recognizer of persons, places and organizations in ordinary English prose."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from engine.progress import ReportProgress, silent
from engine.recognizers.conllu import read_conllu
from engine.recognizers.iob import TaggedSentence, read_iob
from engine.training.entities import train_head
from engine.training.fitting import FitOptions, new_card, save_model
from engine.weights import ModelCard

if TYPE_CHECKING:
    from spacy.language import Language

LABELS = {
    "PER": "person",
    "person": "person",
    "LOC": "place",
    "location": "place",
    "ORG": "organization",
    "corporation": "organization",
    "group": "organization",
}
# WNUT has real sentences but few; WikiANN is mostly bare titles, which would teach that any
# capital is a name. So the one counts more than once and plain prose without names is added.
WNUT_COPIES = 2
WIKIANN_SENTENCES = 12_000
PROSE_SENTENCES = 4_000
WIKIANN_DEV_SENTENCES = 1_000


def train(
    data: Path,
    out: Path,
    *,
    seed: int = 1,
    minutes: float = 30.0,
    passes: int = 30,
    patience: int = 4,
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``ner_general`` and ``ud_ewt`` inside ``data`` and write the model folder ``out``."""
    chosen = FitOptions(seed=seed, seconds=60 * minutes, passes=passes, patience=patience)
    wnut, wikiann = data / "ner_general" / "wnut17", data / "ner_general" / "wikiann_en"
    prose = prose_without_names(data / "ud_ewt" / "train.conllu")
    train_part = [
        *_renamed(read_iob(wnut / "train.conll")) * WNUT_COPIES,
        *_renamed(read_iob(wikiann / "train.tsv"))[:WIKIANN_SENTENCES],
        *prose[:PROSE_SENTENCES],
    ]
    dev_part = [
        *_renamed(read_iob(wnut / "dev.conll")),
        *_renamed(read_iob(wikiann / "dev.tsv"))[:WIKIANN_DEV_SENTENCES],
    ]
    nlp, fitted = train_head(
        "names", train_part, dev_part, options=chosen, progress=progress, blank=_english()
    )
    return save_model(
        nlp,
        out,
        new_card(
            out.name,
            "entities",
            labels=sorted(f"names:{label}" for label in set(LABELS.values())),
            licence="CC-BY-SA-4.0",
            summary="Persons, places and organizations in English prose.",
            parameters=[("seed", str(chosen.seed)), ("dev_f1_names", f"{fitted.score:.4f}")],
        ),
    )


def prose_without_names(treebank: Path) -> list[TaggedSentence]:
    """Return the treebank's sentences that have no proper noun, as sentences without entities."""
    return [
        TaggedSentence(tuple(word.text for word in sentence), ("O",) * len(sentence))
        for sentence in read_conllu(treebank)
        if not any(word.upos == "PROPN" for word in sentence)
    ]


def _renamed(sentences: Iterable[TaggedSentence]) -> list[TaggedSentence]:
    return [TaggedSentence(item.words, tuple(map(_renamed_tag, item.tags))) for item in sentences]


def _renamed_tag(tag: str) -> str:
    prefix, _, label = tag.partition("-")
    return f"{prefix}-{LABELS[label]}" if label in LABELS else "O"


def _english() -> Language:
    import spacy

    return spacy.blank("en")
