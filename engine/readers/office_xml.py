"""XML of office files: parsed without entities and addresses."""

from __future__ import annotations

from xml.etree import ElementTree

from engine.errors import CorruptFile
from engine.readers.opening import PARSER_ERRORS, reason


def parse_xml(data: bytes, what: str) -> ElementTree.Element:
    """Return the root element; raises CorruptFile, also where entities are declared: a bomb's means."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise CorruptFile(f"its {what} declares entities, which no office program writes")
    try:
        return ElementTree.fromstring(data)
    except PARSER_ERRORS as error:  # ParseError is a SyntaxError
        raise CorruptFile(f"its {what} is damaged: {reason(error)}") from error


def local_name(element: ElementTree.Element) -> str:
    """Return the tag without its namespace."""
    return element.tag.rpartition("}")[2]
