"""Search over the iu_retrieval reports, ingested by the command line, beside plain FTS5."""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from pathlib import Path

from tests.benchmarks.measure import CASEBOOK, Row, data_dir, measure


def rows() -> list[Row]:
    """Measure quality and latency as ``casebook evaluate retrieval`` prints them."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        case = Path(name) / "bench.casebook"
        reports, queries = (
            data_dir() / "iu_retrieval" / "reports",
            data_dir() / "iu_retrieval" / "queries.jsonl",
        )
        measure([*CASEBOOK, "new", case, "--kind", "medical"])
        ingest = measure([*CASEBOOK, "ingest", case, reports, "--json"])
        figures = json.loads(measure([*CASEBOOK, "evaluate", "retrieval", case, queries, "--json"]).output)
        plain_ms = _fts5_ms(reports, queries)
    summary = json.loads(ingest.output)
    return [
        Row(
            what=f"ingest of {summary['reports']} reports, reports/s",
            ours=f"{summary['reports'] / ingest.seconds:.1f}",
            peer="",
            ratio="",
        ),
        Row(what="  peak memory, MB", ours=f"{ingest.peak_rss_mb:.0f}", peer="", ratio=""),
        Row(
            what="search latency p50, ms",
            ours=f"{figures['latency_p50_ms']:.1f}",
            peer=f"FTS5 bm25 {plain_ms:.1f}",
            ratio=f"{figures['latency_p50_ms'] / plain_ms:.1f}",
        ),
        Row(what="search latency p95, ms", ours=f"{figures['latency_p95_ms']:.1f}", peer="", ratio=""),
        *(
            Row(what=f"search {key}", ours=f"{figures[key]:.3f}", peer=f"FTS5 {plain}", ratio="")
            for key, plain in (("p_at_10", "0.58"), ("map", "0.43"), ("set_f1", "0.48"))
        ),
    ]


def _fts5_ms(reports: Path, queries: Path) -> float:
    """Return the median time of the same queries on a bare FTS5 table."""
    connection = sqlite3.connect(":memory:")
    connection.execute("CREATE VIRTUAL TABLE reports USING fts5(text, tokenize='porter unicode61')")
    texts = ((path.read_text(encoding="utf-8"),) for path in sorted(reports.iterdir()))
    connection.executemany("INSERT INTO reports VALUES (?)", texts)
    times_ms = []
    for line in queries.read_text(encoding="utf-8").splitlines():
        words = " AND ".join(f'"{word}"' for word in json.loads(line)["query"].split())
        started_s = time.perf_counter()
        connection.execute(
            "SELECT rowid FROM reports WHERE reports MATCH ? ORDER BY bm25(reports)", (words,)
        ).fetchall()
        times_ms.append((time.perf_counter() - started_s) * 1000)
    connection.close()
    return statistics.median(times_ms)
