"""Reading files and, after each, the files inside it: mail attachments, pictures in documents."""

from __future__ import annotations

import tempfile
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path, PurePosixPath
from types import TracebackType
from typing import Self

from engine.errors import FileTooLarge, ReadError
from engine.hashing import bytes_sha256
from engine.jobs.reading import Decoded, DecodeFuture, DecodePool
from engine.jobs.scanning import with_scans
from engine.jobs.survey import Found
from engine.model.evidence import SourceFile
from engine.model.ids import source_file_id
from engine.protocols import Attachment, ReadOptions, Source
from engine.readers.limits import MIB

MAX_DEPTH = 4
"""Containers inside containers, counted from the file in the folder."""

MAX_FILES = 20_000
MAX_BYTES = 4096 * MIB
"""What one file of the folder may hold in all, at every depth together."""

_TOO_DEEP = f"it lies more than {MAX_DEPTH} containers deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of reading one file."""

    found: Found
    outcome: Decoded | ReadError


class Unpacking:
    """Feeds a DecodePool and follows attachments, whose bytes live in a temporary folder meanwhile.

    ``waiting`` is told of a file twice a second while it is read; it may raise Skipped or Cancelled.
    """

    def __init__(self, options: ReadOptions, waiting: Callable[[Found], None] = lambda _: None) -> None:
        self._options = options
        self._waiting = waiting
        self._folder = tempfile.TemporaryDirectory(prefix="casebook-")
        self._files: Counter[str] = Counter()
        self._bytes: Counter[str] = Counter()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._folder.cleanup()

    def read_all(self, pool: DecodePool, found: Iterator[Found]) -> Iterator[Answer]:
        """Yield an Answer per file, in order, each followed by those of its attachments."""
        running: deque[tuple[Found, DecodeFuture[Decoded] | FileTooLarge]] = deque()
        inner: deque[Found] = deque()
        exhausted = False
        while running or inner or not exhausted:
            while len(running) < pool.in_flight and not (exhausted and not inner):
                following = inner.popleft() if inner else next(found, None)
                if following is None:
                    exhausted = True
                    break
                running.append((following, self._submit(pool, following)))
            if running:
                answer, found_inside = self._enter(self._answer(pool, *running.popleft()))
                inner.extend(found_inside)
                if answer.found.depth and answer.found.path is not None:
                    answer.found.path.unlink(missing_ok=True)
                yield answer

    def _submit(self, pool: DecodePool, found: Found) -> DecodeFuture[Decoded] | FileTooLarge:
        if found.path is None or found.depth > MAX_DEPTH:
            return FileTooLarge(_TOO_DEEP)
        return pool.submit(_source(found, found.path), self._options)

    def _answer(self, pool: DecodePool, found: Found, future: DecodeFuture[Decoded] | FileTooLarge) -> Answer:
        if isinstance(future, FileTooLarge) or found.path is None:
            return Answer(found=found, outcome=FileTooLarge(_TOO_DEEP))
        meanwhile = partial(self._waiting, found)
        try:
            decoded = future.result(meanwhile)
            source = _source(found, found.path)
            whole = with_scans(pool, source, decoded, read=self._options.scans, meanwhile=meanwhile)
            return Answer(found=found, outcome=whole)
        except ReadError as error:
            return Answer(found=found, outcome=error)

    def _enter(self, answer: Answer) -> tuple[Answer, list[Found]]:
        """Return the answer, with a remark where not all could be followed, and the files inside it."""
        if isinstance(answer.outcome, ReadError):
            return answer, []
        content = answer.outcome.content
        names = _distinct([attachment.name.replace("/", "_") for attachment in content.attachments])
        found: list[Found] = []
        for number, (name, attachment) in enumerate(zip(names, content.attachments, strict=True)):
            if not self._is_within_budget(answer.found, attachment):
                remark = f"files in it from number {number + 1} on are not read: too many or too large in all"
                content = replace(content, remarks=(*content.remarks, remark))
                return replace(answer, outcome=replace(answer.outcome, content=content)), found
            found.append(self._unpack(answer.found, number, name, attachment))
        return answer, found

    def _is_within_budget(self, container: Found, attachment: Attachment) -> bool:
        """Count a file against what one file of the folder may hold, however deep: archives nest."""
        outermost = f"{container.file.root}/{container.file.relative_path.partition('!')[0]}"
        self._files[outermost] += 1
        self._bytes[outermost] += len(attachment.data)
        return self._files[outermost] <= MAX_FILES and self._bytes[outermost] <= MAX_BYTES

    def _unpack(self, container: Found, number: int, name: str, attachment: Attachment) -> Found:
        sha256 = bytes_sha256(attachment.data)
        # The name comes from the evidence, so it never becomes a path on this disk.
        path = Path(self._folder.name) / f"{container.file.id}-{number}"
        path.write_bytes(attachment.data)
        relative = f"{container.file.relative_path}!{name}"
        file = SourceFile(
            id=source_file_id(container.file.root, relative, sha256),
            root=container.file.root,
            relative_path=relative,
            sha256=sha256,
            size_bytes=len(attachment.data),
            modified_at=container.file.modified_at,
            parent_id=container.file.id,
            page=attachment.page,
            caption=attachment.caption,
        )
        return Found(file=file, path=path, depth=container.depth + 1)


def _source(found: Found, path: Path) -> Source:
    return Source(
        path=path,
        relative_path=found.file.relative_path,
        sha256=found.file.sha256,
        size_bytes=found.file.size_bytes,
    )


def _distinct(names: Sequence[str]) -> list[str]:
    """Return the names with a number behind those that are there already: mails repeat "image.png"."""
    used: set[str] = set()
    made: list[str] = []
    for name in names:
        path, number, chosen = PurePosixPath(name), 1, name
        while chosen in used:
            number += 1
            chosen = f"{path.stem} ({number}){path.suffix}"
        used.add(chosen)
        made.append(chosen)
    return made
