"""The key of an encrypted case: made from its passphrase as SQLCipher 4 makes it.

A key is derived once and passed on, since deriving it takes a good part of a second on purpose.
"""

from __future__ import annotations

import hashlib
import os
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from engine.errors import CaseNotFound, UsageError
from engine.store.file_heads import head_of

_ROUNDS = 256_000  # SQLCipher 4's own number for PBKDF2-HMAC-SHA512
_SECRET_BYTES = 32
_SALT_BYTES = 16
_PAGE_BYTES = 4096
_PLAIN = b"SQLite format 3\0"
SHORTEST_PASSPHRASE = 8


@dataclass(frozen=True, slots=True)
class CaseKey:
    """The 256-bit key of one case file and the salt that its file begins with; never printed."""

    secret: bytes = field(repr=False)
    salt: bytes = field(repr=False)

    @classmethod
    def of_text(cls, text: str) -> Self:
        """Read what ``as_text`` wrote; raises UsageError where it is no key."""
        try:
            both = bytes.fromhex(text)
        except ValueError as error:
            raise UsageError("a case key is 96 hexadecimal digits") from error
        if len(both) != _SECRET_BYTES + _SALT_BYTES:
            raise UsageError("a case key is 96 hexadecimal digits")
        return cls(both[:_SECRET_BYTES], both[_SECRET_BYTES:])

    def as_text(self) -> str:
        """Return key and salt in hex, for another process of this program."""
        return self.secret.hex() + self.salt.hex()


def is_encrypted(path: Path) -> bool:
    """Tell whether a file has the shape of an encrypted case: whole pages without SQLite's mark.

    An encrypted case looks like noise, so that nothing more can be told without its key.
    """
    begin = head_of(path)
    size_bytes = path.stat().st_size
    return size_bytes > 0 and size_bytes % _PAGE_BYTES == 0 and begin != _PLAIN


def new_key(passphrase: str) -> CaseKey:
    """Return a key with a salt of its own; raises UsageError for a passphrase that is too short."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise UsageError(
            f"a passphrase needs {SHORTEST_PASSPHRASE} characters or more; several words are best"
        )
    return _derived(passphrase, os.urandom(_SALT_BYTES))


def key_of(path: Path, passphrase: str) -> CaseKey:
    """Return the key that ``passphrase`` gives for the case at ``path``; raises CaseNotFound."""
    if not path.is_file():
        raise CaseNotFound(f"there is no case at {path}")
    return _derived(passphrase, head_of(path)[:_SALT_BYTES])


def _derived(passphrase: str, salt: bytes) -> CaseKey:
    # Keyboards of different systems spell the same umlaut in two ways.
    typed = unicodedata.normalize("NFC", passphrase).encode("utf-8", "surrogatepass")
    return CaseKey(hashlib.pbkdf2_hmac("sha512", typed, salt, _ROUNDS, _SECRET_BYTES), salt)
