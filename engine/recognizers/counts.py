"""How many things a few words speak of: "3", "two dozen", "twenty-one"."""

from __future__ import annotations

from collections.abc import Sequence

from engine.recognizers.lexicon import lexicon


def count_of(words: Sequence[str]) -> int | None:
    """Return the first number of the words: 3, "two dozen", "twenty-one"."""
    known = lexicon("number")
    for index, word in enumerate(words):
        if word in known:
            return _number(words[index:])
        if word.isdecimal() and len(word) < 4:
            return int(word) * (12 if words[index + 1 : index + 2] == ["dozen"] else 1)
    return None


def _number(words: Sequence[str]) -> int:
    known = lexicon("number")
    value = int(known[words[0]])
    following = [word for word in words[1:3] if word != "-"]
    if not following or following[0] not in known:
        return value
    if following[0] == "dozen":
        return value * 12
    unit = int(known[following[0]])
    return value + unit if value % 10 == 0 and 20 <= value < 100 and unit < 10 else value
