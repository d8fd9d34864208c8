"""Why a value was chosen, in words: features are many, the topics that people understand are few."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from engine.model.findings import Cue
from engine.relations.joint import JointModel, step_key
from engine.relations.likeness import NAMES as LIKENESS

Found = Mapping[str, float]
_SHOWN = 2
_ERROR_WORDS = {
    "color": "a color",
    "place": "a place",
    "count": "a count",
    "size": "a size",
    "time": "a date or time",
    "identity": "an identifier",
    "kind": "the kind of a thing",
    "presence": "a thing that is not there",
    "denial": "a thing denied but visible",
}


# What compares picture and text; the other topics are about one of them.
_COMPARING = frozenset({"contradictions", "doubts", "agreement", "coverage", "main-thing", "likeness"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """Features that people understand as one thing, and the sentence about them."""

    name: str
    features: frozenset[str]
    say: Callable[[Found], str]


def reasons(name: str, value: float, found: Found, model: JointModel) -> list[Cue]:
    """Return the topics that spoke most for the chosen step of ``name``.

    Shared content and agreement are told first by a topic that compares picture and text, where one spoke
    for the value at all.
    """
    parts = model.parts(step_key(name, value), model.standardized(found))
    sums = {topic: sum(parts.get(each, 0.0) for each in topic.features) for topic in TOPICS}
    best = sorted((topic for topic in TOPICS if sums[topic] > 0), key=lambda topic: -sums[topic])
    comparing = [topic for topic in best if topic.name in _COMPARING and name != "abs"][:1]
    shown = [*comparing, *(topic for topic in best if topic not in comparing)][:_SHOWN]
    return [
        Cue(rule=f"{name}-{topic.name}", detail=topic.say(found), weight=round(sums[topic], 4))
        for topic in shown
    ]


def _contradictions(found: Found) -> str:
    count = round(found["against"])
    if not count:
        return "no phrase contradicts the picture"
    wrong = [words for name, words in _ERROR_WORDS.items() if found[f"sure-{name}"]]
    phrases = "1 phrase contradicts" if count == 1 else f"{count} phrases contradict"
    return f"{phrases} the picture" + (f": {', '.join(wrong)}" if wrong else "")


def _doubts(found: Found) -> str:
    doubtful = [words for name, words in _ERROR_WORDS.items() if found[f"doubt-{name}"]]
    return (
        f"it is not sure that {' and '.join(doubtful)} fits" if doubtful else "no linked phrase is in doubt"
    )


def _agreeing(found: Found) -> str:
    fits = round(found["agreeing-fits"])
    if not found["agreeing-mean"]:
        return "no phrase agrees with the picture"
    if not fits:
        return "no color, place, size or count in the text could be confirmed in the picture"
    phrases = "1 phrase agrees" if fits == 1 else f"{fits} phrases agree"
    return f"{phrases} with the picture in color, place, size or count"


def _coverage(found: Found) -> str:
    return f"{found['covered']:.0%} of what was found in the picture is named in the text"


def _main_thing(found: Found) -> str:
    if found["main-against"]:
        return "the largest thing in the picture is contradicted"
    if found["first-against"]:
        return "the first thing that the text tells of the picture is contradicted"
    return f"the largest thing in the picture is {'named' if found['main-named'] else 'not named'}"


def _content(found: Found) -> str:
    kinds = round(found["kinds-shown"])
    return f"{kinds} {'kind of thing was' if kinds == 1 else 'kinds of things were'} found in the picture"


def _likeness(found: Found) -> str:
    return (
        f"the sentence nearest to what the picture shows is {max(found['like-best'], 0):.0%} alike in meaning"
    )


def _often(feature: str, limit: float, above: str, below: str) -> Callable[[Found], str]:
    return lambda found: above if found[feature] >= limit else below


def _each(prefix: str) -> frozenset[str]:
    return frozenset(f"{prefix}-{name}" for name in _ERROR_WORDS)


TOPICS = (
    Topic(
        name="contradictions",
        features=_each("sure")
        | {"against", "against-share", "against-sum", "against-most", "against-two", "covered-wrong"},
        say=_contradictions,
    ),
    Topic(name="doubts", features=_each("doubt"), say=_doubts),
    Topic(
        name="agreement",
        features=frozenset({"agreeing-mean", "agreeing-least", "agreeing-fits"}),
        say=_agreeing,
    ),
    Topic(
        name="coverage",
        features=frozenset({"covered", "covered-agreed", "kinds", "regions"}),
        say=_coverage,
    ),
    Topic(
        name="main-thing",
        features=frozenset({"main-named", "main-against", "first-against"}),
        say=_main_thing,
    ),
    Topic(name="content", features=frozenset({"kinds-shown"}), say=_content),
    Topic(name="likeness", features=frozenset(LIKENESS), say=_likeness),
    Topic(
        name="manner",
        features=frozenset({"general", "habits", "duties", "defines", "long-words"}),
        say=_often("general", 0.25, "the text speaks in general terms", "the text speaks of one occasion"),
    ),
    Topic(
        name="places",
        features=frozenset({"places", "near", "postures"}),
        say=_often("places", 0.2, "the text says where things are", "the text hardly says where things are"),
    ),
    Topic(
        name="details",
        features=frozenset({"details", "numbers", "figures", "names"}),
        say=_often(
            "numbers", 0.4, "the text gives many figures and names", "the text gives few figures and names"
        ),
    ),
    Topic(
        name="looks",
        features=frozenset({"colors", "indefinite"}),
        say=_often("colors", 0.2, "the text tells how things look", "the text hardly tells how things look"),
    ),
    Topic(
        name="denials",
        features=frozenset({"denials", "denied"}),
        say=_often("denials", 0.15, "the text says what is not so", "the text denies little"),
    ),
    Topic(
        name="past",
        features=frozenset({"past"}),
        say=_often("past", 0.2, "the text tells what has happened", "the text hardly tells of the past"),
    ),
    Topic(
        name="length",
        features=frozenset({"length"}),
        say=_often("length", 0.7, "the text is long", "the text is short"),
    ),
)
