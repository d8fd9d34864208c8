"""Train the shared encoder of all statistical text models: one MiniLM, one head for each annotation scheme.

Every batch mixes sets, so that each head learns from what the others know of English and of medicine; the
words' vectors then serve entities, names and syntax in one pass (Caruana 1997; Wang et al. 2020 for MiniLM).
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from engine.progress import Progress, ReportProgress, silent
from engine.recognizers.pieces import PieceTokenizer
from engine.training.encoder_data import (
    STARTS,
    Corpus,
    Labels,
    batches,
    load_corpora,
    pass_over,
)
from engine.training.sentences import wheel_folder
from engine.training.text_models import read_trained, write_models
from engine.weights import ModelCard

_REPORT_STEPS = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOptions:
    """How to train; the rate falls to nothing over ``passes``, or over ``minutes`` where those end first."""

    seed: int
    passes: int
    minutes: float
    rate: float = 2e-4
    head_rate: float = 1e-3
    layer_decay: float = 0.9
    warm_up: float = 0.06
    longest: int = 96
    batch_pieces: int = 1024


def train(
    data: Path,
    out: Path,
    *,
    seed: int = 1,
    passes: int = 4,
    minutes: float = 600.0,
    with_dev: bool = False,
    start: str = "",
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``ner_bio``, ``ner_general`` and ``ud_ewt`` below ``data``; write model folders below ``out``.

    ``out/training`` keeps the unrounded weights: ``start`` names such a folder to go on from. ``with_dev``
    learns the dev parts too, which no figure can then be measured on. Returns the encoder's card.
    """
    options = EncoderOptions(seed=seed, passes=passes, minutes=minutes)
    if start:
        # What is learned already must not be shaken off again.
        options = replace(options, rate=options.rate / 2, head_rate=options.head_rate / 3)
    kept = out / "training"
    begin = Path(start) if start else None
    fit(data, kept, options=options, with_dev=with_dev, start=begin, progress=progress)
    return write_models(read_trained(kept), out, treebank=data / "ud_ewt" / "train.conllu")[0]


def fit(
    data: Path,
    out: Path,
    *,
    options: EncoderOptions,
    with_dev: bool,
    start: Path | None,
    progress: ReportProgress = silent,
) -> None:
    """Train and write ``weights.pt``, ``labels.json`` and ``options.json`` into ``out``."""
    import torch

    from engine.training.encoder_network import Network

    torch.manual_seed(options.seed)
    source = wheel_folder()
    tokenizer, labels = PieceTokenizer(source / "tokenizer.json"), Labels()
    corpora = load_corpora(data, "train", labels, tokenizer)
    labels.add(STARTS, ["inside", "start"])
    if with_dev:
        # Twice: the rest may have been seen before.
        corpora += 2 * load_corpora(data, "dev", labels, tokenizer)
    network = Network(source, {head: len(known) for head, known in labels.by_head.items()})
    if start:
        network.load_state_dict(torch.load(start / "weights.pt", weights_only=True))
    out.mkdir(parents=True, exist_ok=True)
    (out / "labels.json").write_text(json.dumps(labels.by_head), encoding="utf-8")
    (out / "options.json").write_text(json.dumps(asdict(options)), encoding="utf-8")
    _fit(network, corpora, out, options, progress)


def _fit(
    network: Any, corpora: Sequence[Corpus], out: Path, options: EncoderOptions, progress: ReportProgress
) -> None:
    import torch

    from engine.training.encoder_network import collate

    optimizer = torch.optim.AdamW(_groups(network, options), weight_decay=0.01, fused=True)
    source = random.Random(options.seed)
    planned, started, step = 0, time.monotonic(), 0
    network.train()
    for number in range(options.passes):
        chosen = pass_over(corpora, longest=options.longest, source=source)
        made = list(batches(chosen, pieces=options.batch_pieces, source=source))
        planned = planned or len(made) * options.passes
        shown: dict[str, list[float]] = {}
        for batch in map(collate, made):
            spent = time.monotonic() - started
            done = max(step / planned, spent / (60 * options.minutes))
            if done >= 1:
                break
            _set_rate(optimizer, done, options)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                loss, parts = network.loss(batch)
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            step += 1
            for head, value in parts.items():
                shown.setdefault(head, []).append(value)
            if step % _REPORT_STEPS == 0:
                progress(Progress(step="encoder", done=step, total=planned, item=_shown(shown, done)))
                shown = {}
        torch.save(network.state_dict(), out / "weights.pt")
        progress(Progress(step="pass", done=number + 1, total=options.passes))


def _groups(network: Any, options: EncoderOptions) -> list[dict[str, Any]]:
    """Give each layer its rate: the lower ones, which know words already, move less."""
    by_depth: dict[int, list[Any]] = {}
    for name, parameter in network.named_parameters():
        if name.startswith("bert.encoder.layer."):
            depth = 5 - int(name.split(".")[3])
        elif name.startswith("bert.embeddings."):
            depth = 6
        else:
            depth = -1
        by_depth.setdefault(depth, []).append(parameter)
    return [
        {
            "params": parameters,
            "peak": options.head_rate if depth < 0 else options.rate * options.layer_decay**depth,
        }
        for depth, parameters in by_depth.items()
    ]


def _set_rate(optimizer: Any, done: float, options: EncoderOptions) -> None:
    share = done / options.warm_up if done < options.warm_up else (1 - done) / (1 - options.warm_up)
    for group in optimizer.param_groups:
        group["lr"] = group["peak"] * share


def _shown(losses: dict[str, list[float]], done: float) -> str:
    means = (f"{head} {sum(values) / len(values):.3f}" for head, values in sorted(losses.items()))
    return f"{done:.1%} " + " ".join(means)
