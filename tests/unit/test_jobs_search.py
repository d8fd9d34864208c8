"""Search: what a report denies is no answer, what means the same is, and every hit says why."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.classifiers.modality import ModalityClassifier
from engine.clock import fixed_clock
from engine.errors import UsageError
from engine.evaluation.retrieval import evaluate, measure
from engine.hashing import bytes_sha256
from engine.jobs.hits import find_image, find_report
from engine.jobs.image_vectors import image_vectors, save_image_vectors
from engine.jobs.search import SearchAnswer, search_case
from engine.jobs.search_answer import assertion_weights
from engine.jobs.search_image import search_by_image
from engine.jobs.search_keywords import search_by_report
from engine.jobs.search_meaning import understand
from engine.jobs.search_query import Clause, Term, parse_query
from engine.jobs.search_similar import similar_images
from engine.jobs.search_statements import looked_up
from engine.jobs.sentences import index_sentences
from engine.model.evidence import Case, CaseKind, Image, Report, SourceFile
from engine.model.findings import (
    Cue,
    FindingKind,
    Link,
    LinkRelation,
    Region,
    Relation,
    Verdict,
    link_id,
    region_id,
    relation_id,
)
from engine.model.ids import ImageId, ReportId, image_id, report_id
from engine.model.runs import Run, make_component
from engine.protocols import Frame, Pixels
from engine.recognizers.pipeline import TextPipeline
from engine.store import CaseStore, FileFindings, create_case, open_case
from engine.vocabulary import load_vocabulary
from tests.unit.evidence_files import source_file

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
SEGMENTER = make_component("segmenter", "lungs", "1", labels=("left lung", "right lung"))

TEXTS = {
    "left": "FINDINGS: There is a small left pleural effusion. The heart is normal.",
    "right": "FINDINGS: Moderate right pleural effusion.",
    "denied": "FINDINGS: No pleural effusion or pneumothorax. The heart is enlarged.",
    "asked": "INDICATION: Evaluate for pleural effusion.\n\nFINDINGS: The lungs are clear.",
    "perhaps": "FINDINGS: Possible small pleural effusion.",
    "severe": "FINDINGS: Severe cardiomegaly. Prior sternotomy wires.",
    "mild": "FINDINGS: Mild cardiomegaly with blurblexy of the quonk.",
    "noquonk": "FINDINGS: There is no quonk.",
}


def _file(name: str, sha256: str) -> SourceFile:
    return source_file("root", name, sha256, 1)


def _image(name: str, perceptual_hash: str, label: str) -> FileFindings:
    sha256 = bytes_sha256(name.encode())
    picture = image_id(sha256, 0)
    region = Region(
        id=region_id(picture, SEGMENTER.id, label, ()),
        image_id=picture,
        label=label,
        score=0.9,
        component_id=SEGMENTER.id,
    )
    image = Image(
        id=picture, sha256=sha256, width_px=9, height_px=9, modality="CR", perceptual_hash=perceptual_hash
    )
    return FileFindings(file=_file(name, sha256), images=(image,), regions=(region,), signature="s")


class Ward:
    """A case with eight reports and three pictures, one of them linked."""

    def __init__(self, store: CaseStore, run: Run, reports: dict[str, ReportId]) -> None:
        self.store = store
        self.run = run
        self.reports = reports

    def found(self, text: str, **options: str) -> list[str]:
        names = {identifier: name for name, identifier in self.reports.items()}
        answer = search_case(self.store, text, **options)  # type: ignore[arg-type]
        return [names[hit.report_id] for hit in answer.hits if hit.report_id]


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ward]:
    folder = tmp_path_factory.mktemp("ward") / "root"
    folder.mkdir()
    path = folder.parent / "ward.casebook"
    create_case(path, Case(kind=CaseKind.MEDICAL, name="Ward", created_at=NOON()), clock=NOON)
    pipeline = TextPipeline.load(CaseKind.MEDICAL, with_models=False)
    with open_case(path, clock=NOON) as store:
        store.add_root(folder)
        run = store.begin_run("ingest", [*pipeline.components, SEGMENTER])
        reports = {}
        for name, text in TEXTS.items():
            sha256 = bytes_sha256(text.encode())
            read = Report(
                id=report_id(sha256, 0),
                sha256=sha256,
                text=text,
                authored_at=datetime(2021, 3, 4, tzinfo=UTC),
            )
            (analyzed,) = pipeline.analyze([read])
            saved = FileFindings(
                file=_file(f"{name}.txt", sha256),
                reports=(analyzed.report,),
                entities=analyzed.entities,
                signature="s",
            )
            store.save_file(saved, run)
            reports[name] = read.id
        for picture in (
            _image("a.png", "00ff00ff00ff00ff", "left lung"),
            _image("b.png", "00ff00ff00ff00fe", "right lung"),
            _image("c.png", "ff00ff00ff00ff00", "left lung"),
        ):
            store.save_file(picture, run)
        _link(store, run, reports["left"])
        index_sentences(store, progress=lambda _: None)
        yield Ward(store, run, reports)


def _link(store: CaseStore, run: Run, report: ReportId) -> None:
    region = store.regions(limit=1)[0]
    entity = next(each for each in store.entities(report_id=report) if "effusion" in each.text)
    link = Link(
        id=link_id(region.image_id, region.id, entity.id, LinkRelation.SUPPORTS),
        image_id=region.image_id,
        region_id=region.id,
        entity_id=entity.id,
        report_id=report,
        relation=LinkRelation.SUPPORTS,
        score=0.8,
        component_id=SEGMENTER.id,
        cues=(Cue(rule="side", detail="both left", weight=1.0),),
    )
    store.save_links(report, [link], [], signature="s", run=run)


# The query


@pytest.mark.parametrize(
    ("text", "unknown"),
    [("effusion color:blue Color:red", ("color",)), ("at 22:12, see https://a.b re: chest side:left", ())],
)
def test_what_looks_like_a_filter_and_is_none_is_said(
    ward: Ward, text: str, unknown: tuple[str, ...]
) -> None:
    assert parse_query(text).unknown == unknown
    remark = search_case(ward.store, text).remark
    assert [name for name in unknown if f"no filter {name!r}" in remark] == list(unknown)
    assert ("no filter" in remark) == bool(unknown)


def test_a_query_is_taken_apart() -> None:
    query = parse_query(
        'left effusion AND "rib fracture" OR cardio* NOT pneumonia -edema side:LEFT label:"left lung"'
    )
    assert query.filters == {"side": "LEFT", "label": "left lung"}
    assert query.clauses == (
        Clause(terms=(Term(words="left effusion"), Term(words="rib fracture", is_exact=True))),
        Clause(
            terms=(Term(words="cardio", is_prefix=True),),
            without=(Term(words="pneumonia"), Term(words="edema")),
        ),
    )


@pytest.mark.parametrize(
    "text", ["", "   ", '"', "AND", "NOT x", "-", "*", "()", "\0", "-" * 5000, '"" OR ""']
)
def test_a_query_without_sense_is_empty_and_finds_nothing(ward: Ward, text: str) -> None:
    assert not parse_query(text).clauses
    answer = search_case(ward.store, text)
    assert answer.hits == () and answer.remark


def test_a_topic_is_taken_apart_by_the_vocabulary() -> None:
    vocabulary = load_vocabulary(CaseKind.MEDICAL)
    in_use = ("HP:0001640 Cardiomegaly", "HP:0002202 Pleural effusion")
    meaning = understand("mildly enlarged hearts", vocabulary, in_use)
    assert [core.concepts for core in meaning.cores] == [("HP:0001640 Cardiomegaly",)]
    assert [degree.word for degree in meaning.degrees] == ["mildly"]
    assert "Cardiomegaly" in understand("enlarged heart", vocabulary, in_use).expansion()


def _clauses(text: str) -> list[tuple[list[str], list[str]]]:
    return [
        ([term.words for term in clause.terms], [term.words for term in clause.without])
        for clause in parse_query(text).clauses
    ]


def test_persons_that_a_thing_can_also_name_are_not_looked_for() -> None:
    vocabulary = load_vocabulary(CaseKind.FORENSIC)
    expansion = understand("red car", vocabulary, ()).expansion()
    assert "automobile" in expansion and "Bolshevik" not in expansion
    assert understand("cook", vocabulary, ()).cores[0].names


def test_parentheses_are_multiplied_out() -> None:
    assert _clauses("(a OR b c) AND d") == [(["a", "d"], []), (["b c", "d"], [])]
    assert _clauses("a NOT (b OR c)") == [(["a"], ["b", "c"])]
    assert _clauses("a -(b c AND d)") == [(["a"], ["b c"]), (["a"], ["d"])]
    assert _clauses("a AND NOT (b AND NOT c)") == [(["a"], ["b"]), (["a", "c"], [])]
    assert _clauses("((a)) OR (b") == [(["a"], []), (["b"], [])]
    assert len(parse_query("(a OR b) " * 30).clauses) <= 32


# Assertion


def test_a_denied_finding_is_no_answer_unless_asked_for(ward: Ward) -> None:
    assert set(ward.found("pleural effusion")) == {"left", "right", "perhaps"}
    assert ward.found("pleural effusion")[-1] == "perhaps", "what is only possible comes last"
    assert ward.found("pleural effusion", assertion="absent") == ["denied"]
    assert ward.found("pleural effusion assertion:absent") == ["denied"]
    assert {"left", "right", "denied"} <= set(ward.found("pleural effusion", assertion="any"))


def test_an_assertion_nobody_knows_is_refused(ward: Ward) -> None:
    with pytest.raises(UsageError, match="no assertion 'maybe'"):
        search_case(ward.store, "effusion", assertion="maybe")


def test_a_word_of_no_vocabulary_is_found_where_it_is_not_denied(ward: Ward) -> None:
    assert ward.found("quonk") == ["mild"]
    assert ward.found("quonk", assertion="absent") == ["noquonk"]
    assert ward.found("blurblex*") == ["mild"]


# Meaning


def test_many_denials_do_not_crowd_out_what_is_said(ward: Ward) -> None:
    for weights, first in (
        (assertion_weights("present"), "Mild"),
        (assertion_weights("absent"), "There is no"),
    ):
        found = looked_up(ward.store, '"quonk"', 1, weights=weights, ranked=True)
        assert [text.startswith(first) for text in found.values()] == [True]


def test_synonyms_find_each_other_and_are_shown(ward: Ward) -> None:
    assert (
        set(ward.found("enlarged heart")) == set(ward.found("cardiomegaly")) == {"denied", "severe", "mild"}
    )
    answer = search_case(ward.store, "enlarged heart")
    assert "Cardiomegaly" in answer.expansion
    assert ward.found("enlarged heart", expand="") == ["denied"], "expansion can be switched off"


def test_side_and_degree_narrow_a_topic(ward: Ward) -> None:
    assert ward.found("left pleural effusion")[0] == "left"
    assert "right" not in ward.found("left pleural effusion")
    assert ward.found("mild cardiomegaly") == ["mild"]
    assert ward.found("marked cardiomegaly") == ["severe"]
    assert ward.found("side:right effusion") == ["right"]


def test_a_phrase_is_taken_as_it_is_written(ward: Ward) -> None:
    assert ward.found('"small left"') == ["left"]
    assert ward.found('"left small"') == []


def test_terms_are_joined_and_excluded(ward: Ward) -> None:
    assert ward.found("cardiomegaly AND quonk") == ["mild"]
    assert set(ward.found("quonk OR effusion")) == {"mild", "left", "right", "perhaps"}
    assert set(ward.found("cardiomegaly NOT quonk")) == {"denied", "severe"}
    assert set(ward.found("cardiomegaly -sternotomy")) == {"denied", "mild"}


def test_nothing_relevant_is_said_and_denials_are_mentioned(ward: Ward) -> None:
    assert search_case(ward.store, "zebra stripes") == SearchAnswer(
        hits=(), expansion=(), remark="nothing relevant", relevant=0
    )
    assert "1 reports deny it" in search_case(ward.store, "pneumothorax").remark


def test_what_did_not_pass_the_cut_comes_after_what_did(ward: Ward) -> None:
    answer = search_case(ward.store, "pleural effusion", beyond_cut=True)
    assert answer.relevant == 3 < len(answer.hits)
    scores = [hit.score for hit in answer.hits]
    assert scores[:3] == sorted(scores[:3], reverse=True)


# Pictures


def test_a_hit_carries_its_linked_picture_and_says_why(ward: Ward) -> None:
    hit = next(
        each
        for each in search_case(ward.store, "left pleural effusion").hits
        if each.report_id == ward.reports["left"]
    )
    link = ward.store.links()[0]
    assert (hit.image_id, hit.region_id) == (link.image_id, link.region_id)
    assert "pleural effusion" in hit.why[0] and "present" in hit.why[0]
    assert 0 < hit.score <= 1


def test_pictures_are_found_by_the_labels_of_their_regions(ward: Ward) -> None:
    hits = search_case(ward.store, "left lung").hits
    regions = [ward.store.region(hit.region_id) for hit in hits if hit.report_id is None and hit.region_id]
    assert [region.label for region in regions if region] == ["left lung", "left lung"]
    first = regions[0]
    assert first is not None
    ward.store.add_review(FindingKind.REGION, first.id, Verdict.REJECTED, examiner="Ann")
    assert first.id not in [hit.region_id for hit in search_case(ward.store, "left lung").hits]
    ward.store.add_review(FindingKind.REGION, first.id, Verdict.CONFIRMED, examiner="Ann")
    assert first.id in [hit.region_id for hit in search_case(ward.store, "left lung reviewed:yes").hits]


def test_parentheses_join_what_is_looked_for(ward: Ward) -> None:
    assert set(ward.found("(quonk OR sternotomy) AND cardiomegaly")) == {"mild", "severe"}
    assert ward.found("cardiomegaly NOT (quonk OR sternotomy)") == ["denied"]


def test_a_misspelled_word_is_noticed(ward: Ward) -> None:
    assert search_case(ward.store, "cardiomegoly").suggestion == "cardiomegaly"
    assert search_case(ward.store, "plueral efusion").suggestion == "pleural effusion"
    assert search_case(ward.store, "cardiomegaly").suggestion == ""
    assert search_case(ward.store, "xqzvvk").suggestion == ""


def test_facets_count_what_passed_the_cut(ward: Ward) -> None:
    facets = {(each.facet, each.value): each.count for each in search_case(ward.store, "effusion").facets}
    assert facets["kind", "report"] == 3
    assert (facets["side", "left"], facets["side", "right"]) == (1, 1)
    assert (facets["assertion", "present"], facets["assertion", "possible"]) == (2, 1)
    assert facets["date", "2021"] == 3


def test_a_verdict_on_a_phrase_counts(ward: Ward) -> None:
    report = ward.reports["perhaps"]
    entity = next(each for each in ward.store.entities(report_id=report) if "effusion" in each.text)
    ward.store.add_review(FindingKind.ENTITY, entity.id, Verdict.CONFIRMED, examiner="Ann")
    first = search_case(ward.store, "pleural effusion").hits[0]
    assert first.report_id == report and "an analyst confirmed it" in first.why[0]
    assert ward.found("pleural effusion reviewed:confirmed") == ["perhaps"]
    assert "perhaps" not in ward.found("pleural effusion reviewed:no")
    ward.store.add_review(FindingKind.ENTITY, entity.id, Verdict.REJECTED, examiner="Ann")
    assert "perhaps" not in ward.found("pleural effusion")
    ward.store.add_review(FindingKind.ENTITY, entity.id, Verdict.WITHDRAWN, examiner="Ann")


def test_a_verdict_on_a_link_is_told_with_the_picture(ward: Ward) -> None:
    link = ward.store.links()[0]

    def told() -> tuple[object, str]:
        hits = search_case(ward.store, "pleural effusion").hits
        hit = next(each for each in hits if each.report_id == link.report_id)
        return hit.region_id, " ".join(hit.why)

    assert told()[0] == link.region_id and "analyst" not in told()[1]
    for verdict, shown, said in (
        (Verdict.CONFIRMED, link.region_id, "confirmed the link to the picture"),
        (Verdict.REJECTED, None, "rejected a link of these words to a picture"),
    ):
        ward.store.add_review(FindingKind.LINK, link.id, verdict, examiner="Ann")
        assert told()[0] == shown and f"an analyst {said}" in told()[1]
    ward.store.add_review(FindingKind.LINK, link.id, Verdict.WITHDRAWN, examiner="Ann")


def test_filters_stand_alone_too(ward: Ward) -> None:
    assert len(search_case(ward.store, "modality:cr").hits) == 3
    assert set(ward.found("date:2021-03")) == set(TEXTS)
    assert ward.found("date:2022..2023") == []
    assert set(ward.found("side:right date:2021-03-04..")) == {"right"}
    assert ward.found("label:cardiomegaly") == ["severe", "mild"]
    with pytest.raises(UsageError, match="no date 'soon'"):
        search_case(ward.store, "date:soon")
    with pytest.raises(UsageError, match="no side 'up'"):
        search_case(ward.store, "effusion side:up")


def test_similar_pictures_by_hash_and_by_vectors(ward: Ward) -> None:
    first, second, third = (image.id for image in ward.store.images())
    hits = similar_images(ward.store, first)
    assert [hit.image_id for hit in hits] == [second, third]
    assert "1 of 64 bits" in hits[0].why[0]
    assert hits[0].score > 0.9 and hits[1].score == 0
    ward.store.save_vectors("images", [first, third], np.array([[1, 0], [1, 0]], dtype=np.float32))
    assert similar_images(ward.store, first, limit=1)[0].image_id == third
    with pytest.raises(UsageError, match="no image x"):
        similar_images(ward.store, ImageId("x"))


def test_pictures_are_given_vectors_by_the_classifier(ward: Ward) -> None:
    first, second, third = ward.store.images()
    stripes = np.zeros((96, 96, 3), dtype=np.uint8)
    stripes[::8] = 255
    noise = np.random.default_rng(7).integers(0, 255, (96, 96, 3), dtype=np.uint8)
    frames = [
        Frame(image=image, pixels=Pixels(view=view))
        for image, view in ((first, stripes), (second, noise), (third, np.minimum(stripes, 250)))
    ]
    save_image_vectors(ward.store, image_vectors([object(), *ModalityClassifier.load_all()], frames, {}))
    hits = similar_images(ward.store, first.id)
    assert hits[0].image_id == third.id and "vectors have a cosine of 1.00" in hits[0].why[1]


def test_a_report_finds_pictures_of_what_it_speaks_of(ward: Ward) -> None:
    text = "FINDINGS: Opacity in the left lung."
    sha256 = bytes_sha256(text.encode())
    pipeline = TextPipeline.load(CaseKind.MEDICAL, with_models=False)
    (analyzed,) = pipeline.analyze([Report(id=report_id(sha256, 0), sha256=sha256, text=text)])
    saved = FileFindings(
        file=_file("lung.txt", sha256), reports=(analyzed.report,), entities=analyzed.entities, signature="s"
    )
    ward.store.save_file(saved, ward.run)
    answer = search_by_report(ward.store, "lung.txt", limit=5)
    assert [hit.score for hit in answer.hits] and "left lung" in answer.hits[0].why[0]


def test_an_image_finds_the_reports_about_it(ward: Ward) -> None:
    link = ward.store.links()[0]
    relation = Relation(
        id=relation_id(link.image_id, link.report_id),
        image_id=link.image_id,
        report_id=link.report_id,
        cmi=0.5,
        sc=1.0,
        abs=0,
        component_id=SEGMENTER.id,
    )
    ward.store.save_links(link.report_id, [link], [relation], signature="t", run=ward.run)
    answer = search_by_image(ward.store, link.image_id)
    assert answer.hits[0].report_id == ward.reports["left"]
    assert "agrees with the picture" in answer.hits[0].why[0] and "CMI 0.50" in answer.hits[0].why[1]
    with pytest.raises(UsageError, match="no image x"):
        search_by_image(ward.store, ImageId("x"))


def test_things_are_found_by_path_name_and_id(ward: Ward) -> None:
    assert find_report(ward.store, "left.txt") == ward.reports["left"]
    assert find_report(ward.store, ward.reports["left"]) == ward.reports["left"]
    with pytest.raises(UsageError, match="no report 'eft"):
        find_report(ward.store, "eft.txt")
    assert find_image(ward.store, "b.png") == ward.store.images()[1].id


# The measure


def test_the_figures_of_a_ranking() -> None:
    figures = measure(["a", "x", "b"], {"a", "x"}, frozenset("abc"))
    assert figures["p_at_10"] == pytest.approx(2 / 3)
    assert figures["map"] == pytest.approx((1 + 2 / 3) / 3)
    assert figures["set_precision"] == 0.5
    assert figures["set_recall"] == pytest.approx(1 / 3)
    assert figures["set_f1"] == pytest.approx(0.4)
    assert measure(["a"], {"a"}, frozenset("a"))["ndcg_at_10"] == 1


def test_an_evaluation_has_the_documented_keys(ward: Ward, tmp_path: Path) -> None:
    queries = tmp_path / "queries.jsonl"
    queries.write_text('{"query": "cardiomegaly", "relevant": ["denied.txt", "severe.txt", "mild.txt"]}\n')
    figures = evaluate(ward.store, queries, search_case)
    assert figures["p_at_10"] == figures["map"] == figures["set_f1"] == 1
    assert set(figures) == {
        *("p_at_10", "map", "ndcg_at_10", "set_precision", "set_recall", "set_f1"),
        *("latency_p50_ms", "latency_p95_ms"),
    }
    queries.write_text("not json")
    with pytest.raises(UsageError, match="is not JSON lines"):
        evaluate(ward.store, queries, search_case)
