"""What a user types into the search box, taken apart.

pleural effusion            one topic: all its words belong together
"pleural effusion"          exactly these words, nothing else that means the same
effus*                      words that begin so
cardiomegaly AND effusion   both; OR: either; NOT or a leading minus: without
side:left modality:CT       filters: label side assertion date modality subject reviewed
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

FILTERS = ("label", "side", "assertion", "date", "modality", "subject", "reviewed")

_TOKEN = re.compile(
    rf'(?P<minus>-)?(?:(?P<name>{"|".join(FILTERS)}):(?:"(?P<quoted>[^"]*)"|(?P<value>\S+))'
    r'|"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+))',
    re.IGNORECASE,
)
_MAX_LENGTH = 1000
_MAX_TOKENS = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Words that belong together; ``is_exact`` for a quoted phrase, ``is_prefix`` for ``word*``."""

    words: str
    is_exact: bool = False
    is_prefix: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """Terms that must all be answered, and terms that must not."""

    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """Clauses of which any will do, and filters (lower-case values) of which all must hold."""

    clauses: tuple[Clause, ...]
    filters: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        return not self.clauses and not self.filters


def parse_query(text: str) -> Query:
    """Take a query apart; any text is one, and what makes no sense is left out."""
    filters: dict[str, str] = {}
    clauses = [_Draft()]
    for match in _tokens(text):
        if match["name"]:
            filters[match["name"].lower()] = (match["quoted"] or match["value"] or "").lower()
        elif match["word"] == "OR":
            clauses.append(_Draft())
        else:
            clauses[-1].take(match)
    done = tuple(clause for clause in (draft.clause() for draft in clauses) if clause.terms)
    return Query(clauses=done, filters=filters)


def _tokens(text: str) -> Iterator[re.Match[str]]:
    matches = _TOKEN.finditer(text[:_MAX_LENGTH])
    return (match for match, _ in zip(matches, range(_MAX_TOKENS), strict=False))


class _Draft:
    """A clause while it is read: neighboring words grow into one topic."""

    def __init__(self) -> None:
        self.terms: list[Term] = []
        self._without: list[Term] = []
        self._words: list[str] = []
        self._negated = False

    def take(self, match: re.Match[str]) -> None:
        word, phrase = match["word"], match["phrase"]
        negated = bool(match["minus"]) or self._negated
        if word in ("AND", "NOT"):
            self._end_topic()
            self._negated = word == "NOT"
            return
        if phrase is not None:
            self._add(Term(words=phrase, is_exact=True), negated=negated)
        elif word.endswith("*"):
            self._add(Term(words=word.rstrip("*"), is_prefix=True), negated=negated)
        elif negated:
            self._add(Term(words=word), negated=True)
        elif any(map(str.isalnum, word)):
            self._words.append(word)

    def clause(self) -> Clause:
        self._end_topic()
        return Clause(terms=tuple(self.terms), without=tuple(self._without))

    def _add(self, term: Term, *, negated: bool) -> None:
        self._end_topic()
        self._negated = False
        if any(map(str.isalnum, term.words)):
            (self._without if negated else self.terms).append(term)

    def _end_topic(self) -> None:
        if self._words:
            self.terms.append(Term(words=" ".join(self._words)))
            self._words = []
