"""Compound files ([MS-CFB], "OLE"): the file system inside old Office documents and Outlook messages."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from engine.errors import CorruptFile

COMPOUND_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LAST_SECTOR = 0xFFFFFFFA  # this and all above are marks, not numbers of sectors
_NO_ENTRY = 0xFFFFFFFF
_ENTRY_BYTES = 128
_ROOT_TYPE, _STREAM_TYPE = 5, 2
_MAX_ENTRIES = 100_000


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size_bytes: int


class Compound:
    """The streams of a compound file by their path; reading never loops and never leaves the data."""

    def __init__(self, data: bytes) -> None:
        """Read the tables; raises CorruptFile."""
        if not data.startswith(COMPOUND_MAGIC) or len(data) < 512:
            raise CorruptFile("its container is cut off")
        self._data = data
        self._sector_bytes = 1 << min(struct.unpack_from("<H", data, 30)[0], 16)
        self._small_bytes = 1 << min(struct.unpack_from("<H", data, 32)[0], 16)
        (directory,) = struct.unpack_from("<I", data, 48)
        self._cutoff_bytes, small_table = struct.unpack_from("<II", data, 56)
        self._table = self._allocation_table()
        self._small_table = _numbers(self._chain(small_table))
        self._entries = self._directory(directory)
        self._small = self._chain(self._entries[0].start)
        self._streams = dict(self._named(self._entries[0].child, ()))

    def paths(self) -> tuple[tuple[str, ...], ...]:
        """Return the paths of all streams in a stable order."""
        return tuple(sorted(self._streams))

    def stream(self, *path: str) -> bytes:
        """Return the content of a stream; empty where there is none of that path."""
        entry = self._streams.get(path)
        if entry is None:
            return b""
        if entry.size_bytes >= self._cutoff_bytes:
            return self._chain(entry.start)[: entry.size_bytes]
        return self._small_chain(entry.start)[: entry.size_bytes]

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._sector_bytes
        return self._data[start : start + self._sector_bytes]

    def _allocation_table(self) -> tuple[int, ...]:
        """Return for each sector the one that follows it, from the table's own scattered sectors."""
        places = list(struct.unpack_from("<109I", self._data, 76))
        (following,) = struct.unpack_from("<I", self._data, 68)
        seen: set[int] = set()
        while following < _LAST_SECTOR and following not in seen:
            seen.add(following)
            more = _numbers(self._sector(following))
            if not more:
                break
            places += more[:-1]
            following = more[-1]
        return _numbers(b"".join(self._sector(place) for place in places if place < _LAST_SECTOR))

    def _chain(self, first: int) -> bytes:
        sectors = (self._sector(number) for number in _followed(first, self._table))
        return b"".join(sectors)

    def _small_chain(self, first: int) -> bytes:
        size = self._small_bytes
        numbers = _followed(first, self._small_table)
        return b"".join(self._small[number * size : (number + 1) * size] for number in numbers)

    def _directory(self, first: int) -> list[_Entry]:
        raw = self._chain(first)
        places = range(0, min(len(raw), _MAX_ENTRIES * _ENTRY_BYTES) - _ENTRY_BYTES + 1, _ENTRY_BYTES)
        entries = [_entry(raw[place : place + _ENTRY_BYTES]) for place in places]
        if not entries or entries[0].kind != _ROOT_TYPE:
            raise CorruptFile("its container has no directory")
        return entries

    def _named(self, first: int, folder: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], _Entry]]:
        waiting, seen = [(first, folder)], set[int]()
        while waiting:
            number, path = waiting.pop()
            if number in seen or number >= len(self._entries):
                continue
            seen.add(number)
            entry = self._entries[number]
            own = (*path, entry.name)
            waiting += [(entry.left, path), (entry.right, path)]
            if entry.kind == _STREAM_TYPE:
                yield own, entry
            elif entry.child != _NO_ENTRY:
                waiting.append((entry.child, own))


def _entry(raw: bytes) -> _Entry:
    length, kind = struct.unpack_from("<HB", raw, 64)
    left, right, child = struct.unpack_from("<III", raw, 68)
    start, size_bytes = struct.unpack_from("<II", raw, 116)
    name = raw[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size_bytes)


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _followed(first: int, table: tuple[int, ...]) -> Iterator[int]:
    """Yield the numbers of a chain; one that bites its own tail ends there."""
    seen: set[int] = set()
    number = first
    while number < len(table) and number not in seen:
        seen.add(number)
        yield number
        number = table[number]
