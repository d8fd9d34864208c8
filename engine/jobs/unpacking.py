"""Reading files and, after each, the files inside it: mail attachments, pictures in documents."""

from __future__ import annotations

import tempfile
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
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

MAX_DEPTH = 4
"""Containers inside containers, counted from the file in the folder."""

_TOO_DEEP = f"it lies more than {MAX_DEPTH} containers deep"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came of reading one file."""

    found: Found
    outcome: Decoded | ReadError


class Unpacking:
    """Feeds a DecodePool and follows attachments, whose bytes live in a temporary folder meanwhile."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._folder = tempfile.TemporaryDirectory(prefix="casebook-")

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
                answer = self._answer(pool, *running.popleft())
                inner.extend(self._attachments(answer))
                yield answer

    def _submit(self, pool: DecodePool, found: Found) -> DecodeFuture[Decoded] | FileTooLarge:
        if found.path is None or found.depth > MAX_DEPTH:
            return FileTooLarge(_TOO_DEEP)
        return pool.submit(_source(found, found.path), self._options)

    def _answer(self, pool: DecodePool, found: Found, future: DecodeFuture[Decoded] | FileTooLarge) -> Answer:
        if isinstance(future, FileTooLarge) or found.path is None:
            return Answer(found=found, outcome=FileTooLarge(_TOO_DEEP))
        try:
            decoded = future.result()
            source = _source(found, found.path)
            return Answer(found=found, outcome=with_scans(pool, source, decoded, read=self._options.scans))
        except ReadError as error:
            return Answer(found=found, outcome=error)

    def _attachments(self, answer: Answer) -> Iterator[Found]:
        if isinstance(answer.outcome, ReadError):
            return
        for number, attachment in enumerate(answer.outcome.content.attachments):
            yield self._unpack(answer.found, number, attachment)

    def _unpack(self, container: Found, number: int, attachment: Attachment) -> Found:
        sha256 = bytes_sha256(attachment.data)
        # The name comes from the evidence, so it never becomes a path on this disk.
        path = Path(self._folder.name) / f"{container.file.id}-{number}"
        path.write_bytes(attachment.data)
        relative = f"{container.file.relative_path}!{attachment.name.replace('/', '_')}"
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
