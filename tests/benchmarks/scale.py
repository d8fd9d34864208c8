"""How a case behaves as it grows: ``python -m tests.benchmarks.scale 1000 10000 --out FOLDER``.

Each size runs in a process of its own. Figures are appended to FOLDER/scale.jsonl; with matplotlib the
linking time is drawn against the size. Not part of CI: a hundred thousand reports take a good while.
"""

from __future__ import annotations

import argparse
import json
import math
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

from tests.benchmarks.measure import CHECKOUT

if TYPE_CHECKING:
    from engine.store import CaseStore


def main(arguments: Sequence[str]) -> None:
    """Build, link and search cases of the given sizes and say how the times grow."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--one", action="store_true", help="measure one size in this process")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    if options.one:
        print(json.dumps(_measure(options.sizes[0], options.out)))
        return
    rows = []
    for size in options.sizes:
        command = [
            sys.executable,
            "-m",
            "tests.benchmarks.scale",
            str(size),
            "--out",
            str(options.out),
            "--one",
        ]
        answer = subprocess.run(command, cwd=CHECKOUT, check=True, stdout=subprocess.PIPE, encoding="utf-8")
        rows.append(json.loads(answer.stdout.splitlines()[-1]))
        with (options.out / "scale.jsonl").open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(rows[-1]) + "\n")
        print(json.dumps(rows[-1]), flush=True)
    if len(rows) > 1:
        for key in ("candidates_cpu_s", "link_cpu_s"):
            print(f"{key} grows with the size to the power of {exponent(rows, key):.2f}")
        _draw(rows, options.out / "linking.png")


def exponent(rows: Sequence[dict[str, float]], key: str) -> float:
    """Return the slope of the line through the logarithms of size and time."""
    points = [(math.log(row["reports"]), math.log(row[key])) for row in rows]
    mean_x, mean_y = (sum(each) / len(points) for each in zip(*points, strict=True))
    rise = sum((x - mean_x) * (y - mean_y) for x, y in points)
    return rise / sum((x - mean_x) ** 2 for x, _ in points)


def _measure(size: int, out: Path) -> dict[str, float]:
    from engine.clock import system_clock
    from engine.store import open_case
    from tests.benchmarks.scale_case import build

    path = out / f"scale_{size}.casebook"
    figures: dict[str, float] = {"reports": size}
    if not path.exists():
        started_s = time.perf_counter()
        build(path, size)
        figures["build_s"] = round(time.perf_counter() - started_s, 2)
    figures["file_mb"] = round(path.stat().st_size / 1e6, 1)
    with open_case(path, clock=system_clock) as store:
        figures |= _link(store)
        figures["link_rss_mb"] = _rss_mb()
    with open_case(path, clock=system_clock, read_only=True) as store:
        figures |= _search(store)
    return figures


def _link(store: CaseStore) -> dict[str, float]:
    """Time the linking of the whole case as ingest does it, and its share up to the first candidates."""
    if store.counts().relations:
        return {}
    from engine.jobs.link import Linking, link_case
    from engine.model.runs import RunOutcome

    linking = Linking.load()
    run = store.begin_run("link", linking.components)
    found_at_s: list[float] = []

    def progress(_: object) -> None:
        found_at_s.append(time.process_time()) if not found_at_s else None

    started_s, started_cpu_s = time.perf_counter(), time.process_time()
    link_case(store, linking, run=run, progress=progress)
    ended_s, ended_cpu_s = time.perf_counter(), time.process_time()
    store.finish_run(run, RunOutcome.FINISHED)
    return {
        "links": store.counts().links,
        "relations": store.counts().relations,
        "candidates_cpu_s": round(found_at_s[0] - started_cpu_s, 2),
        "link_s": round(ended_s - started_s, 2),
        "link_cpu_s": round(ended_cpu_s - started_cpu_s, 2),
    }


def _search(store: CaseStore) -> dict[str, float]:
    from engine.jobs.search import search_case
    from engine.recognizers.context_rules import load_context_rules
    from tests.benchmarks.scale_case import queries

    started_s = time.perf_counter()
    search_case(store, "warm", limit=1)
    load_context_rules()
    figures = {"first_search_s": round(time.perf_counter() - started_s, 2)}
    times_ms, cpu_ms = [], []
    for query in queries():
        started_s, started_cpu_s = time.perf_counter(), time.process_time()
        answer = search_case(store, query, limit=50)
        times_ms.append((time.perf_counter() - started_s) * 1000)
        cpu_ms.append((time.process_time() - started_cpu_s) * 1000)
        said = f"{times_ms[-1]:8.1f} ms, {cpu_ms[-1]:7.1f} ms of processor  {query}: {len(answer.hits)} hits"
        print(said, file=sys.stderr)
    times_ms.sort()
    cpu_ms.sort()
    return figures | {
        "search_p50_ms": round(times_ms[len(times_ms) // 2], 1),
        "search_p95_ms": round(times_ms[int(len(times_ms) * 0.95)], 1),
        "search_worst_ms": round(times_ms[-1], 1),
        "search_p50_cpu_ms": round(cpu_ms[len(cpu_ms) // 2], 1),
        "search_p95_cpu_ms": round(cpu_ms[int(len(cpu_ms) * 0.95)], 1),
        "search_rss_mb": _rss_mb(),
    }


def _rss_mb() -> float:
    return round(psutil.Process().memory_info().rss / 1e6, 1)


def _draw(rows: Sequence[dict[str, float]], picture: Path) -> None:
    try:
        from matplotlib.figure import Figure
    except ImportError:
        return
    figure = Figure(figsize=(6, 4))
    axes = figure.subplots()
    sizes = [row["reports"] for row in rows]
    axes.loglog(sizes, [row["link_cpu_s"] for row in rows], marker="o", label="linking")
    axes.loglog(
        sizes, [row["candidates_cpu_s"] for row in rows], marker="s", label="of it: finding candidates"
    )
    first = rows[0]["link_cpu_s"] / rows[0]["reports"]
    axes.loglog(sizes, [first * size for size in sizes], linestyle="--", label="linear")
    axes.set_xlabel("reports (and images)")
    axes.set_ylabel("processor seconds")
    axes.legend()
    figure.savefig(picture, dpi=120)


if __name__ == "__main__":
    main(sys.argv[1:])
