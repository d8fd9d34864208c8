"""Decisions of two examiners: taken out, taken in, compared, and refused where they are not what they say."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.cli import main
from engine.errors import UsageError
from engine.exporters.decided import Decisions
from engine.hashing import digest
from engine.jobs.decision_verbs import DECISION_VERBS
from engine.jobs.decisions import compare_decisions, export_decisions, import_decisions
from engine.jobs.decisions_file import read_decisions
from engine.jobs.verify import verify_case
from engine.messages import Request
from engine.model.agreement import Accord, compare_verdicts, kappa
from engine.model.evidence import Case, CaseKind
from engine.model.findings import (
    FindingKind,
    Review,
    Verdict,
)
from engine.model.geometry import Box
from engine.model.ids import ReviewId
from engine.progress import silent
from engine.store import CaseStore, create_case, open_case
from tests.unit.linked_case import Ticking, build_linked_case


@pytest.fixture
def original(tmp_path: Path) -> Path:
    """The case of the first examiner, still without a decision."""
    return build_linked_case(tmp_path)


@pytest.fixture
def first(original: Path) -> Iterator[CaseStore]:
    with open_case(original, clock=Ticking()) as store:
        yield store


@pytest.fixture
def second(original: Path, tmp_path: Path) -> Iterator[CaseStore]:
    """The copy of the case that the second examiner works on."""
    path = tmp_path / "second.casebook"
    shutil.copy(original, path)
    with open_case(path, clock=Ticking()) as store:
        yield store


def _review(store: CaseStore, number: int, verdict: Verdict, **words: Any) -> Review:
    """Judge region ``number`` of the case."""
    return store.add_review(FindingKind.REGION, store.regions()[number].id, verdict, **words)


@pytest.fixture
def their_file(second: CaseStore, tmp_path: Path) -> Path:
    """What the second examiner decided: one verdict on every kind of finding, a Region, a bookmark."""
    _review(second, 0, Verdict.REJECTED, examiner="Grace", note="a spoon")
    _review(second, 1, Verdict.CORRECTED, examiner="Grace", label="rucksack")
    second.add_review(FindingKind.LINK, second.links()[0].id, Verdict.CONFIRMED, examiner="Grace")
    second.add_review(FindingKind.ENTITY, second.entities()[1].id, Verdict.CONFIRMED, examiner="Grace")
    drawn = (Box(5, 50, 25.5, 70.25).as_polygon(),)
    second.add_review(
        FindingKind.IMAGE,
        second.images()[0].id,
        Verdict.ADDED,
        examiner="Grace",
        label="coin",
        polygons=drawn,
    )
    coin = second.reviews()[-1].id
    second.add_review(FindingKind.REGION, coin, Verdict.CORRECTED, examiner="Grace", label="button")
    second.add_bookmark("report", second.reports()[0].id, examiner="Grace", title="again")
    _review(second, 0, Verdict.CONFIRMED, examiner="somebody else")
    return export_decisions(second, tmp_path / "grace.json", examiner="Grace").path


def test_a_file_says_all_that_one_examiner_decided(second: CaseStore, their_file: Path) -> None:
    picture, note = second.images()[0].sha256, second.reports()[0].sha256
    file, sha256 = read_decisions(their_file)
    assert [each.review for each in file.decisions] == list(second.reviews(examiner="Grace"))
    assert [each.bookmark for each in file.bookmarks] == list(second.bookmarks())
    assert [each.evidence for each in file.decisions] == [
        (picture,), (picture,), (picture, note), (note,), (picture,), (picture,),
    ]  # fmt: skip
    entry = second.audit()[-1]
    assert (entry.action, entry.digest) == ("export-decisions", sha256)
    assert (file.audit_length, file.audit_hash) == (entry.number - 1, entry.previous_hash)
    assert sha256 == digest(json.loads(their_file.read_bytes())["content"])


def test_an_import_is_written_under_the_others_name_and_time(
    first: CaseStore, second: CaseStore, their_file: Path
) -> None:
    done = import_decisions(first, their_file)
    assert (done.reviews, done.bookmarks, done.already_here) == (6, 1, 0)
    assert first.reviews() == second.reviews(examiner="Grace")
    assert first.bookmarks() == second.bookmarks()
    assert first.audit()[-1].action == "import-decisions"
    assert done.comparison.sha256 in first.audit()[-1].subject
    assert not [each for each in verify_case(first).differences if each.kind in {"rows", "chain"}]

    length = first.audit_head().length
    again = import_decisions(first, their_file)
    assert (again.reviews, again.already_here, again.bookmarks) == (0, 6, 0)
    assert first.audit_head().length == length


def test_disagreements_are_listed_and_the_own_verdict_stands(first: CaseStore, their_file: Path) -> None:
    own = _review(first, 0, Verdict.CONFIRMED, examiner="Ada Byron")
    _review(first, 1, Verdict.CORRECTED, examiner="Ada Byron", label="bag")
    first.add_review(FindingKind.LINK, first.links()[0].id, Verdict.CONFIRMED, examiner="Ada Byron")
    found = compare_decisions(first, their_file)
    assert (found.agreed, found.disagreed, found.only_own, found.only_other) == (1, 2, 0, 2)
    assert (found.added_regions, found.unplaced, found.same_chain) == (1, (), False)
    worst = found.findings[0]
    assert (worst.what, worst.where, worst.own) == ("knife", ("evidence/1.png",), own)
    assert worst.other is not None
    assert (worst.other.verdict, worst.other.note) == (Verdict.REJECTED, "a spoon")
    assert found.findings[2].what == "knife agrees with “knife”"

    assert import_decisions(first, their_file).comparison.disagreed == 2
    assert first.latest_review(own.target_id) == own
    assert first.verdicts()[own.target_id] == Verdict.CONFIRMED
    assert {review.target_id: review for review in first.reviews()}[own.target_id] == own
    assert first.verdicts()[first.entities()[1].id] == Verdict.CONFIRMED

    _review(first, 0, Verdict.REJECTED, examiner="Ada Byron", note="it is a spoon")
    assert compare_decisions(first, their_file).disagreed == 1
    assert first.verdicts()[own.target_id] == Verdict.REJECTED


def test_a_file_of_this_very_chain_is_told_from_one_of_a_copy(first: CaseStore, tmp_path: Path) -> None:
    _review(first, 0, Verdict.CONFIRMED, examiner="Ada Byron")
    mine = export_decisions(first, tmp_path / "ada.json").path
    assert compare_decisions(first, mine).same_chain


def _spoil(path: Path, change: Callable[[dict[str, Any]], None], *, rehash: bool = False) -> Path:
    document = json.loads(path.read_bytes())
    change(document["content"])
    if rehash:
        document["sha256"] = digest(document["content"])
    path.write_text(json.dumps(document))
    return path


def _flip(content: dict[str, Any]) -> None:
    content["decisions"][0]["review"]["verdict"] = "confirmed"


def _rename(content: dict[str, Any]) -> None:
    content["decisions"][0]["review"]["examiner"] = "Ada Byron"


def _bad_polygon(content: dict[str, Any]) -> None:
    content["decisions"][4]["review"]["polygons"][0]["points"] = []


def _bad_time(content: dict[str, Any]) -> None:
    content["exported_at"] = "2026-01-01T00:00:00"


def test_what_is_not_as_it_was_written_is_refused(first: CaseStore, their_file: Path, tmp_path: Path) -> None:
    before = first.audit_head()
    whole = their_file.read_bytes()
    with pytest.raises(UsageError, match="is not the file that is meant"):
        import_decisions(first, their_file, sha256="0" * 64)
    for change, rehash, said in (
        (_flip, False, "was altered after it was written"),
        (_rename, True, "holds a verdict of 'Ada Byron'"),
        (_bad_polygon, True, "needs three points"),
        (_bad_time, True, "has no zone"),
    ):
        their_file.write_bytes(whole)
        with pytest.raises(UsageError, match=said):
            import_decisions(first, _spoil(their_file, change, rehash=rehash))
    for name, text in (
        ("a.json", "{"),
        ("b.json", "[]"),
        ("c.json", "[" * 100_000),
        ("d.json", '{"schema": 1}'),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(UsageError, match="is not a decisions file"):
            import_decisions(first, tmp_path / name)
    with pytest.raises(UsageError, match="cannot read"):
        import_decisions(first, tmp_path / "none.json")
    assert first.audit_head() == before


def test_every_changed_byte_is_found_or_changes_nothing(first: CaseStore, their_file: Path) -> None:
    whole = bytearray(their_file.read_bytes())
    meant = read_decisions(their_file)
    for place in range(0, len(whole), 7):
        spoiled = whole.copy()
        spoiled[place] ^= 1
        their_file.write_bytes(spoiled)
        try:
            assert read_decisions(their_file) == meant
        except UsageError:
            continue


def test_a_file_of_another_case_is_refused(their_file: Path, tmp_path: Path) -> None:
    path, clock = tmp_path / "other.casebook", Ticking()
    create_case(path, Case(kind=CaseKind.FORENSIC, name="Other", created_at=clock()), clock=clock)
    with (
        open_case(path, clock=clock) as other,
        pytest.raises(UsageError, match="of another case: 'Exhibit 7'"),
    ):
        import_decisions(other, their_file)


def test_what_has_no_place_here_is_listed_and_left_out(first: CaseStore, their_file: Path) -> None:
    def elsewhere(content: dict[str, Any]) -> None:
        content["decisions"][0]["review"]["target_id"] = "0" * 16
        content["decisions"][1]["evidence"] = ["c" * 64]

    done = import_decisions(first, _spoil(their_file, elsewhere, rehash=True))
    assert [each.reason.split(";")[0] for each in done.comparison.unplaced] == [
        "the finding is not in this case", "the finding is on other evidence in this case",
    ]  # fmt: skip
    assert done.reviews == 4


def test_an_examiner_who_decided_nothing_gets_no_file(second: CaseStore, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="decided nothing"):
        export_decisions(second, tmp_path / "x.json")
    assert not (tmp_path / "x.json").exists()


def _verdict(number: int, verdict: Verdict, label: str = "") -> Review:
    return Review(
        id=ReviewId(f"{number}{verdict}{label}"), target_kind=FindingKind.LINK, target_id=str(number),
        verdict=verdict, examiner="E", at=datetime(2026, 1, 1, tzinfo=UTC), label=label,
    )  # fmt: skip


def test_the_last_verdict_of_each_counts_and_kappa_is_cohens() -> None:
    yes, no = Verdict.CONFIRMED, Verdict.REJECTED
    # Of 50 findings both say yes to 20 and no to 15 (Cohen's kappa 0.4, the textbook example).
    own = [_verdict(n, yes if n < 25 else no) for n in range(50)]
    other = [_verdict(n, yes if n < 20 or 25 <= n < 35 else no) for n in range(50)]
    compared = compare_verdicts([_verdict(0, no), *own], other)
    assert kappa(compared) == pytest.approx(0.4)
    assert sum(each.accord is Accord.AGREED for each in compared) == 35
    taken_back = compare_verdicts(own[:1], [*other[:1], _verdict(0, Verdict.WITHDRAWN)])
    assert [each.accord for each in taken_back] == [Accord.ONLY_OWN]
    assert kappa(compare_verdicts(own[:1], other[:1])) is None
    labels = compare_verdicts([_verdict(1, Verdict.CORRECTED, "a")], [_verdict(1, Verdict.CORRECTED, "b")])
    assert labels[0].accord is Accord.DISAGREED


def test_an_altered_imported_verdict_is_found(first: CaseStore, their_file: Path) -> None:
    import_decisions(first, their_file)
    raw = sqlite3.connect(first.path)
    raw.execute("UPDATE review SET note = 'a fork' WHERE note = 'a spoon'")
    raw.commit()
    raw.close()
    assert [each.kind for each in verify_case(first).differences if each.kind == "rows"] == ["rows"]


def test_a_region_drawn_by_the_other_comes_in_as_she_left_it(first: CaseStore, their_file: Path) -> None:
    import_decisions(first, their_file)
    regions = list(Decisions(first).regions(first.images()[0]))
    assert [(each.label, each.verdict) for each in regions[-1:]] == [("button", Verdict.CORRECTED)]
    assert regions[-1].polygons == (Box(5, 50, 25.5, 70.25).as_polygon(),)


def test_the_job_worker_and_the_command_line_give_the_same_answers(
    original: Path, their_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def ask(verb: str, **words: str) -> Mapping[str, Any]:
        request = Request(id="1", verb=verb, arguments={"case": str(original), **words})
        return DECISION_VERBS[verb](request, SimpleNamespace(progress=silent))

    def run(*words: object, status: int = 0) -> Any:
        assert main(["decisions", *map(str, words), "--json"]) == status
        return json.loads(capsys.readouterr().out)

    told = ask("decisions_compare", file=str(their_file))
    assert run("compare", original, their_file, "--sha256", told["sha256"]) == told
    assert (told["only_other"], told["findings"][0]["own"]) == (5, None)
    assert ask("decisions_import", file=str(their_file), examiner="Ada Byron")["reviews"] == 6
    assert run("import", original, their_file)["already_here"] == 6
    with open_case(original, clock=Ticking()) as store:
        assert store.audit()[-1].actor == "Ada Byron"
        _review(store, 0, Verdict.CONFIRMED, examiner="Ada Byron")
    assert run("compare", original, their_file, status=1)["disagreed"] == 1
    mine = ask("decisions_export", file=str(tmp_path / "ada.json"))
    assert (mine["examiner"], mine["reviews"]) == ("Ada Byron", 1)
    with pytest.raises(UsageError, match="names no file"):
        ask("decisions_compare")
