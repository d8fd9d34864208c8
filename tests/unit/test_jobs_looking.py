"""Opening a case and searching a forensic one are in its audit log, or it is said that they are not."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from engine.cli import main
from engine.clock import system_clock
from engine.jobs.looking import note_opening, note_search
from engine.jobs.verbs import query_verbs
from engine.jobs.verify import verify_case
from engine.messages import Request
from engine.model.evidence import Case, CaseKind
from engine.progress import silent
from engine.store import CaseStore, create_case, open_case
from tests.unit.linked_case import Ticking, build_linked_case


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_linked_case(tmp_path_factory.mktemp("looking"))


@pytest.fixture
def path(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(built, tmp_path / "case.casebook"))


@pytest.fixture
def looking(path: Path) -> Iterator[CaseStore]:
    """The case as the window and the query worker have it: open for reading."""
    with open_case(path, clock=Ticking(), read_only=True) as store:
        yield store


def _last(path: Path) -> tuple[str, str, str, str]:
    with open_case(path, clock=system_clock, read_only=True) as store:
        entry = store.audit()[-1]
        assert verify_case(store).ok
    return entry.action, entry.subject, entry.actor, entry.digest


def test_looking_is_recorded_through_a_store_that_else_only_reads(looking: CaseStore, path: Path) -> None:
    before, version = looking.audit_head(), looking.connection.version
    assert note_opening(looking, examiner="Ada")
    assert _last(path) == ("open", "Exhibit 7", "Ada", "-")
    assert note_search(looking, "knife", hits=2, examiner="Ada")
    assert _last(path) == ("search", "knife", "Ada", "2 hits")
    assert looking.audit_head().length == before.length + 2
    assert looking.connection.version == version, "what was kept of the case would be read again"
    with pytest.raises(Exception, match="opened for reading only"):
        looking.add_bookmark("image", looking.images()[0].id, examiner="Ada")
    with pytest.raises(Exception, match="cannot be written"):
        looking.connection.execute("DELETE FROM bookmark")


def test_a_medical_case_does_not_record_searches(tmp_path: Path) -> None:
    path, clock = tmp_path / "m.casebook", Ticking()
    create_case(path, Case(kind=CaseKind.MEDICAL, name="M", created_at=clock()), clock=clock)
    with open_case(path, clock=clock, read_only=True) as store:
        before = store.audit_head()
        assert note_search(store, "effusion", hits=0)
        assert store.audit_head() == before
        assert note_opening(store)


def test_where_the_case_cannot_be_written_it_is_said(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def ask(verbs: Mapping[str, Any], verb: str, **words: str) -> Any:
        request = Request(id="1", verb=verb, arguments={"case": str(path), "examiner": "Ada", **words})
        return verbs[verb](request, SimpleNamespace(progress=silent))

    with query_verbs("cpu") as verbs:
        assert ask(verbs, "open")["audited"]
        assert ask(verbs, "search", text="knife")["audited"]
        before = path.read_bytes()
        assert not ask(verbs, "search", text="bag", read_only="yes")["audited"]
        assert not ask(verbs, "open", read_only="yes")["audited"]
        assert path.read_bytes() == before
    assert _last(path)[:3] == ("search", "knife", "Ada")
    with (
        open_case(path, clock=Ticking()) as writer,
        open_case(path, clock=Ticking(), read_only=True) as store,
        writer.connection.transaction(),
    ):
        # Somebody else is writing: the worker must not wait for that for long, nor fail.
        store.connection.execute("PRAGMA busy_timeout = 50")
        assert not note_search(store, "bag", hits=1)
        assert store.connection.number("PRAGMA busy_timeout") == 50
    assert main(["search", str(path), "knife and bag", "--json"]) == 0
    assert capsys.readouterr().err == ""
    assert _last(path)[:2] == ("search", "knife and bag")
