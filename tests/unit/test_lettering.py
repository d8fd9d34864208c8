"""Words in pictures: the engines, the order of reading, and scanned pages as Reports."""

from __future__ import annotations

import io
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture
from PIL import ImageDraw, ImageFont

from engine.jobs.analysis import Analysis, Reading
from engine.jobs.reading import DecodePool
from engine.jobs.unpacking import Unpacking
from engine.lettering.engines import CHOICE, chosen_engine, unavailability
from engine.lettering.lines import TextLine, mean_score, page_text
from engine.lettering.rapidocr import RapidOcr
from engine.lettering.tesseract import Tesseract
from engine.model.evidence import CaseKind
from engine.plugins import load_plugin
from engine.protocols import Content, ReadOptions
from engine.settings import resources_dir
from tests.unit.evidence_files import found_file

WORDS = ("The knife was found in", "the kitchen drawer beside", "the receipt of 12 May.")


def line(text: str, left: float, top: float, *, height: float = 20, score: float = 0.9) -> TextLine:
    right, bottom = left + 11 * len(text), top + height
    corners = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return TextLine(corners=corners, text=text, score=score)


def test_cells_of_a_row_stand_side_by_side_and_paragraphs_apart() -> None:
    lines = [line("Ash", 400, 12), line("Name:", 20, 10), line("Age:", 20, 40), line("41", 400, 41)]
    assert page_text([*lines, line("Signed.", 20, 130)]) == "Name:\tAsh\nAge:\t41\n\nSigned."


def test_columns_of_prose_are_read_one_after_the_other() -> None:
    left = [line(f"left column words of line {n}", 20, 100 + 30 * n) for n in range(4)]
    right = [line(f"right column words of line {n}", 420, 103 + 30 * n) for n in range(4)]
    title = line("A title above both columns of the page", 150, 10)
    text = page_text([*right, title, *left])
    assert text.startswith("A title above")
    assert text.index("left column words of line 3") < text.index("right column words of line 0")


def test_each_character_counts_alike_in_the_score() -> None:
    assert mean_score([line("aaa", 0, 0, score=1.0), line("b", 0, 0, score=0.2)]) == pytest.approx(0.8)
    assert mean_score([]) == 0


def page(words: tuple[str, ...] = WORDS, *, at: tuple[int, int] = (150, 200)) -> Picture.Image:
    picture = Picture.new("L", (1240, 1754), 255)
    font = ImageFont.truetype(str(next((resources_dir() / "fonts").rglob("*.ttf"))), 44)
    for number, text in enumerate(words):
        ImageDraw.Draw(picture).text((at[0], at[1] + 70 * number), text, 0, font)
    return picture


def engines() -> list[type[RapidOcr] | type[Tesseract]]:
    return [RapidOcr, Tesseract]


@pytest.mark.parametrize("made", engines(), ids=lambda made: made.name)
def test_an_engine_reads_a_printed_page(made: type[RapidOcr] | type[Tesseract]) -> None:
    if made.availability() is not None:
        pytest.skip(str(made.availability()))
    found = made().read(np.asarray(page().convert("RGB")), is_page=True)
    assert "kitchen drawer" in page_text(found)
    assert all(0 <= each.score <= 1 for each in found)
    top = min(float(each.corners[:, 1].min()) for each in found)
    assert 180 < top < 230


def test_the_engine_is_chosen_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(CHOICE, "tesseract")
    engine = chosen_engine()
    assert (engine.name if engine else "") == ("tesseract" if shutil.which("tesseract") else "")
    monkeypatch.setenv(CHOICE, "")
    first = chosen_engine()
    assert first is not None
    assert first.name == "rapidocr"
    for_pages = chosen_engine(for_pages=True)
    assert for_pages is not None
    assert for_pages.name == ("tesseract" if shutil.which("tesseract") else "rapidocr")


def test_an_engine_that_is_missing_says_what_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv(CHOICE, "tesseract")
    assert "tesseract" in unavailability()
    segmenter = load_plugin("text_areas", "lettering")
    assert "not installed" in segmenter.availability()
    assert segmenter.load_all() == ()


def scanned_pdf(*, with_text: bool = False) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=True)
    if with_text:
        canvas.drawString(72, 700, "This page has a text layer.")
        canvas.showPage()
    canvas.drawImage(ImageReader(page()), 0, 0, *A4)
    canvas.showPage()
    canvas.drawImage(ImageReader(page(("Second scan of exhibit 7",))), 0, 0, *A4)
    canvas.save()
    return target.getvalue()


def read(folder: Path, data: bytes, *, scans: bool = True) -> Content:
    with DecodePool(2) as pool, Unpacking(ReadOptions(scans=scans)) as unpacking:
        first, *_ = unpacking.read_all(pool, iter([found_file(folder, "scan.pdf", data)]))
    assert not isinstance(first.outcome, Exception), first.outcome
    return first.outcome.content


@pytest.mark.slow
def test_scanned_pages_become_a_report_that_says_how_it_was_read(tmp_path: Path) -> None:
    content = read(tmp_path, scanned_pdf(with_text=True))
    layer, scan = content.reports
    assert layer.text == "This page has a text layer."
    assert layer.ocr_confidence is None
    assert scan.part == 1
    assert scan.ocr_confidence is not None
    assert 0.8 < scan.ocr_confidence <= 1
    assert [each.number for each in scan.pages] == [2, 3]
    assert "kitchen drawer" in scan.text[: scan.pages[0].span.end]
    assert "exhibit 7" in scan.text[scan.pages[1].span.start :]
    engine = chosen_engine(for_pages=True)
    assert engine is not None
    assert dict(scan.metadata)["read_by"] == f"{engine.name} {engine.version}"
    assert not content.remarks


def test_scans_that_are_not_read_are_named(tmp_path: Path) -> None:
    content = read(tmp_path, scanned_pdf(), scans=False)
    assert not content.reports
    (remark,) = content.remarks
    assert "not read in this profile: 1, 2" in remark


LETTER = (
    "Dear colleague, thank you for",
    "sending this patient to our clinic.",
    "The chest radiograph of 12 May shows",
    "a small nodule in the left upper lobe.",
    "There is no pleural effusion at all.",
    "Please repeat the study in June.",
)


@pytest.mark.slow
def test_the_picture_of_a_letter_becomes_a_report_in_any_case(tmp_path: Path) -> None:
    target = io.BytesIO()
    page(LETTER).save(target, "PNG")
    found = found_file(tmp_path, "letter.png", target.getvalue())
    with DecodePool(1) as pool, Unpacking(ReadOptions()) as unpacking:
        (answer,) = unpacking.read_all(pool, iter([found]))
    assert not isinstance(answer.outcome, Exception)
    file = found.file
    reading = Reading(file=file, decoded=answer.outcome)
    analysis = Analysis.load(CaseKind.MEDICAL)
    (findings,) = analysis.analyze([reading])
    (report,) = findings.reports
    assert "nodule in the left upper lobe" in report.text
    assert report.ocr_confidence is not None
    assert report.ocr_confidence > 0.8
    assert any(entity.text == "nodule" for entity in findings.entities)
    assert any(region.attributes.text for region in findings.regions)
    (inside,) = analysis.analyze([replace(reading, file=replace(file, page=3))])
    assert inside.reports == ()
