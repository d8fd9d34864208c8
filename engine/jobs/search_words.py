"""Reports with a sentence that holds the very words, for phrases, prefixes and what no vocabulary knows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from engine.jobs.search_answer import CUT, Answer, Answers, assertion_weights, shortened
from engine.model.evidence import Span
from engine.model.findings import Assertion
from engine.recognizers.assertion import assert_spans
from engine.recognizers.sentences import split_sentences
from engine.store import CaseStore
from engine.vocabulary import lemma

_WORD = re.compile(r"[^\W_]+")


def answer_words(
    store: CaseStore,
    words: str,
    *,
    assertion: str,
    limit: int,
    is_prefix: bool = False,
    is_exact: bool = False,
) -> Answers:
    """Return the Reports with a sentence that holds all words and says them as asked."""
    quoted = " ".join(_WORD.findall(words))
    if is_exact:
        expression = f'"{quoted}"'
    else:
        expression = " ".join(f'"{word}"{"*" if is_prefix else ""}' for word in quoted.split())
    weights = assertion_weights(assertion)
    hits = store.search_expression(expression, limit=limit, kinds=("report",)) if quoted else ()
    ids = [hit.report_id for hit in hits if hit.report_id is not None]
    texts = store.texts_of(ids)
    stems = [lemma(word.lower()) for word in quoted.split()]
    answers: Answers = {}
    for place, report in enumerate(ids):
        sentence, said = _best_sentence(texts[report], stems, weights)
        # Where the words are in no one sentence they still count a little, in the order of BM25.
        score = 0.85 * weights.get(said, 0.0) / 0.9 if said else 0.15
        answers[report] = Answer(
            score=max(score - 0.05 * place / len(ids), 0.0),
            is_relevant=score >= CUT,
            why=(f"“{shortened(sentence)}” ({said})",) if said else (f"the words {quoted} apart",),
        )
    return answers


def _best_sentence(
    text: str, stems: Sequence[str], weights: Mapping[Assertion, float]
) -> tuple[str, Assertion | None]:
    """Return the sentence that holds all stems and is said most as asked, and how it is said."""
    best: tuple[str, Assertion | None] = ("", None)
    for sentence in split_sentences(text):
        words = list(_WORD.finditer(text, sentence.start, sentence.end))
        found = [_find(stem, words) for stem in stems]
        if not all(found):
            continue
        spans = [Span(start=match.start(), end=match.end()) for match in found if match]
        said = min(assert_spans(text, sentence, spans), key=lambda each: weights.get(each, 0.0))
        if best[1] is None or weights.get(said, 0.0) > weights.get(best[1], 0.0):
            best = (text[sentence.start : sentence.end], said)
    return best


def _find(stem: str, words: Sequence[re.Match[str]]) -> re.Match[str] | None:
    """Return the word that has the stem: FTS5 stems by Porter, which joins more than the singular."""
    least = max(len(stem) - 3, 4)
    return next(
        (
            word
            for word in words
            if lemma(word[0].lower()) == stem or (len(stem) > 4 and word[0].lower().startswith(stem[:least]))
        ),
        None,
    )
