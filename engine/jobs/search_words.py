"""Reports with a sentence that holds the very words: phrases, prefixes, and searches without expansion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.jobs.search_answer import CUT, Answer, Answers, shortened
from engine.jobs.search_meaning import side_of, stem
from engine.jobs.search_query import Term
from engine.jobs.search_statements import looked_up, section_weight
from engine.model.evidence import Laterality, Span
from engine.model.findings import Assertion
from engine.recognizers.assertion import assert_spans
from engine.recognizers.sections import section_at
from engine.recognizers.words import Word, find_words
from engine.store import CaseStore
from engine.store.criteria import ReportChoice

_FULL = 0.85


def answer_words(
    store: CaseStore,
    term: Term,
    *,
    weights: Mapping[Assertion, float],
    side: Laterality | None,
    choice: ReportChoice,
    limit: int,
) -> Answers:
    """Return the Reports with a sentence that holds all words, says them as asked, and of the side."""
    wanted = _plain(find_words(term.words))
    if not wanted:
        return {}
    sentences = looked_up(store, _expression(term, wanted), limit, weights=weights, ranked=True)
    fitting = [number for number in sentences if side is None or _is_of_side(sentences[number], side)]
    places = store.sentences.places(fitting, limit=limit, choice=choice)
    said = {
        number: _said(sentences[number], wanted, term, weights)
        for number in {place.sentence_number for place in places}
    }
    sections = store.sections_of({place.report_id for place in places})
    answers: Answers = {}
    for order, place in enumerate(places):
        section = section_at(sections.get(place.report_id, ()), place.start)
        assertion = said[place.sentence_number]
        weight = weights.get(assertion, 0.0) * section_weight(section.kind if section else "")
        score = _FULL * weight / 0.9
        known = answers.get(place.report_id)
        if known is None or score > known.score:
            text = sentences[place.sentence_number]
            answers[place.report_id] = Answer(
                # Equal ones come in the order of BM25.
                score=max(score - 0.05 * order / len(places), 0.0),
                is_relevant=score >= CUT,
                why=(f"“{shortened(text)}” ({assertion})",),
                spans=(Span(start=place.start, end=place.start + len(text)),),
            )
    return answers


def _plain(words: Sequence[Word]) -> list[str]:
    return [word.text for word in words if word.text[0].isalnum()]


def _expression(term: Term, wanted: Sequence[str]) -> str:
    if term.is_exact:
        return f'"{" ".join(wanted)}"'
    return " AND ".join(f'"{word}"{"*" if term.is_prefix else ""}' for word in wanted)


def _said(text: str, wanted: Sequence[str], term: Term, weights: Mapping[Assertion, float]) -> Assertion:
    """Return how a sentence says the words that were asked for."""
    words = [word for word in find_words(text) if word.text[0].isalnum()]
    if term.is_exact:
        found = _run(words, wanted)
    else:
        found = [word for word in words if any(_is_same(word.text, each, term.is_prefix) for each in wanted)]
    spans = [Span(start=word.start, end=word.end) for word in found or words]
    assertions = assert_spans(text, Span(start=0, end=len(text)), spans)
    return min(assertions, key=lambda each: weights.get(each, 0.0))


def _run(words: Sequence[Word], wanted: Sequence[str]) -> Sequence[Word]:
    length = len(wanted)
    runs = (words[start : start + length] for start in range(len(words) - length + 1))
    same = (run for run in runs if [stem(word.text) for word in run] == [stem(word) for word in wanted])
    return next(same, ())


def _is_same(word: str, asked: str, is_prefix: bool) -> bool:
    return word.startswith(asked) if is_prefix else stem(word) == stem(asked)


def _is_of_side(text: str, side: Laterality) -> bool:
    said = side_of(_plain(find_words(text)))
    return said in (side, Laterality.BILATERAL)
