"""Which Reports answer a topic, and why: by concepts, by words and by the sense of sentences.

Three kinds of evidence, none of which a denied finding passes: Entities (their concept, how it is
asserted, in which section), sentences that hold all words, and sentences whose MiniLM vector is
near to the topic's. Their scores are read as "how likely is this an answer"; the cut is where
that is an even chance. The weights were set on the dev queries of iu_retrieval, see
docs/validation.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from engine.jobs.search_answer import CUT, Answer, Answers, assertion_weights, shortened
from engine.jobs.search_meaning import Core, Meaning
from engine.jobs.search_sense import LEAST, NEAR_ENOUGH, near_sentences
from engine.jobs.search_words import answer_words
from engine.model.evidence import Laterality, Span
from engine.model.findings import Assertion
from engine.model.ids import ReportId
from engine.recognizers.assertion import assert_spans
from engine.store import CaseStore
from engine.store.mentions import Mention
from engine.vocabulary import lemma, normal_form

# Why an examination was asked for, or what runs in the family, says little about what was found.
_SECTIONS = {
    "indication": 0.1,
    "history": 0.3,
    "family-history": 0.1,
    "comparison": 0.2,
    "technique": 0.2,
}
_UNMET_SIDE, _OTHER_SIDE, _UNMET_WORD = 0.45, 0.05, 0.4
_WORD = re.compile(r"[^\W_]+")


def answer_topic(store: CaseStore, meaning: Meaning, *, assertion: str, limit: int, is_deep: bool) -> Answers:
    """Return the Reports that speak of a topic; at most about ``limit`` are looked at closely.

    ``is_deep`` ranks those too that cannot pass the cut.
    """
    weights = assertion_weights(assertion)
    answers: Answers = {}
    for number, core in enumerate(meaning.cores):
        found = _by_concept(store, core, meaning, weights, limit)
        if not core.names:
            found = _better(found, answer_words(store, core.normal, assertion=assertion, limit=limit))
        answers = found if number == 0 else _both(answers, found)
    near = near_sentences(store, meaning.words, limit=limit)
    least = LEAST if is_deep else NEAR_ENOUGH
    return _with_sense(store, answers, near, meaning, weights, least=least)


def _by_concept(
    store: CaseStore, core: Core, meaning: Meaning, weights: Mapping[Assertion, float], limit: int
) -> Answers:
    weighed = store.weigh_mentions(
        core.concepts,
        () if core.names else (core.normal,),
        assertions=weights,
        sections=_SECTIONS,
        limit=limit,
    )
    reports = [each.report_id for each in weighed if each.best > 0]
    mentions = store.mentions_in(reports, core.concepts if core.names else ())
    texts = store.texts_of(reports) if meaning.modifiers or meaning.side else {}
    answers: Answers = {}
    for each in weighed:
        fitting = [
            (_weight(mention, weights) * _fit(mention, meaning, texts), mention)
            for mention in mentions.get(each.report_id, ())
            if core.names or normal_form(mention.text) == core.normal
        ]
        fitting.sort(key=lambda pair: -pair[0])
        best = fitting[0][0] if fitting else 0.0
        total = sum(weight for weight, _ in fitting)
        answers[each.report_id] = Answer(
            score=best * 0.8 + 0.04 * min(total, 3.0),
            is_relevant=best >= CUT,
            why=tuple(dict.fromkeys(_reason(mention) for _, mention in fitting[:2])),
            mentions=tuple(mention for _, mention in fitting),
        )
    return answers


def _weight(mention: Mention, weights: Mapping[Assertion, float]) -> float:
    return weights.get(mention.assertion, 0.0) * _SECTIONS.get(mention.section, 1.0)


def _fit(mention: Mention, meaning: Meaning, texts: Mapping[ReportId, str]) -> float:
    """Return how well side and modifiers of the topic fit to the words around a mention, in [0, 1]."""
    if meaning.side is None and not meaning.modifiers:
        return 1.0
    around = _sentence_words(texts.get(mention.report_id, ""), mention.span)
    return _side_fit(mention.laterality, meaning.side, around) * modifier_fit(meaning, around)


def _side_fit(said: Laterality | None, asked: Laterality | None, around: frozenset[str]) -> float:
    if asked is None or said is asked:
        return 1.0
    if said is Laterality.BILATERAL:
        return 0.95
    if said is not None:
        return _OTHER_SIDE
    return 0.9 if asked.value in around else _UNMET_SIDE


def modifier_fit(meaning: Meaning, around: frozenset[str]) -> float:
    """Return how many of the narrowing words stand in the sentence, in [0, 1]."""
    fit = 1.0
    for group in meaning.modifiers:
        fit *= 1.0 if group & around else _UNMET_WORD
    return fit


def _sentence_words(text: str, span: Span) -> frozenset[str]:
    start = max(text.rfind(". ", 0, span.start), text.rfind("\n", 0, span.start)) + 1
    ends = [end for end in (text.find(". ", span.end), text.find("\n", span.end)) if end >= 0]
    return words_of(text[start : min(ends, default=len(text))])


def words_of(sentence: str) -> frozenset[str]:
    """Return the words of a sentence in lower case, as written and in the singular."""
    words = [word.lower() for word in _WORD.findall(sentence)]
    return frozenset([*words, *map(lemma, words)])


def _with_sense(
    store: CaseStore,
    answers: Answers,
    near: Mapping[ReportId, Sequence[tuple[float, Span]]],
    meaning: Meaning,
    weights: Mapping[Assertion, float],
    *,
    least: float,
) -> Answers:
    """Add what sentences of similar sense say; a sentence that is not said as asked does not count."""
    fused = dict(answers)
    # Reports that answer by their findings were looked at already; nearness only orders them.
    sure = [report for report in near if report in answers and answers[report].is_relevant]
    unsure = [report for report in near.keys() - set(sure) if near[report][0][0] >= least]
    texts, mentions = store.texts_of(unsure), store.mentions_in(unsure)
    for report in sure:
        fused[report] = _nearer(answers[report], _nearness(answers[report], near[report]), "")
    for report in unsure:
        sentences, text = near[report], texts.get(report, "")
        for similarity, span in sentences:
            said = _said(text, span, mentions.get(report, ()))
            around = words_of(text[span.start : span.end])
            fit = modifier_fit(meaning, around) * _side_fit(None, meaning.side, around)
            if weights.get(said, 0.0) < CUT or (meaning.side and fit < _UNMET_SIDE):
                continue
            fused[report] = _nearer(fused.get(report), similarity * fit, text[span.start : span.end])
            break
    return fused


def _nearness(answer: Answer, sentences: Sequence[tuple[float, Span]]) -> float:
    """Return how near the sentences are in which the findings of an answer stand."""
    best = (
        similarity
        for similarity, span in sentences
        if any(span.overlaps(mention.span) for mention in answer.mentions[:2])
    )
    return next(best, 0.0)


def _nearer(answer: Answer | None, similarity: float, sentence: str) -> Answer:
    reason = f"near in sense ({similarity:.2f}): “{shortened(sentence)}”"
    gain = 0.16 * max(similarity, 0.0)
    if answer is None:
        return Answer(score=gain, is_relevant=similarity >= NEAR_ENOUGH, why=(reason,))
    return replace(
        answer,
        score=answer.score + gain,
        is_relevant=answer.is_relevant or similarity >= NEAR_ENOUGH,
        why=answer.why or (reason,),
    )


def _said(text: str, span: Span, mentions: Iterable[Mention]) -> Assertion:
    """Return how a sentence as a whole is asserted: as its findings are, else by its own cues."""
    section = ""
    inside = []
    for mention in mentions:
        if span.overlaps(mention.span):
            section = mention.section
            if mention.label not in ("anatomy", "date", "time", "person"):
                inside.append(mention.assertion)
    if _SECTIONS.get(section, 1.0) < CUT:
        return Assertion.HYPOTHETICAL
    if inside:
        return min(inside, key=list(Assertion).index)
    words = list(_WORD.finditer(text, span.start, span.end))
    if not words:
        return Assertion.ABSENT
    last = Span(start=words[-1].start(), end=words[-1].end())
    return assert_spans(text, span, [last])[0]


def _better(one: Answers, other: Answers) -> Answers:
    merged = dict(one)
    for report, answer in other.items():
        if report not in merged or answer.score > merged[report].score:
            merged[report] = answer
    return merged


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


def _reason(mention: Mention) -> str:
    name = mention.concept.partition(" ")[2]
    meaning = f" = {name}" if name and name.lower() != mention.text.lower() else ""
    where = f" in {mention.section}" if mention.section else ""
    return f"“{shortened(mention.text)}”{meaning} ({mention.assertion}{where})"
