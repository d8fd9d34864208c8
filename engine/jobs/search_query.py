"""What a user types into the search box, taken apart.

pleural effusion            one topic: all its words belong together
"pleural effusion"          exactly these words, nothing else that means the same
effus*                      words that begin so
cardiomegaly AND effusion   both; OR: either; NOT or a leading minus: without
(a OR b) AND NOT (c d)      parentheses
side:left modality:CT       filters: label side assertion date modality subject reviewed
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

FILTERS = ("label", "side", "assertion", "date", "modality", "subject", "reviewed")

_TOKEN = re.compile(
    rf'(?P<minus>-)?(?:(?P<name>{"|".join(FILTERS)}):(?:"(?P<quoted>[^"]*)"|(?P<value>[^\s()]+))'
    r'|"(?P<phrase>[^"]*)"?|(?P<mark>[()])|(?P<word>[^\s"()]+))',
    re.IGNORECASE,
)
# "color:blue" is meant as a filter; "10:15" and "http://…" are not.
_LIKE_A_FILTER = re.compile(r"([a-z]{3,}):[^\s/]", re.IGNORECASE)
_MAX_LENGTH = 1000
_MAX_TOKENS = 64
_MAX_CLAUSES = 32


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
    """Clauses of which any will do, and filters (values as typed) of which all must hold.

    ``unknown`` names what looks like filters and is none.
    """

    clauses: tuple[Clause, ...]
    filters: Mapping[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.clauses and not self.filters


def parse_query(text: str) -> Query:
    """Take a query apart; any text is one, and what makes no sense is left out."""
    filters: dict[str, str] = {}
    tokens: list[re.Match[str]] = []
    for match, _ in zip(_TOKEN.finditer(text[:_MAX_LENGTH]), range(_MAX_TOKENS), strict=False):
        if match["name"]:
            filters[match["name"].lower()] = match["quoted"] or match["value"] or ""
        else:
            tokens.append(match)
    clauses = _Reader(tokens).alternatives()
    likely = (_LIKE_A_FILTER.match(token["word"] or "") for token in tokens)
    return Query(
        clauses=tuple(clause for clause in clauses if clause.terms),
        filters=filters,
        unknown=tuple(dict.fromkeys(match[1].lower() for match in likely if match)),
    )


def not_understood(query: Query) -> str:
    """Say that what looks like a filter is none; empty where nothing does."""
    if not query.unknown:
        return ""
    known = ", ".join(FILTERS)
    return f"no filter {query.unknown[0]!r}, so it was looked for as a word; there are: {known}"


_Clauses = tuple[Clause, ...]
_ANYTHING: _Clauses = (Clause(terms=()),)


class _Reader:
    """Reads tokens into clauses; neighboring words grow into one topic."""

    def __init__(self, tokens: Sequence[re.Match[str]]) -> None:
        self._tokens = list(reversed(tokens))

    def alternatives(self, *, is_inside: bool = False) -> _Clauses:
        """Read up to the closing parenthesis, or all: what OR parts, any of which will do."""
        found: _Clauses = ()
        while self._tokens:
            found += self._together()
            if not self._tokens:
                break
            token = self._tokens.pop()
            if token["mark"] == ")" and is_inside:
                break
        return found[:_MAX_CLAUSES]

    def _together(self) -> _Clauses:
        """Read up to OR or a closing parenthesis: what must all hold."""
        found, negated = _ANYTHING, False
        words: list[str] = []
        while self._tokens and self._tokens[-1]["word"] != "OR" and self._tokens[-1]["mark"] != ")":
            token = self._tokens.pop()
            word = token["word"]
            is_plain = word is not None and not (word in ("AND", "NOT") or word.endswith("*"))
            if is_plain and not (negated or token["minus"]):
                words += [word] if any(map(str.isalnum, word)) else []
                continue
            found, words = _both(found, _topic(words)), []
            if word in ("AND", "NOT"):
                negated = word == "NOT"
                continue
            part = self.alternatives(is_inside=True) if token["mark"] == "(" else _term(token)
            found = _both(found, _negated(part) if negated or token["minus"] else part or _ANYTHING)
            negated = False
        return _both(found, _topic(words))


def _topic(words: Sequence[str]) -> _Clauses:
    return (Clause(terms=(Term(words=" ".join(words)),)),) if words else _ANYTHING


def _term(token: re.Match[str]) -> _Clauses:
    if token["phrase"] is not None:
        term = Term(words=token["phrase"], is_exact=True)
    elif token["word"].endswith("*"):
        term = Term(words=token["word"].rstrip("*"), is_prefix=True)
    else:
        term = Term(words=token["word"])
    return (Clause(terms=(term,)),) if any(map(str.isalnum, term.words)) else _ANYTHING


def _both(one: _Clauses, other: _Clauses) -> _Clauses:
    joined = (
        Clause(terms=(*left.terms, *right.terms), without=(*left.without, *right.without))
        for left in one
        for right in other
    )
    return tuple(joined)[:_MAX_CLAUSES]


def _negated(clauses: _Clauses) -> _Clauses:
    """Return what holds where none of the clauses does."""
    found = _ANYTHING
    for clause in clauses:
        ways = (
            *(Clause(terms=(), without=(term,)) for term in clause.terms),
            *(Clause(terms=(term,)) for term in clause.without),
        )
        found = _both(found, ways or _ANYTHING)
    return found
