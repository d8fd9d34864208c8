"""Words that people wrote into a picture file: IPTC and XMP captions, comments."""

from __future__ import annotations

from typing import Any

from engine.errors import CorruptFile
from engine.readers.office_xml import local_name, parse_xml
from engine.readers.opening import PARSER_ERRORS
from engine.readers.prose import decode, normalize

_MAX_CHARS = 2_000
_MAX_XMP_BYTES = 1 << 20
# Datasets of IPTC-IIM 4.2, application record.
_IPTC = {(2, 120): "caption", (2, 105): "headline", (2, 5): "title", (2, 25): "keywords", (2, 80): "author"}
# Properties of XMP, by their local names (Dublin Core and Photoshop schemas).
_XMP = {
    "description": "caption",
    "Headline": "headline",
    "title": "title",
    "subject": "keywords",
    "creator": "author",
}


def captions(picture: Any) -> dict[str, str]:
    """Return what is written in an opened ``PIL.Image``; XMP goes before IPTC."""
    found = {**_comment(picture), **_iptc(picture), **_xmp(picture)}
    return {key: words for key, words in found.items() if words}


def _iptc(picture: Any) -> dict[str, str]:
    from PIL import IptcImagePlugin

    try:
        records = IptcImagePlugin.getiptcinfo(picture) or {}
    except PARSER_ERRORS:
        return {}
    return {name: _words(records.get(dataset)) for dataset, name in _IPTC.items()}


def _xmp(picture: Any) -> dict[str, str]:
    packet = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    data = packet.encode() if isinstance(packet, str) else packet
    if not isinstance(data, bytes) or len(data) > _MAX_XMP_BYTES:
        return {}
    try:
        root = parse_xml(data.strip(b"\0 \r\n\t"), "XMP")
    except CorruptFile:
        return {}
    found: dict[str, str] = {}
    for element in root.iter():
        name = _XMP.get(local_name(element), "")
        if name and name not in found:
            items = [item.text or "" for item in element.iter() if local_name(item) == "li"]
            found[name] = _words(items or [element.text or ""])
    return found


def _comment(picture: Any) -> dict[str, str]:
    return {"comment": _words(picture.info.get("comment") or picture.info.get("Comment"))}


def _words(value: Any) -> str:
    """Return one line for a value, or several of them, of bytes or text."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_words(item) for item in value)))[:_MAX_CHARS]
    text = decode(value)[0] if isinstance(value, bytes) else value if isinstance(value, str) else ""
    return " ".join(normalize(text).split())[:_MAX_CHARS]
