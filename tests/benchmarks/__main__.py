"""``make bench``: print a table of figures beside a peer's, measured in the same run."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Sequence
from datetime import UTC, datetime

from tests.benchmarks import ingest, mutations, reading, report, search, segmenting, tampering, text, window
from tests.benchmarks.measure import Row

BENCHES = {
    "window": window.rows,
    "ingest": ingest.rows,
    "segmenting": segmenting.rows,
    "reading": reading.rows,
    "report": report.rows,
    "search": search.rows,
    "text": text.rows,
    "mutations": mutations.rows,
    "tampering": tampering.rows,
}


def main(names: Sequence[str]) -> None:
    """Run the named benches, or all."""
    print(
        f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, {datetime.now(UTC):%Y-%m-%d}"
    )
    rows = [row for name in names or BENCHES for row in BENCHES[name]()]
    table = [Row(what="what", ours="casebook", peer="peer", ratio="ratio"), *rows]
    columns = [[row.what, row.ours, row.peer, row.ratio] for row in table]
    widths = [max(len(cells[number]) for cells in columns) for number in range(4)]
    for cells in columns:
        print("  ".join(f"{cell:<{width}}" for cell, width in zip(cells, widths, strict=True)).rstrip())


if __name__ == "__main__":
    main(sys.argv[1:])
