"""Files inside files: archives, pictures in documents, workbooks, JSON lines."""

from __future__ import annotations

import base64
import bz2
import gzip
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from engine.errors import CorruptFile, Encrypted, FileTooLarge, UnsupportedFile
from engine.hashing import bytes_sha256
from engine.jobs.reading import read_file
from engine.protocols import Content, ReadOptions, Source
from engine.readers.enclosed import safe_name
from tests.unit.good_files import compound, presentation, samples


def read(folder: Path, name: str, data: bytes, options: ReadOptions | None = None) -> Content:
    path = folder / "evidence"
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return read_file(source, options or ReadOptions()).content


def picture(kind: str = "PNG", seed: int = 0) -> bytes:
    target = io.BytesIO()
    noise = np.random.default_rng(seed).integers(0, 255, (90, 120, 3), dtype=np.uint8)
    Picture.fromarray(noise).save(target, kind)
    return target.getvalue()


def packed(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name.replace("__", "/"), data)
    return target.getvalue()


def test_an_archive_gives_its_members_but_what_is_no_evidence(tmp_path: Path) -> None:
    data = packed(**{"a__b.txt": b"note", "c.png": b"x", ".DS_Store": b"y", "__MACOSX__._c.png": b"z"})
    found = read(tmp_path, "a.zip", data).attachments
    assert [(item.name, item.data) for item in found] == [("a/b.txt", b"note"), ("c.png", b"x")]


def test_gzip_gives_the_file_in_it(tmp_path: Path) -> None:
    (only,) = read(tmp_path, "scan.dcm.gz", gzip.compress(b"content")).attachments
    assert (only.name, only.data) == ("scan.dcm", b"content")


@pytest.mark.parametrize(("ending", "pack"), [("bz2", bz2.compress), ("xz", lzma.compress)])
def test_other_packings_give_the_file_in_them(
    tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]
) -> None:
    (only,) = read(tmp_path, f"note.txt.{ending}", pack(b"content")).attachments
    assert (only.name, only.data) == ("note.txt", b"content")


def tar(*members: tuple[str, bytes]) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
        link = tarfile.TarInfo("link")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    return target.getvalue()


def test_a_tar_gives_its_ordinary_files(tmp_path: Path) -> None:
    data = tar(("a/b.txt", b"note"), ("../c.png", b"x"), (".DS_Store", b"y"))
    found = read(tmp_path, "a.tar", data).attachments
    assert [(item.name, item.data) for item in found] == [("a/b.txt", b"note"), ("c.png", b"x")]
    (inner,) = read(tmp_path, "a.tgz", gzip.compress(data)).attachments
    assert inner.name == "a.tar"
    cut = read(tmp_path, "a.tar", data[:1300])
    assert [item.name for item in cut.attachments] == ["a/b.txt"]
    assert cut.remarks


@pytest.mark.parametrize("name", ["a.zip", "a.gz"])
def test_a_bomb_is_not_entered(tmp_path: Path, name: str) -> None:
    zeros = bytes(40_000_000)
    with pytest.raises(FileTooLarge, match="bomb"):
        read(tmp_path, name, packed(**{"a.txt": zeros}) if name == "a.zip" else gzip.compress(zeros))


def test_a_damaged_member_costs_only_itself(tmp_path: Path) -> None:
    data = bytearray(packed(**{"a.txt": b"first " * 9, "b.txt": b"second"}))
    data[38] ^= 0xFF
    content = read(tmp_path, "a.zip", bytes(data))
    assert [item.name for item in content.attachments] == ["b.txt"]
    assert content.remarks[0].startswith("its member a.txt cannot be unpacked")


def test_an_archive_with_a_password_is_encrypted(tmp_path: Path) -> None:
    data = bytearray(packed(**{"a.txt": b"secret"}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(Encrypted):
        read(tmp_path, "a.zip", bytes(data))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "etc/passwd"),
        ("C:\\Users\\x\\a.png", "Users/x/a.png"),
        ("/a//b.txt", "a/b.txt"),
        ("a\nb\x00.txt", "a b.txt"),
        ("..", "member"),
    ],
)
def test_names_of_members_are_no_paths_outside(given: str, kept: str) -> None:
    assert safe_name(given, "member") == kept


def test_pictures_in_a_pdf_are_enclosed_with_their_page(tmp_path: Path) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    jpeg, target = picture("JPEG"), io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(72, 760, "Figure 1 shows the wound.")
    canvas.showPage()
    canvas.drawImage(ImageReader(io.BytesIO(jpeg)), 72, 500)
    canvas.drawImage(ImageReader(io.BytesIO(picture(seed=1))), 72, 200)
    canvas.save()
    content = read(tmp_path, "a.pdf", target.getvalue())
    assert [(item.name, item.page) for item in content.attachments] == [
        ("page-2-picture-1.jpg", 2),
        ("page-2-picture-2.png", 2),
    ]
    assert content.attachments[0].data == jpeg
    drawn = np.asarray(Picture.open(io.BytesIO(content.attachments[1].data)))
    assert np.array_equal(drawn, np.asarray(Picture.open(io.BytesIO(picture(seed=1)))))


def test_pictures_in_a_word_file_are_enclosed_once(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    document.add_paragraph("See the picture.")
    for _ in range(2):
        document.add_picture(io.BytesIO(picture()))
    target = io.BytesIO()
    document.save(target)
    (only,) = read(tmp_path, "a.docx", target.getvalue()).attachments
    assert only.data == picture()


def test_pictures_in_rich_text_are_enclosed(tmp_path: Path) -> None:
    digits = picture("JPEG").hex()
    lines = "\n".join(digits[at : at + 128] for at in range(0, len(digits), 128))
    data = "{\\rtf1 Wound. {\\pict\\jpegblip\\picw120\\pich90 " + lines + "}}"
    content = read(tmp_path, "a.rtf", data.encode())
    assert content.reports[0].text.strip() == "Wound."
    assert [(item.name, item.data) for item in content.attachments] == [("picture-1.jpg", picture("JPEG"))]


def test_text_boxes_of_a_word_file_are_read_once(tmp_path: Path) -> None:
    import docx
    from docx.oxml import parse_xml

    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    other = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = "<w:txbxContent><w:p><w:r><w:t>blood on the wall</w:t></w:r></w:p></w:txbxContent>"
    both = f"<mc:Choice><w:pict>{box}</w:pict></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    document = docx.Document()
    run = document.add_paragraph("Sketch.")._p.add_r()
    run.append(parse_xml(f"<mc:AlternateContent {space} {other}>{both}</mc:AlternateContent>"))
    target = io.BytesIO()
    document.save(target)
    assert read(tmp_path, "a.docx", target.getvalue()).reports[0].text == "Sketch.\nblood on the wall"


def test_pictures_in_a_page_are_enclosed(tmp_path: Path) -> None:
    data = base64.b64encode(picture()).decode()
    page = f'<html><body><p>Wound.</p><img alt="x" src="data:image/png;base64,{data}"></body></html>'
    (only,) = read(tmp_path, "a.html", page.encode()).attachments
    assert (only.name, only.data) == ("picture-1.png", picture())


def sheet(*rows: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    return f"<worksheet {space}><sheetData>{''.join(rows)}</sheetData></worksheet>".encode()


def test_rows_of_a_workbook_become_reports_as_those_of_a_table_do(tmp_path: Path) -> None:
    words = ["photo", "note", "a.jpg", "A knife with a wooden handle lies on the table.", "b.jpg"]
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f"<sst {space}>{''.join(f'<si><t>{word}</t></si>' for word in words)}</sst>"
    rows = (
        '<row><c r="A1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c></row>',
        '<row><c r="A2" t="s"><v>2</v></c><c r="C2" t="s"><v>3</v></c></row>',
        '<row><c r="A3" t="s"><v>4</v></c><c r="B3"><v>7.5</v></c></row>',
    )
    second = '<row><c t="inlineStr"><is><t>totals</t></is></c></row>', "<row><c><v>2</v></c></row>"
    data = packed(
        **{
            "xl__sharedStrings.xml": strings.encode(),
            "xl__worksheets__sheet1.xml": sheet(*rows),
            "xl__worksheets__sheet2.xml": sheet(*second),
        }
    )
    row, whole = read(tmp_path, "a.xlsx", data).reports
    assert (row.text, row.about, row.part) == (words[3], ("a.jpg",), 0)
    assert (whole.text, whole.part) == ("totals\n2", 1_000_000)
    assert row.id != whole.id


def test_entities_in_office_files_are_refused(tmp_path: Path) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    with pytest.raises(CorruptFile, match="declares entities"):
        read(tmp_path, "a.xlsx", packed(**{"xl__worksheets__sheet1.xml": bomb}))


def test_json_lines_are_rows(tmp_path: Path) -> None:
    notes = [{"image": f"{n}.png", "text": f"Picture {n} shows a car in front of a house."} for n in range(3)]
    data = "\n".join([*(json.dumps(note) for note in notes), "not json"]).encode()
    content = read(tmp_path, "a.jsonl", data)
    assert [made.about for made in content.reports] == [("0.png",), ("1.png",), ("2.png",)]
    assert content.remarks == ("lines that are no JSON objects and not read: 4",)


def wide(text: str) -> bytes:
    return text.encode("utf-16-le")


def test_a_message_in_an_outlook_message_is_a_text_with_its_own_files(tmp_path: Path) -> None:
    inner = "__attach_version1.0_#00000000/__substg1.0_3701000D"
    data = compound(
        {
            "__substg1.0_0037001F": wide("Forwarded"),
            "__substg1.0_1000001F": wide("See below."),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": wide("the first message"),
            f"{inner}/__substg1.0_0037001F": wide("The knife"),
            f"{inner}/__substg1.0_1000001F": wide("It lay in the drawer."),
            f"{inner}/__attach_version1.0_#00000000/__substg1.0_3707001F": wide("a.png"),
            f"{inner}/__attach_version1.0_#00000000/__substg1.0_37010102": picture(),
        }
    )
    content = read(tmp_path, "a.msg", data)
    assert content.reports[0].text == "Subject: Forwarded\n\nSee below."
    message, enclosed = content.attachments
    assert message.name == "the first message.txt"
    assert message.data.decode() == "Subject: The knife\n\nIt lay in the drawer."
    assert (enclosed.name, enclosed.data) == ("a.png", picture())
    assert not content.remarks


def test_pictures_in_the_page_of_a_mail_are_enclosed(tmp_path: Path) -> None:
    message = EmailMessage()
    message["From"], message["Subject"], message["Message-ID"] = "a@example.org", "Wound", "<1@example.org>"
    coded = base64.b64encode(picture()).decode()
    message.set_content(
        f'<html><body><p>See it.</p><img alt="the wound" src="data:image/png;base64,{coded}"></body></html>',
        subtype="html",
    )
    (only,) = read(tmp_path, "a.eml", message.as_bytes()).attachments
    assert (only.data, only.caption) == (picture(), "the wound")


@pytest.mark.parametrize("name", ["a.docx", "a.xlsx"])
def test_an_office_file_with_a_password_is_encrypted(tmp_path: Path, name: str) -> None:
    locked = compound({"EncryptionInfo": b"x" * 90, "EncryptedPackage": b"y" * 900})
    with pytest.raises(Encrypted, match="protected by a password"):
        read(tmp_path, name, locked)
    with pytest.raises(UnsupportedFile, match="old Microsoft Office file"):
        read(tmp_path, name, compound({"Workbook": b"z" * 900}))


def test_slides_are_pages_with_their_notes_and_pictures(tmp_path: Path) -> None:
    content = read(tmp_path, "a.pptx", presentation("A knife", "The door", *("more",) * 9))
    (report,) = content.reports
    assert report.text.startswith("A knife\nSaid aloud.\n\nThe door\n\nmore")
    assert [page.number for page in report.pages] == list(range(1, 12))
    second = report.pages[1].span
    assert report.text[second.start : second.end] == "The door"
    (only,) = content.attachments
    assert (only.name, only.page) == ("slide-1-image1.png", 1)


def test_open_document_sheets_and_slides_are_read_as_their_text_is(tmp_path: Path) -> None:
    name, data = samples()["odt"]
    kind = b"application/vnd.oasis.opendocument."
    sheet_data = data.replace(kind + b"text", kind + b"xxxx")
    content = read(tmp_path, name.replace(".odt", ".ods"), sheet_data)
    assert content.media_type == "application/vnd.oasis.opendocument.spreadsheet"
    assert "nodule" in content.reports[0].text
