"""Writes a text as the kinds of file that people keep texts in, the same bytes each time.

The text is plain: a line in capitals that ends with a colon is a heading, an empty line ends a
paragraph. Every format carries the same words, so that a reader of any of them finds the same.
"""

from __future__ import annotations

import html
import io
import mimetypes
import zipfile
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

_ZIP_DATE = (2026, 1, 5, 8, 0, 0)


def write_document(
    path: Path,
    text: str,
    *,
    title: str = "",
    attach: Sequence[Path] = (),
    mail: Mapping[str, str] | None = None,
) -> None:
    """Write ``text`` in the format that the suffix of ``path`` names; ``mail`` holds header lines."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".eml":
        path.write_bytes(_eml(text, title, attach, mail or {}))
    else:
        path.write_bytes(_FORMATS[path.suffix](text, title))


def is_heading(line: str) -> bool:
    return line.endswith(":") and line == line.upper() and len(line) < 40


def _plain(text: str, title: str) -> bytes:
    return f"{title}\n\n{text}\n".lstrip().encode()


def _markdown(text: str, title: str) -> bytes:
    lines = [f"## {line[:-1].capitalize()}\n" if is_heading(line) else line for line in text.splitlines()]
    return (f"# {title}\n\n" + "\n".join(lines) + "\n").encode()


def _unwrapped(text: str) -> str:
    """Return the text with wrapped lines joined: a long line goes on in the next."""
    lines: list[str] = []
    for line in text.splitlines():
        if lines and line and len(lines[-1].rpartition("\n")[2]) > 78:
            lines[-1] += f"\0{line}"
        else:
            lines.append(line)
    return "\n".join(line.replace("\0", " ") for line in lines)


def _html(text: str, title: str) -> bytes:
    parts = [f"<h1>{html.escape(title)}</h1>"]
    for block in _unwrapped(text).split("\n\n"):
        lines = block.splitlines()
        if lines and is_heading(lines[0]):
            parts.append(f"<h2>{html.escape(lines.pop(0))}</h2>")
        parts.append("<p>" + "<br>\n".join(html.escape(line) for line in lines) + "</p>")
    style = "body { font-family: serif; max-width: 40em; margin: 2em auto; }"
    head = f'<meta charset="utf-8"><title>{html.escape(title)}</title><style>{style}</style>'
    page = f"<!DOCTYPE html>\n<html lang='en'><head>{head}</head>\n<body>\n" + "\n".join(parts)
    return (page + "\n</body></html>\n").encode()


def _rtf(text: str, title: str) -> bytes:
    def escape(line: str) -> str:
        safe = line.replace("\\", "\\\\").replace("{", "\\{").replace("}", "\\}")
        return "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in safe)

    lines = [f"\\b {escape(title)}\\b0\\par\\par"]
    for line in _unwrapped(text).splitlines():
        lines.append(f"\\b {escape(line)}\\b0\\par" if is_heading(line) else f"{escape(line)}\\par")
    body = "\n".join(lines)
    return f"{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0 Times New Roman;}}}}\\f0\\fs22\n{body}\n}}\n".encode(
        "ascii"
    )


def _docx(text: str, title: str) -> bytes:
    import docx

    document = docx.Document()
    document.add_heading(title, level=1)
    for block in _unwrapped(text).split("\n\n"):
        lines = block.splitlines()
        if lines and is_heading(lines[0]):
            document.add_heading(lines.pop(0), level=2)
        if lines:
            document.add_paragraph("\n".join(lines))
    moment = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
    document.core_properties.created = document.core_properties.modified = moment
    document.core_properties.author = document.core_properties.last_modified_by = "Casebook samples"
    document.core_properties.title = title
    buffer = io.BytesIO()
    document.save(buffer)
    return _dated(buffer.getvalue())


def _dated(archive: bytes) -> bytes:
    """Return the zip archive with every member's clock set to one moment."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, old.read(name))
    return buffer.getvalue()


def _pdf(text: str, title: str) -> bytes:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    styles = getSampleStyleSheet()
    flow = [Paragraph(html.escape(title), styles["Title"])]
    for block in _unwrapped(text).split("\n\n"):
        lines = block.splitlines()
        if lines and is_heading(lines[0]):
            flow.append(Paragraph(html.escape(lines.pop(0)), styles["Heading3"]))
        if lines:
            flow.append(Paragraph("<br/>".join(html.escape(line) for line in lines), styles["BodyText"]))
        flow.append(Spacer(1, 6))
    buffer = io.BytesIO()
    page = SimpleDocTemplate(buffer, pagesize=A4, title=title, author="Casebook samples", invariant=1)
    page.build(flow)
    return buffer.getvalue()


def _eml(text: str, title: str, attach: Sequence[Path], headers: Mapping[str, str]) -> bytes:
    message = EmailMessage()
    message["From"] = headers.get("sender", "reading-room@hospital.example")
    message["To"] = headers.get("to", "ward-4@hospital.example")
    message["Subject"] = title
    moment = datetime.fromisoformat(headers.get("sent", "2026-01-05T08:00:00+00:00"))
    message["Date"] = format_datetime(moment)
    message["Message-ID"] = f"<{abs(sum(map(ord, title + text)))}.sample@casebook.example>"
    message.set_content(text + "\n")
    for path in attach:
        kind, _, subtype = (mimetypes.guess_type(path.name)[0] or "application/octet-stream").partition("/")
        message.add_attachment(path.read_bytes(), maintype=kind, subtype=subtype, filename=path.name)
    if message.is_multipart():
        message.set_boundary("=====casebook-sample=====")
    return message.as_bytes()


_FORMATS: Mapping[str, Callable[[str, str], bytes]] = {
    ".txt": _plain,
    ".md": _markdown,
    ".html": _html,
    ".rtf": _rtf,
    ".docx": _docx,
    ".pdf": _pdf,
}
