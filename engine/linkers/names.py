"""Names that tie a text to a picture: file names, picture numbers, exhibit and study numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath

_PICTURE_WORD = (
    r"(?:photograph|photo|picture|image|frame|still|figure|fig|slide|plate|shot|exposure|scan|img|pic)"
)
_PICTURE_NUMBER = re.compile(
    rf"\b{_PICTURE_WORD}s?\.?[ \u00a0]*(?:no\.?|nr\.?|number|#)?[ \u00a0]*(\d{{1,6}})\b(?![.,:/]\d)",
    re.IGNORECASE,
)
_FILE_NAME = re.compile(
    r"(?<![\w./-])[\w-]+(?:[/\\][\w .-]+)*\.(?:jpe?g|png|tiff?|bmp|webp|heic|heif|dcm|dicom|gif|nef|dng)\b",
    re.IGNORECASE,
)
_CAMERA_NAME = re.compile(r"\b(?:IMG|DSC|DSCN|DSCF|PXL|P|GOPR|MVI|SAM|WP)[_-]?\d{3,10}(?:_\d+)?\b")
_CODE = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"\d+")
_MADE_NAME = re.compile(r"!(?:(?:page|slide)-\d+-)?(?:picture-|image)\d+\.\w+$")


def picture_numbers(text: str) -> frozenset[int]:
    """Return the numbers of pictures that a text names: 12 for "photograph 12", 3 for "Still 3 of 41"."""
    return frozenset(int(match.group(1)) for match in _PICTURE_NUMBER.finditer(text))


def file_names(text: str) -> frozenset[str]:
    """Return the stems of the picture files that a text names, in canonical form."""
    found = [match.group(0) for match in _FILE_NAME.finditer(text)]
    return frozenset(stem_of(name) for name in found) | frozenset(
        canonical(match.group(0)) for match in _CAMERA_NAME.finditer(text)
    )


def stem_of(path: str) -> str:
    """Return the canonical name of a file without folder and suffix."""
    return canonical(PurePosixPath(path.replace("\\", "/").rsplit("!", 1)[-1]).stem)


def folder_of(path: str) -> str:
    return str(PurePosixPath(path.replace("\\", "/")).parent)


def number_of(path: str) -> int | None:
    """Return the last number in a file's stem: 12 for "photo_0012.jpg"; None without one.

    What a program called a picture inside a document ("image3.png") is no number that a text speaks of.
    """
    if _MADE_NAME.search(path):
        return None
    numbers = _NUMBER.findall(PurePosixPath(path).stem)
    return int(numbers[-1][-9:]) if numbers else None


def canonical(code: str) -> str:
    """Return a code without case, blanks and marks: "DPR/2" and "dpr-2" are "dpr2"."""
    return _CODE.sub("", code.lower())


def codes(values: Iterable[str]) -> frozenset[str]:
    """Return the canonical forms of all values that are long enough to tell things apart."""
    return frozenset(code for code in map(canonical, values) if len(code) >= 3)
