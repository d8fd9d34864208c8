"""Which stretches can be names at all: a check on what a statistical model takes for one."""

from __future__ import annotations

import re

from engine.vocabulary import lemma, rarely_nouns

NAME_LABELS = frozenset({"person", "place", "organization"})
_LINKS = frozenset({"of", "de", "da", "di", "del", "der", "den", "van", "von", "la", "le", "the", "and", "&"})
_WORD = re.compile(r"[^\W_][\w'’.-]*|&")


def can_be_name(text: str, *, begins_sentence: bool, knows_word: bool) -> bool:
    """Tell whether ``text`` looks like a name: every word but little links has a capital.

    A capital at the start of a sentence proves nothing: there a single word, or a first word that is an
    ordinary one (``knows_word``: the vocabulary has it as a thing), is not believed.
    """
    words = _WORD.findall(text)
    if not words or any(not word[0].isupper() for word in words if word not in _LINKS):
        return False
    if not begins_sentence:
        return True
    ordinary = knows_word or lemma(words[0]) in rarely_nouns()
    return len(words) > 1 and not ordinary
