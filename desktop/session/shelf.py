"""The models of this workstation as the window knows them, and what can be trained and measured here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop.engine_client import EngineClient
from desktop.session.jobs import JobEnd, Jobs
from engine.messages import Kind, Message

_VERB = "models"
READING_TASKS = ("segmentation", "detection", "scenes")
"""Tasks whose models all read a case's evidence, unless its settings leave them out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model: what it is for, where it comes from, and the figures that its card names."""

    name: str
    version: str
    task: str
    origin: str
    licence: str
    summary: str
    labels: tuple[str, ...]
    size_bytes: int
    roles: tuple[str, ...]
    figures: tuple[tuple[str, str], ...]
    card_text: str
    folder: str

    @property
    def is_own(self) -> bool:
        return self.origin == "added"


@dataclass(frozen=True, slots=True, kw_only=True)
class Training:
    """A training; ``missing`` names the package that it needs and that is not installed."""

    task: str
    missing: str
    options: tuple[tuple[str, str], ...]


class Shelf(QObject):
    """Knows the models after ``ask``; ``changed`` tells when that is, and when one was added.

    Lists come from the query worker, which is there anyway; what makes or changes models runs in
    the training worker, which is started for it.
    """

    changed = Signal()

    def __init__(self, reader: EngineClient, trainer: EngineClient, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reader = reader
        self.jobs = Jobs(trainer, self)
        self.models: tuple[Model, ...] = ()
        self.trainings: tuple[Training, ...] = ()
        self.evaluations: tuple[str, ...] = ()
        self.roles: Mapping[str, str] = {}
        reader.message.connect(self._take)

    def ask(self) -> None:
        """Read the shelf again."""
        self._reader.request(_VERB, {})

    def train(
        self, task: str, data: Path, name: str, settings: Sequence[str], then: Callable[[JobEnd], None]
    ) -> None:
        """Train a model from ``data`` and put it on the shelf as ``name``."""
        words = {"task": task, "data": str(data), "name": name, "settings": list(settings)}
        self._change("train", words, then)

    def evaluate(
        self, task: str, data: Path, model: str, regions: str, then: Callable[[JobEnd], None]
    ) -> None:
        """Measure a model on data with known answers; an empty ``model`` is the one in use."""
        words = {"task": task, "data": str(data), "model": model, "regions": regions}
        self.jobs.run("evaluate", words, then)

    def add(self, file: Path, then: Callable[[JobEnd], None]) -> None:
        self._change("add_model", {"file": str(file)}, then)

    def remove(self, name: str, then: Callable[[JobEnd], None]) -> None:
        self._change("remove_model", {"name": name}, then)

    def choose(self, role: str, name: str, then: Callable[[JobEnd], None]) -> None:
        """Let a model do the work of ``role`` from the next job on."""
        self._change("choose_model", {"role": role, "name": name}, then)

    def _change(self, verb: str, words: Mapping[str, object], then: Callable[[JobEnd], None]) -> None:
        def ended(end: JobEnd) -> None:
            if end.kind is Kind.FINISHED:
                self._fill(end.body)
            then(end)

        self.jobs.run(verb, words, ended)

    def _take(self, message: Message) -> None:
        if message.kind is Kind.ANSWER and message.of.startswith(f"{_VERB}-"):
            self._fill(message.body)

    def _fill(self, body: Mapping[str, Any]) -> None:
        self.models = tuple(map(_model, body["models"]))
        self.trainings = tuple(map(_training, body["trainings"]))
        self.evaluations = tuple(body["evaluations"])
        self.roles = dict(body["roles"])
        self.changed.emit()


def _model(row: Mapping[str, Any]) -> Model:
    return Model(
        name=row["name"],
        version=row["version"],
        task=row["task"],
        origin=row["origin"],
        licence=row["licence"],
        summary=row["summary"],
        labels=tuple(row["labels"]),
        size_bytes=row["size_bytes"],
        roles=tuple(row["roles"]),
        figures=tuple((name, value) for name, value in row["figures"]),
        card_text=row["card_text"],
        folder=row["folder"],
    )


def _training(row: Mapping[str, Any]) -> Training:
    options = tuple((name, default) for name, default in row["options"])
    return Training(task=row["name"], missing=row["missing"], options=options)
