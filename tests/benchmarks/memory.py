"""Memory of an ingest of 2,000 pictures: ``python -m tests.benchmarks.memory OUT.png``.

Photographs, blood smears and radiographs in turn, every part of the engine at work. Prints the median of
each tenth of the run, and draws the memory of all processes over time.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
from collections.abc import Iterator, Sequence
from itertools import zip_longest
from pathlib import Path

from tests.benchmarks.measure import CASEBOOK, data_dir, measure

_PICTURES = 2_000
_SETS = ("lungs_seg", "bccd", "flickr8k_sub", "vehicles_openimages", "guns_openimages")


def main(arguments: Sequence[str]) -> None:
    """Measure one ingest and draw it."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        folder = Path(name)
        pictures, case = folder / "pictures", folder / "bench.casebook"
        pictures.mkdir()
        for number, path in enumerate(_mixed()):
            shutil.copy(path, pictures / f"{number:04}{path.suffix}")
        measure([*CASEBOOK, "new", case, "--kind", "medical"])
        taken = measure([*CASEBOOK, "ingest", case, pictures, "--device", "cpu"])
    tenth = max(1, len(taken.memory) // 10)
    parts = [taken.memory[start : start + tenth] for start in range(0, tenth * 10, tenth)]
    medians = ", ".join(f"{statistics.median(rss_mb for _, rss_mb in part):.0f}" for part in parts)
    print(taken.output.strip().splitlines()[-1])
    print(f"{taken.seconds:.0f} s; median MB of each tenth: {medians}; peak {taken.peak_rss_mb:.0f}")
    for picture in arguments[:1]:
        _draw(taken.memory, Path(picture))


def _mixed() -> Iterator[Path]:
    folders = [sorted((data_dir() / name / "images").iterdir()) for name in _SETS]
    mixed = (path for row in zip_longest(*folders) for path in row if path is not None)
    yield from (path for path, _ in zip(mixed, range(_PICTURES), strict=False))


def _draw(memory: Sequence[tuple[float, float]], picture: Path) -> None:
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 3.2))
    axes = figure.subplots()
    axes.plot([seconds for seconds, _ in memory], [rss_mb for _, rss_mb in memory], linewidth=0.8)
    axes.set(xlabel="seconds", ylabel="resident memory of all processes, MB", ylim=(0, None))
    axes.set_title(f"Ingest of {_PICTURES:,} pictures")
    axes.grid(alpha=0.3)
    figure.tight_layout()
    figure.savefig(picture, dpi=110)


if __name__ == "__main__":
    main(sys.argv[1:])
