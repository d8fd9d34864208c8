"""Figures of a document: "Fig. 3" in its text is the picture that the same file shows with that caption."""

from __future__ import annotations

import re
from collections.abc import Iterator

from engine.model.evidence import SourceFile
from engine.model.findings import Cue, Entity
from engine.protocols import ImageSide, Pair, ReportSide

_NUMBER = re.compile(r"\d{1,3}")
_TITLE_CHARS = 40
_SHOWN_CHARS = 60


def figure_keys(side: ImageSide) -> frozenset[str]:
    """Return the index keys of a picture inside documents: the document and its number there."""
    return frozenset(
        f"figure:{file.root}/{_container(file)}#{number}"
        for file in side.files
        if (number := _caption_number(file)) is not None
    )


def mentioned_figure_keys(side: ReportSide) -> frozenset[str]:
    """Return the index keys of the figures that a text names, in each file that holds the text."""
    numbers = {number for entity in side.entities if (number := _said_number(entity)) is not None}
    return frozenset(
        f"figure:{file.root}/{file.relative_path}#{number}" for file in side.files for number in numbers
    )


def figure_cue(entity: Entity, pair: Pair) -> Cue | None:
    """Return why an Entity names this picture by its caption, or None where it does not."""
    number = _said_number(entity)
    for file in _own_pictures(pair):
        if number is not None and number == _caption_number(file):
            shown = file.caption[:_SHOWN_CHARS]
            detail = f"“{entity.text}” is the picture {_member(file)} with the caption “{shown}”"
            return Cue(rule="names-figure", detail=detail, weight=1.0)
    return None


def is_figure_of_text(pair: Pair) -> bool:
    """Tell whether the picture has a numbered caption in the text's own file, which then says its name."""
    return any(_caption_number(file) is not None for file in _own_pictures(pair))


def _own_pictures(pair: Pair) -> Iterator[SourceFile]:
    containers = {file.id for file in pair.report_side.files}
    return (file for file in pair.image_side.files if file.parent_id in containers)


def _said_number(entity: Entity) -> int | None:
    return _first_number(entity.normal or entity.text) if entity.label == "figure" else None


def _caption_number(file: SourceFile) -> int | None:
    return _first_number(file.caption[:_TITLE_CHARS]) if file.parent_id and file.caption else None


def _first_number(text: str) -> int | None:
    found = _NUMBER.search(text)
    return int(found[0]) if found else None


def _container(file: SourceFile) -> str:
    return file.relative_path.rpartition("!")[0]


def _member(file: SourceFile) -> str:
    return file.relative_path.rpartition("!")[2]
