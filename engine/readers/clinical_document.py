"""Clinical documents of HL7 CDA, release 2, as DICOM files enclose them (PS3.3 A.45.2): prose by section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from engine.errors import UnsupportedFile
from engine.readers.office_xml import local_name, parse_xml
from engine.readers.prose import normalize

_ROOT = "ClinicalDocument"
# Elements of a narrative block that begin a line of their own.
_LINES = frozenset({"paragraph", "item", "tr", "br", "caption", "list", "table", "text"})
_BLANKS = re.compile(r"\s+")
_CELLS = frozenset({"td", "th"})


def clinical_text(data: bytes) -> tuple[str, str]:
    """Return title and text of a CDA document; raises CorruptFile, or UnsupportedFile for other XML."""
    root = parse_xml(data, "clinical document")
    if local_name(root) != _ROOT:
        raise UnsupportedFile(f"encloses XML that is no clinical document: {local_name(root)[:60]}")
    title = _flat(_child(root, "title"))
    blocks = [block for block in (title, *_sections(root)) if block]
    return title, normalize("\n\n".join(blocks))


def _sections(root: ElementTree.Element) -> Iterator[str]:
    for element in root.iter():
        if local_name(element) == "section":
            heading, text = _flat(_child(element, "title")), _narrative(_child(element, "text"))
            yield "\n".join(filter(None, (heading, text)))
        elif local_name(element) == "nonXMLBody":
            yield _flat(_child(element, "text")) if _is_plain(element) else ""


def _is_plain(body: ElementTree.Element) -> bool:
    text = _child(body, "text")
    return text is not None and text.get("representation", "TXT") == "TXT"


def _child(element: ElementTree.Element, name: str) -> ElementTree.Element | None:
    return next((child for child in element if local_name(child) == name), None)


def _flat(element: ElementTree.Element | None) -> str:
    return "" if element is None else " ".join("".join(element.itertext()).split())


def _narrative(element: ElementTree.Element | None) -> str:
    """Return a narrative block: a line for each paragraph, item and row, cells parted by bars."""
    if element is None:
        return ""
    lines = ("".join(_pieces(element))).split("\n")
    flat = (" ".join(line.split()).strip(" |") for line in lines)
    return "\n".join(line for line in flat if line)


def _pieces(root: ElementTree.Element) -> Iterator[str]:
    waiting: list[ElementTree.Element | str] = [root]
    while waiting:
        part = waiting.pop()
        if isinstance(part, str):
            yield part
            continue
        name = local_name(part)
        mark = "\n" if name in _LINES else " | " if name in _CELLS else ""
        following: list[ElementTree.Element | str] = [mark, _spaced(part.text)]
        for child in part:
            following += [child, _spaced(child.tail)]
        following.append("\n" if name in _LINES else "")
        waiting.extend(reversed(following))


def _spaced(text: str | None) -> str:
    """Return text whose own line ends, which mean nothing in XML, are blanks."""
    return _BLANKS.sub(" ", text or "")
