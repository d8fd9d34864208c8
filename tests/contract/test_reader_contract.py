"""What every Reader must keep to, whoever wrote it: on good files, on damaged ones, on any head."""

from __future__ import annotations

import io
import random
import struct
import unicodedata
import zipfile
from email.message import EmailMessage
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from engine.errors import ReadError
from engine.hashing import bytes_sha256, canonical_json
from engine.jobs.reading import Decoded, choose_reader, read_file
from engine.model.ids import image_id, report_id
from engine.plugins import load_plugin, plugin_names
from engine.protocols import ReadOptions, Source

READERS = plugin_names("readers")
MUTATIONS = 25


@cache
def samples() -> dict[str, tuple[str, bytes]]:
    """One good file for each built-in reader: the name it has in the folder, and its bytes."""
    text = "The chest radiograph shows a small nodule in the left upper lobe."
    return {
        "raster": ("a.png", _picture()),
        "dicom": ("a.dcm", _dicom()),
        "text": ("a.txt", text.encode()),
        "rtf": ("a.rtf", b"{\\rtf1\\ansi " + text.encode() + b"\\par}"),
        "pdf": ("a.pdf", _pdf(text)),
        "docx": ("a.docx", _docx(text)),
        "html": ("a.html", f"<html><body><p>{text}</p></body></html>".encode()),
        "mail": ("a.eml", _mail(text)),
        "workbook": ("a.xlsx", _workbook(text)),
        "lines": ("a.jsonl", "".join(f'{{"image": "{n}.png", "note": "{text}"}}\n' for n in (1, 2)).encode()),
        "odt": ("a.odt", _odt(text)),
        "doc": ("a.doc", _doc(text)),
        "msg": ("a.msg", _msg(text)),
        "archive": ("a.zip", _zip({"notes/a.txt": text.encode(), "b.png": _picture()})),
        "table": ("a.csv", f"file,note\na.png,{text}\nb.png,{text} It grew.\n".encode()),
    }


def _picture() -> bytes:
    target = io.BytesIO()
    noise = np.random.default_rng(1).integers(0, 255, (24, 32, 3), dtype=np.uint8)
    Picture.fromarray(noise).save(target, "PNG")
    return target.getvalue()


def _dicom() -> bytes:
    import pydicom
    from pydicom.uid import ExplicitVRLittleEndian

    made = pydicom.Dataset()
    made.file_meta = pydicom.dataset.FileMetaDataset()
    made.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made.SOPClassUID = made.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.2"
    made.SOPInstanceUID = made.file_meta.MediaStorageSOPInstanceUID = "1.2.3.4"
    made.Rows = made.Columns = 16
    made.SamplesPerPixel, made.PhotometricInterpretation, made.PixelRepresentation = 1, "MONOCHROME2", 0
    made.BitsAllocated, made.BitsStored, made.HighBit = 16, 12, 11
    made.PixelData = np.arange(256, dtype=np.uint16).tobytes()
    made["PixelData"].VR = "OW"
    target = io.BytesIO()
    pydicom.dcmwrite(target, made, enforce_file_format=True)
    return target.getvalue()


def _pdf(text: str) -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target, invariant=True)
    canvas.drawString(72, 700, text)
    canvas.save()
    return target.getvalue()


def _docx(text: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _mail(text: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "X-ray"
    message["Message-ID"] = "<1@example.org>"
    message.set_content(text)
    message.add_attachment(_picture(), maintype="image", subtype="png", filename="a.png")
    return message.as_bytes()


def _zip(members: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in members.items():
            packed.writestr(zipfile.ZipInfo(name), data)
    return target.getvalue()


def _odt(text: str) -> bytes:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text>'
        f"<text:p>{text}</text:p></office:text></office:body></office:document-content>"
    )
    kind = b"application/vnd.oasis.opendocument.text"
    return _zip({"mimetype": kind, "content.xml": content.encode()})


def _compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) whose streams all lie in sectors of 512 bytes, in one folder."""
    names = [("Root Entry", b"", 5), *((name, data, 2) for name, data in streams.items())]
    directory_sectors = -(-len(names) // 4)
    table = [0xFFFFFFFD, *range(2, directory_sectors + 1), 0xFFFFFFFE]
    entries, contents = b"", b""
    for number, (name, data, kind) in enumerate(names):
        start, count = len(table), -(-len(data) // 512)
        table += [*range(start + 1, start + count), 0xFFFFFFFE][:count]
        contents += data.ljust(512 * count, b"\0")
        following = number + 1 if 0 < number < len(names) - 1 else 0xFFFFFFFF
        entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
        links = (0xFFFFFFFF, following, 1 if kind == 5 else 0xFFFFFFFF)
        entry += struct.pack("<III", *links).ljust(48, b"\0")
        entries += entry + struct.pack("<IQ", start if data else 0xFFFFFFFE, len(data))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(24, b"\0") + struct.pack("<HHHHH", 62, 3, 0xFFFE, 9, 6)
    header = header.ljust(44, b"\0") + struct.pack("<IIIIII", 1, 1, 0, 0, 0xFFFFFFFE, 0)
    header += struct.pack("<II", 0xFFFFFFFE, 0) + struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    fat = struct.pack(f"<{len(table)}I", *table).ljust(512, b"\xff")
    return header + fat + entries.ljust(512 * directory_sectors, b"\0") + contents


def _doc(text: str) -> bytes:
    data = text.encode("cp1252")
    words = struct.pack("<HH", 0xA5EC, 0xC1).ljust(0x1A2, b"\0") + struct.pack("<II", 0, 21)
    pieces = struct.pack("<BIIIHIH", 2, 16, 0, len(data), 0, 0x40000000 | 2048, 0)
    return _compound({"WordDocument": words.ljust(1024, b"\0") + data, "0Table": pieces})


def _msg(text: str) -> bytes:
    named = {"0037": "X-ray", "1000": text, "0C1A": "Ash", "0E04": "Lab"}
    streams = {f"__substg1.0_{number}001F": value.encode("utf-16-le") for number, value in named.items()}
    sent = struct.pack("<HHIQ", 0x40, 0x39, 6, 133_590_454_200_000_000)
    return _compound({**streams, "__properties_version1.0": bytes(32) + sent})


def _workbook(text: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = [("file", "note"), ("a.png", text), ("b.png", f"{text} It grew.")]
    cells = "".join(
        f'<row>{"".join(f"""<c t="inlineStr"><is><t>{cell}</t></is></c>""" for cell in row)}</row>'
        for row in rows
    )
    sheet = f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>"
    return _zip({"xl/worksheets/sheet1.xml": sheet.encode()})


def read(folder: Path, name: str, data: bytes) -> Decoded:
    path = folder / name
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return read_file(source, ReadOptions())


@pytest.mark.parametrize("name", READERS)
def test_it_says_whether_it_can_run_and_what_it_is(name: str) -> None:
    reader = load_plugin("readers", name)
    assert reader.name == name
    assert reader.availability() is None
    assert reader().component == reader().component
    assert (reader().component.kind, reader().component.name) == ("reader", name)


@pytest.mark.parametrize("name", READERS)
def test_support_is_a_score_for_any_head_and_takes_no_empty_file(name: str) -> None:
    reader = load_plugin("readers", name)()
    random_bytes = random.Random(7)
    heads = [random_bytes.randbytes(random_bytes.choice((1, 3, 17, 300, 4096))) for _ in range(50)]
    heads += [data[:4096] for _, data in samples().values()]
    for head in heads:
        assert reader.support("", head) in range(5)
        assert reader.support("x.jpg", head) in range(5)
    assert reader.support("x.unknown", b"") == 0


@pytest.mark.parametrize("name", READERS)
def test_it_is_chosen_for_its_own_kind_whatever_the_case_of_the_name(name: str) -> None:
    file_name, data = samples()[name]
    assert choose_reader(file_name, data[:4096]).name == name
    assert choose_reader(file_name.upper(), data[:4096]).name == name


@pytest.mark.parametrize("name", READERS)
def test_reading_is_a_pure_function_of_the_bytes(name: str, tmp_path: Path) -> None:
    file_name, data = samples()[name]
    before = (tmp_path / file_name).write_bytes(data)
    first, second = read(tmp_path, file_name, data), read(tmp_path, file_name, data)
    assert canonical_json(facts(first)) == canonical_json(facts(second))
    assert first.thumbnails == second.thumbnails
    assert (tmp_path / file_name).read_bytes() == data
    assert before == len(data)


def facts(decoded: Decoded) -> list[object]:
    content = decoded.content
    return [content.media_type, content.remarks, content.reports, [frame.image for frame in content.frames]]


@pytest.mark.parametrize("name", READERS)
def test_content_is_as_the_model_wants_it(name: str, tmp_path: Path) -> None:
    file_name, data = samples()[name]
    decoded = read(tmp_path, file_name, data)
    check(decoded, bytes_sha256(data))
    assert decoded.content.frames or decoded.content.reports or decoded.content.attachments


def check(decoded: Decoded, sha256: str) -> None:
    content = decoded.content
    assert content.frames or content.reports or content.attachments or content.remarks
    assert "/" in content.media_type
    assert len(decoded.thumbnails) == len(content.frames)
    for frame in content.frames:
        view = frame.pixels.view
        assert view.dtype == np.uint8
        assert view.shape == (frame.image.height_px, frame.image.width_px, 3)
        assert frame.image.id == image_id(sha256, frame.image.frame)
        if frame.pixels.values is not None:
            assert frame.pixels.values.dtype == np.float32
            assert frame.pixels.values.shape == view.shape[:2]
    for report in content.reports:
        assert report.id == report_id(sha256, report.part)
        assert report.text.strip()
        assert unicodedata.is_normalized("NFC", report.text)
        assert "\r" not in report.text
        assert "\0" not in report.text
        assert all(page.span.end <= len(report.text) for page in report.pages)
        assert report.authored_at is None or report.authored_at.tzinfo is not None
    for item in (*content.reports, *(frame.image for frame in content.frames)):
        assert len(dict(item.metadata)) == len(item.metadata)
        assert all(isinstance(value, str) and value for value in dict(item.metadata).values())
    for remark in content.remarks:
        assert remark.strip()
        assert "\n" not in remark


@pytest.mark.parametrize("name", READERS)
def test_damage_is_content_or_a_read_error_and_nothing_else(name: str, tmp_path: Path) -> None:
    file_name, good = samples()[name]
    chance = random.Random(name)
    for _ in range(MUTATIONS):
        data = mutated(good, chance)
        try:
            decoded = read(tmp_path, file_name, data)
        except ReadError as error:
            assert str(error)
            assert "\n" not in str(error)
        else:
            check(decoded, bytes_sha256(data))


def mutated(good: bytes, chance: random.Random) -> bytes:
    """Flip some bytes, cut the file off, or overwrite four bytes with a huge number."""
    data = bytearray(good)
    kind = chance.choice(("flip", "cut", "length"))
    if kind == "cut":
        return bytes(data[: chance.randrange(len(data))])
    place = chance.randrange(len(data))
    if kind == "length":
        data[place : place + 4] = chance.choice((b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\0\0\0\0"))
        return bytes(data)
    for _ in range(chance.randrange(1, 9)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(data)
