"""The words of scanned pages: each page is read in a child process, and they become one Report."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from engine.errors import ReadError, Skipped
from engine.jobs.reading import Decoded, DecodeFuture, DecodePool
from engine.protocols import Source
from engine.readers.limits import MAX_SCANNED_PAGES
from engine.readers.scan import ScannedPage, scan_report

_PDF = "application/pdf"


def with_scans(
    pool: DecodePool,
    source: Source,
    decoded: Decoded,
    *,
    read: bool,
    meanwhile: Callable[[], None] = lambda: None,
) -> Decoded:
    """Return what was decoded, with a Report of its scanned pages and a remark on each that was not read.

    ``read`` False: the pages are only named, as where speed was asked for. ``meanwhile`` is called
    while a page is waited for; it may raise Skipped.
    """
    content = decoded.content
    numbers = content.scanned_pages
    if not numbers:
        return decoded
    remarks: list[str] = []
    pages: list[ScannedPage] = []
    if not read or content.media_type != _PDF:
        why = "in this profile" if content.media_type == _PDF else "in a file of this kind"
        remarks.append(f"pages without a text layer, whose pictures are not read {why}: {_listed(numbers)}")
    else:
        for number, outcome in _pages(pool, source, numbers[:MAX_SCANNED_PAGES], meanwhile):
            if isinstance(outcome, ReadError):
                remarks.append(f"the words of page {number}, a scan, could not be read: {outcome}")
            else:
                pages.append(outcome)
        if len(numbers) > MAX_SCANNED_PAGES:
            remarks.append(f"only the first {MAX_SCANNED_PAGES} of its {len(numbers)} scanned pages are read")
    report = scan_report(source.sha256, pages, title=content.reports[0].title if content.reports else "")
    if pages and report is None and not content.reports:
        remarks.append("no text layer, and no words could be read in the pictures of its pages")
    reports = (*content.reports, report) if report else content.reports
    return replace(decoded, content=replace(content, reports=reports, remarks=(*content.remarks, *remarks)))


def _pages(
    pool: DecodePool, source: Source, numbers: Sequence[int], meanwhile: Callable[[], None]
) -> Iterator[tuple[int, ScannedPage | ReadError]]:
    waiting: deque[tuple[int, DecodeFuture[ScannedPage]]] = deque()
    try:
        for number in numbers:
            waiting.append((number, pool.submit_page(source, number)))
            if len(waiting) >= pool.in_flight:
                yield _settled(*waiting.popleft(), meanwhile)
        while waiting:
            yield _settled(*waiting.popleft(), meanwhile)
    finally:
        for _, future in waiting:
            future.cancel()


def _settled(
    number: int, future: DecodeFuture[ScannedPage], meanwhile: Callable[[], None]
) -> tuple[int, ScannedPage | ReadError]:
    try:
        return number, future.result(meanwhile)
    except Skipped:
        raise  # the whole file, and not this page alone
    except ReadError as error:
        return number, error


def _listed(numbers: Sequence[int]) -> str:
    shown = ", ".join(map(str, numbers[:20]))
    return f"{shown} and {len(numbers) - 20} more" if len(numbers) > 20 else shown
