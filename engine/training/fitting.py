"""Fit a spaCy pipeline on annotated sentences, keep its best state, and save it with its card."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.progress import Progress, ReportProgress
from engine.weights import CARD_FILE, ModelCard, read_card, weights_sha256

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.training import Example

Score = Callable[[dict[str, Any]], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class FitOptions:
    """How long and how to train; ``patience`` counts passes without a better dev score."""

    seed: int = 1
    seconds: float = 1500.0
    passes: int = 30
    patience: int = 4
    dropout: float = 0.15
    batch_words: int = 600


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The best dev score, the pass it was reached in, and all figures of spaCy's scorer then."""

    score: float
    best_pass: int
    figures: dict[str, Any]


def fit(
    nlp: Language,
    train: Sequence[Example],
    dev: Sequence[Example],
    *,
    score: Score,
    options: FitOptions,
    progress: ReportProgress,
) -> Fitted:
    """Train ``nlp`` in place and leave it in the state with the best ``score`` on ``dev``.

    Averaged Adam, batches by words. Ends after ``passes`` over the data, after ``patience`` passes without
    a better score, or after ``seconds``; raises what ``progress`` raises to cancel.
    """
    shuffle = random.Random(options.seed)
    started = time.monotonic()
    best = Fitted(score=-1.0, best_pass=0, figures={})
    best_state = b""
    optimizer = nlp.initialize(lambda: train)
    examples = list(train)
    # A small set must still give some twenty steps a pass.
    batch_words = min(options.batch_words, max(20, sum(len(item.reference) for item in train) // 20))
    for number in range(1, options.passes + 1):
        shuffle.shuffle(examples)
        for batch in _batches(examples, batch_words):
            nlp.update(batch, drop=options.dropout, sgd=optimizer)
            if time.monotonic() - started > options.seconds:
                break
        with nlp.use_params(optimizer.averages):
            figures = nlp.evaluate(dev)
            reached = score(figures)
            if reached > best.score:
                best = Fitted(score=reached, best_pass=number, figures=figures)
                best_state = nlp.to_bytes()
        progress(
            Progress(
                step="train",
                done=number,
                total=options.passes,
                item=f"dev {reached:.4f}",
                metrics=(("dev score", reached),),
            )
        )
        if number - best.best_pass >= options.patience or time.monotonic() - started > options.seconds:
            break
    nlp.from_bytes(best_state)
    return best


def _batches(examples: Sequence[Example], words: int) -> Iterator[list[Example]]:
    batch: list[Example] = []
    size = 0
    for example in examples:
        if batch and size + len(example.reference) > words:
            yield batch
            batch, size = [], 0
        batch.append(example)
        size += len(example.reference)
    if batch:
        yield batch


def encoder_config(width: int = 96, depth: int = 4) -> dict[str, Any]:
    """Return the model section of a small convolutional encoder over hashed word features."""
    return {
        "@architectures": "spacy.HashEmbedCNN.v2",
        "pretrained_vectors": None,
        "width": width,
        "depth": depth,
        "embed_size": 4000,
        "window_size": 1,
        "maxout_pieces": 3,
        "subword_features": True,
    }


def write_text(path: Path, text: str) -> None:
    """Write UTF-8 text with ``\\n`` line ends, making the folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")


def save_model(nlp: Language, out: Path, card: ModelCard) -> ModelCard:
    """Write the model folder ``out``, ``pipeline/`` in spaCy's format and ``model.toml``; return its card."""
    weights = out / "pipeline"
    out.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(weights)
    return save_card(card, out, weights, format="spacy")


def save_card(card: ModelCard, out: Path, weights: Path, *, format: str) -> ModelCard:
    """Write ``model.toml`` into ``out``; ``card`` says everything but what the weights are."""
    fields = [
        ("name", card.name),
        ("version", card.version),
        ("task", card.task),
        ("format", format),
        ("weights", weights.name),
        ("sha256", weights_sha256(weights)),
        ("licence", card.licence),
        ("summary", card.summary),
    ]
    lines = [f"{key} = {json.dumps(value)}" for key, value in fields]
    lines.append(f"labels = {json.dumps(list(card.labels))}")
    lines += ["", "[parameters]", *(f"{key} = {json.dumps(value)}" for key, value in card.parameters), ""]
    write_text(out / CARD_FILE, "\n".join(lines))
    return read_card(out, origin="trained")


def new_card(
    name: str,
    task: str,
    *,
    labels: Sequence[str] = (),
    licence: str = "",
    summary: str = "",
    parameters: Sequence[tuple[str, str]] = (),
) -> ModelCard:
    """Return the card of a model whose weights are not yet on the disk."""
    return ModelCard(
        name=name,
        version="1.0",
        task=task,
        format="",
        path=Path(),
        sha256="",
        labels=tuple(labels),
        licence=licence,
        summary=summary,
        parameters=tuple(parameters),
    )
