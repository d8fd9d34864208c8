"""Whatever words stand around its Entities, a text is linked without a fault, and every Link has a Cue."""

from __future__ import annotations

import re
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as some

from engine.linkers.combine import link_pair, load_combiner
from engine.linkers.shelf import all_linkers
from engine.linkers.words import word_set
from engine.model.evidence import Span
from engine.model.findings import Entity
from engine.recognizers.things import find_things
from tests.unit.linking_scene import entity, note, pair_of, picture, region

_WORDS = sorted(
    word_set("a the one other two of with in left-hand upper no not is was both another third lower nearest")
    | word_set(
        "navy-blue dark red bus cars cup tea glass wine man's women's person’s behind him дом 犬 № 12.5"
    )
    | word_set(", . - ' ’ ( ) ;")
)
_LOOKED_FOR = frozenset({"car", "dog", "cup", "wine glass", "person", "bus"})


@settings(max_examples=60, deadline=None)
@given(words=some.lists(some.sampled_from(_WORDS), min_size=2, max_size=20), data=some.data())
def test_any_text_is_linked(words: list[str], data: some.DataObject) -> None:
    text = " ".join([*words, "end"])
    image, report = picture(), note(text)
    model = entity(report, "end")
    places = [(match.start(), match.end()) for match in re.finditer(r"\S+", text)]
    chosen = data.draw(some.lists(some.sampled_from(places), unique=True, max_size=5))
    labels = data.draw(
        some.lists(
            some.sampled_from(("person", "object", "stand-in")), min_size=len(chosen), max_size=len(chosen)
        )
    )
    entities = tuple(
        _entity(model, text, start, end, label) for (start, end), label in zip(chosen, labels, strict=True)
    )
    regions = (
        region(image, "person", (10, 10, 90, 200), "red"),
        region(image, "person", (200, 10, 290, 200), "blue"),
        region(image, "car", (100, 100, 200, 200), "white"),
    )
    pair = pair_of(image, regions, report, entities, looked_for=_LOOKED_FOR)
    assert all(link.cues and 0 <= link.score <= 1 for link in link_pair(pair, all_linkers(), load_combiner()))
    assert all(0 <= item.start < item.end <= len(text) for item in find_things(text))


def _entity(model: Entity, text: str, start: int, end: int, label: str) -> Entity:
    words = text[start:end]
    return replace(
        model,
        id=type(model.id)(f"{start}-{end}"),
        text=words,
        span=Span(start=start, end=end),
        label=label,
        normal=words.lower(),
    )
