"""The models of this workstation as a person compares them: what each is for, and what it can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from engine.errors import ModelMissing, UsageError
from engine.jobs import evaluate, train
from engine.jobs.card_figures import figures_of
from engine.jobs.workstation import why_no_training
from engine.weights import CARD_FILE, ModelCard, all_models, chosen_models, find_model

ROLES: Mapping[str, str] = {
    "clinical-entities": "entities",
    "names": "entities",
    "english": "syntax",
    "links": "links",
    "relations": "relations",
}
"""Work that one model does, under the name of the shipped one, and the task of a model that may do it.

Models of segmentation, detection and scenes all run; a case's settings say which do not.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShelfModel:
    """A model on this workstation; ``figures`` are the first of its card's table of figures.

    ``roles``: the work that this model does now. ``card_text``: the whole card, for people; the
    pictures that it shows lie in ``folder``.
    """

    name: str
    version: str
    task: str
    format: str
    origin: str
    licence: str
    summary: str
    labels: tuple[str, ...]
    size_bytes: int
    roles: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    card_text: str
    folder: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingTask:
    """A training that can be started here, or why not; ``options`` are (name, default) as text."""

    name: str
    missing: str
    options: tuple[tuple[str, str], ...]


def shelf_models() -> tuple[ShelfModel, ...]:
    """Return every model of this workstation by task and name."""
    chosen = chosen_models()
    models = (
        _shelf_model(card, tuple(role for role in ROLES if chosen.get(role, role) == card.name))
        for card in all_models()
    )
    return tuple(sorted(models, key=lambda each: (each.task, each.name)))


def training_tasks() -> tuple[TrainingTask, ...]:
    """Return every training, with what it lacks here."""
    has_torch = not why_no_training()
    return tuple(
        TrainingTask(
            name=task,
            missing="" if has_torch or task not in train.NEEDS_TORCH else "torch",
            options=() if task in train.NEEDS_TORCH and not has_torch else _options(task),
        )
        for task in train.TASKS
    )


def evaluation_tasks() -> tuple[str, ...]:
    return evaluate.TASKS


def roles_of(name: str) -> tuple[str, ...]:
    """Return the roles that a model may take; raises ModelMissing for a name that is none."""
    task = find_model(name).task
    return tuple(role for role, needed in ROLES.items() if needed == task)


def remove_model(name: str) -> None:
    """Take a model of the user's own off the shelf; raises UsageError for a shipped one."""
    import shutil

    card = find_model(name)
    if card.origin != "added":
        raise UsageError(f"model {name!r} came with the program and stays")
    shutil.rmtree(_folder(card))


def _shelf_model(card: ModelCard, roles: tuple[str, ...]) -> ShelfModel:
    folder = _folder(card)
    text_file = folder / "CARD.md"
    text = text_file.read_text(encoding="utf-8") if text_file.is_file() else card.summary
    return ShelfModel(
        name=card.name,
        version=card.version,
        task=card.task,
        format=card.format,
        origin=card.origin,
        licence=card.licence,
        summary=card.summary,
        labels=card.labels,
        size_bytes=sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()),
        roles=roles,
        figures=figures_of(text),
        card_text=text,
        folder=str(folder),
    )


def _folder(card: ModelCard) -> Path:
    found = next((folder for folder in card.path.parents if (folder / CARD_FILE).is_file()), None)
    if found is None:
        raise ModelMissing(f"the folder of model {card.name!r} has no {CARD_FILE}")
    return found


def _options(task: str) -> tuple[tuple[str, str], ...]:
    known = train.options_of(import_module(f"engine.training.{task}").train)
    return tuple(
        (name, "" if default is None or default == () else str(default)) for name, default in known.items()
    )
