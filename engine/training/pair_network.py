"""Train the network that matches pictures and texts by pixels and sentence vectors alone."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.classifiers.modality import INPUT_PX, ModalityClassifier, network_input
from engine.embedders.minilm import MiniLmEmbedder
from engine.errors import ModelMissing, UsageError
from engine.hashing import file_sha256
from engine.linkers.gold import LabeledPair, read_labeled_pairs, read_view
from engine.progress import Progress, ReportProgress, silent
from engine.relations.pair_network import INPUTS, OUTPUT, PairNetwork, Seen
from engine.settings import go_offline
from engine.training.annotated import FOLDS, fold_of
from engine.training.model_folder import CardText, write_model_folder
from engine.training.stopping import Best, Schedule
from engine.training.weights_file import figures_text
from engine.weights import ModelCard

_BATCH = 48
_SPACE = 64
_SHIFT_PX = 8
_TEST, _DEV = 0, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Matches:
    """Matching pairs: pictures and scene features by image, text vectors, and each text's image and fold."""

    pictures: NDArray[np.float32]
    scenes: NDArray[np.float32]
    texts: NDArray[np.float32]
    image_of: NDArray[np.int64]
    fold: NDArray[np.int64]

    def rows(self, texts: NDArray[np.int64], images: NDArray[np.int64]) -> Seen:
        return Seen(pictures=self.pictures[images], scenes=self.scenes[images], texts=self.texts[texts])


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
    pictures, scenes = picture_inputs(files)
    return Matches(
        pictures=pictures,
        scenes=scenes,
        texts=text_inputs([each for _, each in labeled]),
        image_of=np.array([number[path.parent / each.image_path] for path, each in labeled]),
        fold=np.array([fold_of(each.note.image_name) for _, each in labeled]),
    )


def picture_inputs(files: Sequence[Path]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return what the network takes of pictures: pixels (n, 3, 96, 96) and scene features (n, 64)."""
    classifier = next(iter(ModalityClassifier.load_all()), None)
    if classifier is None:
        raise ModelMissing("the pair network needs the scene classifier `modality`")
    views = [read_view(file) for file in files]
    return np.stack([network_input(view) for view in views]), classifier.features(views)


def text_inputs(pairs: Sequence[LabeledPair]) -> NDArray[np.float32]:
    """Return the sentence vectors of the texts, (n, 384)."""
    embedder = MiniLmEmbedder.load_or_none()
    if embedder is None:
        raise ModelMissing(f"the pair network needs a sentence encoder: {MiniLmEmbedder.availability()}")
    return embedder.embed([pair.note.text for pair in pairs])


def _fit(matches: Matches, schedule: Schedule, *, apart: int | None, progress: ReportProgress) -> Any:
    import torch

    rng = np.random.default_rng(schedule.seed)
    network = _make_network(matches.scenes.shape[1], matches.texts.shape[1])
    optimizer = torch.optim.AdamW(network.parameters(), lr=schedule.learning_rate, weight_decay=0.05)
    learned = np.flatnonzero((matches.fold != _DEV) & (matches.fold != (-1 if apart is None else apart)))
    dev = np.flatnonzero(matches.fold == _DEV)
    best = Best(schedule.patience)
    step = "train" if apart is None else "measure"
    for epoch in range(schedule.epochs):
        network.train()
        order = rng.permutation(learned)
        for start in range(0, len(order) - 1, _BATCH):
            batch = _one_each(order[start : start + _BATCH], matches.image_of)
            if len(batch) > 2:
                optimizer.zero_grad()
                space, answers = _losses(network, _varied(matches.rows(batch, matches.image_of[batch]), rng))
                (space + answers).backward()
                optimizer.step()
        network.eval()
        with torch.no_grad():
            few = _one_each(dev, matches.image_of)
            space, answers = _losses(network, matches.rows(few, matches.image_of[few]))
            loss = float(answers)
        progress(Progress(step=step, done=epoch + 1, total=schedule.epochs, item=f"dev loss {loss:.3f}"))
        if best.is_over(network, loss):
            break
    best.restore(network)
    return network.eval()


def _one_each(texts: NDArray[np.int64], image_of: NDArray[np.int64]) -> NDArray[np.int64]:
    """Keep one text of each image: another text of the same image is no stranger to it."""
    _, first = np.unique(image_of[texts], return_index=True)
    kept: NDArray[np.int64] = texts[np.sort(first)]
    return kept


def _varied(seen: Seen, rng: np.random.Generator) -> Seen:
    """Mirror and shift the pictures at random."""
    pictures = seen.pictures[..., ::-1] if rng.random() < 0.5 else seen.pictures
    down, right = rng.integers(-_SHIFT_PX, _SHIFT_PX + 1, 2)
    shifted = np.roll(pictures, (int(down), int(right)), axis=(2, 3))
    return Seen(pictures=np.ascontiguousarray(shifted), scenes=seen.scenes, texts=seen.texts)


def _losses(network: Any, seen: Seen) -> tuple[Any, Any]:
    """Return the contrastive loss of the space, and that of the answers to pairs and strangers."""
    import torch
    from torch.nn.functional import binary_cross_entropy_with_logits as answer_loss
    from torch.nn.functional import cross_entropy

    picture = network.see(torch.from_numpy(seen.pictures), torch.from_numpy(seen.scenes))
    text = network.read(torch.from_numpy(seen.texts))
    cosines = picture @ text.T * network.sharpness.exp()
    own = torch.arange(len(picture))
    space = (cross_entropy(cosines, own) + cross_entropy(cosines.T, own)) / 2
    true, false = network.fuse(picture, text), network.fuse(picture, text.roll(1, 0))
    return space, answer_loss(true, torch.ones_like(true)) + answer_loss(false, torch.zeros_like(false))


def _make_network(scene_width: int, text_width: int) -> Any:
    """Return a network with ``see``, ``read`` (unit vectors of one space) and ``fuse`` (logits)."""
    import torch
    from torch import nn

    from engine.training.picture_encoder import make_picture_encoder

    class Network(nn.Module):  # type: ignore[misc] # torch is not typed here
        def __init__(self) -> None:
            super().__init__()
            self.encoder = make_picture_encoder(64)
            self.picture = nn.Sequential(nn.Dropout(0.3), nn.Linear(64 + scene_width, _SPACE))
            self.text = nn.Sequential(nn.Dropout(0.3), nn.Linear(text_width, _SPACE))
            self.sharpness = nn.Parameter(torch.tensor(2.0))
            self.nearness = nn.Linear(1, 1)
            self.fusion = nn.Sequential(nn.Linear(2 * _SPACE, 32), nn.ReLU(), nn.Linear(32, 1))

        def see(self, pictures: Any, scenes: Any) -> Any:
            # Unit vectors as wide as the encoder's.
            both = torch.cat([self.encoder(pictures), scenes * scene_width**0.5], 1)
            return nn.functional.normalize(self.picture(both), dim=1)

        def read(self, texts: Any) -> Any:
            return nn.functional.normalize(self.text(texts), dim=1)

        def fuse(self, picture: Any, text: Any) -> Any:
            together = picture * text
            nearness = self.nearness(together.sum(1, keepdim=True) * self.sharpness.exp())
            fused = self.fusion(torch.cat([together, (picture - text).abs()], 1))
            return (nearness + fused)[:, 0]

        def forward(self, pictures: Any, scenes: Any, texts: Any) -> Any:
            return self.fuse(self.see(pictures, scenes), self.read(texts)).sigmoid()

    return Network()


def _export(network: Any, weights: Path) -> None:
    import torch

    text_width = network.text[1].in_features
    scene_width = network.picture[1].in_features - 64
    example = (torch.zeros(1, 3, INPUT_PX, INPUT_PX), torch.zeros(1, scene_width), torch.zeros(1, text_width))
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
