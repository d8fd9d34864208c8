"""Entity figures count exact spans and labels; heads are chosen by labels; training makes a model."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.errors import ModelMissing, UsageError
from engine.evaluation import entities, syntax
from engine.progress import Progress
from engine.recognizers.conllu import read_conllu
from engine.recognizers.iob import TaggedSentence, read_iob
from engine.recognizers.statistical import find_spacy_model, heads_of, load_pipeline, our_label
from engine.training.entities import train
from engine.weights import find_model

IOB = "\ufeffAspirin\tB-Chemical\nhelps\tO\n\nno\tO\nlung\tB-Disease\ncancer\tI-Disease\n"
CONLLU = """# text = Dogs don't bark
1\tDogs\tdog\tNOUN\tNNS\tNumber=Plur\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod:neg\t_\t_
4\tbark\tbark\tVERB\tVB\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No
"""


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_iob_is_read_with_marks_and_stray_continuations(tmp_path: Path) -> None:
    first, second = read_iob(write(tmp_path / "a.tsv", IOB))
    assert first.entities == {(0, 1, "Chemical")}
    assert second.entities == {(1, 3, "Disease")}
    stray = TaggedSentence(("a", "b", "c"), ("I-X", "I-Y", "B-Y"))
    assert stray.entities == {(0, 1, "X"), (1, 2, "Y"), (2, 3, "Y")}


@pytest.mark.parametrize("content", ["", "word without tag\n", "word\tX-Disease\n"])
def test_what_is_not_iob_is_refused(tmp_path: Path, content: str) -> None:
    with pytest.raises(UsageError):
        read_iob(write(tmp_path / "a.tsv", content))


def test_figures_are_micro_over_exact_spans() -> None:
    gold = [frozenset({(0, 1, "A"), (2, 4, "B")}), frozenset({(0, 2, "A")})]
    found = [frozenset({(0, 1, "A"), (2, 3, "B")}), frozenset({(0, 2, "A"), (3, 4, "A")})]
    measured = entities.figures(gold, found)
    assert measured["precision"] == pytest.approx(2 / 4)
    assert measured["recall"] == pytest.approx(2 / 3)
    assert measured["f1"] == pytest.approx(4 / 7)
    assert measured["f1_A"] == pytest.approx(4 / 5)
    assert measured["f1_B"] == 0.0
    assert measured["span_f1"] == pytest.approx(4 / 7)


def test_places_count_without_their_labels() -> None:
    gold = [frozenset({(0, 1, "A"), (2, 4, "B")})]
    measured = entities.figures(gold, [frozenset({(0, 1, "B"), (2, 4, "B")})])
    assert (measured["f1"], measured["span_f1"]) == (0.5, 1.0)


def test_all_of_ingest_is_scored_on_text_as_a_report_has_it(tmp_path: Path) -> None:
    tokens = ["Severe", "pneumonia", "(", "left", "lung", ")", "and", "non", "-", "Hodgkin", "lymphoma", "."]
    tags = ["O", "B-Disease", "O", "B-Organ", "I-Organ", "O", "O", *["B-Disease", *["I-Disease"] * 3], "O"]
    gold = "\n".join(f"{token}\t{tag}" for token, tag in zip(tokens, tags, strict=True))
    measured = entities.evaluate(write(tmp_path / "a.tsv", gold), model="ingest")
    assert measured["f1"] == 1.0
    wrong = gold.replace("Disease", "Organ")
    other = entities.evaluate(write(tmp_path / "b.tsv", wrong), model="ingest")
    # Only the lung is anatomy here too; where the phrases are was seen all the same.
    assert (other["recall"], other["span_f1"]) == (pytest.approx(1 / 3), 1.0)


def test_the_shipped_heads_are_chosen_by_their_labels(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    nlp = load_pipeline(find_model("clinical-entities"))
    assert entities.choose_head(nlp, frozenset({"Disease"})) == "ncbi_disease"
    assert entities.choose_head(nlp, frozenset({"Disease", "Chemical"})) == "bc5cdr"
    measured = entities.evaluate(write(tmp_path / "a.tsv", IOB))
    assert "bc5cdr" in capsys.readouterr().err
    assert measured["entities"] == 2.0
    with pytest.raises(UsageError, match="no head 'other'"):
        entities.evaluate(tmp_path / "a.tsv", model="clinical-entities:other")
    with pytest.raises(ModelMissing):
        find_spacy_model("no_such_package")


def test_names_of_every_scheme_are_scored_in_our_words(tmp_path: Path) -> None:
    text = "Maria\tB-PER\nSchmidt\tI-PER\nlives\tO\nin\tO\nBerlin\tB-LOC\n.\tO\n"
    measured = entities.evaluate(write(tmp_path / "a.tsv", text))
    assert {"f1_person", "f1_place"} <= set(measured)


def test_labels_of_other_packages_are_translated() -> None:
    assert our_label("DISEASE") == "finding"
    assert our_label("GPE") == "place"
    assert our_label("Multi-tissue_structure") == "anatomy"
    assert our_label("CARDINAL") == ""


def test_training_on_own_text_makes_a_model_with_its_card(tmp_path: Path) -> None:
    words = ("the", "gun", "lay", "there")
    sentence = "".join(f"{word}\t{'B-WEAPON' if word == 'gun' else 'O'}\n" for word in words) + "\n"
    data = write(tmp_path / "data" / "train.tsv", sentence * 40)
    steps: list[Progress] = []
    card = train(data.parent, tmp_path / "own", passes=12, patience=12, progress=steps.append)
    assert card.labels == ("data:WEAPON",)
    card.verify()
    assert steps[-1].done == len(steps) - 1
    nlp = load_pipeline(card)
    assert heads_of(nlp) == ("data",)
    assert [span.text for span in nlp("the gun lay there").ents] == ["gun"]


def test_training_ends_when_the_dev_part_gets_no_better(tmp_path: Path) -> None:
    learned = "the\tO\ngun\tB-WEAPON\nlay\tO\nthere\tO\n\n"
    data = write(tmp_path / "data" / "train.tsv", learned * 20)
    write(tmp_path / "data" / "dev.tsv", learned.replace("WEAPON", "PLACE") * 5)
    steps: list[Progress] = []
    train(data.parent, tmp_path / "own", passes=9, patience=2, progress=steps.append)
    passes = [(step.step, step.done) for step in steps if step.step != "head data"]
    assert passes == [
        ("vectors", 1),
        ("vectors", 2),
        ("vectors", 3),
        ("train", 1),
        ("train", 2),
        ("train", 3),
    ]


def test_treebank_words_know_their_spaces_and_heads(tmp_path: Path) -> None:
    (sentence,) = read_conllu(write(tmp_path / "a.conllu", CONLLU))
    assert [word.text for word in sentence] == ["Dogs", "do", "n't", "bark"]
    assert [word.space_after for word in sentence] == [True, False, True, False]
    assert [word.head for word in sentence] == [3, 3, 3, 3]
    assert sentence[2].universal_relation == "advmod"
    with pytest.raises(UsageError):
        read_conllu(write(tmp_path / "b.conllu", "1\tonly\n\n"))


def test_the_english_base_reads_the_treebank_sentence(tmp_path: Path) -> None:
    measured = syntax.evaluate(write(tmp_path / "a.conllu", CONLLU))
    assert measured["words"] == 4.0
    assert (measured["upos"] or 0) >= 0.75
    assert (measured["lemma"] or 0) >= 0.75
