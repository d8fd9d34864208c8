"""Perceptual hashes compared: which pictures are the same one, scaled, recompressed or retouched."""

from __future__ import annotations

HASH_BITS = 256
NEAR_DUPLICATE_BITS = 24
"""Hashes of near-duplicates differ in at most so many bits."""

# A picture of one even color has no gradients, and its hash says nothing.
_LEAST_SET_BITS = 8


def hash_distance(first: str, second: str) -> int:
    """Return in how many bits two perceptual hashes of the same length differ."""
    return (int(first, 16) ^ int(second, 16)).bit_count()


def is_telling(perceptual_hash: str) -> bool:
    """Tell whether a hash has enough gradients in it to be compared."""
    return 4 * len(perceptual_hash) == HASH_BITS and int(perceptual_hash, 16).bit_count() >= _LEAST_SET_BITS


def are_near_duplicates(first: str, second: str) -> bool:
    """Tell whether two pictures with these hashes are nearly the same."""
    return is_telling(first) and is_telling(second) and hash_distance(first, second) <= NEAR_DUPLICATE_BITS
