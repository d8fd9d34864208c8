"""Good files of every kind that is read, made here, and the damage that is done to them."""

from __future__ import annotations

import gzip
import io
import random
import struct
import zipfile
from email.message import EmailMessage
from functools import cache

import numpy as np
from PIL import Image as Picture

TEXT = "The chest radiograph shows a small nodule in the left upper lobe."


@cache
def good_files() -> dict[str, bytes]:
    """Return good files by name: one for each reader, and pictures of each kind that Pillow can write."""
    made = {f"{reader}-{name}": data for reader, (name, data) in samples().items()}
    for kind, suffix in _KINDS.items():
        made[f"picture.{suffix}"] = _picture(kind, (96, 64))
    made["pages.tiff"] = _picture("TIFF", (64, 48), save_all=True, append_images=[_noise((32, 24))])
    made["picture.heic"] = _heic()
    made["note.gz"] = gzip.compress(TEXT.encode(), mtime=0)
    return made


_KINDS = {
    "JPEG": "jpg",
    "TIFF": "tif",
    "BMP": "bmp",
    "GIF": "gif",
    "WEBP": "webp",
    "AVIF": "avif",
    "JPEG2000": "jp2",
    "PPM": "ppm",
    "PCX": "pcx",
    "TGA": "tga",
    "SGI": "sgi",
    "ICO": "ico",
}


def _noise(size: tuple[int, int]) -> Picture.Image:
    width, height = size
    return Picture.fromarray(np.random.default_rng(1).integers(0, 255, (height, width, 3), dtype=np.uint8))


def _heic() -> bytes:
    import pillow_heif

    pillow_heif.register_heif_opener()
    return _picture("HEIF", (64, 48))


@cache
def samples() -> dict[str, tuple[str, bytes]]:
    """One good file for each built-in reader: the name it has in the folder, and its bytes."""
    text = TEXT
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
        "presentation": ("a.pptx", presentation(text)),
        "lines": ("a.jsonl", "".join(f'{{"image": "{n}.png", "note": "{text}"}}\n' for n in (1, 2)).encode()),
        "odt": ("a.odt", _odt(text)),
        "doc": ("a.doc", _doc(text)),
        "msg": ("a.msg", _msg(text)),
        "archive": ("a.zip", _zip({"notes/a.txt": text.encode(), "b.png": _picture()})),
        "table": ("a.csv", f"file,note\na.png,{text}\nb.png,{text} It grew.\n".encode()),
    }


def _picture(kind: str = "PNG", size: tuple[int, int] = (32, 24), **options: object) -> bytes:
    target = io.BytesIO()
    _noise(size).save(target, kind, **options)
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


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) whose streams all lie in sectors of 512 bytes; "a/b" lies in folder a."""
    nodes = [("", "Root Entry", b"", 5)]
    for path, data in streams.items():
        folders = path.split("/")[:-1]
        for depth in range(len(folders)):
            parent, name = "/".join(folders[:depth]), folders[depth]
            if not any((each[0], each[1]) == (parent, name) and each[3] == 1 for each in nodes):
                nodes.append((parent, name, b"", 1))
        nodes.append(("/".join(folders), path.rsplit("/", 1)[-1], data, 2))
    children: dict[str, list[int]] = {}
    for number, (parent, _, _, kind) in enumerate(nodes):
        if kind != 5:
            children.setdefault(parent, []).append(number)
    directory_sectors = -(-len(nodes) // 4)
    table = [0xFFFFFFFD, *range(2, directory_sectors + 1), 0xFFFFFFFE]
    entries, contents = b"", b""
    for number, (parent, name, data, kind) in enumerate(nodes):
        start, count = len(table), -(-len(data) // 512)
        table += [*range(start + 1, start + count), 0xFFFFFFFE][:count]
        contents += data.ljust(512 * count, b"\0")
        own = name if not parent else f"{parent}/{name}"
        beside = children.get(parent, []) if kind != 5 else []
        right = next((each for each in beside if each > number), 0xFFFFFFFF)
        inside = children.get("" if kind == 5 else own, []) if kind != 2 else []
        links = (0xFFFFFFFF, right, inside[0] if inside else 0xFFFFFFFF)
        entry = name.encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBB", 2 * len(name) + 2, kind, 1)
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
    return compound({"WordDocument": words.ljust(1024, b"\0") + data, "0Table": pieces})


def _msg(text: str) -> bytes:
    named = {"0037": "X-ray", "1000": text, "0C1A": "Ash", "0E04": "Lab"}
    streams = {f"__substg1.0_{number}001F": value.encode("utf-16-le") for number, value in named.items()}
    sent = struct.pack("<HHIQ", 0x40, 0x39, 6, 133_590_454_200_000_000)
    return compound({**streams, "__properties_version1.0": bytes(32) + sent})


def presentation(*slides: str) -> bytes:
    """A PPTX of one line per slide; the first slide has a picture and notes."""
    space = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    members = {
        f"ppt/slides/slide{number}.xml": f"<p><a:p {space}><a:r><a:t>{line}</a:t></a:r></a:p></p>".encode()
        for number, line in enumerate(slides, start=1)
    }
    related = '<r Target="../media/image1.png"/><r Target="../notesSlides/notesSlide1.xml"/>'
    notes = f"<p><a:p {space}><a:r><a:t>Said aloud.</a:t></a:r></a:p></p>"
    return _zip(
        {
            **members,
            "ppt/slides/_rels/slide1.xml.rels": f"<rs>{related}</rs>".encode(),
            "ppt/notesSlides/notesSlide1.xml": notes.encode(),
            "ppt/media/image1.png": _picture(),
        }
    )


def _workbook(text: str) -> bytes:
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    rows = [("file", "note"), ("a.png", text), ("b.png", f"{text} It grew.")]
    cells = "".join(
        f'<row>{"".join(f"""<c t="inlineStr"><is><t>{cell}</t></is></c>""" for cell in row)}</row>'
        for row in rows
    )
    sheet = f"<worksheet {space}><sheetData>{cells}</sheetData></worksheet>"
    return _zip({"xl/worksheets/sheet1.xml": sheet.encode()})


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
