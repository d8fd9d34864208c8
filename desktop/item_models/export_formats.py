"""The formats in which a case can leave the program, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.item_models.wording import mark

_CONTEXT: Final = "Formats"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportFormat:
    """``key`` is the engine's name, ``suffix`` that of its files; formats that fill a folder have none."""

    key: str
    title: str
    sentence: str
    has_pages: bool = False
    is_folder: bool = False

    @property
    def suffix(self) -> str:
        return "" if self.is_folder else f".{self.key}"

    @property
    def has_scope(self) -> bool:
        return self.has_pages or self.key == "html"

    def name(self) -> str:
        return QCoreApplication.translate(_CONTEXT, self.title)

    def about(self) -> str:
        return QCoreApplication.translate(_CONTEXT, self.sentence)


def _format(key: str, title: str, sentence: str, **more: bool) -> ExportFormat:
    return ExportFormat(key=key, title=title, sentence=sentence, **more)


EXPORT_FORMATS: Final = (
    _format(
        "pdf",
        mark("Formats", "Case report (PDF)"),
        mark(
            "Formats",
            "For people: every image and report with findings, links, contradictions, decisions and issues, "
            "the tools used with versions and hashes, and the head of the audit chain.",
        ),
        has_pages=True,
    ),
    _format(
        "html",
        mark("Formats", "Case report (web page)"),
        mark("Formats", "The same in one file for a browser, with its pictures inside."),
    ),
    _format(
        "zip",
        mark("Formats", "Portable case (ZIP file)"),
        mark("Formats", "Case, evidence, a page for any browser and checksums, to be read elsewhere."),
    ),
    _format(
        "portable",
        mark("Formats", "Portable case (folder)"),
        mark("Formats", "The same as a folder."),
        is_folder=True,
    ),
    _format(
        "portable-light",
        mark("Formats", "Portable case without evidence (folder)"),
        mark("Formats", "The same without the files of the evidence."),
        is_folder=True,
    ),
    _format(
        "xlsx",
        mark("Formats", "Workbook (Excel)"),
        mark("Formats", "A sheet for each kind of row; formulas in evidence stay text."),
    ),
    _format(
        "csv",
        mark("Formats", "Table of findings (CSV)"),
        mark("Formats", "One finding a line; formulas in evidence stay text."),
    ),
    _format(
        "json",
        mark("Formats", "All findings (JSON)"),
        mark("Formats", "For programs, with a published schema."),
    ),
    _format(
        "case.jsonld",
        mark("Formats", "CASE/UCO (JSON-LD)"),
        mark("Formats", "Cyber-investigation exchange: evidence, tools, actions and findings as a graph."),
    ),
    _format(
        "fhir.json",
        mark("Formats", "FHIR R4 bundle"),
        mark("Formats", "Clinical exchange: diagnostic reports, imaging studies and observations."),
    ),
    _format(
        "dicom-seg",
        mark("Formats", "Regions (DICOM segmentation folder)"),
        mark("Formats", "Segmentation objects for the DICOM pictures of the case."),
        is_folder=True,
    ),
    _format(
        "dicom-sr",
        mark("Formats", "Measurements (DICOM structured reports)"),
        mark("Formats", "Measurement reports (TID 1500) for the DICOM pictures of the case."),
        is_folder=True,
    ),
    _format(
        "dicom",
        mark("Formats", "DICOM files (folder)"),
        mark("Formats", "Copies of the DICOM files, as they are or as de-identification leaves them."),
        is_folder=True,
    ),
    _format(
        "coco.json",
        mark("Formats", "Regions (COCO)"),
        mark("Formats", "Outlines of regions in the format of COCO."),
    ),
    _format(
        "labelme",
        mark("Formats", "Regions (labelme folder)"),
        mark("Formats", "One file an image, to be edited with labelme."),
        is_folder=True,
    ),
    _format(
        "yolo",
        mark("Formats", "Regions (YOLO folder)"),
        mark("Formats", "Pictures and outlines as training data."),
        is_folder=True,
    ),
    _format(
        "kml",
        mark("Formats", "Places (KML)"),
        mark("Formats", "Where pictures were taken and which coordinates texts name, for Google Earth."),
    ),
    _format(
        "gpx",
        mark("Formats", "Places (GPX)"),
        mark("Formats", "The same as waypoints for navigation devices."),
    ),
    _format(
        "geojson",
        mark("Formats", "Places (GeoJSON)"),
        mark("Formats", "The same for geographic information systems."),
    ),
)
