"""How a text speaks of a thing: as seen in the picture, as known from elsewhere, or in general.

Much that a note names is not in its picture: the owner, the officer, the court. These cues carry the
wording's share in telling them apart; none of them looks at the picture but through the Match.
"""

from __future__ import annotations

from engine.linkers.matching import Match
from engine.linkers.phrases import Phrase
from engine.linkers.words import POSSESSIVE, word_set
from engine.model.findings import Cue
from engine.vocabulary import lemma

GENERAL_NOTE = "general-note"
_BY_LOOKS = word_set(
    "person man woman boy girl lady child toddler baby people youth teenager gentleman figure"
)


def manner_cues(match: Match, *, person: bool) -> list[Cue]:
    """Return what the wording tells about whether the thing in the picture is meant."""
    phrase = match.phrase
    if match.missing and phrase.denied:
        return []
    facts = {
        "described": (bool(phrase.colors or phrase.trim), "the words describe how it looks"),
        "placed": (bool(phrase.places), "the words give it a place in the picture"),
        "sighted": (phrase.sighted, "the clause speaks of what is seen"),
        "now": (phrase.now, "the clause is in the present"),
        "general-talk": (phrase.modal, "the clause speaks of what may or must be"),
        "told": (phrase.spoken, "the clause tells what somebody said or did"),
        "introduced": (phrase.indefinite, "the words introduce it (“a …”)"),
        "known": (phrase.definite, "the words take it as known (“the …”)"),
        "bare": (not (phrase.definite or phrase.indefinite or phrase.number), "named without an article"),
        "many": (phrase.plural, "several are meant"),
        "opens": (phrase.opens, "the clause begins with it"),
        "agent": (phrase.agent, "named as someone who acts or receives (“by …”, “to …”)"),
        "named": (phrase.named, "written as a name or title"),
        "of-another": (phrase.dependent, "named only to say more about something else"),
        "person": (person, "texts also name persons who are not pictured"),
        "possessed": (phrase.noun.determiner in POSSESSIVE, "named as somebody's"),
        "hung-on": (bool(phrase.noun.tail), "more is said of it behind the noun"),
        "spoken-of-before": (match.earlier > 0, "a phrase before speaks of the same kind of thing"),
        "by-looks": (
            person and lemma("".join(phrase.noun.words[-1:])) in _BY_LOOKS,
            "named as anyone would who sees them",
        ),
        "predicate": (phrase.predicate, "says what something else is"),
        "taken-up": (phrase.repeats and match.earlier > 0, "takes up what was spoken of before"),
        "in-title": (_is_title(phrase), "stands in a title or heading"),
        "nothing-else": (not match.company, "nothing else in the text fits the picture"),
    }
    cues = [Cue(rule=rule, detail=detail, weight=1.0) for rule, (holds, detail) in facts.items() if holds]
    adjectives = min(_adjectives(phrase), 3)
    if adjectives:
        cues.append(Cue(rule="adjectives", detail="adjectives tell what it is like", weight=adjectives / 3))
    if match.company:
        detail = f"{match.company} other things in the text fit the picture"
        cues.append(Cue(rule="in-company", detail=detail, weight=min(match.company, 4) / 4))
    if is_general(match):
        detail = "the text tells nothing of this picture in particular"
        cues.append(Cue(rule=GENERAL_NOTE, detail=detail, weight=1.0))
    return cues


def is_general(match: Match) -> bool:
    """Tell whether the text speaks of a kind of thing and not of one in this picture."""
    return match.general and not _is_particular(match.phrase)


def _adjectives(phrase: Phrase) -> int:
    """Return how many words stand between the determiner and the noun."""
    return len(phrase.noun.words) - len(phrase.entity.text.split()) - bool(phrase.noun.determiner)


def _is_title(phrase: Phrase) -> bool:
    """Tell whether the sentence has no verb that is known, and begins the text."""
    return phrase.sentence.start == 0 and phrase.verbless


def _is_particular(phrase: Phrase) -> bool:
    """Tell whether the words single one thing out: by looks, place, order or any adjective."""
    singled = not phrase.plural and _adjectives(phrase) > 0
    return bool(phrase.colors or phrase.trim or phrase.places or phrase.other or singled)
