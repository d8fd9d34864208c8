"""Training a model on the user's own data, by the same functions that trained the shipped ones."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.errors import ModelMissing, UsageError
from engine.jobs.measuring import complete_card, complete_scene_card
from engine.jobs.workstation import why_no_training
from engine.progress import Progress, ReportProgress
from engine.weights import ModelCard

if TYPE_CHECKING:
    from engine.store import CaseKey

TASKS = ("entities", "encoder", "segmentation", "outlines", "scenes", "pairs", "relations", "links")
NEEDS_TORCH = frozenset({"encoder", "segmentation", "outlines", "scenes"})


def train_model(
    task: str,
    data: Path,
    out: Path,
    *,
    settings: Sequence[str],
    progress: ReportProgress,
    key: CaseKey | None = None,
) -> ModelCard:
    """Train ``task`` on ``data`` into the model folder ``out``; ``settings`` read NAME=VALUE.

    ``key`` opens ``data`` where that is an encrypted case.
    """
    if task not in TASKS:
        raise UsageError(f"no training {task!r}; there are: {', '.join(TASKS)}")
    if not data.exists():
        raise UsageError(f"there is no file or folder {data}")
    if task in NEEDS_TORCH and (reason := why_no_training()):
        raise ModelMissing(f"{task} cannot be trained here: {reason}")
    train: Callable[..., ModelCard] = import_module(f"engine.training.{task}").train
    secret = {} if key is None else {"key": key}
    card = train(data, out, progress=progress, **secret, **_options(train, settings))
    complete = {"segmentation": complete_card, "scenes": complete_scene_card}.get(task)
    if complete is None:
        return card
    progress(Progress(step="measure", done=0, total=1, item=card.name))
    return complete(data, out)


def options_of(train: Callable[..., ModelCard]) -> dict[str, Any]:
    """Return the options of a training with their defaults: the function's keyword-only ones.

    None is the default of what a preset or the data say.
    """
    return {name: parameter.default for name, parameter in _parameters(train).items()}


def _parameters(train: Callable[..., ModelCard]) -> dict[str, inspect.Parameter]:
    return {
        name: parameter
        for name, parameter in inspect.signature(train).parameters.items()
        if parameter.kind is parameter.KEYWORD_ONLY and name not in {"progress", "key"}
    }


def _options(train: Callable[..., ModelCard], settings: Sequence[str]) -> dict[str, Any]:
    """Read ``NAME=VALUE`` as the types that the training's parameters are written with."""
    known = _parameters(train)
    pairs = dict(_split(setting) for setting in settings)
    for name in pairs:
        if name not in known:
            raise UsageError(f"no option {name!r}; there are: {', '.join(sorted(known)) or 'none'}")
    return {name: _convert(name, text, known[name].annotation) for name, text in pairs.items()}


def _split(setting: str) -> tuple[str, str]:
    name, sign, value = setting.partition("=")
    if not sign:
        raise UsageError(f"--set takes NAME=VALUE, not {setting!r}")
    return name.replace("-", "_"), value


_TRUTH: Mapping[str, bool] = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}
_READ: Mapping[str, Callable[[str], object]] = {
    "str": str,
    "int": int,
    "float": float,
    "bool": lambda text: _TRUTH[text.lower()],
    "Path": Path,
    "tuple[str, ...]": lambda text: tuple(part for part in text.split(",") if part),
}
_MORE_THAN_NOTHING = frozenset({"batch", "epochs", "input_px", "learning_rate", "threads"})
_WORDS = {"int": "a whole number", "float": "a number", "bool": "yes or no"}


def _convert(name: str, text: str, annotation: str) -> object:
    """Read a value; ``annotation``: its type as it stands in the source, for example ``int | None``."""
    kind = annotation.removesuffix(" | None")
    read = _READ[kind]
    try:
        value = read(text)
    except (KeyError, ValueError) as error:
        raise UsageError(f"{name}={text!r} is not {_WORDS[kind]}") from error
    if name in _MORE_THAN_NOTHING and isinstance(value, int | float) and value <= 0:
        raise UsageError(f"{name}={text} must be more than 0")
    return value
