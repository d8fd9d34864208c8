"""The words that change what a sentence asserts, read from ``resources/context_rules.csv``.

A row's phrase may hold alternatives, ``(is|was) (absent|missing)``, which are written out when it is
read; ``^`` and ``$`` stand for the start and the end of the sentence. ``scope`` limits how many words a cue
reaches; without it the cue reaches to the end of its clause. For ``terminate`` it names the category, or
the first word of the cue, that is ended; without it every cue is. For ``pseudo`` the scope ``whole`` means
that its words stay together even where a phrase begins among them ("an old | car").
Categories: the values of Assertion but ``present``; ``pseudo`` takes words away from shorter cues and means
nothing itself; ``terminate`` ends the reach of others; ``place`` leads to a phrase that only tells where
something is ("no opacity in the | left lung"), which other cues do not reach.
"""

from __future__ import annotations

import csv
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import UsageError
from engine.recognizers.words import Word, find_words
from engine.settings import resources_dir

PSEUDO, TERMINATE, PLACE = "pseudo", "terminate", "place"
START_MARK, END_MARK = "^", "$"  # stand around the words of a sentence
_FIELDS = ("phrase", "category", "direction", "scope", "note")
_ALTERNATIVES = re.compile(r"\(([^()]*)\)")


@dataclass(frozen=True, slots=True)
class Reach:
    """What a cue does on one side: ``category`` and how many words far (None: to the end of the clause).

    A terminating one ends the reach of the category or the first word ``ended``, or of all.
    """

    category: str
    words: int | None
    ended: str = ""

    def ends(self, category: str, first_word: str) -> bool:
        """Tell whether a cue of ``category`` that begins with ``first_word`` reaches no further than this."""
        return self.category == TERMINATE and self.ended in ("", category, first_word)


@dataclass(frozen=True, slots=True)
class Rule:
    """One phrase as a row of words, and what it does to what follows and to what precedes it."""

    words: tuple[str, ...]
    forward: Reach | None
    backward: Reach | None
    whole: bool = False


@dataclass(frozen=True, slots=True)
class CueMatch:
    """A rule found at words ``first`` to ``last`` (exclusive) of a sentence."""

    rule: Rule
    first: int
    last: int


@dataclass(slots=True)
class _Node:
    """What may follow the words so far, and the rule that they are if they end here."""

    following: dict[str, _Node] = field(default_factory=dict)
    rule: Rule | None = None


class ContextRules:
    """All rules as a tree of words, so that finding one takes no longer for there being thousands."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._root = _Node()
        for rule in rules:
            node = self._root
            for word in rule.words:
                node = node.following.setdefault(word, _Node())
            node.rule = rule

    def matches(self, words: Sequence[Word]) -> list[CueMatch]:
        """Return the cues of a sentence from left to right, the longest at each place, without overlap."""
        found: list[CueMatch] = []
        index = 0
        while index < len(words):
            rule = self._at(words, index)
            if rule is None:
                index += 1
            else:
                found.append(CueMatch(rule, index, index + len(rule.words)))
                index += len(rule.words)
        return found

    def _at(self, words: Sequence[Word], index: int) -> Rule | None:
        """Return the longest rule that begins at ``index``."""
        node: _Node | None = self._root
        best = None
        while index < len(words) and node is not None:
            node = node.following.get(words[index].text)
            best = node.rule if node is not None and node.rule is not None else best
            index += 1
        return best


@functools.cache
def load_context_rules(path: Path | None = None) -> ContextRules:
    """Read the rules; raises UsageError with the line that is wrong."""
    table = path or rules_path()
    rules: dict[tuple[str, ...], Rule] = {}
    with table.open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        if tuple(reader.fieldnames or ()) != _FIELDS:
            raise UsageError(f"{table} needs the columns {', '.join(_FIELDS)}")
        for row in reader:
            for rule in _rules(row, f"{table}, line {reader.line_num}"):
                known = rules.get(rule.words)
                rules[rule.words] = _merged(known, rule) if known else rule
    return ContextRules(rules.values())


def rules_path() -> Path:
    """Return the table of the rules that come with the program."""
    return resources_dir() / "context_rules.csv"


def _rules(row: Mapping[str, str], where: str) -> Iterator[Rule]:
    category, direction, scope = row["category"], row["direction"], row["scope"]
    if not row["phrase"]:
        return
    whole = category == PSEUDO and scope == "whole"
    if category == PSEUDO:
        direction = "none"
    elif direction not in ("forward", "backward", "both"):
        raise UsageError(f"{where}: direction is {direction!r}, not forward, backward or both")
    reach = _reach(category, "" if whole else scope, where)
    for phrase in _written_out(row["phrase"]):
        yield Rule(
            words=_words(phrase),
            forward=reach if direction in ("forward", "both") else None,
            backward=reach if direction in ("backward", "both") else None,
            whole=whole,
        )


def _words(phrase: str) -> tuple[str, ...]:
    # Thousands of rules are written out at every start, most of them in plain words.
    plain = phrase.split()
    if all(word.isalpha() for word in plain):
        return tuple(word.lower() for word in plain)
    return tuple(word.text for word in find_words(phrase))


def _reach(category: str, scope: str, where: str) -> Reach:
    if category == TERMINATE:
        return Reach(category, None, ended=scope)
    if scope and not scope.isdecimal():
        raise UsageError(f"{where}: scope is {scope!r}, not a number of words")
    return Reach(category, int(scope) if scope else None)


def _written_out(phrase: str) -> Iterator[str]:
    parts = _ALTERNATIVES.split(phrase)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    return ("".join(chosen) for chosen in itertools.product(*choices))


def _merged(known: Rule, other: Rule) -> Rule:
    """Join two rows of one phrase; the earlier row wins where both speak of one side."""
    return Rule(known.words, known.forward or other.forward, known.backward or other.backward, known.whole)
