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
    ".xlsx": "engine.exporters.workbook:write",
    ".coco.json": "engine.exporters.coco:write",
    ".case.jsonld": "engine.exporters.case_uco.graph:write",
    ".fhir.json": "engine.exporters.fhir.bundle:write",
    ".kml": "engine.exporters.places:write_kml",
    ".gpx": "engine.exporters.places:write_gpx",
    ".geojson": "engine.exporters.places:write_geojson",
    ".zip": "engine.exporters.portable:write_zip",
}

# Formats that fill a folder, and so have no suffix.
FOLDER_FORMATS: Mapping[str, str] = {
    "dicom": "engine.exporters.dicom_copies:write",
    "yolo": "engine.exporters.labeled_folders:write_yolo",
    "labelme": "engine.exporters.labeled_folders:write_labelme",
    "dicom-seg": "engine.exporters.dicom.segmentation:write",
    "portable": "engine.exporters.portable:write",
    "portable-light": "engine.exporters.portable:write_without_evidence",
    "dicom-sr": "engine.exporters.dicom.report:write",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format's name, which is its suffix without the dot, and what writes it: a file, or into a folder."""

    name: str
    write: Write
    is_folder: bool = False


def find_format(out: Path, name: str = "") -> Format:
    """Return the format called ``name``, else that of the longest suffix of ``out``; raises UsageError."""
    asked = name.lower().lstrip(".")
    suffix = f".{asked}" if name else _longest_suffix(out.name.lower())
    target = FOLDER_FORMATS.get(asked) or FORMATS.get(suffix)
    if target is None:
        known = ", ".join(sorted([key.lstrip(".") for key in FORMATS] + list(FOLDER_FORMATS)))
        wanted = f"format {name!r}" if name else f"the ending of {out.name!r}"
        raise UsageError(f"{wanted} is not an export format; there are: {known}")
    module, _, function = target.partition(":")
    return Format(
        name=asked if asked in FOLDER_FORMATS else suffix.lstrip("."),
        write=getattr(import_module(module), function),
        is_folder=asked in FOLDER_FORMATS,
    )


def _longest_suffix(file_name: str) -> str:
    fitting = [suffix for suffix in FORMATS if file_name.endswith(suffix)]
    return max(fitting, key=len, default="")
