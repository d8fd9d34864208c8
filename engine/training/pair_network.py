"""Train the network that matches pictures and texts by pixels and sentence vectors alone."""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.classifiers.modality import ModalityClassifier, network_input
from engine.embedders.minilm import MiniLmEmbedder
from engine.embedders.remembered import shared_encoder
from engine.errors import ModelMissing, UsageError
from engine.hashing import file_sha256
from engine.linkers.gold import LabeledPair, read_labeled_pairs, read_view
from engine.progress import Progress, ReportProgress, silent
from engine.relations.pair_network import INPUTS, OUTPUT, PairNetwork, Seen, picture_row
from engine.settings import go_offline
from engine.training.annotated import FOLDS, fold_of
from engine.training.model_folder import CardText, write_model_folder
from engine.training.stopping import Best, Schedule
from engine.training.weights_file import figures_text
from engine.weights import ModelCard

_BATCH = 48
_SPACE = 64
_RIDGE = 3000.0
_TEST, _DEV = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Matching pairs: what is known of each picture, text vectors, and each text's image and fold."""

    pictures: NDArray[np.float32]
    texts: NDArray[np.float32]
    image_of: NDArray[np.int64]
    fold: NDArray[np.int64]

    def rows(self, texts: NDArray[np.int64], images: NDArray[np.int64]) -> Seen:
        return Seen(pictures=self.pictures[images], texts=self.texts[texts])


def train(
    paths: Sequence[Path],
    out: Path,
    schedule: Schedule,
    *,
    version: str = "1",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on the matching pairs of files as ``pairs.jsonl``, measure, and write a model folder.

    A fifth of the images tells when to stop. The figures come from a network that has not seen another
    fifth, the weights from one that has.
    """
    go_offline()
    import torch

    torch.manual_seed(schedule.seed)
    torch.set_num_threads(schedule.threads)
    matches = _read(paths, progress)
    out.mkdir(parents=True, exist_ok=True)
    weights = out / f"{out.name}.onnx"
    _export(_fit(matches, schedule, apart=_TEST, progress=progress), weights)
    figures = _measure(weights, matches, seed=schedule.seed)
    _export(_fit(matches, schedule, apart=None, progress=progress), weights)
    text = CardText(
        name=out.name,
        task="pairs",
        labels=(),
        version=version,
        licence="as its training pictures",
        summary="Tells from pixels and a sentence vector whether a text was written about a picture",
        data=f"{len(matches.texts)} texts of {len(matches.pictures)} pictures of "
        f"{', '.join(path.parent.name for path in paths)}; strangers are drawn from them.",
        training=f"casebook train pairs DATA --out MODEL --set matcher=network (seed {schedule.seed})",
        figures=f"On a fifth of the images, unseen, one stranger a text: {figures_text(figures)}.",
        limits="Knows only what its few pictures taught it. Not for shipping where their licence forbids it.",
    )
    return write_model_folder(out, text, weights=weights, sha256=file_sha256(weights))


def _read(paths: Sequence[Path], progress: ReportProgress) -> Matches:
    progress(Progress(step="read pairs", done=0, total=1))
    labeled = [(path, each) for path in paths for each in read_labeled_pairs(path) if each.label]
    files = list(dict.fromkeys(path.parent / each.image_path for path, each in labeled))
    if len(files) < 4 * FOLDS:
        raise UsageError(f"a network needs matching pairs (label 1) of at least {4 * FOLDS} images")
    number = {file: place for place, file in enumerate(files)}
    return Matches(
        pictures=picture_inputs(files),
        texts=text_inputs([each for _, each in labeled]),
        image_of=np.array([number[path.parent / each.image_path] for path, each in labeled]),
        fold=np.array([fold_of(each.note.image_name) for _, each in labeled]),
    )


def picture_inputs(files: Sequence[Path]) -> NDArray[np.float32]:
    """Return what the network takes of pictures, one row each."""
    classifier = next(iter(ModalityClassifier.load_all()), None)
    if classifier is None:
        raise ModelMissing("the pair network needs the scene classifier `modality`")
    views = [read_view(file) for file in files]
    scenes = classifier.features(views)
    return np.stack([picture_row(network_input(view), row) for view, row in zip(views, scenes, strict=True)])


def text_inputs(pairs: Sequence[LabeledPair]) -> NDArray[np.float32]:
    """Return the sentence vectors of the texts, (n, 384)."""
    embedder = shared_encoder()
    if embedder is None:
        raise ModelMissing(f"the pair network needs a sentence encoder: {MiniLmEmbedder.availability()}")
    return embedder.embed([pair.note.text for pair in pairs])


def _fit(matches: Matches, schedule: Schedule, *, apart: int | None, progress: ReportProgress) -> Any:
    """Start from a ridge regression of texts on pictures, and train on while the dev part gains."""
    import torch

    rng = np.random.default_rng(schedule.seed)
    learned = np.flatnonzero((matches.fold != _DEV) & (matches.fold != (-1 if apart is None else apart)))
    dev = _one_each(np.flatnonzero(matches.fold == _DEV), matches.image_of)
    network = _make_network(_start(matches.rows(learned, matches.image_of[learned])))
    optimizer = torch.optim.AdamW(network.rates(schedule.learning_rate), weight_decay=0.01)
    best = Best(schedule.patience)
    for epoch in range(schedule.epochs):
        network.train()
        order = rng.permutation(learned)
        for start in range(0, len(order), _BATCH):
            batch = _one_each(order[start : start + _BATCH], matches.image_of)
            if len(batch) > 2:
                optimizer.zero_grad()
                _loss(network, matches.rows(batch, matches.image_of[batch])).backward()
                optimizer.step()
        network.eval()
        with torch.no_grad():
            loss = float(_loss(network, matches.rows(dev, matches.image_of[dev])))
        step = "train" if apart is None else "measure"
        item, metrics = f"dev loss {loss:.3f}", (("dev loss", loss),)
        progress(Progress(step=step, done=epoch + 1, total=schedule.epochs, item=item, metrics=metrics))
        if best.is_over(network, loss):
            break
    best.restore(network)
    return network.eval()


def _start(seen: Seen) -> Mapping[str, NDArray[np.float32]]:
    """Return means, spreads and first projections: the texts' main axes, and a ridge regression on them."""
    center, spread = seen.pictures.mean(axis=0), seen.pictures.std(axis=0) + 1e-6
    text_center = seen.texts.mean(axis=0)
    inputs, texts = (seen.pictures - center) / spread, seen.texts - text_center
    axes = np.linalg.svd(texts, full_matrices=False)[2][:_SPACE]
    ridge = inputs.T @ inputs + _RIDGE * np.eye(inputs.shape[1])
    found = {
        "center": center,
        "spread": spread,
        "text_center": text_center,
        "axes": axes,
        "projection": np.linalg.solve(ridge, inputs.T @ (texts @ axes.T)).T,
    }
    return {name: np.asarray(value, dtype=np.float32) for name, value in found.items()}


def _one_each(texts: NDArray[np.int64], image_of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Keep one text of each image: another text of the same image is no stranger to it."""
    _, first = np.unique(image_of[texts], return_index=True)
    kept: NDArray[np.int64] = texts[np.sort(first)]
    return kept


def _loss(network: Any, seen: Seen) -> Any:
    """Return the contrastive loss of the space plus the loss of the answers to pairs and strangers."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as answer_loss
    from torch.nn.functional import cross_entropy

    picture = network.see(torch.from_numpy(seen.pictures))
    text = network.read(torch.from_numpy(seen.texts))
    cosines = picture @ text.T * network.sharpness.exp()
    own = torch.arange(len(picture))
    space = (cross_entropy(cosines, own) + cross_entropy(cosines.T, own)) / 2
    true, false = network.fuse(picture, text), network.fuse(picture, text.roll(1, 0))
    return space + answer_loss(true, torch.ones_like(true)) + answer_loss(false, torch.zeros_like(false))


def _make_network(start: Mapping[str, NDArray[np.float32]]) -> Any:
    """Return a network with ``see``, ``read`` (unit vectors of one space) and ``fuse`` (logits)."""
    import torch
    from torch import nn

    class Network(nn.Module):  # type: ignore[misc] # torch is not typed here
        def __init__(self) -> None:
            super().__init__()
            for name in ("center", "spread", "text_center"):
                self.register_buffer(name, torch.from_numpy(start[name]))
            size, text_size = len(start["center"]), len(start["text_center"])
            self.picture = nn.Linear(size, len(start["axes"]))
            self.text = nn.Linear(text_size, len(start["axes"]))
            self.drop = nn.Dropout(0.3)
            self.sharpness = nn.Parameter(torch.tensor(1.5))
            self.nearness = nn.Linear(1, 1)
            self.fusion = nn.Sequential(nn.Linear(2 * len(start["axes"]), 16), nn.ReLU(), nn.Linear(16, 1))
            with torch.no_grad():
                for layer, weight in ((self.picture, "projection"), (self.text, "axes")):
                    layer.weight.copy_(torch.from_numpy(start[weight]))
                    layer.bias.zero_()
                self.nearness.weight.fill_(1.0)
                self.fusion[-1].weight.zero_()

        def rates(self, learning_rate: float) -> list[dict[str, Any]]:
            """Let the answers be learned faster than the projections, which start well."""
            projections = [*self.picture.parameters(), *self.text.parameters()]
            answers = [self.sharpness, *self.nearness.parameters(), *self.fusion.parameters()]
            return [
                {"params": projections, "lr": learning_rate / 10},
                {"params": answers, "lr": learning_rate * 3},
            ]

        def see(self, pictures: Any) -> Any:
            standard = (pictures - self.center) / self.spread
            return nn.functional.normalize(self.picture(self.drop(standard)), dim=1)

        def read(self, texts: Any) -> Any:
            return nn.functional.normalize(self.text(self.drop(texts - self.text_center)), dim=1)

        def fuse(self, picture: Any, text: Any) -> Any:
            together = picture * text
            nearness = self.nearness(together.sum(1, keepdim=True) * self.sharpness.exp())
            return (nearness + self.fusion(torch.cat([together, (picture - text).abs()], 1)))[:, 0]

        def forward(self, pictures: Any, texts: Any) -> Any:
            return self.fuse(self.see(pictures), self.read(texts)).sigmoid()

    return Network()


def _export(network: Any, weights: Path) -> None:
    import torch

    example = (
        torch.zeros(1, network.picture.in_features),
        torch.zeros(1, network.text.in_features),
    )
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about exporters yet to come
        torch.onnx.export(
            network,
            example,
            str(weights),
            input_names=list(INPUTS),
            output_names=[OUTPUT],
            dynamic_axes={name: {0: "count"} for name in (*INPUTS, OUTPUT)},
            opset_version=17,
            dynamo=False,
        )


def _measure(weights: Path, matches: Matches, *, seed: int) -> dict[str, float | None]:
    """Return the figures on the images that were held apart: each text, and once more with a stranger."""
    network = PairNetwork.of_file(weights)
    texts = np.flatnonzero(matches.fold == _TEST)
    own = matches.image_of[texts]
    rng = np.random.default_rng(seed)
    strange = np.array([rng.choice(own[own != image]) for image in own])
    true = network.probabilities(matches.rows(texts, own)) >= 0.5
    false = network.probabilities(matches.rows(texts, strange)) >= 0.5
    said = true.sum() + false.sum()
    return {
        "accuracy": float((true.mean() + 1 - false.mean()) / 2),
        "precision": float(true.sum() / said) if said else None,
        "recall": float(true.mean()),
    }
