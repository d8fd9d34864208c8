"""What stands in the place of names, identifiers and dates; one secret makes them, and nobody else can."""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

_LEAST_DAYS, _MOST_DAYS = 365, 3650
_SIGNS = 6


class Pseudonyms:
    """Replacements derived from one secret by HMAC-SHA256; without the secret nobody can make them again."""

    def __init__(self, secret: bytes) -> None:
        self._secret = secret

    def digest(self, value: str) -> str:
        """Return 64 hex digits in the place of a hash, which could be compared with that of a guess."""
        return self._digest("digest", value).hex()

    def name(self, kind: str, value: str) -> str:
        """Return ``PERSON-7F3A02`` for a name or identifier; signs and capitals of ``value`` do not count."""
        plain = canonical(value)
        return f"{kind.upper()}-{self._digest('name', plain).hex()[:_SIGNS].upper()}"

    def uid(self, value: str) -> str:
        """Return a DICOM UID under 2.25 (ISO/IEC 9834-8, a UUID as a number) in the place of ``value``."""
        number = int.from_bytes(self._digest("uid", value)[:16], "big")
        version_4 = (number & ~(0xF << 76) & ~(0x3 << 62)) | 0x4 << 76 | 0x2 << 62
        return f"2.25.{version_4}"

    def days(self, subject: str) -> int:
        """Return by how many days all dates of a subject are moved: one to ten years back."""
        number = int.from_bytes(self._digest("days", canonical(subject))[:8], "big")
        return -(_LEAST_DAYS + number % (_MOST_DAYS - _LEAST_DAYS))

    def moment(self, at: datetime, subject: str) -> datetime:
        """Return an instant moved like all dates of its subject; the time of day stays."""
        return at + timedelta(days=self.days(subject))

    def _digest(self, purpose: str, value: str) -> bytes:
        message = f"{purpose}\x1f{value}".encode("utf-8", "surrogatepass")
        return hmac.new(self._secret, message, hashlib.sha256).digest()


def canonical(value: str) -> str:
    """Return what two spellings of one identifier share: its letters and digits, small."""
    return "".join(sign for sign in value.casefold() if sign.isalnum())
