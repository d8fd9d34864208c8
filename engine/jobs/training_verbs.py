"""What the training worker can be asked, by verb: it makes, measures, adds and chooses models.

``models`` answers with ``models`` (as ``ShelfModel``), ``trainings`` (as ``TrainingTask``),
``evaluations`` and ``roles``. ``train`` takes ``task``, ``data``, ``name`` and ``settings``
(NAME=VALUE) and puts the model on the user's shelf. ``evaluate`` takes ``task``, ``data``, ``model``
and ``regions`` and answers with ``figures``. ``add_model``, ``choose_model`` and ``remove_model``
change the shelf and answer as ``models`` does.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.jobs import model_shelf
from engine.jobs.evaluate import evaluate_task
from engine.jobs.model_pack import SUFFIX
from engine.jobs.model_unpacking import add_pack
from engine.jobs.models import add_model
from engine.jobs.train import train_model
from engine.jobs.verb import Reply, Verb
from engine.messages import Request
from engine.progress import Progress
from engine.settings import user_models_dir
from engine.weights import choose_model


@contextmanager
def training_verbs(_: str) -> Iterator[Mapping[str, Verb]]:
    """Offer what makes and measures models."""
    yield {
        "models": _models,
        "train": _train,
        "evaluate": _evaluate,
        "add_model": _add,
        "choose_model": _choose,
        "remove_model": _remove,
    }


def shelf_answer() -> Mapping[str, Any]:
    """Return the shelf and what can be trained, as a message's body."""
    return {
        "models": [asdict(each) for each in model_shelf.shelf_models()],
        "trainings": [asdict(each) for each in model_shelf.training_tasks()],
        "evaluations": list(model_shelf.evaluation_tasks()),
        "roles": dict(model_shelf.ROLES),
    }


def _models(_request: Request, _reply: Reply) -> Mapping[str, Any]:
    return shelf_answer()


def _train(request: Request, reply: Reply) -> Mapping[str, Any]:
    words = request.arguments
    name = str(words["name"])
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,60}", name):
        raise UsageError(f"{name!r} is no name for a model: letters, digits, dot, hyphen and underscore")
    out = user_models_dir() / name
    if out.exists():
        raise UsageError(f"there is a model {name!r} already; choose another name")
    # Built beside the shelf, so that nobody meets a model that is half done or was cancelled.
    draft = user_models_dir() / ".training" / name
    shutil.rmtree(draft, ignore_errors=True)
    draft.parent.mkdir(parents=True, exist_ok=True)
    reply.progress(Progress(step="load", done=0, total=0, item=str(words["task"])))
    try:
        card = train_model(
            str(words["task"]),
            Path(str(words["data"])),
            draft,
            settings=[str(each) for each in words.get("settings", ())],
            progress=reply.progress,
        )
        draft.rename(out)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    return {"name": name, "task": card.task, **shelf_answer()}


def _evaluate(request: Request, reply: Reply) -> Mapping[str, Any]:
    words = request.arguments
    reply.progress(Progress(step="measure", done=0, total=0, item=str(words["task"])))
    figures = evaluate_task(
        str(words["task"]),
        Path(str(words["data"])),
        model=str(words.get("model", "")),
        regions=str(words.get("regions", "gold")),
    )
    return {"figures": dict(figures)}


def _add(request: Request, reply: Reply) -> Mapping[str, Any]:
    file = Path(str(request.arguments["file"]))
    if file.suffix == SUFFIX:
        add_pack(file, progress=reply.progress)
    else:
        add_model(file, name=str(request.arguments.get("name", "")), progress=reply.progress)
    return shelf_answer()


def _choose(request: Request, _: Reply) -> Mapping[str, Any]:
    choose_model(str(request.arguments["role"]), str(request.arguments["name"]))
    return shelf_answer()


def _remove(request: Request, _: Reply) -> Mapping[str, Any]:
    model_shelf.remove_model(str(request.arguments["name"]))
    return shelf_answer()
