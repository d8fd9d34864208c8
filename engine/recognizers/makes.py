"""Things that are called by their make: a "Ford Focus", a "Glock 17", an "iPhone 12 Pro"."""

from __future__ import annotations

import csv
import functools
import re
from collections.abc import Iterator

from engine.model.ids import ComponentId
from engine.recognizers.found import Found
from engine.settings import resources_dir

_RANK = 70
# A model is a capitalized word or a number; a word in capitals alone is more likely a heading.
_MODEL = r"(?:[ -](?:[A-Z][a-z]+\w*|[A-Z]{0,3}-?\d{1,4}[A-Za-z]{0,3}|[A-Z]{2}))"


def find_makes(text: str, component_id: ComponentId) -> Iterator[Found]:
    """Yield makes with up to two words of a model behind, each with the concept of what it is."""
    pattern, meanings = _makes()
    for match in pattern.finditer(text):
        label, concept = meanings[match["make"].lower()]
        normal = " ".join(match.group().lower().split())
        yield Found(match.start(), match.end(), label, 0.85, _RANK, component_id, concept, normal)


def make_labels() -> frozenset[str]:
    """Return the labels that makes have."""
    return frozenset(label for label, _ in _makes()[1].values())


@functools.cache
def _makes() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    meanings: dict[str, tuple[str, str]] = {}
    makes: list[str] = []
    with (resources_dir() / "terms" / "makes.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            for make in row["makes"].split("|"):
                meanings[make.lower()] = (row["label"], row["concept"])
                makes.append(make)
    # The longest first, so that a "Ford Transit" is a van.
    names = "|".join(re.escape(make) for make in sorted(makes, key=len, reverse=True))
    return re.compile(rf"(?<![\w-])(?P<make>{names})(?![\w-]){_MODEL}{{0,2}}(?![\w-])"), meanings
