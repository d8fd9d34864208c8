"""spaCy packages of the user's own: added for what they can do, chosen in the place of a shipped model."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from spacy.training import Example

from engine.errors import ModelMismatch
from engine.jobs.models import add_model
from engine.model.evidence import CaseKind, Report
from engine.model.findings import Assertion
from engine.model.ids import ReportId
from engine.progress import Progress
from engine.recognizers.pipeline import TextPipeline
from engine.weights import ModelCard, choose_model, weights_sha256, write_card


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return the folder of a pipeline with tagger, parser and entities."""
    nlp = spacy.blank("en")
    for name in ("tagger", "parser", "ner"):
        nlp.add_pipe(name)
    gold = {
        "tags": ["NNP", "VBZ", "NNS"],
        "heads": [1, 1, 1],
        "deps": ["nsubj", "ROOT", "obj"],
        "entities": [(0, 4, "PERSON")],
    }
    nlp.initialize(lambda: [Example.from_dict(nlp.make_doc("Anna sees dogs"), gold)])
    nlp.to_disk(tmp_path / "en_own")
    return tmp_path / "en_own"


def said(_: Progress) -> None:
    pass


def test_a_package_is_added_for_entities_or_for_syntax(package: Path) -> None:
    entities = add_model(package, progress=said)
    syntax = add_model(package, name="own-english", task="syntax", progress=said)
    assert (entities.name, entities.task, entities.labels) == ("en_own", "entities", ("PERSON",))
    assert (syntax.name, syntax.task) == ("own-english", "syntax") and "ROOT" in syntax.labels


def test_a_package_without_what_is_asked_for_is_refused(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.to_disk(tmp_path / "en_bare")
    for task in ("", "syntax"):
        with pytest.raises(ModelMismatch, match="has no"):
            add_model(tmp_path / "en_bare", task=task, progress=said)


def test_a_chosen_model_reads_the_texts(package: Path) -> None:
    add_model(package, name="own-english", task="syntax", progress=said)
    with pytest.raises(ModelMismatch, match="needs one of entities"):
        choose_model("names", "own-english")
    choose_model("english", "own-english")
    chosen = TextPipeline.load(CaseKind.FORENSIC).grammar
    choose_model("english", "english")
    shipped = TextPipeline.load(CaseKind.FORENSIC).grammar
    assert chosen is not None and chosen.component.name == "own-english"
    assert shipped is not None and shipped.component.name == "english"


def test_labels_of_the_user_s_own_training_are_kept_and_can_be_denied(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    ner = nlp.add_pipe("ner")
    ner.add_label("KRIMPER")
    words = ["the krimper was seized", "no krimper was found", "a krimper lay there"]
    gold = [
        Example.from_dict(
            nlp.make_doc(text), {"entities": [(text.index("k"), text.index("k") + 7, "KRIMPER")]}
        )
        for text in words
    ]
    optimizer = nlp.initialize(lambda: gold)
    for _ in range(30):
        nlp.update(gold, sgd=optimizer)
    folder = tmp_path / "trained"
    folder.mkdir()
    nlp.to_disk(folder / "pipeline")
    card = ModelCard(
        name="trained",
        version="1",
        task="entities",
        format="spacy",
        path=folder / "pipeline",
        sha256=weights_sha256(folder / "pipeline"),
        parameters=(("dev_f1_ner", "1.0"),),
    )
    write_card(folder, card)
    assert add_model(folder, name="own-things", progress=said).name == "own-things"
    choose_model("names", "own-things")
    report = Report(id=ReportId("r"), sha256="0" * 64, text="No krimper was found.", language="en")
    (analyzed,) = TextPipeline.load(CaseKind.FORENSIC).analyze([report])
    assert [(each.label, each.text, each.assertion) for each in analyzed.entities] == [
        ("krimper", "krimper", Assertion.ABSENT)
    ]
