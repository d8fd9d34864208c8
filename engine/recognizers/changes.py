"""How something is beside an earlier time: unchanged, larger, smaller, new, resolved, persistent."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from engine.recognizers.lexicon import lexicon

_DENIALS = frozenset({"no", "not", "without", "never", "neither"})


def comparison_of(near: Sequence[str], after: Sequence[str], ahead: Sequence[str]) -> str:
    """Return how it is now beside an earlier time: "unchanged", "larger", "new", "resolved", …

    ``near`` describes the phrase itself, ``after`` is said of it, ``ahead`` leads to it ("increase in the").
    """
    adjectives, nouns = lexicon("comparison"), lexicon("comparison-noun")
    found = next((adjectives[word] for word in near if word in adjectives), "")
    for words, known in ((after, _said_of_change()), (ahead, nouns)):
        if found:
            break
        index = next((index for index, word in enumerate(words) if word in known), None)
        if index is not None:
            denied = any(word in _DENIALS for word in words[max(0, index - 3) : index])
            found = "unchanged" if denied and known[words[index]] != "new" else known[words[index]]
    return found


@functools.cache
def _said_of_change() -> Mapping[str, str]:
    return {**lexicon("comparison"), **lexicon("comparison-verb")}
