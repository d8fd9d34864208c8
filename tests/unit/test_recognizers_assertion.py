"""Who says what of a phrase: hand-written gold of both domains, the scopes one by one, and the real set."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from engine.errors import UsageError
from engine.evaluation.assertion import assert_in_text, evaluate, figures
from engine.model.evidence import Span
from engine.model.findings import Assertion
from engine.recognizers.assertion import assert_spans
from engine.recognizers.context_rules import load_context_rules

GOLDEN = Path(__file__).parent.parent / "golden"
MARKS = {
    "p": Assertion.PRESENT,
    "a": Assertion.ABSENT,
    "q": Assertion.POSSIBLE,
    "h": Assertion.HISTORICAL,
    "y": Assertion.HYPOTHETICAL,
    "o": Assertion.OTHER_PERSON,
}


def parse(line: str) -> tuple[str, list[Span], list[Assertion]]:
    text, spans, gold = "", [], []
    for index, part in enumerate(re.split(r"\[([^\]]*)\]", line)):
        if index % 2:
            phrase, _, mark = part.partition("|")
            spans.append(Span(start=len(text), end=len(text) + len(phrase)))
            gold.append(MARKS[mark])
            text += phrase
        else:
            text += part
    return text, spans, gold


@pytest.mark.parametrize("domain", ["radiology", "forensic", "radiology_fresh", "forensic_fresh"])
def test_hand_written_sentences(domain: str) -> None:
    lines = (GOLDEN / f"assertion_{domain}.txt").read_text(encoding="utf-8").splitlines()
    sentences = [parse(line) for line in lines if line and not line.startswith("#")]
    assert len(sentences) >= 150
    pairs = [
        pair
        for text, spans, gold in sentences
        for pair in zip(gold, assert_in_text(text, spans), strict=True)
    ]
    measured = figures(pairs)
    assert (measured["macro_f1"] or 0) >= 0.97
    assert (measured["f1_absent"] or 0) >= 0.98


@pytest.mark.parametrize(
    "line",
    [
        "No [chest pain|a] but has [fever|p].",
        "Dessert no. 9 with a [fork|p].",
        "Exhibits nos. 4 and 5, a [knife|p].",
        "[Fever|a]: no. 3 days of [cough|p].",
        "[Fever|a]: none.",
        "[Chest radiograph|p] A26-1005: the [left lung|a] is absent after [pneumonectomy|p].",
        "Cannot exclude [pneumonia|q].",
        "Negative for [fracture|a], [dislocation|a] or [effusion|a].",
        "[Fracture|a] was ruled out.",
        "No history of [asthma|a].",
        "There is no doubt that a [knife|p] was used.",
        "No [opacity|a] in the left [lung|p].",
        "No [dog|a] was on the [court|p], a [cat|p] was.",
    ],
)
def test_scope_ends_where_it_should(line: str) -> None:
    text, spans, gold = parse(line)
    assert assert_in_text(text, spans) == gold


def test_a_phrase_that_holds_its_own_denial_is_denied() -> None:
    assert assert_in_text("No dog was seen.", [Span(start=0, end=6)]) == [Assertion.ABSENT]


def test_figures_of_two_valued_gold_count_all_but_absent_as_present() -> None:
    measured = figures([(Assertion.PRESENT, Assertion.POSSIBLE), (Assertion.ABSENT, Assertion.ABSENT)])
    assert measured["macro_f1"] == 1.0
    assert measured["f1_possible"] is None


@pytest.mark.data
def test_real_reports(data_dir: Path) -> None:
    measured = evaluate(data_dir / "assertion" / "negex.jsonl")
    assert (measured["f1_absent"] or 0) >= 0.97


@pytest.mark.parametrize("content", ["", "{}\n", "not json\n", '{"text": "a", "entities": [{"start": 0}]}\n'])
def test_wrong_input_is_refused_with_its_line(tmp_path: Path, content: str) -> None:
    file = tmp_path / "gold.jsonl"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        evaluate(file)


def test_a_wrong_rule_is_refused_with_its_line(tmp_path: Path) -> None:
    table = tmp_path / "rules.csv"
    table.write_text("phrase,category,direction,scope,note\nno,absent,sideways,,\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2"):
        load_context_rules(table)


def test_records_without_entities_are_no_error(tmp_path: Path) -> None:
    file = tmp_path / "gold.jsonl"
    one = {
        "text": "No cough.",
        "entities": [{"phrase": "cough", "start": 3, "end": 8, "assertion": "absent"}],
    }
    file.write_text(
        json.dumps({"text": "", "entities": []}) + "\n" + json.dumps(one) + "\n", encoding="utf-8"
    )
    assert evaluate(file)["f1_absent"] == 1.0


def test_a_terminating_rule_may_end_one_category_only(tmp_path: Path) -> None:
    table = tmp_path / "rules.csv"
    table.write_text(
        "phrase,category,direction,scope,note\n"
        "no,absent,forward,,\nold,historical,forward,,\nwith,terminate,forward,historical,\n",
        encoding="utf-8",
    )
    rules = load_context_rules(table)
    for text, expected in (
        ("no tumor with edema", [Assertion.ABSENT, Assertion.ABSENT]),
        ("old tumor with edema", [Assertion.HISTORICAL, Assertion.PRESENT]),
    ):
        spans = [Span(start=text.index(word), end=text.index(word) + 5) for word in ("tumor", "edema")]
        whole = Span(start=0, end=len(text))
        assert assert_spans(text, whole, spans, rules=rules) == expected


def test_a_rule_may_name_the_start_of_a_sentence() -> None:
    text = "Should fever develop, the patient should have a radiograph."
    spans = [Span(start=7, end=12), Span(start=48, end=58)]
    assert assert_in_text(text, spans) == [Assertion.HYPOTHETICAL, Assertion.PRESENT]


def test_a_worn_thing_is_not_a_past_one() -> None:
    line = "An old [car|p] with an old [scar|h] on its driver."
    text, spans, gold = parse(line)
    assert assert_in_text(text, spans) == gold
