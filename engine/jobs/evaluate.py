"""Measuring a model on data with known answers; the figures are those of the table in the docs."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from inspect import signature
from pathlib import Path
from typing import TYPE_CHECKING

from engine.clock import Clock
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.store import CaseKey

Figures = Mapping[str, float | None]

TASKS = ("entities", "assertion", "syntax", "segmentation", "scenes", "pairs", "relations", "links")


def evaluate_task(
    task: str,
    data: Path,
    *,
    model: str = "",
    regions: str = "gold",
    plots: Path | None = None,
    include: Path | None = None,
    exclude: Path | None = None,
) -> Figures:
    """Return the figures of one task; raises UsageError on a wrong task or missing data.

    ``include`` and ``exclude``: text files of names, of the pictures to measure and those to leave out.
    """
    if task not in TASKS:
        raise UsageError(f"no evaluation {task!r}; there are: {', '.join(TASKS)}")
    evaluate: Callable[..., Figures] = import_module(f"engine.evaluation.{task}").evaluate
    parts = {name: file for name, file in (("include", include), ("exclude", exclude)) if file is not None}
    if unknown := parts.keys() - signature(evaluate).parameters:  # these data say themselves what is measured
        raise UsageError(f"evaluate {task} takes no --{min(unknown)}")
    for path in (data, *parts.values()):
        if not path.exists():
            raise UsageError(f"there is no file or folder {path}")
    return evaluate(data, model=model, regions=regions, plots=plots, **parts)


def evaluate_retrieval(case: Path, queries: Path, *, clock: Clock, key: CaseKey | None = None) -> Figures:
    """Return the search figures of a case for queries with known answers."""
    from engine.evaluation.retrieval import evaluate
    from engine.jobs.search import search_case
    from engine.store import open_case

    if not queries.exists():
        raise UsageError(f"there is no file {queries}")
    with open_case(case, clock=clock, read_only=True, key=key) as store:
        figures: Figures = evaluate(store, queries, search_case)
    return figures
