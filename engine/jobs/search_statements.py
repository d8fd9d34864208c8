"""What Reports say of a thing that is looked for: by their Entities, and by sentences that hold its names.

Recognizers find a name that is written as a vocabulary has it; "heart size is mildly enlarged" or "right
hemidiaphragm elevation" are found because one sentence holds all words of a name, close to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from engine.jobs.search_meaning import Core, Meaning, stem
from engine.jobs.search_scope import ONE_OF_BOTH, OTHER_SIDE, fit, is_other_side, place_fit, surroundings
from engine.model.evidence import Laterality, Section, Span
from engine.model.findings import Assertion, Verdict
from engine.model.ids import ReportId
from engine.recognizers.assertion import assert_spans
from engine.recognizers.sections import section_at
from engine.recognizers.words import find_words
from engine.store import CaseStore
from engine.store.criteria import ReportChoice
from engine.store.mentions import Mention, finding_spans
from engine.store.sentences import SentencePlace
from engine.vocabulary import Vocabulary, normal_form

# Why an examination was asked for, or what runs in the family, says little about what was found.
SECTIONS = {
    "indication": 0.1,
    "history": 0.3,
    "family-history": 0.1,
    "comparison": 0.2,
    "technique": 0.2,
}
_BY_WORDS = 0.92  # what a sentence with the words weighs against a recognized phrase
_OTHER_NAME, _NARROWER, _WIDER = 0.94, 0.92, 0.9
_TWO_SIDES = 0.85
_JUDGED = {Verdict.CONFIRMED.value: 1.0, Verdict.REJECTED.value: 0.0}
_MOST_NAMES = 24
_WORDS_BETWEEN = 5
# Words that make a sentence, or a part of it, a denial; what a phrase means is looked at closely later.
_DENYING = ('"no"', '"not"', '"without"', '"negative"', '"denies"', '"absent"', '"clear"', '"normal"')
_ADJECTIVES = {"itis": "itic", "osis": "otic"}
_NO_FINDINGS = ("anatomy", "date", "time", "person")
_SIDES = {
    Laterality.LEFT: ("left", "bilateral", "both"),
    Laterality.RIGHT: ("right", "bilateral", "both"),
    Laterality.BILATERAL: ("bilateral", "bilaterally", "both"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One place where a Report speaks of a thing; ``weight`` in [0, 1] says how well it answers."""

    weight: float
    text: str
    span: Span
    assertion: Assertion
    section: str
    side: Laterality | None
    mention: Mention | None = None
    verdict: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is looked for in one go: a topic, said in one of these ways, in Reports that may count."""

    meaning: Meaning
    vocabulary: Vocabulary
    weights: Mapping[Assertion, float]
    choice: ReportChoice
    verdicts: Mapping[str, str]


def find_statements(
    store: CaseStore, core: Core, asked: Asked, *, limit: int
) -> dict[ReportId, list[Statement]]:
    """Return what Reports say of a core, the weightiest first; about ``limit`` Reports are looked at."""
    texts_by_number = _sentences(store, core, asked, limit=limit)
    places = store.sentences.places(texts_by_number, limit=limit, choice=asked.choice)
    weighed = store.weigh_mentions(
        (*core.concepts, *core.wider),
        () if core.names else (core.normal,),
        assertions=asked.weights,
        sections=SECTIONS,
        # Where sentences that narrow the topic down are enough, few others are looked at.
        limit=limit // 4 if asked.meaning.is_narrowed and len(places) >= limit else limit,
        choice=asked.choice,
    )
    reports = dict.fromkeys(each.report_id for each in weighed if each.best > 0)
    reports.update(dict.fromkeys(place.report_id for place in places))
    mentions = store.mentions_in(reports, (*core.concepts, *core.wider), () if core.names else (core.normal,))
    spoken = list(mentions) if asked.meaning.is_narrowed or core.place else []
    texts, findings = store.texts_of(spoken), finding_spans(store, spoken, but=_NO_FINDINGS)
    found = {
        report: _of_mentions(
            core, asked, mentions.get(report, ()), texts.get(report, ""), findings.get(report, ())
        )
        for report in reports
    }
    unrecognized = [
        place
        for place in places
        if not _is_recognized(place, texts_by_number[place.sentence_number], mentions)
    ]
    for report, statement in _of_sentences(store, core, asked, unrecognized, texts_by_number):
        found[report].append(statement)
    return {
        report: sorted(_both_sides(asked.meaning, statements), key=lambda each: -each.weight)
        for report, statements in found.items()
        if statements
    }


def section_weight(section: str) -> float:
    return SECTIONS.get(section, 1.0)


def _of_mentions(
    core: Core, asked: Asked, mentions: Sequence[Mention], text: str, findings: Sequence[Span]
) -> list[Statement]:
    statements = []
    for mention in mentions:
        weight = asked.weights.get(mention.assertion, 0.0) * section_weight(mention.section)
        is_wider = mention.concept in core.wider
        if is_other_side(asked.meaning.side, mention.laterality):
            weight *= OTHER_SIDE
        elif weight and (asked.meaning.is_narrowed or is_wider):
            around = surroundings(text, mention.span, findings)
            weight *= fit(asked.meaning, around, mention.laterality, asked.vocabulary)
            weight *= place_fit(core.place, around, asked.vocabulary) if core.place and is_wider else 1.0
        verdict = asked.verdicts.get(mention.entity_id, "")
        statements.append(
            Statement(
                weight=_JUDGED.get(verdict, weight * _closeness(mention, core)) if weight else 0.0,
                verdict=verdict,
                text=mention.text,
                span=mention.span,
                assertion=mention.assertion,
                section=mention.section,
                side=mention.laterality,
                mention=mention,
            )
        )
    return statements


def _closeness(mention: Mention, core: Core) -> float:
    """Return a little less than 1 where other words, or a kind of the thing, are said."""
    if mention.concept in core.wider:
        return _WIDER
    if core.names and mention.concept.partition(" ")[0] not in {name.id for name in core.names}:
        return _NARROWER
    said = {stem(word) for word in mention.text.lower().split()}
    return 1.0 if all(stem(word) in said for word in core.normal.split()) else _OTHER_NAME


# Sentences


def _sentences(store: CaseStore, core: Core, asked: Asked, *, limit: int) -> dict[int, str]:
    """Return sentences with the names of a core by number, first those that narrow it down as asked."""
    names = [core.normal, *_names(core)]
    narrowing = _narrowing(asked.meaning)
    found: dict[int, str] = {}
    if narrowing:
        every = _any_of(_all_words(name) for name in names)
        expression = f"({every}) AND {narrowing}" if every else ""
        found.update(looked_up(store, expression, limit, weights=asked.weights))
    # Of single words only the one that was typed: the others were recognized where they stand.
    close = [_near_words(name) if core.names else _all_words(name) for name in names if " " in name]
    single = [] if " " in core.normal else [_all_words(each) for each in _forms(core.normal)]
    found.update(looked_up(store, _any_of([*close, *single]), limit, weights=asked.weights))
    return found


def looked_up(
    store: CaseStore, expression: str, limit: int, *, weights: Mapping[Assertion, float], ranked: bool = False
) -> dict[int, str]:
    """Return sentences by number, first those without denials where these count nothing; ranked by BM25."""
    if not expression:
        return {}
    is_affirmed = weights.get(Assertion.ABSENT, 0.0) == 0.0
    expressions = [f"({expression}) NOT ({_any_of(_DENYING)})"] if is_affirmed else []
    found: dict[int, str] = {}
    for each in (*expressions, expression):
        if len(found) < limit:
            sentences = store.sentences.find(each, limit=limit, ranked=ranked)
            found.update((sentence.number, sentence.text) for sentence in sentences)
    return found


def _names(core: Core) -> list[str]:
    names = [name for concept in core.names for name in (concept.name, *concept.synonyms)]
    return list(dict.fromkeys(normal_form(name) for name in names))[:_MOST_NAMES]


def _forms(word: str) -> list[str]:
    """Return a word and its adjective: arthritis, arthritic."""
    return [word, *(word[: -len(end)] + other for end, other in _ADJECTIVES.items() if word.endswith(end))]


def _narrowing(meaning: Meaning) -> str:
    groups: list[Iterable[str]] = [_SIDES[meaning.side]] if meaning.side else []
    groups += [sorted({degree.word, *degree.same}) for degree in meaning.degrees]
    groups += [place.words.split() for place in meaning.places]
    groups += [[word] for word in meaning.others]
    return " AND ".join(f"({_any_of(_all_words(word) for word in group)})" for group in groups)


def _any_of(expressions: Iterable[str]) -> str:
    return " OR ".join(dict.fromkeys(each for each in expressions if each))


def _all_words(name: str) -> str:
    quoted = [f'"{word.text}"' for word in find_words(name) if word.text[0].isalnum()]
    return f"({' AND '.join(quoted)})" if quoted else ""


def _near_words(name: str) -> str:
    quoted = [f'"{word.text}"' for word in find_words(name) if word.text[0].isalnum()]
    return f"NEAR({' '.join(quoted)}, {_WORDS_BETWEEN})" if len(quoted) > 1 else ""


def _is_recognized(place: SentencePlace, text: str, mentions: Mapping[ReportId, Sequence[Mention]]) -> bool:
    span = Span(start=place.start, end=place.start + len(text))
    return any(span.overlaps(each.span) for each in mentions.get(place.report_id, ()))


def _of_sentences(
    store: CaseStore, core: Core, asked: Asked, places: Sequence[SentencePlace], texts: Mapping[int, str]
) -> Iterable[tuple[ReportId, Statement]]:
    """Yield what the sentences say; each distinct one is understood once."""
    names = [core.normal, *_names(core)] if core.names else [core.normal]
    said = {
        number: _said(texts[number], names, asked) for number in {each.sentence_number for each in places}
    }
    sections = store.sections_of({place.report_id for place in places})
    for place in places:
        statement = said[place.sentence_number]
        if statement is not None:
            section = _section(sections.get(place.report_id, ()), place.start)
            yield (
                place.report_id,
                replace(
                    statement,
                    weight=statement.weight * section_weight(section),
                    section=section,
                    span=Span(start=place.start, end=place.start + len(statement.text)),
                ),
            )


def _said(text: str, names: Sequence[str], asked: Asked) -> Statement | None:
    """Return what a sentence says of the first name whose words it holds."""
    words = [word for word in find_words(text) if word.text[0].isalnum()]
    stems = [stem(word.text) for word in words]
    for name in names:
        wanted = [stem(word) for word in name.split()]
        if not all(each in stems for each in wanted):
            continue
        held = [words[stems.index(each)] for each in wanted]
        spans = [Span(start=word.start, end=word.end) for word in held]
        whole = Span(start=0, end=len(text))
        assertion = min(assert_spans(text, whole, spans), key=lambda each: asked.weights.get(each, 0.0))
        phrase = Span(start=min(word.start for word in held), end=max(word.end for word in held))
        around = surroundings(text, phrase)
        weight = _BY_WORDS * asked.weights.get(assertion, 0.0)
        return Statement(
            weight=weight * fit(asked.meaning, around, None, asked.vocabulary),
            text=text,
            span=phrase,
            assertion=assertion,
            section="",
            side=None,
        )
    return None


def _section(sections: Sequence[Section], position: int) -> str:
    section = section_at(sections, position)
    return section.kind if section else ""


def _both_sides(meaning: Meaning, statements: Sequence[Statement]) -> Sequence[Statement]:
    """Take what is said of the left and of the right as said of both sides."""
    if meaning.side is not Laterality.BILATERAL:
        return statements
    sides = {each.side for each in statements if each.weight > 0}
    if not {Laterality.LEFT, Laterality.RIGHT} <= sides:
        return statements
    return [
        replace(each, weight=min(_TWO_SIDES * each.weight / ONE_OF_BOTH, 1.0))
        if each.side in (Laterality.LEFT, Laterality.RIGHT)
        else each
        for each in statements
    ]
