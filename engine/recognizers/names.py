"""Which stretches can be names at all: a check on what a statistical model takes for one."""

from __future__ import annotations

import re

NAME_LABELS = frozenset({"person", "place", "organization"})
_LINKS = frozenset({"of", "de", "da", "di", "del", "der", "den", "van", "von", "la", "le", "the", "and", "&"})
_WORD = re.compile(r"[^\W_][\w'’.-]*|&")


def can_be_name(text: str) -> bool:
    """Tell whether every word but little links has a capital: for where no tagger says what a name is."""
    words = _WORD.findall(text)
    return bool(words) and all(word[0].isupper() for word in words if word not in _LINKS)
