"""Prose: encodings, normalization, RTF, HTML, mail, DOCX, PDF."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from engine.errors import CorruptFile, Encrypted, FileTooLarge, UnsupportedFile
from engine.hashing import bytes_sha256
from engine.jobs.reading import Decoded, read_file
from engine.model.evidence import Report
from engine.protocols import ReadOptions, Source


def read(folder: Path, name: str, data: bytes) -> Decoded:
    path = folder / name
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return read_file(source, ReadOptions())


def report(folder: Path, name: str, data: bytes) -> Report:
    (only,) = read(folder, name, data).content.reports
    return only


NOTE = "Café: l’état du côté gauche.\nGröße 3 mm – unverändert.\n"


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"]
)
def test_text_is_the_same_in_every_encoding(tmp_path: Path, encoding: str) -> None:
    assert report(tmp_path, "note.txt", NOTE.encode(encoding)).text == NOTE


def test_line_ends_and_composed_letters_are_unified(tmp_path: Path) -> None:
    assert report(tmp_path, "a.txt", "Cafe\u0301\r\nzwei\rdrei\x0c\x00".encode()).text == "Café\nzwei\ndrei\n"


def test_a_few_control_characters_are_left_out_and_said(tmp_path: Path) -> None:
    content = read(tmp_path, "a.txt", b"CHEST:\x07 a \x07small \x07nodule of the left\x01 lung.\n").content
    assert content.reports[0].text == "CHEST: a small nodule of the left lung.\n"
    (remark,) = content.remarks
    assert remark.endswith("0x07 (3 times), 0x01 (1 times)")


@pytest.mark.parametrize(
    "data",
    [
        b"\x07a\x07b" * 20,  # more controls than a text has
        b"a note \x01\x00\x02\x00 of 60 letters that is no text at all......",
        b"a note \x01\x02\x03 with bytes that are no letters \xff\xfe\xfa\x81",
        bytes(range(256)),
    ],
)
def test_binary_data_named_txt_is_no_text(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UnsupportedFile, match="binary data"):
        read(tmp_path, "a.txt", data)


def test_text_named_dcm_is_text(tmp_path: Path) -> None:
    decoded = read(tmp_path, "a.dcm", b"Notes of the night shift: nothing unusual was seen.")
    assert decoded.component.name == "text"
    assert decoded.content.reports[0].text.startswith("Notes of the night shift")


def test_a_note_that_begins_like_a_mail_stays_a_note(tmp_path: Path) -> None:
    data = b"From: Detective Ash\nDate: 2 May 2024\nSubject: kitchen\n\nA knife lay on the table."
    assert read(tmp_path, "note.txt", data).component.name == "text"


@pytest.mark.parametrize("data", [b"", b" \n\t \n"])
def test_nothing_to_read_is_said(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(CorruptFile, match=r"empty|no text"):
        read(tmp_path, "a.txt", data)


def test_rtf_gives_its_text(tmp_path: Path) -> None:
    data = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 No \b fracture\b0  "
    data += rb"in the K\'fcche.\par Second line.}"
    decoded = read(tmp_path, "a.doc", data)
    assert decoded.component.name == "rtf"
    assert decoded.content.reports[0].text == "No fracture in the Küche.\nSecond line."


def test_a_page_gives_what_its_reader_sees(tmp_path: Path) -> None:
    page = """<!DOCTYPE html><html><head><title>Report 7</title><style>p{}</style></head><body>
        <script>alert(1)</script><h1>Findings</h1><p>A <b>small</b>
        nodule.</p>Left lung.<table><tr><td>size</td><td>3 mm</td></tr></table>a<br>b</body></html>"""
    made = report(tmp_path, "a.html", page.encode())
    assert made.title == "Report 7"
    assert made.text == "Findings\n\nA small nodule.\nLeft lung.\n\nsize\t3 mm\n\na\nb"


def test_a_page_nested_ten_thousand_deep_is_read(tmp_path: Path) -> None:
    page = b"<html><body>" + b"<div>" * 10_000 + b"deep" + b"</div>" * 10_000
    assert "deep" in report(tmp_path, "a.html", page).text


def mail() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Ash <ash@example.org>", "Lab <lab@example.org>"
    message["Subject"], message["Date"] = "Bürgersteig", "Wed, 01 May 2024 13:37:00 +0200"
    message["Message-ID"] = "<1@example.org>"
    message.set_content("See the photo of the knife.\n")
    message.add_alternative("<p>See the photo of the <b>knife</b>.</p>", subtype="html")
    message.add_attachment(b"\xff\xd8\xff0123", maintype="image", subtype="jpeg", filename="../../knife.jpg")
    return message


def test_a_mail_gives_headers_body_and_attachments(tmp_path: Path) -> None:
    content = read(tmp_path, "a.eml", mail().as_bytes()).content
    (made,) = content.reports
    assert made.text.splitlines()[:2] == ["From: Ash <ash@example.org>", "To: Lab <lab@example.org>"]
    assert "Subject: Bürgersteig" in made.text
    assert made.text.endswith("\n\nSee the photo of the knife.")
    assert made.authored_at == datetime(2024, 5, 1, 11, 37, tzinfo=UTC)
    assert [(item.name, item.data) for item in content.attachments] == [("knife.jpg", b"\xff\xd8\xff0123")]


def test_a_mail_in_a_mail_is_an_attachment(tmp_path: Path) -> None:
    outer = EmailMessage()
    outer["From"], outer["Subject"] = "b@example.org", "Fwd"
    outer.set_content("as you asked")
    outer.add_attachment(mail())
    content = read(tmp_path, "a.eml", outer.as_bytes()).content
    assert [item.name for item in content.attachments] == ["part-1.eml"]
    inner = read(tmp_path, "b.eml", content.attachments[0].data).content
    assert inner.reports[0].title == "Bürgersteig"


def test_a_word_file_gives_paragraphs_tables_and_headers_in_order(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "Case 12"
    document.add_paragraph("Before the table.")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "weapon", "knife"
    document.add_paragraph("After it.")
    target = io.BytesIO()
    document.save(target)
    assert report(tmp_path, "a.docx", target.getvalue()).text == (
        "Case 12\nBefore the table.\nweapon\tknife\nAfter it."
    )


def test_a_packed_bomb_is_not_unpacked(tmp_path: Path) -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"\0" * 60_000_000)
    with pytest.raises(FileTooLarge, match="bomb"):
        read(tmp_path, "a.docx", target.getvalue())


def pdf(*texts: str, password: str = "") -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, encrypt=StandardEncryption(password) if password else None)
    for text in texts:
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def test_pages_of_a_pdf_are_kept_as_spans(tmp_path: Path) -> None:
    made = report(tmp_path, "a.pdf", pdf("First page.", "Second page."))
    texts = [made.text[page.span.start : page.span.end] for page in made.pages]
    assert texts == ["First page.", "Second page."]
    assert [page.number for page in made.pages] == [1, 2]


def test_the_reading_of_a_scanner_is_marked_as_one(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target)
    for mode in (3, 0):
        words = canvas.beginText(72, 700)
        words.setTextRenderMode(mode)
        words.textLine("A knife lay in the drawer.")
        canvas.drawText(words)
        canvas.showPage()
    canvas.save()
    (report,) = read(tmp_path, "a.pdf", target.getvalue()).content.reports
    assert report.text.count("A knife") == 2
    assert dict(report.metadata) == {"pages_read_from_pictures_by_another_program": "1"}


def test_a_pdf_without_text_says_so(tmp_path: Path) -> None:
    content = read(tmp_path, "a.pdf", pdf("")).content
    assert not content.reports
    assert content.remarks == ("holds no text and no scan (1 page)",)


def test_a_protected_pdf_is_encrypted_and_a_broken_one_corrupt(tmp_path: Path) -> None:
    with pytest.raises(Encrypted, match="password"):
        read(tmp_path, "a.pdf", pdf("secret", password="x"))
    with pytest.raises(CorruptFile):
        read(tmp_path, "b.pdf", b"%PDF-1.7\n" + b"garbage " * 50)


def test_what_was_filled_into_a_form_is_read(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(72, 700, "Finding:")
    canvas.acroForm.textfield(value="fracture of the left wrist", name="finding", x=150, y=690, width=300)
    canvas.save()
    assert "fracture of the left wrist" in report(tmp_path, "a.pdf", target.getvalue()).text


@pytest.mark.data
def test_outlook_messages_and_old_word_files_are_read(data_dir: Path, tmp_path: Path) -> None:
    folder = data_dir / "robust" / "docs" / "unstructured"
    mail = read(tmp_path, "a.msg", (folder / "fake-email-attachment.msg").read_bytes()).content
    assert mail.reports[0].title == "Fake email with attachment"
    assert mail.reports[0].authored_at == datetime(2023, 4, 20, 21, 39, 10, 475_744, tzinfo=UTC)
    assert "Lots of whitespace" in mail.reports[0].text
    assert [(item.name, item.data[:4]) for item in mail.attachments] == [("fake-attachment.txt", b"Hey ")]
    word = report(tmp_path, "a.doc", (folder / "duplicate-paragraphs.doc").read_bytes())
    assert word.text.count("some text") == 6
