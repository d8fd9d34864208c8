"""The limits of reading, by name: evidence is hostile, and a limit that is passed is said."""

from __future__ import annotations

import os

MIB = 1 << 20

# One picture file may be large, one text file may not: a text of 32 MiB has five million words.
MAX_IMAGE_FILE_BYTES = 2048 * MIB
MAX_TEXT_FILE_BYTES = 32 * MIB
MAX_DOCUMENT_FILE_BYTES = 256 * MIB

MAX_TEXT_CHARS = 10_000_000
MAX_PAGES = 5_000
MAX_SCANNED_PAGES = 500
MAX_TABLE_ROWS = 200_000
MAX_CELL_CHARS = 1_000_000

# Decoded pixels of one file together, views and values: what does not fit is left out and said.
MAX_DECODED_BYTES = 768 * MIB
MAX_FRAMES = 1_000
# What one file draws on others: edges and pieces of one mask, points and pieces of all of them.
MAX_MASK_EDGES = 200_000
MAX_MASK_PIECES = 5_000
MAX_OUTLINE_POINTS = 1_000_000
MAX_OUTLINE_PIECES = 20_000

# Members of packed files (DOCX, ODT, XLSX, ZIP): what a bomb would pass.
MAX_MEMBERS = 10_000
MAX_UNPACKED_BYTES = 512 * MIB
MAX_PACK_RATIO = 200
MAX_ATTACHMENTS = 1_000
MAX_ATTACHMENT_BYTES = 256 * MIB

# The child process that decodes: at most so much, and never more than half of the workstation's memory.
MEMORY_LIMIT_BYTES = 3072 * MIB
_MEMORY_SHARE = 0.5
TIME_BASE_S = 20.0
TIME_PER_MIB_S = 1.0
# A page of small print takes two to nine seconds on one idle core; the first one loads the networks.
TIME_PER_SCAN_S = 120.0


def time_limit_s(size_bytes: int, *, base_s: float = TIME_BASE_S) -> float:
    """Return how long one file may take to decode; grows with its size."""
    return base_s + TIME_PER_MIB_S * size_bytes / MIB


def memory_limit_bytes() -> int:
    """Return how much memory one child may take on this workstation."""
    try:
        physical = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    except (AttributeError, OSError, ValueError):  # Windows, which has no limit yet
        return MEMORY_LIMIT_BYTES
    return min(MEMORY_LIMIT_BYTES, int(_MEMORY_SHARE * physical)) if physical > 0 else MEMORY_LIMIT_BYTES
