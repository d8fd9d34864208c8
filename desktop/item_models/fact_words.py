"""What the facts that a file tells of itself are called; what has no name here keeps that of the file."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.item_models.wording import mark

_CONTEXT: Final = "FileFacts"
_NAMES: Final = {
    "accession_number": mark("FileFacts", "Accession number"),
    "body_part": mark("FileFacts", "Body part"),
    "burned_in_text": mark("FileFacts", "Text in the pixels"),
    "camera": mark("FileFacts", "Camera"),
    "captured_at_source": mark("FileFacts", "Time taken from"),
    "captured_at_zone": mark("FileFacts", "Time zone"),
    "color_mode": mark("FileFacts", "Colors"),
    "device": mark("FileFacts", "Device"),
    "encoding": mark("FileFacts", "Character set"),
    "exhibit": mark("FileFacts", "Exhibit"),
    "format": mark("FileFacts", "Format"),
    "frames": mark("FileFacts", "Frames"),
    "from": mark("FileFacts", "From"),
    "institution": mark("FileFacts", "Institution"),
    "kind": mark("FileFacts", "Kind"),
    "manufacturer": mark("FileFacts", "Manufacturer"),
    "patient_age": mark("FileFacts", "Age"),
    "patient_name": mark("FileFacts", "Patient"),
    "patient_sex": mark("FileFacts", "Sex"),
    "read_by": mark("FileFacts", "Read by"),
    "series_description": mark("FileFacts", "Series"),
    "study_date": mark("FileFacts", "Study date"),
    "study_description": mark("FileFacts", "Study"),
    "to": mark("FileFacts", "To"),
    "transfer_syntax": mark("FileFacts", "Transfer syntax"),
}


def fact_name(key: str) -> str:
    """Return a name of a file's fact in the user's language: "Time zone" for ``captured_at_zone``."""
    known = _NAMES.get(key)
    return QCoreApplication.translate(_CONTEXT, known) if known else key.replace("_", " ").capitalize()
