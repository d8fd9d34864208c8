"""Tables: when rows become Reports, and which columns."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from engine.hashing import bytes_sha256, file_sha256
from engine.jobs.reading import read_file
from engine.protocols import Content, ReadOptions, Source

PRIOR = "as seen last year, unchanged since then"
NOTES = [
    ["path", "patientid", "view", "note", "url", "comment"],
    ["img/a.png", "7", "PA", "There is a large opacity in the left lower lobe.", "https://x.org/a", ""],
    ["img/b.png", "8", "AP", "No acute disease; the heart is of normal size.", "https://x.org/b", PRIOR],
    ["img/c.png", "9", "AP", "", "https://x.org/c", ""],
    ["img/d.png", "9", "AP", 'Two lines,\nand "quotes", in a cell with many words.', "https://x.org/d", ""],
]  # fmt: skip


def read(folder: Path, rows: list[list[str]], options: ReadOptions | None = None, **style: str) -> Content:
    target = io.StringIO()
    csv.writer(target, **style).writerows(rows)
    return read_bytes(folder, target.getvalue().encode(), options)


def read_bytes(folder: Path, data: bytes, options: ReadOptions | None = None, name: str = "t.csv") -> Content:
    path = folder / name
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return read_file(source, options or ReadOptions()).content


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_rows_that_are_texts_about_files_become_reports(tmp_path: Path, delimiter: str) -> None:
    reports = read(tmp_path, NOTES, delimiter=delimiter).reports
    assert [made.part for made in reports] == [0, 1, 3]
    assert [made.about for made in reports] == [("img/a.png",), ("img/b.png",), ("img/d.png",)]
    assert reports[0].text == "There is a large opacity in the left lower lobe."
    assert reports[1].text.endswith(f"normal size.\n\n{PRIOR}")
    assert reports[2].text == 'Two lines,\nand "quotes", in a cell with many words.'
    assert reports[0].subject_ref == "7"
    assert dict(reports[0].metadata)["view"] == "PA"


def test_columns_can_be_named_in_any_case(tmp_path: Path) -> None:
    options = ReadOptions(file_column="Path", text_columns=("comment",))
    (made,) = read(tmp_path, NOTES, options).reports
    assert (made.part, made.about) == (1, ("img/b.png",))
    assert made.text == PRIOR


def test_named_texts_need_no_file(tmp_path: Path) -> None:
    rows = [["uid", "note"], ["1", "clear"], ["2", "opacity"]]
    reports = read(tmp_path, rows, ReadOptions(text_columns=("note",))).reports
    assert [(made.text, made.about) for made in reports] == [("clear", ()), ("opacity", ())]


def test_a_table_of_measures_is_one_report(tmp_path: Path) -> None:
    rows = [["file", "score"], *([f"img/{n}.png", str(n)] for n in range(50))]
    (made,) = read(tmp_path, rows).reports
    assert "img/49.png,49" in made.text


def test_a_table_of_texts_without_files_is_one_report(tmp_path: Path) -> None:
    rows = [
        ["term", "definition"],
        *([f"T{n}", f"A condition of the kind number {n} of all."] for n in range(9)),
    ]
    assert len(read(tmp_path, rows).reports) == 1


def test_a_column_that_is_not_there_is_said(tmp_path: Path) -> None:
    content = read(tmp_path, NOTES, ReadOptions(file_column="path", text_columns=("remarks",)))
    assert len(content.reports) == 1
    assert content.remarks == ("has no column 'remarks'; read as one text",)


def test_damaged_tables_end(tmp_path: Path) -> None:
    assert len(read_bytes(tmp_path, b'a,b\n"never closed,1\n2,3\n').reports) == 1
    assert len(read_bytes(tmp_path, b"only headings,here\n").reports) == 1


@pytest.mark.data
def test_the_notes_of_cxr_covid_are_found_by_guess_and_by_name(data_dir: Path) -> None:
    path = data_dir / "cxr_covid" / "metadata.csv"
    source = Source(
        path=path, relative_path="metadata.csv", sha256=file_sha256(path), size_bytes=path.stat().st_size
    )
    named = ReadOptions(file_column="path", text_columns=("clinical_notes", "other_notes"))
    by_name, by_guess = (read_file(source, options).content.reports for options in (named, ReadOptions()))
    assert len(by_name) == 185
    assert by_guess == by_name


@pytest.mark.data
@pytest.mark.parametrize(
    "name",
    [
        "cxr_covid/covid_severity_scores.csv",
        "iu_reports/indiana_projections.csv",
        "robust/MANIFEST.csv",
        "vocab/hpo.tsv",
    ],
)
def test_other_tables_do_not_burst_into_rows(data_dir: Path, name: str) -> None:
    path = data_dir / name
    source = Source(
        path=path, relative_path=path.name, sha256=file_sha256(path), size_bytes=path.stat().st_size
    )
    assert len(read_file(source, ReadOptions()).content.reports) == 1
