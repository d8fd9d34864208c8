"""Stable ids: the first 16 hex digits of SHA-256 over a readable key.

Content that is the same gets the same id on every machine, so that reading a folder again
changes nothing and golden files do not move.
"""

from __future__ import annotations

import hashlib
from typing import NewType

SourceFileId = NewType("SourceFileId", str)
ImageId = NewType("ImageId", str)
ReportId = NewType("ReportId", str)
RegionId = NewType("RegionId", str)
EntityId = NewType("EntityId", str)
LinkId = NewType("LinkId", str)
RelationId = NewType("RelationId", str)
ReviewId = NewType("ReviewId", str)
ComponentId = NewType("ComponentId", str)
RunId = NewType("RunId", str)

# A separator that no path, label or number contains keeps ("a", "bc") apart from ("ab", "c").
_SEPARATOR = "\x1f"


def stable_id(kind: str, *parts: object) -> str:
    """Return 16 hex digits that depend on ``kind`` and ``parts`` only."""
    key = _SEPARATOR.join([kind, *(str(part) for part in parts)])
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def source_file_id(root: str, relative_path: str, sha256: str) -> SourceFileId:
    return SourceFileId(stable_id("file", root, relative_path, sha256))


def image_id(sha256: str, frame: int) -> ImageId:
    return ImageId(stable_id("image", sha256, frame))


def report_id(sha256: str, part: int) -> ReportId:
    return ReportId(stable_id("report", sha256, part))
