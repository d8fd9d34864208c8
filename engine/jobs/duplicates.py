"""Near-duplicates among all pictures of a case, found by an index and never by all pairs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.model.ids import ImageId
from engine.model.likeness import HASH_BITS, NEAR_DUPLICATE_BITS, is_telling
from engine.store import CaseStore

# Hashes that differ in at most 31 bits differ in at most one bit of one of 16 bands (pigeonhole), so
# that equal bands with one bit masked out name every pair there is to look at.
_BANDS = 16
_BAND_BITS = HASH_BITS // _BANDS
# What more pictures share than this is a common border or an empty scan, and names no pair.
_MOST_IN_A_BUCKET = 400
_BITS_SET = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)


@dataclass(frozen=True, slots=True, kw_only=True)
class NearDuplicates:
    """Two Images that show nearly the same, where they lie, and in how many of 256 bits they differ."""

    first_id: ImageId
    second_id: ImageId
    first: str
    second: str
    bits: int


def near_duplicates(store: CaseStore, *, limit: int | None = None) -> tuple[NearDuplicates, ...]:
    """Return the pairs of Images of the case that are nearly the same, the likest first."""
    known = [(image, text) for image, text in store.perceptual_hashes() if is_telling(text)]
    pairs = sorted(near_pairs([text for _, text in known]), key=lambda pair: (pair[2], pair[0], pair[1]))
    return tuple(
        NearDuplicates(
            first_id=known[first][0],
            second_id=known[second][0],
            first=_path(store, known[first][0]),
            second=_path(store, known[second][0]),
            bits=bits,
        )
        for first, second, bits in pairs[:limit]
    )


def duplicate_groups(store: CaseStore) -> tuple[tuple[ImageId, ...], ...]:
    """Return the Images that are nearly the same as another one, in groups, the largest group first.

    Whoever is like a member belongs to the group, so its ends may differ in more bits than the limit.
    """
    known = [(image, text) for image, text in store.perceptual_hashes() if is_telling(text)]
    leader = list(range(len(known)))

    def lead(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for first, second, _ in near_pairs([text for _, text in known]):
        one, other = lead(first), lead(second)
        leader[max(one, other)] = min(one, other)
    groups: dict[int, list[ImageId]] = {}
    for place, (image, _) in enumerate(known):
        groups.setdefault(lead(place), []).append(image)
    several = (tuple(group) for group in groups.values() if len(group) > 1)
    return tuple(sorted(several, key=lambda group: -len(group)))


def near_pairs(hashes: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """Yield (place, place, differing bits) of each pair of hashes within the limit of near-duplicates."""
    if len(hashes) < 2:
        return
    packed = np.array([list(bytes.fromhex(each)) for each in hashes], np.uint8)
    words = packed.view(np.uint16)
    pairs = _near(packed, words)
    for (first, second), bits in zip(pairs.tolist(), _distances(words, pairs).tolist(), strict=True):
        yield first, second, bits


def _near(packed: NDArray[np.uint8], words: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Return the pairs within the limit, (n, 2), each once and in order.

    Those that share a band but for one bit are compared at once and dropped: among a hundred thousand
    pictures they are tens of millions, and few of them are alike.
    """
    count = len(packed)
    found = [np.empty(0, np.int64)]
    for band in _bands(packed):
        for bit in range(_BAND_BITS):
            for first, second in _equal_pairs(band & np.uint16(~(1 << bit) & 0xFFFF)):
                # A quarter of the bits rules out nearly all.
                few = _differing(words[first, :4], words[second, :4]) <= NEAR_DUPLICATE_BITS
                first, second = first[few], second[few]  # noqa: PLW2901
                alike = _differing(words[first], words[second]) <= NEAR_DUPLICATE_BITS
                found.append(first[alike] * count + second[alike])
    return np.stack(np.divmod(np.unique(np.concatenate(found)), count), axis=1)


def _distances(words: NDArray[np.uint16], pairs: NDArray[np.int64]) -> NDArray[np.int64]:
    return _differing(words[pairs[:, 0]], words[pairs[:, 1]])


def _differing(one: NDArray[np.uint16], other: NDArray[np.uint16]) -> NDArray[np.int64]:
    """Return in how many bits rows of words differ."""
    bits: NDArray[np.int64] = _BITS_SET[np.bitwise_xor(one, other)].sum(axis=1, dtype=np.int64)
    return bits


def _bands(packed: NDArray[np.uint8]) -> Iterator[NDArray[np.uint16]]:
    """Yield each band as numbers; its bits lie on a diagonal, so that no band is all border."""
    grids = np.unpackbits(packed, axis=1).reshape(-1, _BANDS, _BAND_BITS)
    rows = np.arange(_BANDS)
    for number in range(_BANDS):
        bits = grids[:, rows, (7 * rows + number) % _BAND_BITS]
        yield (bits @ (1 << np.arange(_BAND_BITS, dtype=np.uint32))).astype(np.uint16)


def _equal_pairs(keys: NDArray[np.uint16]) -> Iterator[tuple[NDArray[np.int64], NDArray[np.int64]]]:
    """Yield pairs of places with the same key, the smaller place first."""
    order = np.argsort(keys, kind="stable")  # by radix, since keys have 16 bits
    sizes = np.bincount(keys, minlength=1 << _BAND_BITS)
    order = order[sizes[keys[order]] <= _MOST_IN_A_BUCKET]
    ordered = keys[order]
    for step in range(1, _MOST_IN_A_BUCKET):
        equal = np.flatnonzero(ordered[:-step] == ordered[step:])
        if not len(equal):
            return
        # Sorting was stable, so that equal keys stand in the order of their places.
        yield order[equal], order[equal + step]


def _path(store: CaseStore, image: ImageId) -> str:
    files = store.files_of_image(image)
    return files[0].relative_path if files else ""
