"""The one table of export formats, by file name suffix, and how the right one is found."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import UsageError
from engine.exporters.options import ExportOptions

if TYPE_CHECKING:
    from engine.store import CaseStore

Write = Callable[["CaseStore", Path, ExportOptions], None]

# Suffix: "module:function". The longest that a file name ends in counts. More formats slot in here.
FORMATS: Mapping[str, str] = {
    ".pdf": "engine.exporters.pdf.document:write",
    ".html": "engine.exporters.html.page:write",
    ".json": "engine.exporters.json_document:write",
    ".csv": "engine.exporters.csv_table:write",
    ".coco.json": "engine.exporters.coco:write",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format's name, which is its suffix without the dot, and what writes it."""

    name: str
    write: Write


def find_format(out: Path, name: str = "") -> Format:
    """Return the format called ``name``, else that of the longest suffix of ``out``; raises UsageError."""
    suffix = f".{name.lower().lstrip('.')}" if name else _longest_suffix(out.name.lower())
    target = FORMATS.get(suffix)
    if target is None:
        known = ", ".join(sorted(key.lstrip(".") for key in FORMATS))
        asked = f"format {name!r}" if name else f"the ending of {out.name!r}"
        raise UsageError(f"{asked} is not an export format; there are: {known}")
    module, _, function = target.partition(":")
    return Format(name=suffix.lstrip("."), write=getattr(import_module(module), function))


def _longest_suffix(file_name: str) -> str:
    fitting = [suffix for suffix in FORMATS if file_name.endswith(suffix)]
    return max(fitting, key=len, default="")
