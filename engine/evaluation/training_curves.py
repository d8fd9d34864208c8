"""How a training went: the columns of its ``training.csv`` by epoch, drawn."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from engine.settings import go_offline

Rows = Sequence[Mapping[str, str]]


def draw_training(table: Path, picture: Path, panels: Callable[[Rows], Mapping[str, Sequence[str]]]) -> None:
    """Draw the curves that ``panels`` names side by side, where matplotlib is installed.

    ``panels`` gives for the rows the label of each panel, with the columns that it shows.
    """
    go_offline()
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    shown = panels(rows)
    figure = Figure(figsize=(3 + 3 * len(shown), 4), layout="constrained")
    FigureCanvasAgg(figure)
    (row_of_axes,) = figure.subplots(1, len(shown), squeeze=False)
    for axes, (measure, names) in zip(row_of_axes, shown.items(), strict=True):
        for name in names:
            axes.plot([int(row["epoch"]) for row in rows], [float(row[name]) for row in rows], label=name)
        axes.set(xlabel="epoch", ylabel=measure)
        axes.legend()
    figure.savefig(picture, dpi=100)
