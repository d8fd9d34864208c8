"""Train the multimodal autoencoder and its classifier of CMI, SC and ABS (Henning and Ewerth 2017)."""

from __future__ import annotations

import warnings
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.classifiers.modality import INPUT_PX, network_input
from engine.errors import UsageError
from engine.hashing import file_sha256
from engine.linkers.gold import GoldNote, read_labeled_pairs, read_notes, read_view
from engine.progress import Progress, ReportProgress
from engine.relations.autoencoder import (
    INPUTS,
    PADDING,
    SENTENCES,
    VOCABULARY,
    WORDS,
    Autoencoder,
    Words,
    words_of,
)
from engine.relations.joint import VALUES
from engine.settings import go_offline
from engine.training.annotated import FOLDS, fold_of, outcome_of
from engine.training.article_network import DECODED_PX, make_article_network
from engine.training.model_folder import CardText, write_model_folder
from engine.training.stopping import Best, Schedule
from engine.training.weights_file import figures_text
from engine.weights import ModelCard

CLASSIFIERS = ("scratch", "frozen", "finetuned")
_BATCH = 16
_LEAST_OFTEN = 2
_WITHIN = {"cmi": 0.25, "sc": 0.5}


@dataclass(frozen=True, slots=True, kw_only=True)
class Articles:
    """Pictures with their texts: the picture's file and fold, the text, and cmi, sc, abs where known."""

    files: tuple[Path, ...]
    folds: NDArray[np.int64]
    texts: tuple[str, ...]
    steps: NDArray[np.int64]
    pictures: NDArray[np.float32]

    def take(self, chosen: NDArray[np.int64]) -> Articles:
        return Articles(
            files=tuple(self.files[number] for number in chosen),
            folds=self.folds[chosen],
            texts=tuple(self.texts[number] for number in chosen),
            steps=self.steps[chosen],
            pictures=self.pictures[chosen],
        )


def train(
    data: Path,
    out: Path,
    schedule: Schedule,
    *,
    classifier: str,
    more: Sequence[Path],
    measured_folds: int,
    version: str,
    progress: ReportProgress,
) -> ModelCard:
    """Train on the notes of ``data``, measure on unseen images, and write a model folder.

    ``classifier``: "scratch" trains it with the encoders at once; "frozen" on the embedding of an autoencoder
    trained before; "finetuned" trains that autoencoder's encoders on. The autoencoder learns from the
    matching ones of ``more`` files of pairs too. Of five folds by image ``measured_folds`` are measured,
    each by a network that has not seen it; one more fold tells when to stop.
    """
    if classifier not in CLASSIFIERS:
        raise UsageError(f"no classifier {classifier!r}; there are: {', '.join(CLASSIFIERS)}")
    go_offline()
    import torch

    torch.set_num_threads(schedule.threads)
    notes = _read_notes(data)
    others = _read_pairs(more)
    out.mkdir(parents=True, exist_ok=True)
    weights = out / f"{out.name}.onnx"
    found: list[tuple[dict[str, float], NDArray[np.int64]]] = []
    for fold in range(min(max(measured_folds, 1), FOLDS)):
        _fit(notes, others, schedule, classifier, apart=fold, weights=weights, progress=progress)
        found += _answers(weights, notes.take(np.flatnonzero(notes.folds == fold)))
    _fit(notes, others, schedule, classifier, apart=None, weights=weights, progress=progress)
    text = CardText(
        name=out.name,
        task="relations",
        labels=(),
        version=version,
        licence="as its training pictures",
        summary="CMI, SC and ABS of an image and a report by a multimodal autoencoder of pixels and words",
        data=f"{len(notes.texts)} annotated notes of {data.name}"
        + (f"; the autoencoder also {len(others.texts)} matching pairs" if others else ""),
        training=f"casebook train relations DATA --out MODEL --set estimator=autoencoder "
        f"classifier={classifier} (seed {schedule.seed})",
        figures=f"On {len(found)} notes of unseen images: {figures_text(_figures(found))}.",
        limits="Gives no reasons; `casebook evaluate` takes it, ingest needs a model of named features. "
        "Not for shipping where the licence of its pictures forbids it.",
    )
    return write_model_folder(out, text, weights=weights, sha256=file_sha256(weights))


def _read_notes(data: Path) -> Articles:
    path = data / "notes.jsonl" if data.is_dir() else data
    notes = read_notes(path)
    steps = [
        [of_value.index(step) for of_value, step in zip(VALUES.values(), outcome_of(note), strict=True)]
        for note in notes
    ]
    return _articles(notes, [path.parent / "images" / note.image_name for note in notes], steps)


def _read_pairs(paths: Sequence[Path]) -> Articles | None:
    labeled = [(path, each) for path in paths for each in read_labeled_pairs(path) if each.label]
    files = [path.parent / each.image_path for path, each in labeled]
    return (
        _articles([each.note for _, each in labeled], files, [[0] * len(VALUES)] * len(files))
        if files
        else None
    )


def _articles(notes: Sequence[GoldNote], files: Sequence[Path], steps: Sequence[Sequence[int]]) -> Articles:
    seen = {file: network_input(read_view(file)) for file in dict.fromkeys(files)}
    return Articles(
        files=tuple(files),
        folds=np.array([fold_of(note.image_name) for note in notes]),
        texts=tuple(note.text for note in notes),
        steps=np.array(steps),
        pictures=np.stack([seen[file] for file in files]),
    )


def _fit(
    notes: Articles,
    others: Articles | None,
    schedule: Schedule,
    classifier: str,
    *,
    apart: int | None,
    weights: Path,
    progress: ReportProgress,
) -> None:
    """Train a network that has not seen the images of fold ``apart``, and write it to ``weights``."""
    import torch

    torch.manual_seed(schedule.seed)
    stops = 0 if apart is None else (apart + 1) % FOLDS
    learned = notes.take(
        np.flatnonzero((notes.folds != stops) & (notes.folds != (-1 if apart is None else apart)))
    )
    dev = notes.take(np.flatnonzero(notes.folds == stops))
    words = _vocabulary(learned, others)
    network = make_article_network(len(words))
    name = "all" if apart is None else f"without fold {apart}"

    def run(what: str, parts: Sequence[Articles], loss: Callable[..., Any], parameters: Any) -> None:
        sets = [_tensors(part, words) for part in parts]
        for epoch, dev_loss in enumerate(
            _epochs(network, sets, _tensors(dev, words), loss, parameters, schedule), 1
        ):
            item = f"{name}, dev loss {dev_loss:.3f}"
            metrics = ((f"dev loss, {name}", float(dev_loss)),)
            progress(Progress(step=what, done=epoch, total=schedule.epochs, item=item, metrics=metrics))

    if classifier != "scratch":
        run("autoencoder", [learned, *([others] if others else [])], _decoding_loss, network.parameters())
    tuned = network.classifier if classifier == "frozen" else network
    run("classifier", [learned], _answer_loss, tuned.parameters())
    _export(network.eval(), words, weights)


def _vocabulary(learned: Articles, others: Articles | None) -> Words:
    texts = (*learned.texts, *(others.texts if others else ()))
    counts = Counter(word for text in texts for sentence in words_of(text) for word in sentence)
    return Words(sorted(word for word, count in counts.items() if count >= _LEAST_OFTEN))


def _tensors(articles: Articles, words: Words) -> tuple[Any, Any, Any]:
    import torch

    numbers = np.stack([words.encode(text) for text in articles.texts])
    return torch.from_numpy(articles.pictures), torch.from_numpy(numbers), torch.from_numpy(articles.steps)


def _epochs(
    network: Any, sets: Sequence[Any], dev: Any, loss: Callable[..., Any], parameters: Any, schedule: Schedule
) -> Iterator[float]:
    """Train and yield the loss on ``dev`` after each epoch; the best weights stay at the end."""
    import torch

    optimizer = torch.optim.AdamW(parameters, lr=schedule.learning_rate, weight_decay=0.02)
    pictures, words, steps = (torch.cat(each) for each in zip(*sets, strict=True))
    best = Best(schedule.patience)
    for _ in range(schedule.epochs):
        network.train()
        for batch in torch.randperm(len(words)).split(_BATCH):
            if len(batch) > 1:
                mirrored = pictures[batch].flip(3) if torch.rand(1) < 0.5 else pictures[batch]
                optimizer.zero_grad()
                loss(network, mirrored, words[batch], steps[batch]).backward()
                optimizer.step()
        network.eval()
        with torch.no_grad():
            dev_loss = float(loss(network, *dev))
        yield dev_loss
        if best.is_over(network, dev_loss):
            break
    best.restore(network)


def _decoding_loss(network: Any, pictures: Any, words: Any, steps: Any) -> Any:
    """Return how badly picture and text come back out of their common embedding."""
    from torch.nn.functional import cross_entropy, interpolate, mse_loss

    del steps
    article = network.embed(pictures, words)
    small = interpolate(pictures, size=(DECODED_PX, DECODED_PX), mode="area")
    logits = network.write(article, words)
    read = cross_entropy(logits.reshape(-1, logits.shape[-1]), words.reshape(-1), ignore_index=PADDING)
    return mse_loss(network.draw(article), small) + 0.2 * read


def _answer_loss(network: Any, pictures: Any, words: Any, steps: Any) -> Any:
    from torch.nn.functional import cross_entropy

    answers = network.classify(network.embed(pictures, words))
    return sum(cross_entropy(each, steps[:, number]) for number, each in enumerate(answers))


def _export(network: Any, words: Words, weights: Path) -> None:
    """Write the encoder and the classifier, without the decoders, and the vocabulary into the same file."""
    import onnx
    import torch

    example = (torch.zeros(1, 3, INPUT_PX, INPUT_PX), torch.ones(1, SENTENCES, WORDS, dtype=torch.long))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about exporters yet to come
        torch.onnx.export(
            network,
            example,
            str(weights),
            input_names=list(INPUTS),
            output_names=list(VALUES),
            opset_version=17,
            dynamo=False,
        )
    model = onnx.load(weights)
    onnx.helper.set_model_props(model, {VOCABULARY: "\n".join(words.known)})
    onnx.save(model, weights)


def _answers(weights: Path, held_out: Articles) -> list[tuple[dict[str, float], NDArray[np.int64]]]:
    network = Autoencoder.of_file(weights)
    return [
        (network.values(picture, text), steps)
        for picture, text, steps in zip(held_out.pictures, held_out.texts, held_out.steps, strict=True)
    ]


def _figures(found: Sequence[tuple[dict[str, float], NDArray[np.int64]]]) -> dict[str, float]:
    away = {
        name: [abs(values[name] - steps_of[gold[number]]) for values, gold in found]
        for number, (name, steps_of) in enumerate(VALUES.items())
    }
    exact = {
        f"{name}_accuracy": sum(each == 0 for each in far) / max(len(far), 1) for name, far in away.items()
    }
    near = {
        f"{name}_within_one": sum(each <= step for each in away[name]) / max(len(found), 1)
        for name, step in _WITHIN.items()
    }
    return {**exact, **near}
