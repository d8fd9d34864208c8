"""Which Reports answer a topic, and why: by concepts, by words and by the sense of sentences.

Three kinds of evidence, none of which a denied finding passes: Entities (their concept, how it is
asserted, in which section), sentences that hold the words of a name, and sentences whose MiniLM vector
is near to the topic's. Their scores are read as "how likely is this an answer"; the cut is where that
is an even chance. The weights were set on dev queries, see docs/validation.md.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.jobs.search_answer import CUT, Answer, Answers, shortened
from engine.jobs.search_meaning import stem
from engine.jobs.search_scope import fit, surroundings
from engine.jobs.search_sense import near_sentences
from engine.jobs.search_statements import Asked, Statement, find_statements, section_weight
from engine.model.evidence import Span
from engine.model.findings import Assertion, Verdict
from engine.model.ids import ReportId
from engine.recognizers.assertion import assert_spans
from engine.recognizers.sections import section_at
from engine.recognizers.words import find_words
from engine.store import CaseStore

NEAR_ENOUGH = 0.75
"""The cosine from which a sentence alone makes its Report an answer to words that no vocabulary knows."""
NEARER = 0.78
"""The same where the case knows what is asked for: most sentences that are near speak of something else."""

_BY_SENSE = 0.16

# What such a sentence says is that nothing is wrong; no answer to what is.
_NORMAL = frozenset(
    [
        "normal",
        "clear",
        "unremarkable",
        "intact",
        "within",
        "negative",
        "stable",
        "unchanged",
        "free",
        "grossly",
    ]
)


def answer_topic(store: CaseStore, asked: Asked, *, limit: int, is_deep: bool) -> Answers:
    """Return the Reports that speak of a topic; at most about ``limit`` are looked at closely.

    ``is_deep`` ranks those too that cannot pass the cut.
    """
    answers: Answers = {}
    for number, core in enumerate(asked.meaning.cores):
        statements = find_statements(store, core, asked, limit=limit)
        found = {report: _answer(said) for report, said in statements.items()}
        answers = found if number == 0 else _both(answers, found)
    return _with_sense(store, answers, asked, limit=limit, is_deep=is_deep)


def _answer(statements: Sequence[Statement]) -> Answer:
    best = statements[0].weight
    total = sum(each.weight for each in statements)
    return Answer(
        score=best * 0.8 + 0.04 * min(total, 3.0),
        is_relevant=best >= CUT,
        why=tuple(dict.fromkeys(_reason(each) for each in statements[:2])),
        mentions=tuple(each.mention for each in statements if each.mention),
        spans=tuple(each.span for each in statements[:2]),
    )


def _reason(statement: Statement) -> str:
    name = statement.mention.concept.partition(" ")[2] if statement.mention else ""
    meaning = f" = {name}" if name and name.lower() != statement.text.lower() else ""
    where = f" in {statement.section}" if statement.section else ""
    judged = f", an analyst {statement.verdict} it" if statement.verdict else ""
    return f"“{shortened(statement.text)}”{meaning} ({statement.assertion}{where}{judged})"


def _both(one: Answers, other: Answers) -> Answers:
    """Return Reports that answer both; the weaker answer counts."""
    merged: Answers = {}
    for report in one.keys() & other.keys():
        weaker = min(one[report], other[report], key=lambda each: each.score)
        merged[report] = replace(
            weaker,
            is_relevant=one[report].is_relevant and other[report].is_relevant,
            why=(*one[report].why[:1], *other[report].why[:1]),
            mentions=(*one[report].mentions, *other[report].mentions),
        )
    return merged


# Sense


def _with_sense(store: CaseStore, answers: Answers, asked: Asked, *, limit: int, is_deep: bool) -> Answers:
    """Add what sentences of similar sense say; a sentence that is not said as asked does not count."""
    near = near_sentences(store, asked.meaning.words, limit=limit)
    enough = NEARER if any(core.concepts for core in asked.meaning.cores) else NEAR_ENOUGH
    texts = store.sentences.texts(near)
    fused = {**answers, **_ordered(store, answers, near, texts)}
    wanted = [number for number, similarity in near.items() if is_deep or similarity >= enough]
    shares = {number: _share(texts[number], asked) for number in wanted}
    fitting = [number for number in wanted if shares[number] >= CUT]
    places = store.sentences.places(fitting, limit=max(limit, len(near)), choice=asked.choice)
    unsure = [place for place in places if not _is_settled(answers.get(place.report_id), asked)]
    sections = store.sections_of({place.report_id for place in unsure})
    for place in unsure:
        section = section_at(sections.get(place.report_id, ()), place.start)
        share = shares[place.sentence_number] * section_weight(section.kind if section else "")
        known = fused.get(place.report_id)
        if share >= CUT and known is answers.get(place.report_id):
            similarity = near[place.sentence_number] * share
            fused[place.report_id] = _nearer(known, similarity, texts[place.sentence_number], enough)
    return fused


def _is_settled(answer: Answer | None, asked: Asked) -> bool:
    """Tell whether a Report answers already, or an analyst has said that it does not."""
    if answer is None or answer.is_relevant:
        return answer is not None
    return any(asked.verdicts.get(each.entity_id) == Verdict.REJECTED for each in answer.mentions)


def _ordered(
    store: CaseStore, answers: Answers, near: Mapping[int, float], texts: Mapping[int, str]
) -> Answers:
    """Return the Reports that answer by their findings, the higher the nearer the sentence of those is."""
    best: dict[ReportId, float] = {}
    sure = [report for report, each in answers.items() if each.is_relevant]
    for place in store.sentences.in_reports(sure, near):
        similarity = near[place.sentence_number]
        if similarity > best.get(place.report_id, 0.0):
            span = Span(start=place.start, end=place.start + len(texts[place.sentence_number]))
            if any(span.overlaps(each) for each in answers[place.report_id].spans):
                best[place.report_id] = similarity
    return {
        report: replace(answers[report], score=answers[report].score + _BY_SENSE * similarity)
        for report, similarity in best.items()
    }


def _share(sentence: str, asked: Asked) -> float:
    """Return how well a sentence as a whole fits: said as asked, and of the side and degree asked for."""
    words = [word for word in find_words(sentence) if word.text[0].isalnum()]
    if not words:
        return 0.0
    last = Span(start=words[-1].start, end=words[-1].end)
    (said,) = assert_spans(sentence, Span(start=0, end=len(sentence)), [last])
    wanted = {stem(word) for word in asked.meaning.words.lower().split()}
    if said is Assertion.PRESENT and any(word.text in _NORMAL and word.text not in wanted for word in words):
        said = Assertion.ABSENT
    if asked.weights.get(said, 0.0) < CUT:
        return 0.0
    whole = surroundings(sentence, Span(start=words[0].start, end=last.end))
    return fit(asked.meaning, whole, None, asked.vocabulary)


def _nearer(answer: Answer | None, similarity: float, sentence: str, enough: float) -> Answer:
    reason = f"near in sense ({similarity:.2f}): “{shortened(sentence)}”"
    gain = _BY_SENSE * max(similarity, 0.0)
    if answer is None:
        return Answer(score=gain, is_relevant=similarity >= enough, why=(reason,))
    return replace(
        answer,
        score=answer.score + gain,
        is_relevant=answer.is_relevant or similarity >= enough,
        why=answer.why or (reason,),
    )
