"""Vocabularies of one's own: each format as its owner describes it, and from the file to a finding."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from engine.cli import main
from engine.errors import UsageError
from engine.jobs.terms import add_terms, list_terms, remove_terms
from engine.model.evidence import CaseKind
from engine.model.ids import ComponentId
from engine.recognizers.terms import load_term_finder
from engine.terminologies import Choice, TermRow, read_terms
from engine.vocabulary import load_vocabulary


def _atom(cui: str, text: str, *, source: str = "SNOMEDCT_US", best: bool = False, lang: str = "ENG") -> str:
    status = "P|L1|PF|S1|Y" if best else "S|L2|VO|S2|N"
    return f"{cui}|{lang}|{status}|A1||C1||{source}|PT|1|{text}|0|N||\n"


def _umls(folder: Path) -> Path:
    (folder / "MRCONSO.RRF").write_text(
        _atom("C0000001", "quarbled lung")
        + _atom("C0000001", "Quarble of lung", best=True)
        + _atom("C0000001", "quarble du poumon", lang="FRE")
        + _atom("C0000002", "Quarble", best=True)
        + _atom("C0000003", "Zilver organ", source="FMA", best=True)
        + _atom("C0000004", "Quarblology", best=True),
        encoding="utf-8",
    )
    (folder / "MRREL.RRF").write_text(
        "C0000001|A1|AUI|PAR|C0000002|A2|AUI||R1||SNOMEDCT_US|SNOMEDCT_US|||N||\n"
        "C0000002|A2|AUI|CHD|C0000001|A1|AUI||R2||SNOMEDCT_US|SNOMEDCT_US|||N||\n",
        encoding="utf-8",
    )
    (folder / "MRSTY.RRF").write_text(
        "C0000001|T047|B|Disease or Syndrome|AT1||\nC0000002|T047|B|Disease|AT2||\n"
        "C0000003|T023|B|Body Part|AT3||\nC0000004|T090|B|Occupation|AT4||\n",
        encoding="utf-8",
    )
    return folder


def _snomed(folder: Path) -> Path:
    head = "id\teffectiveTime\tactive\tmoduleId\t"
    description = head + "conceptId\tlanguageCode\ttypeId\tterm\tcaseSignificanceId\n"
    relation = head + "sourceId\tdestinationId\trelationshipGroup\ttypeId\tcharacteristicTypeId\tmodifierId\n"
    full, synonym, is_a = "900000000000003001", "900000000000013009", "116680003"
    lines = [
        f"1\t2020\t1\tm\t11\ten\t{full}\tQuarble of lung (disorder)\tc\n",
        f"2\t2020\t1\tm\t11\ten\t{synonym}\tQuarbled lung\tc\n",
        f"3\t2020\t0\tm\t11\ten\t{synonym}\tOld name\tc\n",
        f"4\t2020\t1\tm\t12\ten\t{full}\tQuarble (disorder)\tc\n",
        f"5\t2020\t1\tm\t13\ten\t{full}\tQuarblologist (occupation)\tc\n",
    ]
    (folder / "sct2_Description_Snapshot-en_INT.txt").write_text(
        description + "".join(lines), encoding="utf-8"
    )
    rows = f"9\t2020\t1\tm\t11\t12\t0\t{is_a}\tc\tm\n10\t2020\t1\tm\t11\t13\t0\t363698007\tc\tm\n"
    (folder / "sct2_Relationship_Snapshot_INT.txt").write_text(relation + rows, encoding="utf-8")
    return folder


def _mesh_text(folder: Path) -> Path:
    file = folder / "d2026.bin"
    file.write_text(
        "*NEWRECORD\nRECTYPE = D\nMH = Quarble, Pulmonary\nENTRY = Quarbled Lung|T047|NON|EQV\n"
        "MN = C08.381.999\nUI = D900001\n\n"
        "*NEWRECORD\nMH = Quarble\nMN = C08.381\nUI = D900002\n\n"
        "*NEWRECORD\nMH = Quarblology\nMN = H02.1\nUI = D900003\n",
        encoding="utf-8",
    )
    return file


def _mesh_xml(folder: Path) -> Path:
    file = folder / "desc.xml"
    record = (
        "<DescriptorRecord><DescriptorUI>{0}</DescriptorUI><DescriptorName><String>{1}</String></DescriptorName>"
        "<TreeNumberList><TreeNumber>{2}</TreeNumber></TreeNumberList><ConceptList><Concept><TermList>"
        "<Term><String>{3}</String></Term></TermList></Concept></ConceptList></DescriptorRecord>"
    )
    body = record.format("D900001", "Quarble, Pulmonary", "C08.381.999", "Quarbled Lung")
    body += record.format("D900002", "Quarble", "C08.381", "Quarble")
    file.write_text(f"<DescriptorRecordSet>{body}</DescriptorRecordSet>", encoding="utf-8")
    return file


def _obo(folder: Path) -> Path:
    file = folder / "own.obo"
    file.write_text(
        "format-version: 1.2\n\n[Term]\nid: Q:1\nname: quarble of lung\n"
        'synonym: "quarbled lung" EXACT []\nis_a: Q:2 ! quarble\n\n[Term]\nid: Q:2\nname: quarble\n\n'
        "[Term]\nid: Q:3\nname: gone\nis_obsolete: true\n\n[Typedef]\nid: part_of\nname: part of\n",
        encoding="utf-8",
    )
    return file


def _bioportal(folder: Path) -> Path:
    file = folder / "RADLEX.csv"
    file.write_text(
        "Class ID,Preferred Label,Synonyms,Definitions,Obsolete,Parents\n"
        "http://www.radlex.org/RID/RID9001,quarble of lung,quarbled lung|lung quarble,,false,"
        "http://www.radlex.org/RID/RID9002\n"
        "http://www.radlex.org/RID/RID9002,quarble,,,false,\n"
        "http://www.radlex.org/RID/RID9003,gone,,,true,\n",
        encoding="utf-8",
    )
    return file


def _scispacy(folder: Path) -> Path:
    file = folder / "umls_2026.jsonl"
    rows = [
        {
            "concept_id": "C0000001",
            "canonical_name": "Quarble of lung",
            "aliases": ["quarbled lung"],
            "types": ["T047"],
        },
        {"concept_id": "C0000002", "canonical_name": "Quarble", "aliases": [], "types": ["T047"]},
    ]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return file


FORMATS = [_umls, _snomed, _mesh_text, _mesh_xml, _obo, _bioportal, _scispacy]


@pytest.mark.parametrize("make", FORMATS)
def test_every_format_gives_names_synonyms_and_parents(make: Callable[[Path], Path], tmp_path: Path) -> None:
    rows = list(read_terms(make(tmp_path), Choice()))
    by_name = {row.name.lower(): row for row in rows}
    lung = by_name.get("quarble of lung") or by_name["pulmonary quarble"]
    assert "quarbled lung" in [name.lower() for name in lung.synonyms]
    assert lung.label == "finding"
    if make is not _scispacy:
        assert lung.parents == (by_name["quarble"].id,)
    assert not {"gone", "quarblology", "quarblologist", "old name"} & set(by_name)


def test_sources_of_the_umls_can_be_chosen(tmp_path: Path) -> None:
    names = [row.name for row in read_terms(_umls(tmp_path), Choice(frozenset({"FMA"})))]
    assert names == ["Zilver organ"]
    assert [row.label for row in read_terms(tmp_path, Choice(frozenset({"FMA"})))] == ["anatomy"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.doc", "no"),
        ("a.csv", "x,y\n1,2\n"),
        ("a.obo", "nothing"),
        ("a.xml", "<a>"),
        ("b.xml", "<a/>"),
        ("a.bin", "nothing"),
        ("a.jsonl", "{}\n"),
        ("MRCONSO.RRF", "C1|ENG\n"),
        ("c.csv", b"\xff\xfe\xff"),
    ],
)
def test_what_is_no_vocabulary_is_refused(tmp_path: Path, name: str, content: str | bytes) -> None:
    file = tmp_path / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    with pytest.raises(UsageError):
        list(read_terms(file, Choice()))


def test_added_terms_are_found_until_they_are_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CASEBOOK_DATA_HOME", str(tmp_path / "home"))
    assert main(["terms", "add", str(_bioportal(tmp_path)), "--name", "radlex", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["concepts"] == 2
    vocabulary = load_vocabulary(CaseKind.MEDICAL)
    assert [concept.id for concept in vocabulary.concepts("lung quarble")] == ["RID:RID9001"]
    assert vocabulary.is_a("RID:RID9001", "RID:RID9002")
    # The shipped concepts are there as before, and the user's are found in other words too.
    assert vocabulary.concepts("enlarged heart")[0].id == "HP:0001640"
    found = list(load_term_finder(CaseKind.MEDICAL).find("A quarble in the left lung.", ComponentId("c")))
    assert found[0].concept == "RID:RID9001 quarble of lung"
    assert main(["terms", "add", str(tmp_path / "RADLEX.csv"), "--name", "radlex"]) == 2
    assert [terms.name for terms in list_terms()] == ["radlex"]
    remove_terms("radlex")
    assert not load_vocabulary(CaseKind.MEDICAL).concepts("lung quarble")
    assert main(["terms", "remove", "radlex"]) == 2


def test_an_empty_vocabulary_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_DATA_HOME", str(tmp_path / "home"))
    file = tmp_path / "empty.csv"
    file.write_text("id,name\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no concept"):
        add_terms(file, name="", kind=CaseKind.MEDICAL, choice=Choice(), progress=lambda _: None)
    assert not list_terms()
    assert TermRow("a", "finding", "b").parents == ()
