"""The case file: what is saved is read back, replaced rows stay, and every change is in the chain."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from engine.clock import fixed_clock
from engine.errors import (
    Cancelled,
    CaseCorrupt,
    CaseExists,
    CaseLocked,
    CaseNotFound,
    CaseReadOnly,
    CaseTooNew,
    CaseTooOld,
    DiskFull,
    UsageError,
)
from engine.model.evidence import Case, CaseKind, Image, Report, SourceFile, Span
from engine.model.findings import (
    Cue,
    Entity,
    FindingKind,
    Link,
    LinkRelation,
    Outline,
    Region,
    Relation,
    Verdict,
    entity_id,
    link_id,
    outline_id,
    region_id,
    relation_id,
)
from engine.model.geometry import Plane, Point, Polygon
from engine.model.ids import image_id, report_id, source_file_id
from engine.model.runs import Examination, Issue, Run, RunOutcome, make_component
from engine.store import CaseSettings, CaseStore, FileFindings, create_case, open_case, upgrade_case
from engine.store import reading as rows
from engine.store.migrations import migrate
from engine.store.opening import open_case as open_again
from engine.store.schema import CERTIFIED_TABLES, STEPS

NOON = fixed_clock(datetime(2026, 1, 2, 12, tzinfo=UTC))
CASE = Case(kind=CaseKind.MEDICAL, name="Ward 7", created_at=NOON())
SEGMENTER = make_component("segmenter", "lungs", "1", labels=("left lung", "right lung"))
TRIANGLE = (Polygon((Point(0, 0), Point(4, 0), Point(4, 2.5))),)


def findings(
    name: str = "a.png", *, content: str = "a", label: str = "left lung", text: str = ""
) -> FileFindings:
    """Return one Image with a Region and one Report with an Entity, as if from one file."""
    sha256 = content * 64
    picture, prose = image_id(sha256, 0), report_id(sha256, 0)
    text = text or "No pleural effusion on the left."
    span = Span(start=3, end=19)
    return FileFindings(
        file=SourceFile(
            id=source_file_id("ward", name, sha256),
            root="ward",
            relative_path=name,
            sha256=sha256,
            size_bytes=9,
        ),
        images=(Image(id=picture, sha256=sha256, width_px=4, height_px=5, metadata=(("Model", "Canon"),)),),
        reports=(Report(id=prose, sha256=sha256, text=text),),
        regions=(
            Region(
                id=region_id(picture, SEGMENTER.id, label, TRIANGLE),
                image_id=picture,
                label=label,
                score=0.75,
                component_id=SEGMENTER.id,
                polygons=TRIANGLE,
            ),
        ),
        entities=(
            Entity(
                id=entity_id(prose, SEGMENTER.id, "finding", span),
                report_id=prose,
                label="finding",
                text=text[3:19],
                span=span,
                score=0.5,
                component_id=SEGMENTER.id,
                concept="HP:0002202 pleural effusion",
            ),
        ),
        examinations=(Examination(image_id=picture, component_id=SEGMENTER.id),),
        thumbnails=((picture, b"jpeg"),),
        outlines=(
            Outline(
                id=outline_id(sha256, 0, "nodule"),
                sha256=sha256,
                label="nodule",
                score=1.0,
                polygons=TRIANGLE,
                targets=(("1.2.3", 4), ("1.2.4", None)),
                space_uid="1.9",
                plane=Plane(
                    origin_mm=(-1.0, 0.0, 2.5),
                    right=(1.0, 0.0, 0.0),
                    down=(0.0, 1.0, 0.0),
                    spacing_mm=(0.5, 2.0),
                ),
            ),
        ),
        signature="first",
    )


def links_of(saved: FileFindings, score: float = 0.9) -> tuple[list[Link], list[Relation]]:
    region, entity = saved.regions[0], saved.entities[0]
    cue = Cue(rule="same-side", detail="both left", weight=1.5)
    link = Link(
        id=link_id(region.image_id, region.id, entity.id, LinkRelation.CONTRADICTS),
        image_id=region.image_id,
        region_id=region.id,
        entity_id=entity.id,
        report_id=entity.report_id,
        relation=LinkRelation.CONTRADICTS,
        score=score,
        component_id=SEGMENTER.id,
        cues=(cue, replace(cue, supports=False)),
    )
    relation = Relation(
        id=relation_id(region.image_id, entity.report_id),
        image_id=region.image_id,
        report_id=entity.report_id,
        cmi=0.5,
        sc=-1.0,
        abs=0,
        component_id=SEGMENTER.id,
        cues=(cue,),
    )
    return [link], [relation]


@pytest.fixture(scope="session")
def new_case(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    made = tmp_path_factory.mktemp("new") / "ward.casebook"
    create_case(made, CASE, clock=NOON)
    return made.read_bytes()


@pytest.fixture
def path(tmp_path: Path, new_case: bytes) -> Path:
    made = tmp_path / "ward.casebook"
    made.write_bytes(new_case)
    return made


@pytest.fixture
def store(path: Path, tmp_path: Path) -> Iterator[CaseStore]:
    (tmp_path / "ward").mkdir()
    with open_case(path, clock=NOON, actor="analyst") as opened:
        opened.add_root(tmp_path / "ward")
        yield opened


@pytest.fixture
def run(store: CaseStore) -> Run:
    return store.begin_run("ingest", [SEGMENTER], seed=7)


def full_case(store: CaseStore, run: Run) -> FileFindings:
    """Put at least one row into every certified table."""
    saved = findings()
    store.save_file(saved, run)
    store.save_file(findings("b.png", content="b"), run)
    store.save_links(saved.reports[0].id, *links_of(saved), signature="links", run=run)
    store.add_issue(
        Issue(
            run_id=run.id,
            relative_path="bad.png",
            root="ward",
            step="read",
            error="CorruptFile",
            message="broken",
            at=NOON(),
        )
    )
    store.add_review(FindingKind.REGION, saved.regions[0].id, Verdict.REJECTED, examiner="Ann", note="rib")
    store.add_bookmark("image", saved.images[0].id, examiner="Ann", title="odd")
    store.save_search("effusions", "effusion", examiner="Ann")
    store.mark_seen([saved.images[0].id], examiner="Ann")
    store.change_settings(CaseSettings(name="Clinic", examiner="Bo", subject="P-7", left_out=("lungs",)))
    store.finish_run(run, RunOutcome.FINISHED)
    return saved


def test_everything_saved_is_read_back(store: CaseStore, run: Run) -> None:
    saved = full_case(store, run)
    image, report = saved.images[0], saved.reports[0]
    links, relations = links_of(saved)
    assert store.case == replace(CASE, name="Clinic", examiner="Bo")
    assert (store.image(image.id), store.report(report.id)) == (image, report)
    assert store.file(saved.file.id) == store.file_at("ward", "a.png") == saved.file
    assert store.regions(image_id=image.id) == saved.regions
    assert store.entities(report_id=report.id) == saved.entities
    assert store.links(report_id=report.id) == store.links(image_id=image.id) == tuple(links)
    assert (
        store.links(region_id=links[0].region_id) == store.links(entity_id=links[0].entity_id) == tuple(links)
    )
    assert store.relations(image_id=image.id) == tuple(relations)
    assert store.pairs() == ((image.id, report.id),)
    assert store.outlines()[:1] == saved.outlines
    assert store.files_of_image(image.id) == store.files_of_report(report.id) == (saved.file,)
    assert store.thumbnail(image.id) == b"jpeg"
    assert store.looked_for(image.id) == {"left lung", "right lung"}
    assert store.components() == (SEGMENTER,)
    assert [each.message for each in store.issues()] == ["broken"]
    assert store.kind_of(saved.regions[0].id) is FindingKind.REGION
    assert store.kind_of("0" * 16) is None
    assert [each.outcome for each in store.runs()] == [RunOutcome.FINISHED]
    counts = store.counts()
    assert (counts.files, counts.images, counts.regions, counts.links, counts.contradictions) == (
        2,
        2,
        2,
        1,
        1,
    )
    assert (counts.reports, counts.entities, counts.relations, counts.issues, counts.reviews) == (
        2,
        2,
        1,
        1,
        1,
    )
    assert store.check_audit() == ()


def test_what_a_component_misses_most_of_is_not_ruled_out(store: CaseStore) -> None:
    unsure = make_component("segmenter", "guns", "1", parameters=(("absence", "unknown"),), labels=("gun",))
    saved = findings()
    both = tuple(
        Examination(image_id=saved.images[0].id, component_id=component.id)
        for component in (SEGMENTER, unsure)
    )
    run = store.begin_run("ingest", [SEGMENTER, unsure])
    store.save_file(replace(saved, examinations=both), run)
    assert store.looked_for(saved.images[0].id) == {"left lung", "right lung"}


def test_pages_keep_the_order_of_saving(store: CaseStore, run: Run) -> None:
    for number in range(7):
        store.save_file(findings(f"{number}.png", content=str(number)), run)
    names = [file.relative_path for file in store.files()]
    assert names == [f"{number}.png" for number in range(7)]
    assert [file.relative_path for file in store.files(limit=3, offset=2)] == ["2.png", "3.png", "4.png"]
    assert store.files(limit=3, offset=7) == ()


def test_the_same_content_twice_is_one_image_with_two_files(store: CaseStore, run: Run) -> None:
    store.save_file(findings("a.png"), run)
    store.save_file(replace(findings("copy.png"), images=(), reports=(), regions=(), entities=()), run)
    assert len(store.images()) == 1
    assert [file.name for file in store.files_of_image(findings().images[0].id)] == ["a.png", "copy.png"]
    assert store.is_analyzed("a" * 64, "first")


def test_an_occurrence_that_comes_before_its_content_does_not_hide_it(store: CaseStore, run: Run) -> None:
    empty = FileFindings(file=findings("copy.png").file, signature="first")
    store.save_file(empty, run)
    assert not store.is_analyzed("a" * 64, "first")
    store.save_file(findings("a.png"), run)
    assert store.is_analyzed("a" * 64, "first")
    assert len(store.regions()) == 1
    store.save_file(replace(empty, signature="second"), run)
    assert len(store.regions()) == 1
    assert not store.is_file_saved(empty.file.id, "second")


def test_saving_again_changes_nothing(store: CaseStore, run: Run) -> None:
    store.save_file(findings(), run)
    before = store.audit_head()
    store.save_file(findings(), run)
    assert store.audit_head() == before
    assert store.is_file_saved(findings().file.id, "first")


def test_findings_of_changed_components_supersede_and_keep_the_old(
    store: CaseStore, run: Run, path: Path
) -> None:
    old = findings()
    store.save_file(old, run)
    store.save_links(old.reports[0].id, *links_of(old), signature="links", run=run)
    new = replace(findings(label="right lung"), signature="second")
    store.save_file(new, run)
    assert [region.label for region in store.regions()] == ["right lung"]
    assert store.images() == old.images, "the same Image stays"
    assert store.links() == (), "a Link to a superseded Region is no longer current"
    assert not store.is_linked(old.reports[0].id, "links")
    assert [hit.snippet for hit in store.search_text("lung", kinds=("region",))] == ["right lung"]
    with sqlite3.connect(path) as raw:
        kept = raw.execute("SELECT label, superseded_by IS NOT NULL FROM region ORDER BY number").fetchall()
    raw.close()
    assert kept == [("left lung", 1), ("right lung", 0)]
    assert store.check_audit() == ()


def test_a_changed_file_takes_the_place_of_its_former_content(store: CaseStore, run: Run) -> None:
    store.save_file(findings(content="a"), run)
    store.save_file(findings(content="b", text="Ex pleural effusion"), run)
    assert [file.sha256[0] for file in store.files()] == ["b"]
    assert [image.sha256[0] for image in store.images()] == ["b"]
    assert store.search_text("no", kinds=("report",)) == ()
    store.save_file(findings(content="a"), run)
    assert [image.sha256[0] for image in store.images()] == ["a"]
    assert store.check_audit() == ()


def test_content_in_another_folder_outlives_a_changed_file(store: CaseStore, run: Run) -> None:
    store.save_file(findings("a.png", content="a"), run)
    store.save_file(findings("b.png", content="a"), run)
    store.save_file(findings("a.png", content="c"), run)
    assert [image.sha256[0] for image in store.images()] == ["a", "c"]


def test_links_of_another_signature_supersede(store: CaseStore, run: Run) -> None:
    saved = findings()
    store.save_file(saved, run)
    report = saved.reports[0].id
    for score in (0.9, 0.9, 0.25):
        store.save_links(report, *links_of(saved, score), signature=str(score), run=run)
        assert [link.score for link in store.links()] == [score]
        assert store.is_linked(report, str(score))
    store.save_links(report, [], [], signature="none", run=run)
    assert store.links() == store.relations() == ()
    assert store.check_audit() == ()


def test_a_link_to_something_unknown_is_refused_whole(store: CaseStore, run: Run) -> None:
    saved = findings()
    store.save_file(replace(saved, regions=()), run)
    with pytest.raises(UsageError, match="no current region"):
        store.save_links(saved.reports[0].id, *links_of(saved), signature="links", run=run)
    assert store.links() == () and not store.is_linked(saved.reports[0].id, "links")


def test_issues_are_cleared_when_a_file_is_tried_again(store: CaseStore, run: Run) -> None:
    full_case(store, run)
    store.clear_issues("ward", "bad.png")
    assert store.issues() == ()
    assert store.check_audit() == ()


def test_reviews_are_a_history(store: CaseStore) -> None:
    first = store.add_review(FindingKind.LINK, "l", Verdict.REJECTED, examiner="Ann")
    second = store.add_review(FindingKind.LINK, "l", Verdict.CONFIRMED, examiner="Bo", polygons=TRIANGLE)
    assert store.reviews(target_id="l") == (first, second)
    assert store.latest_review("l") == second
    assert store.latest_review("other") is None


def test_settings_are_rows_and_only_what_changed_is_written(store: CaseStore, path: Path) -> None:
    first = store.settings()
    assert (first.profile, first.left_out, first.subject) == ("full", (), "")
    wanted = replace(first, name="Clinic", examiner="Bo", subject="P-7", profile="fast", left_out=("lungs",))
    store.change_settings(wanted)
    length = store.audit_head().length
    store.change_settings(wanted)
    assert store.audit_head().length == length, "nothing changed, so nothing was done"
    store.change_settings(replace(wanted, left_out=()))
    with pytest.raises(UsageError, match="no profile 'quick'"):
        store.change_settings(replace(wanted, profile="quick"))
    with open_case(path, clock=NOON, read_only=True) as reader:
        assert reader.settings() == replace(wanted, left_out=())
        assert (reader.case.name, reader.case.examiner) == ("Clinic", "Bo")
        assert reader.check_audit() == ()


def test_bookmarks_searches_and_seen(store: CaseStore) -> None:
    store.add_bookmark("image", "i", examiner="Ann", title="one")
    store.add_bookmark("image", "i", examiner="Ann", title="two")
    assert [each.title for each in store.bookmarks()] == ["two"]
    store.remove_bookmark("image", "i")
    assert store.bookmarks() == ()
    store.save_search("s", "a", examiner="Ann")
    store.save_search("s", "b", examiner="Ann")
    assert [each.query for each in store.saved_searches()] == ["b"]
    store.remove_search("s")
    assert store.saved_searches() == ()
    store.mark_seen(["i", "j", "i"], examiner="Ann")
    store.mark_seen(["i"], examiner="Bo")
    assert [sorted(store.seen(name)) for name in ("Ann", "Bo", None)] == [["i", "j"], ["i"], ["i", "j"]]
    assert store.check_audit() == ()


def test_roots_have_unique_labels_and_can_move(store: CaseStore, tmp_path: Path) -> None:
    other = tmp_path / "elsewhere" / "ward"
    other.mkdir(parents=True)
    assert store.add_root(other).label == "ward (2)"
    assert store.add_root(other).label == "ward (2)", "a known folder keeps its label"
    store.move_root("ward", tmp_path / "moved")
    assert [root.path for root in store.roots()] == [tmp_path / "moved", other]
    with pytest.raises(UsageError, match="no evidence folder 'x'"):
        store.move_root("x", tmp_path)


def test_a_run_that_crashed_is_shown_as_failed_at_the_next(path: Path) -> None:
    with open_case(path, clock=NOON) as store:
        store.begin_run("ingest", [])
    with open_case(path, clock=NOON) as store:
        assert store.runs()[0].outcome is RunOutcome.RUNNING
        store.finish_run(store.begin_run("ingest", []), RunOutcome.FINISHED)
        assert [run.outcome for run in store.runs()] == [RunOutcome.FAILED, RunOutcome.FINISHED]
        assert store.runs()[0].finished_at is None


def test_vectors_of_a_kind_are_replaced(store: CaseStore) -> None:
    store.save_vectors("images", ["a", "b"], np.eye(2, 3, dtype=np.float32))
    store.save_vectors("images", ["a"], np.full((1, 3), 0.5, dtype=np.float32))
    ids, matrix = store.vectors("images")
    assert dict(zip(ids, matrix.tolist(), strict=True)) == {"b": [0, 1, 0], "a": [0.5, 0.5, 0.5]}
    assert matrix.dtype == np.float32
    assert store.vectors("other")[1].shape == (0, 0)


def test_a_sentence_is_kept_once_and_its_places_go_with_their_report(store: CaseStore, run: Run) -> None:
    saved = findings(text="Clear lungs. Clear lungs.")
    store.save_file(saved, run)
    report = saved.reports[0].id
    assert store.sentences.missing() == (report,)
    store.sentences.keep({report: [(0, "Clear lungs."), (13, "Clear lungs.")]})
    assert store.sentences.missing() == ()
    (sentence,) = store.sentences.unread(limit=9)
    store.sentences.save_vectors([sentence], np.array([[0.6, -0.8]], dtype=np.float32))
    assert store.sentences.count_unread() == 0
    numbers, directions = store.sentences.vectors()
    assert numbers.tolist() == [sentence.number]
    assert directions[0] / np.linalg.norm(directions[0]) == pytest.approx([0.6, -0.8], abs=0.01)
    assert store.sentences.vectors(after=sentence.number)[0].tolist() == []
    assert store.sentences.find('"lung"', limit=9) == (sentence,)
    places = store.sentences.places([sentence.number], limit=9)
    assert [(place.report_id, place.start) for place in places] == [(report, 0), (report, 13)]
    store.rebuild_search()
    assert store.sentences.find('"clear"', limit=9) == (sentence,)
    store.save_file(replace(findings(text="A new pleural effusion."), signature="second"), run)
    assert store.sentences.places([sentence.number], limit=9) == ()


@pytest.mark.parametrize(
    ("reading", "choice", "index"),
    [
        ("REGIONS", "image_id", "region_image_number"),
        ("ENTITIES", "report_id", "entity_report_number"),
        ("FILES", "image_id", "source_file_sha256"),
        ("LINKS", "report_id", "link_report_number"),
    ],
)
def test_rows_of_one_picture_or_report_are_looked_up_by_an_index(
    store: CaseStore, reading: str, choice: str, index: str
) -> None:
    kind = getattr(rows, reading)
    plan = store.connection.rows(
        f"EXPLAIN QUERY PLAN SELECT number FROM {kind.table} WHERE {kind.filters[choice]} "
        "AND superseded_by IS NULL ORDER BY number",
        ["x"],
    )
    assert index in str(plan), "a walk over all current rows makes linking quadratic"


# Full text


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("effusions", {"report", "entity"}),
        ('"pleural effusion"', {"report", "entity"}),
        ('"effusion pleural"', set()),
        ("left lung", {"region"}),
        ("canon", {"image"}),
        ("a.png", {"file"}),
        ('"', set()),
        ("* AND (", set()),
        ("text: NEAR/2 -x", set()),
        ("", set()),
        ("\0", set()),
    ],
)
def test_words_find_rows_and_nothing_typed_is_an_error(
    store: CaseStore, run: Run, words: str, kinds: set[str]
) -> None:
    store.save_file(findings(), run)
    assert {hit.kind for hit in store.search_text(words)} == kinds


def test_the_index_can_be_rebuilt(store: CaseStore, run: Run, path: Path) -> None:
    store.save_file(findings(), run)
    store.save_file(replace(findings(label="right lung"), signature="second"), run)
    expected = store.search_text("lung effusion")
    store.connection.execute("INSERT INTO report_text (report_text) VALUES ('delete-all')")
    store.rebuild_search()
    assert store.search_text("lung effusion") == expected
    assert store.search_text("left lung", kinds=("region",)) == ()
    for index in ("report_text", "entity_text", "region_text", "image_text", "file_text"):
        store.connection.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 0)")


# The audit chain


def test_every_change_has_an_entry_with_its_actor(store: CaseStore, run: Run) -> None:
    full_case(store, run)
    store.append_audit("export", "report.pdf", "abc")
    entries = store.audit()
    actions = [entry.action for entry in entries]
    assert actions[:5] == ["create", "add-root", "begin-run", "save-file", "save-file"]
    assert {"save-links", "issue", "review", "bookmark", "save-search", "seen", "finish-run"} < set(actions)
    assert entries[-1].digest == "abc"
    assert store.audit(action="review")[0].actor == "Ann"
    assert store.audit(action="save-links")[0].actor == "analyst"
    head = store.audit_head()
    assert (head.length, head.hash) == (len(entries), entries[-1].hash)


def test_a_digest_cannot_pose_as_one_of_rows(store: CaseStore) -> None:
    with pytest.raises(ValueError, match="rows:"):
        store.append_audit("export", "x", "rows:" + "0" * 64)


TAMPERINGS = {
    "removed": "DELETE FROM audit_entry WHERE number = 4",
    "altered": "UPDATE audit_entry SET actor = 'someone' WHERE number = 5",
    "backdated": "UPDATE audit_entry SET at = '2020-01-01T00:00:00+00:00' WHERE number = 5",
    "rehashed": "UPDATE audit_entry SET hash = 'f' WHERE number = 5",
    "relinked": "UPDATE audit_entry SET previous_hash = 'f' WHERE number = 5",
    "swapped": "UPDATE audit_entry SET number = CASE number WHEN 4 THEN -5 ELSE -4 END "
    "WHERE number IN (4, 5); UPDATE audit_entry SET number = -number WHERE number < 0",
    "emptied": "DELETE FROM audit_entry",
}


def tamper(path: Path, script: str) -> None:
    raw = sqlite3.connect(path)
    raw.executescript(script)
    raw.close()


@pytest.mark.parametrize("script", TAMPERINGS.values(), ids=TAMPERINGS)
def test_a_tampered_chain_is_found(store: CaseStore, run: Run, path: Path, script: str) -> None:
    full_case(store, run)
    assert store.check_audit() == ()
    tamper(path, script)
    assert store.check_audit() != ()


def test_a_cut_chain_is_found_by_the_printed_head(store: CaseStore, run: Run, path: Path) -> None:
    full_case(store, run)
    head = store.audit_head()
    assert store.check_audit(head=head.hash, length=head.length) == ()
    store.add_review(FindingKind.LINK, "l", Verdict.REJECTED, examiner="Ann")
    assert store.check_audit(head=head.hash, length=head.length) == (), "growth is no difference"
    tamper(
        path,
        f"DELETE FROM review WHERE target_id = 'l'; DELETE FROM audit_entry WHERE number > {head.length}",
    )
    assert store.check_audit(head=head.hash, length=head.length) == ()
    tamper(
        path,
        f"DELETE FROM run_end; DELETE FROM audit_entry WHERE number = {head.length}",
    )
    assert store.check_audit() == (), "a cut tail with its rows cannot be seen from the inside"
    assert "cut" in store.check_audit(head=head.hash, length=head.length)[0].detail
    assert store.check_audit(head=head.hash) != ()
    assert store.check_audit(head="0" * 64, length=3) != ()


def cells(path: Path) -> list[tuple[str, str, str]]:
    """Return (table, column, type) of every certified value but the numbers that join rows."""
    raw = sqlite3.connect(path)
    found = [
        (table, str(name), str(kind))
        for table in CERTIFIED_TABLES
        for _, name, kind, *_ in raw.execute(f"PRAGMA table_info({table})")
    ]
    raw.close()
    return found


def is_found(path: Path) -> bool:
    try:
        with open_case(path, clock=NOON, read_only=True) as tampered:
            return tampered.check_audit() != ()
    except CaseCorrupt:
        return True


@pytest.mark.parametrize("table", CERTIFIED_TABLES)
def test_any_altered_removed_added_or_hidden_row_is_found(
    store: CaseStore, run: Run, path: Path, table: str
) -> None:
    full_case(store, run)
    store.close()
    changed = {"TEXT": "'2020-02-02T02:02:02+00:00'", "INTEGER": "77", "REAL": "0.123"}
    scripts = [
        f"UPDATE {table} SET {column} = {changed[kind]} WHERE number = (SELECT max(number) FROM {table})"
        for owner, column, kind in cells(path)
        if owner == table
    ]
    scripts += [
        f"DELETE FROM {table} WHERE number = (SELECT max(number) FROM {table})",
        f"UPDATE {table} SET superseded_by = 2 WHERE number = 1",
    ]
    assert len(scripts) > 4
    for script in scripts:
        copy = path.with_name("tampered.casebook")
        copy.write_bytes(path.read_bytes())
        tamper(copy, script)
        assert is_found(copy), script


def test_regions_that_are_placed_later_replace_their_own_only(store: CaseStore, run: Run) -> None:
    saved = findings()
    store.save_file(saved, run)
    picture, own = saved.images[0].id, saved.regions[0]
    drawer = make_component("segmenter", "drawer", "1")
    store.begin_run("ingest", [drawer])
    first, second = (
        replace(own, id=region_id(picture, drawer.id, label, TRIANGLE), label=label, component_id=drawer.id)
        for label in ("nodule", "cyst")
    )
    store.place_regions(picture, drawer.id, [first])
    assert store.regions(image_id=picture) == (own, first)
    entries = store.audit_head().length
    store.place_regions(picture, drawer.id, [first])
    assert store.audit_head().length == entries, "placing the same again changes nothing"
    store.place_regions(picture, drawer.id, [second])
    assert store.regions(image_id=picture) == (own, second)
    assert store.check_audit() == ()


def test_a_row_brought_back_from_supersession_is_found(store: CaseStore, run: Run, path: Path) -> None:
    store.save_file(findings(), run)
    store.save_file(replace(findings(label="right lung"), signature="second"), run)
    tamper(path, "UPDATE region SET superseded_by = NULL WHERE number = 1")
    assert [each.kind for each in store.check_audit()] == ["rows"]


# Opening


def test_what_cannot_be_opened_says_so_by_name(path: Path, tmp_path: Path) -> None:
    with pytest.raises(CaseExists, match="ward"):
        create_case(path, CASE, clock=NOON)
    with pytest.raises(CaseNotFound, match="nowhere"):
        create_case(tmp_path / "nowhere" / "x.casebook", CASE, clock=NOON)
    with pytest.raises(CaseNotFound, match="none"):
        open_case(tmp_path / "none.casebook", clock=NOON)
    text = tmp_path / "text.casebook"
    text.write_text("This is no database, however long it may be. " * 99)
    empty = tmp_path / "empty.casebook"
    empty.touch()
    other = tmp_path / "other.casebook"
    sqlite3.connect(other).execute("CREATE TABLE t (x)").connection.close()
    for bad in (text, empty, other):
        for read_only in (True, False):
            with pytest.raises(CaseCorrupt, match=bad.name):
                open_case(bad, clock=NOON, read_only=read_only)


@pytest.mark.parametrize("read_only", [True, False])
def test_a_case_of_a_newer_version_is_refused_by_name(path: Path, read_only: bool) -> None:
    tamper(path, "PRAGMA user_version = 99")
    with pytest.raises(CaseTooNew, match="case format 99"):
        open_case(path, clock=NOON, read_only=read_only)


def test_a_damaged_case_is_named(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with pytest.raises(CaseCorrupt), open_case(path, clock=NOON) as store:
        store.counts()


def test_an_older_case_is_migrated_after_a_backup(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps = (*STEPS, ("version_next", ("ALTER TABLE review ADD COLUMN mood TEXT",)))
    with open_case(path, clock=NOON) as store:
        store.add_review(FindingKind.LINK, "l", Verdict.REJECTED, examiner="Ann")
    monkeypatch.setattr("engine.store.opening.SCHEMA_VERSION", len(steps))
    with pytest.raises(CaseTooOld, match=f"older case format {len(STEPS)}"):
        open_again(path, clock=NOON, read_only=True)
    monkeypatch.setattr("engine.store.opening.migrate", lambda file, key: migrate(file, steps, key=key))
    backup_path = tmp_path / f"ward.casebook.version-{len(STEPS)}"
    assert upgrade_case(path) == backup_path and upgrade_case(path) is None
    with open_again(path, clock=NOON) as store:
        assert store.latest_review("l") is not None
        assert store.check_audit() == (), "digests outlive a new column"
    monkeypatch.undo()
    with open_case(backup_path, clock=NOON) as backup:
        assert backup.latest_review("l") is not None
    with pytest.raises(CaseTooNew):
        open_case(path, clock=NOON)


def test_a_failed_migration_leaves_the_case_as_it_was(path: Path) -> None:
    before = path.read_bytes()[:100]
    with pytest.raises(Exception, match="no such table"):
        migrate(path, (*STEPS, ("version_next", ("CREATE TABLE extra (x)", "DROP TABLE not_there"))))
    assert path.read_bytes()[:24] == before[:24]
    with open_case(path, clock=NOON) as store:
        assert store.connection.rows("SELECT name FROM sqlite_master WHERE name = 'extra'") == []


def test_a_case_opened_read_only_writes_nothing(store: CaseStore, run: Run, path: Path) -> None:
    full_case(store, run)
    store.close()
    before = path.read_bytes()
    with open_case(path, clock=NOON, read_only=True) as reader:
        assert reader.counts().images == 2
        for write in (
            lambda: reader.begin_run("ingest", []),
            lambda: reader.add_root(path.parent),
            lambda: reader.add_review(FindingKind.LINK, "l", Verdict.REJECTED, examiner="Ann"),
            lambda: reader.save_file(findings(), run),
            reader.rebuild_search,
            lambda: reader.append_audit("export", "x"),
        ):
            with pytest.raises(CaseReadOnly, match="reading only"):
                write()
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir() if each.is_file()] == [path.name]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="needs root to become nobody")
def test_a_case_in_a_folder_without_write_permission_can_be_read(path: Path) -> None:
    folder = Path(tempfile.mkdtemp())
    case = folder / path.name
    case.write_bytes(path.read_bytes())
    case.chmod(0o444)
    folder.chmod(0o555)
    os.seteuid(65534)
    try:
        with pytest.raises(CaseReadOnly, match="cannot be written"):
            open_case(case, clock=NOON)
        with open_case(case, clock=NOON, read_only=True) as reader:
            assert reader.case == CASE
            assert reader.check_audit() == ()
    finally:
        os.seteuid(0)
        shutil.rmtree(folder)


def test_readers_see_what_a_writer_commits(store: CaseStore, run: Run, path: Path) -> None:
    with open_case(path, clock=NOON, read_only=True) as reader:
        assert reader.images() == ()
        store.save_file(findings(), run)
        assert len(reader.images()) == 1


def test_one_run_at_a_time_and_reviews_meanwhile(store: CaseStore, run: Run, path: Path) -> None:
    with open_case(path, clock=NOON) as other:
        with pytest.raises(CaseLocked, match="another run is writing"):
            other.begin_run("ingest", [])
        other.add_review(FindingKind.LINK, "l", Verdict.REJECTED, examiner="Ann")
        store.finish_run(run, RunOutcome.FINISHED)
        other.finish_run(other.begin_run("ingest", []), RunOutcome.FINISHED)
    assert store.check_audit() == ()


def test_a_full_disk_is_named_and_leaves_committed_work(store: CaseStore, run: Run) -> None:
    store.save_file(findings(), run)
    pages = store.connection.number("PRAGMA page_count")
    store.connection.rows(f"PRAGMA max_page_count = {pages + 1}")
    with pytest.raises(DiskFull, match="no room is left"):
        store.save_file(findings("b.png", content="b", text="Big " * 100_000), run)
    assert len(store.images()) == 1
    assert store.check_audit() == ()
    store.connection.rows("PRAGMA max_page_count = 1000000")
    store.save_file(findings("b.png", content="b"), run)
    assert len(store.images()) == 2


def test_a_query_is_stopped_from_another_thread(store: CaseStore) -> None:
    endless = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"
    timer = threading.Timer(0.2, store.interrupt)
    timer.start()
    with pytest.raises(Cancelled):
        store.connection.rows(endless)
    timer.join()
    assert store.counts().images == 0
