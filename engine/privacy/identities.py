"""Every string that is known to name somebody in a case, so that it is found wherever else it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.model.evidence import Image, Report
from engine.privacy.policy import IDENTIFYING_LABELS, NUMBER_METADATA, PERSON_METADATA, UID_METADATA
from engine.privacy.pseudonyms import Pseudonyms, canonical
from engine.privacy.stretches import Stretch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from engine.store import CaseStore

_SHORTEST = 3
_WORD = re.compile(r"[^\W\d_]{3,}")
_TITLES = frozenset({"Mr", "Mrs", "Miss", "Dr", "Prof", "Herr", "Frau", "Sir", "Madam", "Med"})
_ADDRESS = re.compile(r"<[^>]*>|\S+@\S+")
_UID = re.compile(r"[0-2](?:\.\d+){2,}")
_EMPTY = re.compile(r"(?!)")


class Identities:
    """Known names and identifiers with their pseudonyms; finds them in any text.

    Identifiers are found in any spelling of their letters and digits, single words of a person's name
    only as they are written in names (``Rose``, ``ROSE``, but not ``rose``).
    """

    def __init__(self, pseudonyms: Pseudonyms) -> None:
        self._pseudonyms = pseudonyms
        self._known: dict[str, str] = {}
        self._words: dict[str, str] = {}
        self._whole: re.Pattern[str] | None = None
        self._single: re.Pattern[str] = _EMPTY

    def add(self, kind: str, value: str, pseudonym: str = "") -> str:
        """Take in a string and return what replaces it; one without enough letters or digits is left out."""
        key = canonical(value)
        if kind == "person":
            return self._add_person(value)
        known = self._known.get(key)
        if known is None:
            known = pseudonym or self._pseudonyms.name(kind, value)
            if len(key) >= _SHORTEST:
                self._known[key] = known
                self._whole = None
        return known

    def add_number(self, value: str) -> str:
        """Take in an identifier and return what replaces it: a UID for a UID."""
        return self.add("number", value, self._pseudonyms.uid(value) if _UID.fullmatch(value) else "")

    def find(self, text: str) -> Iterator[Stretch]:
        """Yield every known string in ``text`` with what replaces it."""
        if self._whole is None:
            self._whole = _any_of(map(_spelled, self._known), re.IGNORECASE)
            self._single = _any_of(
                (re.escape(form) for word in self._words for form in (word, word.upper())), 0
            )
        for match in self._whole.finditer(text):
            yield Stretch(match.start(), match.end(), self._known[canonical(match.group())], "known")
        for match in self._single.finditer(text):
            yield Stretch(match.start(), match.end(), self._words[match.group().capitalize()], "known")

    @property
    def strings(self) -> tuple[str, ...]:
        """All known strings in their plainest spelling: letters and digits, small."""
        return tuple(self._known)

    def _add_person(self, value: str) -> str:
        """Take in a name as a whole and word by word; its longest word decides, however it is ordered."""
        words = [word.capitalize() for word in _WORD.findall(value.replace("^", " "))]
        words = [word for word in words if word not in _TITLES]
        pseudonym = next((self._words[word] for word in words if word in self._words), "")
        pseudonym = pseudonym or self._pseudonyms.name("person", " ".join(sorted(words)) or value)
        for word in words:
            self._words.setdefault(word, pseudonym)
        key = canonical(value)
        if len(key) >= _SHORTEST:
            self._known.setdefault(key, pseudonym)
        self._whole = None
        return pseudonym


def gather(store: CaseStore, identities: Identities, extra: Iterable[str]) -> None:
    """Take in all that the case itself knows of persons and numbers, and ``extra`` strings of the user."""
    for line in extra:
        identities.add("person" if _is_name(line) else "number", line)
    for person in _persons(store):
        identities.add("person", person)
    for number in (store.case.reference, *_numbers(store.images()), *_numbers(store.reports())):
        identities.add_number(number)
    for patient in {
        *(row.subject_ref for row in store.images()),
        *(row.subject_ref for row in store.reports()),
    }:
        identities.add("patient", patient)
    for entity in store.entities():
        kind = IDENTIFYING_LABELS.get(entity.label, "")
        if kind and not (kind in ("person", "place", "organization") and entity.concept):
            identities.add(
                kind, entity.normal if kind in ("plate", "number") and entity.normal else entity.text
            )
    if len(canonical(store.case.name)) >= _SHORTEST:
        identities.add("case", store.case.name)


def _persons(store: CaseStore) -> Iterator[str]:
    yield store.case.examiner
    yield from {review.examiner for review in store.reviews()}
    for facts in (*(row.metadata for row in store.images()), *(row.metadata for row in store.reports())):
        yield from (_ADDRESS.sub("", value) for key, value in facts if key in PERSON_METADATA)


def _numbers(rows: Iterable[Image] | Iterable[Report]) -> Iterator[str]:
    for row in rows:
        yield row.study_ref
        yield from (value for key, value in row.metadata if key in NUMBER_METADATA | UID_METADATA)


def _is_name(line: str) -> bool:
    return not any(sign.isdigit() for sign in line)


def _spelled(key: str) -> str:
    """Return the pattern of a key's letters and digits with any blanks, dots and lines between them."""
    return r"[\s.,^_/-]{0,2}".join(map(re.escape, key))


def _any_of(patterns: Iterable[str], flags: int) -> re.Pattern[str]:
    ordered = sorted(filter(None, patterns), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)", flags) if ordered else _EMPTY
