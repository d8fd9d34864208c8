"""How well search answers queries whose relevant reports are known."""

from __future__ import annotations

import json
import math
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from engine.errors import UsageError
from engine.model.ids import ReportId
from engine.store import CaseStore


class Hit(Protocol):
    """An answer, as far as it matters here."""

    @property
    def report_id(self) -> ReportId | None: ...


class Answered(Protocol):
    """All answers in order; the first ``relevant`` of them passed the cut."""

    @property
    def hits(self) -> Sequence[Hit]: ...

    @property
    def relevant(self) -> int: ...


class Search(Protocol):
    """The search that is measured."""

    def __call__(self, store: CaseStore, text: str, *, limit: int, beyond_cut: bool) -> Answered: ...


_EVERYTHING = 1_000_000


def evaluate(store: CaseStore, queries: Path, search: Search) -> dict[str, float | None]:
    """Return mean figures over the queries (JSONL: ``query``, ``relevant`` file names).

    Precision at 10 is of min(10, relevant); MAP and nDCG take the full ranking; ``set_*`` what the
    calibrated cut leaves; latencies are of a search as the window asks it, 50 hits, in a warm process.
    """
    names = _names_by_report(store)
    rows: list[dict[str, float]] = []
    latencies: list[float] = []
    for query, relevant in _read(queries):
        search(store, query, limit=50, beyond_cut=False)
        started_s = time.perf_counter()
        search(store, query, limit=50, beyond_cut=False)
        latencies.append((time.perf_counter() - started_s) * 1000)
        answer = search(store, query, limit=_EVERYTHING, beyond_cut=True)
        ranking = _unique([name for hit in answer.hits for name in names.get(hit.report_id or "", ())])
        chosen = {
            name for hit in answer.hits[: answer.relevant] for name in names.get(hit.report_id or "", ())
        }
        rows.append(measure(ranking, chosen, relevant))
    if not rows:
        raise UsageError(f"{queries} holds no query")
    figures: dict[str, float | None] = {key: sum(row[key] for row in rows) / len(rows) for key in rows[0]}
    latencies.sort()
    return {
        **figures,
        "latency_p50_ms": _quantile(latencies, 0.5),
        "latency_p95_ms": _quantile(latencies, 0.95),
    }


def measure(ranking: Sequence[str], chosen: set[str], relevant: frozenset[str]) -> dict[str, float]:
    """Return the figures of one query with at least one relevant report."""
    gains = [name in relevant for name in ranking]
    hits, precisions = 0, 0.0
    for place, gain in enumerate(gains, start=1):
        hits += gain
        precisions += hits / place if gain else 0.0
    ideal = sum(1 / math.log2(place + 1) for place in range(1, min(10, len(relevant)) + 1))
    right = len(chosen & relevant)
    return {
        "p_at_10": sum(gains[:10]) / min(10, len(relevant)),
        "map": precisions / len(relevant),
        "ndcg_at_10": sum(gain / math.log2(place + 1) for place, gain in enumerate(gains[:10], start=1))
        / ideal,
        "set_precision": right / len(chosen) if chosen else 0.0,
        "set_recall": right / len(relevant),
        "set_f1": 2 * right / (len(chosen) + len(relevant)),
    }


def _read(queries: Path) -> list[tuple[str, frozenset[str]]]:
    try:
        rows = [json.loads(line) for line in queries.read_text(encoding="utf-8").splitlines() if line.strip()]
        pairs = [(str(row["query"]), frozenset(map(str, row["relevant"]))) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{queries} is not JSON lines of query and relevant: {error}") from error
    return [(query, relevant) for query, relevant in pairs if relevant]


def _names_by_report(store: CaseStore) -> dict[str, list[str]]:
    of_content: dict[str, list[str]] = {}
    for report in store.reports():
        of_content.setdefault(report.sha256, []).append(report.id)
    names: dict[str, list[str]] = {}
    for file in store.files():
        for report_id in of_content.get(file.sha256, ()):
            names.setdefault(report_id, []).append(file.name)
    return names


def _unique(names: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(names))


def _quantile(ordered: Sequence[float], share: float) -> float:
    return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
