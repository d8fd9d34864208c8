"""Reading one evidence file: the reader that fits best, in this process or in a child with limits."""

from __future__ import annotations

import logging
import multiprocessing
import os
import sys
import warnings
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError, Future, wait
from concurrent.futures import TimeoutError as FutureTimeout
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import cache
from types import TracebackType
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from engine.errors import (
    Cancelled,
    CorruptFile,
    FileTooLarge,
    NotReadable,
    ReadError,
    Skipped,
    TimedOut,
    UnsupportedFile,
)
from engine.model.runs import Component
from engine.network_guard import refuse_networks
from engine.plugins import load_plugin, plugin_names
from engine.protocols import IDEAL, Content, Reader, ReadOptions, Source
from engine.readers.limits import TIME_BASE_S, TIME_PER_SCAN_S, memory_limit_bytes, time_limit_s
from engine.readers.opening import PARSER_ERRORS, read_head, reason
from engine.readers.preview import thumbnail_jpeg
from engine.readers.signatures import describe

if TYPE_CHECKING:
    from engine.readers.scan import ScannedPage

Result = TypeVar("Result")

# The exit status of a child that ran out of memory; the others belong to Python and to signals.
_OUT_OF_MEMORY = 77
# A child ends like this when what it decoded cannot be packed for its way here.
_COULD_NOT_SEND = 1
# How often someone who waits for a file is told, and so may stop waiting.
_TOLD_EVERY_S = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """What one file holds, with a JPEG thumbnail for each frame and the reader that did it."""

    content: Content
    thumbnails: tuple[bytes, ...]
    component: Component


def readers() -> Iterator[Reader]:
    """Yield every reader that can run on this workstation, best known first, each loaded in its turn."""
    loaded = map(_reader, _reader_names())
    return (reader for reader in loaded if reader is not None)


@cache
def _reader_names() -> tuple[str, ...]:
    return plugin_names("readers")


@cache
def _reader(name: str) -> Reader | None:
    reader = load_plugin("readers", name)
    return reader() if reader.availability() is None else None


def choose_reader(name: str, head: bytes) -> Reader:
    """Return the reader that fits a file best, by its name and first 4 KiB.

    Raises CorruptFile for an empty file, UnsupportedFile, with what the file is, where none fits.
    """
    if not head:
        raise CorruptFile("the file is empty (0 bytes)")
    best, chosen = 0, None
    for reader in readers():
        score = reader.support(name, head)
        if score > best:
            best, chosen = score, reader
        if best == IDEAL:
            break
    if chosen is None:
        raise UnsupportedFile(f"no reader for this kind of file: {describe(head)}")
    return chosen


def read_file(source: Source, options: ReadOptions) -> Decoded:
    """Read one file in this process; raises a ReadError with the reason.

    A pure function of the file's bytes: what a reader of other people's code raises becomes
    CorruptFile, want of memory FileTooLarge.
    """
    reader = choose_reader(source.relative_path, read_head(source.path))
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            content = reader.read(source, options)
        thumbnails = tuple(thumbnail_jpeg(frame.pixels.view) for frame in content.frames)
    except ReadError:
        raise
    except MemoryError as error:
        raise FileTooLarge("decoding it needs more memory than a file may take") from error
    except PARSER_ERRORS as error:
        raise CorruptFile(f"the {reader.name} reader failed on it: {reason(error)}") from error
    return Decoded(content=content, thumbnails=thumbnails, component=reader.component)


class DecodePool:
    """Child processes that read evidence; each file has a time limit and a memory limit.

    A context manager. Children live as long as the pool and import readers when they first need
    them; one that crashes or is stopped costs its own file only and is replaced.
    """

    def __init__(
        self,
        workers: int = 2,
        *,
        base_s: float = TIME_BASE_S,
        memory_bytes: int | None = None,
    ) -> None:
        self._workers = workers
        self._base_s = base_s
        self._memory_bytes = memory_bytes or memory_limit_bytes()
        # OpenBLAS would take memory for a thread per core in each child, which multiplies nothing.
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        self._pool = self._new_pool()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def start(self) -> None:
        """Let the children begin to get ready; without it they do so with the first file."""
        _ = self._pool.active

    @property
    def in_flight(self) -> int:
        """How many files should be submitted at a time, so that no child waits for work."""
        return 2 * self._workers

    def submit(self, source: Source, options: ReadOptions) -> DecodeFuture[Decoded]:
        """Begin to read one file; at most ``in_flight`` results should be waiting at a time."""
        limit_s = time_limit_s(source.size_bytes, base_s=self._base_s)
        return self._schedule(read_file, (source, options), limit_s)

    def submit_page(self, source: Source, number: int) -> DecodeFuture[ScannedPage]:
        """Begin to read the words of one scanned page, under a time limit of its own."""
        from engine.readers.scan import read_scanned_page

        limit_s = time_limit_s(source.size_bytes, base_s=TIME_PER_SCAN_S)
        return self._schedule(read_scanned_page, (source, number), limit_s)

    def _schedule(
        self, work: Callable[..., Result], arguments: tuple[object, ...], limit_s: float
    ) -> DecodeFuture[Result]:
        if not self._pool.active:
            self._pool = self._new_pool()  # every child died at once; the files are not to blame
        future = self._pool.schedule(_in_child, args=(work, *arguments), timeout=limit_s)
        return DecodeFuture(future, limit_s)

    def decode(
        self, sources: Iterable[Source], options: ReadOptions
    ) -> Iterator[tuple[Source, Decoded | ReadError]]:
        """Yield every file with its content or its error, in order, several being read at a time."""
        waiting: deque[tuple[Source, DecodeFuture[Decoded]]] = deque()
        for source in sources:
            waiting.append((source, self.submit(source, options)))
            if len(waiting) >= self.in_flight:
                yield _settled(*waiting.popleft())
        while waiting:
            yield _settled(*waiting.popleft())

    def close(self) -> None:
        """Stop all children, also those that are at work, and wait until they are gone."""
        self._pool.stop()
        self._pool.join()

    def _new_pool(self) -> Any:
        from pebble import ProcessPool

        return ProcessPool(
            max_workers=self._workers,
            initializer=_prepare_child,
            initargs=(self._memory_bytes,),
            # A child that starts from nothing holds no locks, sockets or models of this process,
            # and is made alike on every system and in a frozen program.
            context=multiprocessing.get_context("spawn"),
        )


class DecodeFuture(Generic[Result]):
    """One file, or one page, that is being read."""

    def __init__(self, future: Future[Result | ReadError], limit_s: float) -> None:
        self._future = future
        self._limit_s = limit_s

    def done(self) -> bool:
        return self._future.done()

    def cancel(self) -> None:
        self._future.cancel()

    def result(self, meanwhile: Callable[[], None] = lambda: None) -> Result:
        """Wait for the content; raises a ReadError with the reason.

        ``meanwhile`` is called twice a second; what it raises, Skipped or Cancelled, ends the child.
        """
        from pebble import ProcessExpired

        try:
            while not wait([self._future], timeout=_TOLD_EVERY_S).done:
                meanwhile()
        except (Skipped, Cancelled):
            self.cancel()
            raise
        try:
            outcome = self._future.result()
        except FutureTimeout as error:
            raise TimedOut(f"not read within its time limit of {self._limit_s:.0f} s") from error
        except ProcessExpired as error:
            if error.exitcode in (_OUT_OF_MEMORY, _COULD_NOT_SEND):
                raise FileTooLarge("decoding it needs more memory than a file may take") from error
            raise CorruptFile(f"its reader crashed on it ({_exit_words(error.exitcode)})") from error
        except CancelledError as error:
            raise NotReadable("its reading was stopped") from error
        except BrokenProcessPool as error:
            raise NotReadable("the processes that read files ended; try this file again") from error
        if isinstance(outcome, ReadError):
            raise outcome
        return outcome


def _settled(source: Source, future: DecodeFuture[Decoded]) -> tuple[Source, Decoded | ReadError]:
    try:
        return source, future.result()
    except ReadError as error:
        return source, error


def _exit_words(code: int | None) -> str:
    return f"signal {-code}" if code is not None and code < 0 else f"exit status {code}"


def _in_child(work: Callable[..., Result], *arguments: object) -> Result | ReadError:
    """Read in the child; an error travels as a value, without its foreign cause."""
    try:
        return work(*arguments)
    except ReadError as error:
        if isinstance(error.__cause__, MemoryError):
            # The heap of this child stays as large as it grew; the next file gets a fresh one.
            os._exit(_OUT_OF_MEMORY)
        return type(error)(*error.args)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001 - around one file: no parser may end the run
        # A decoder written in Rust panics with what is no Exception, and cannot be sent as it is.
        return CorruptFile(f"its reader failed on it: {type(error).__name__}: {reason(error)}")


def _prepare_child(memory_bytes: int) -> None:
    """Limit this child's memory where the system can; keep its libraries off the terminal and the network."""
    refuse_networks()
    logging.disable(logging.CRITICAL)
    silence = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):  # libtiff, for one, writes to standard error from C
        os.dup2(silence, descriptor)
    os.close(silence)
    if sys.platform == "win32":
        return
    import resource

    # Linux counts private writable memory under DATA: what decoding takes, without the code of
    # libraries that is only mapped. Elsewhere DATA means less, and the address space is limited.
    kind = resource.RLIMIT_DATA if sys.platform == "linux" else resource.RLIMIT_AS
    _, hard = resource.getrlimit(kind)
    wanted = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(kind, (wanted, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
