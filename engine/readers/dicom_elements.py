"""Elements of a DICOM dataset, read so that a damaged one counts as absent."""

from __future__ import annotations

import math
from typing import Any

from engine.readers.opening import PARSER_ERRORS
from engine.readers.prose import normalize


def _value(dataset: Any, keyword: str) -> Any:
    """Return an element's value, None where it is absent or does not fit its representation."""
    from pydicom.errors import BytesLengthException

    try:
        return dataset.get(keyword)
    except (BytesLengthException, *PARSER_ERRORS):
        return None


def words(dataset: Any, keyword: str) -> str:
    """Return an element as one line of text, its values parted by "\\\\"; empty where damaged."""
    try:
        value = _value(dataset, keyword)
        if value is None or isinstance(value, bytes):
            return ""
        several = (
            not isinstance(value, str) and hasattr(value, "__iter__") and not hasattr(value, "family_name")
        )
        text = "\\".join(str(item) for item in value) if several else str(value)
    except PARSER_ERRORS:
        return ""
    return " ".join(normalize(text).split()).strip("^ ")[:1000]


def numbers(dataset: Any, keyword: str) -> tuple[float, ...]:
    """Return the finite numbers of an element; empty where it is absent or damaged."""
    try:
        value = _value(dataset, keyword)
        if value is None or value == "":
            return ()
        values = value if hasattr(value, "__iter__") and not isinstance(value, str) else [value]
        found = tuple(float(item) for item in values)
    except PARSER_ERRORS:
        return ()
    return found if all(math.isfinite(item) for item in found) else ()


def uid_name(dataset: Any, keyword: str) -> str:
    """Return the standard's name of a UID element, the UID itself where it has none."""
    uid = words(dataset, keyword)
    if not uid:
        return ""
    from pydicom.uid import UID

    return str(UID(uid).name)


def items(dataset: Any, keyword: str) -> list[Any]:
    """Return the items of a sequence; empty where it is absent or damaged."""
    try:
        return list(_value(dataset, keyword) or ())
    except PARSER_ERRORS:
        return []


def code_meaning(dataset: Any, keyword: str) -> str:
    """Return the words of the first code of a sequence (PS3.3 8.8); empty where there is none."""
    codes = items(dataset, keyword)
    return words(codes[0], "CodeMeaning") if codes else ""


def functional_group(dataset: Any, frame: int, keyword: str) -> Any | None:
    """Return an item of the functional groups of a frame (enhanced multi-frame, PS3.3 C.7.6.16)."""
    per_frame = items(dataset, "PerFrameFunctionalGroupsSequence")
    own = per_frame[frame : frame + 1]
    for group in (*own, *items(dataset, "SharedFunctionalGroupsSequence")[:1]):
        found = items(group, keyword)
        if found:
            return found[0]
    return None
