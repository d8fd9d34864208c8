"""Text from evidence, made harmless: nothing hidden, nothing that a reader's program would run."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
_KEPT_CONTROLS = frozenset("\n\t")


@cache
def _mark(character: str) -> str:
    """Return ``character``, or its code point in brackets where it would be invisible or act."""
    if character in _KEPT_CONTROLS:
        return character
    if character == "\u00ad":
        return ""
    # Cc: NUL and its like; Cf: bidirectional overrides, zero-width marks; Cs, Cn, Co: not text at all.
    if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Cn", "Co"):
        return f"[U+{ord(character):04X}]"
    if unicodedata.category(character) in ("Zl", "Zp"):
        return "\n"
    return character


_SUSPECT = re.compile("[^\n\t\\x20-\\x7e\u00a0-\u00ac\u00ae-\u024f]")


def visible(text: str) -> str:
    """Return ``text`` with each control, override or unassigned character shown as its code point."""
    return _SUSPECT.sub(lambda match: _mark(match.group()), text)


def one_line(text: str) -> str:
    """Return ``text`` made visible, on one line with single blanks."""
    return " ".join(visible(text).split())


def shortened(text: str, limit: int) -> str:
    """Return ``text``, cut in its middle to at most ``limit`` characters with the cut said."""
    if len(text) <= limit:
        return text
    note = f" […{len(text) - limit} characters…] "
    half = max((limit - len(note)) // 2, 1)
    return text[:half] + note + text[-half:]


def spreadsheet_cell(text: str) -> str:
    """Return ``text`` for a CSV cell that no spreadsheet takes for a formula.

    A quote goes before a first character that starts a formula, as OWASP advises (CSV Injection);
    blanks before it do not help an attacker. Control characters are shown as code points.
    """
    shown = visible(text)
    if shown.lstrip(" \u00a0").startswith(_FORMULA_STARTS):
        return "'" + shown
    return shown
