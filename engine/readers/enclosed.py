"""Files inside files: collected within limits, each content once, under names that are no paths."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from engine.protocols import Attachment
from engine.readers.limits import MAX_ATTACHMENT_BYTES, MAX_ATTACHMENTS
from engine.readers.prose import normalize

_MAX_NAME_CHARS = 200


def collect(found: Iterable[Attachment]) -> tuple[tuple[Attachment, ...], tuple[str, ...]]:
    """Return the attachments that the limits allow, repeated content left out, and remarks.

    ``found`` is consumed lazily: what lies behind the limit is not even decoded.
    """
    kept: list[Attachment] = []
    seen: set[bytes] = set()
    budget = MAX_ATTACHMENT_BYTES
    for number, attachment in enumerate(found, start=1):
        digest = hashlib.sha256(attachment.data).digest()
        if not attachment.data or digest in seen:
            continue
        budget -= len(attachment.data)
        if budget < 0 or len(kept) == MAX_ATTACHMENTS:
            return tuple(kept), (
                f"enclosed files from number {number} on are not read: too many or too large",
            )
        seen.add(digest)
        kept.append(attachment)
    return tuple(kept), ()


def safe_name(name: str, default: str) -> str:
    """Return a name for an enclosed file: relative, without "..", control characters or backslashes."""
    parts = normalize(name).replace("\\", "/").replace("\n", " ").split("/")
    kept = [" ".join(part.split()) for part in parts if part.strip(". \t") and not part.endswith(":")]
    return "/".join(kept)[-_MAX_NAME_CHARS:] or default
