"""The PDF report of many images beside a bare reportlab loop that is given the same pictures as ready JPEGs.

``python -m tests.benchmarks report``; ``CASEBOOK_REPORT_IMAGES`` says how many (default 500). Processor time
counts, since both are single threads.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.measure import Row, measure

AT = datetime(2026, 1, 2, 12, tzinfo=UTC)
_VIEWS = 20
_SIDE_PX = 1024


def rows() -> list[Row]:
    """Measure report and loop in processes of their own, with equal pictures."""
    images = int(os.environ.get("CASEBOOK_REPORT_IMAGES", "500"))
    with tempfile.TemporaryDirectory() as folder:
        figures = {
            what: json.loads(
                measure((sys.executable, "-m", "tests.benchmarks.report", what, folder, images))
                .output.strip()
                .splitlines()[-1]
            )
            for what in ("case", "loop", "report")
        }
    ours, bare = figures["report"], figures["loop"]
    speed, other = (each["pages"] / each["seconds"] for each in (ours, bare))
    shown, also = (images / each["seconds"] for each in (ours, bare))
    return [
        Row(
            what=f"PDF report of {images} images: pages per processor second",
            ours=f"{speed:.1f} ({ours['pages']} pages, {ours['mb']:.1f} MB, {ours['rss_mb']:.0f} MB RSS)",
            peer=f"bare reportlab, ready JPEGs {other:.1f} ({bare['mb']:.1f} MB, {bare['rss_mb']:.0f} MB)",
            ratio=f"{speed / other:.2f}",
        ),
        Row(
            what="the same, figures per processor second",
            ours=f"{shown:.1f}",
            peer=f"{also:.1f}",
            ratio=f"{shown / also:.2f}",
        ),
    ]


def _views() -> list[NDArray[np.uint8]]:
    import cv2

    chance = np.random.default_rng(1)
    coarse = chance.integers(0, 255, (32, 32), dtype=np.uint8)
    gray = cv2.resize(coarse, (_SIDE_PX, _SIDE_PX), interpolation=cv2.INTER_CUBIC)
    return [np.repeat(np.roll(gray, number * 9, axis=1)[..., None], 3, axis=2) for number in range(_VIEWS)]


def _numbered(view: NDArray[np.uint8], number: int) -> NDArray[np.uint8]:
    """Write a number into a picture in bright and dark squares, so that no two pictures are equal."""
    for bit in range(16):
        view[:16, bit * 16 : bit * 16 + 16] = 255 * (number >> bit & 1)
    return view


def _make_case(folder: Path, images: int) -> dict[str, Any]:
    from tests.benchmarks.scale_case import build

    build(folder / "case.casebook", images)
    return {}


def _report(folder: Path, images: int) -> dict[str, Any]:
    from engine.clock import fixed_clock
    from engine.jobs.export import export_case
    from engine.progress import Progress
    from engine.store import open_case

    views, pages = _views(), 0

    def count(news: Progress) -> None:
        nonlocal pages
        pages = news.done if news.step == "pages" else pages

    with open_case(folder / "case.casebook", clock=fixed_clock(AT), read_only=True) as store:
        numbers = {image.id: number for number, image in enumerate(store.images())}
        start = time.process_time()
        out = export_case(
            store,
            folder / "report.pdf",
            at=AT,
            load_view=lambda image: _numbered(views[numbers[image] % _VIEWS], numbers[image]),
            progress=count,
        ).path
        seconds = time.process_time() - start
    return _told(seconds, pages, out)


def _loop(folder: Path, images: int) -> dict[str, Any]:
    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    from engine.exporters.pictures import encode

    views = _views()
    paths = [folder / f"{number}.jpg" for number in range(images)]
    for number, path in enumerate(paths):
        path.write_bytes(encode(_numbered(views[number % _VIEWS], number), 1200).jpeg)
    start = time.process_time()
    out = folder / "loop.pdf"
    canvas = Canvas(str(out), pagesize=A4)
    for number, path in enumerate(paths):
        for left in (51, 303):
            canvas.drawImage(str(path), left, 500, 241, 241)
        canvas.drawString(51, 480, f"Figure {number + 1}: {path.name}")
        canvas.showPage()
    canvas.save()
    return _told(time.process_time() - start, images, out)


def _told(seconds: float, pages: int, out: Path) -> dict[str, Any]:
    rss_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": seconds, "pages": pages, "mb": out.stat().st_size / 1e6, "rss_mb": rss_mb}


if __name__ == "__main__":
    what, place, number = sys.argv[1:]
    print(json.dumps({"case": _make_case, "report": _report, "loop": _loop}[what](Path(place), int(number))))
