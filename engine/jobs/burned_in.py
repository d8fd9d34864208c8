"""Which pictures are looked through for writing: photographs of evidence, and DICOM that may bear some."""

from __future__ import annotations

from engine.model.evidence import CaseKind, Image

# Kinds of DICOM pictures on which devices and people write names, dates and measures (PS3.15 E.1.1):
# ultrasound, angiography, fluoroscopy, captured screens and films, endoscopy, photographs, others.
_WRITTEN_ON = frozenset(
    {"US", "IVUS", "XA", "RF", "SC", "OT", "ES", "XC", "GM", "DOC", "HC", "OP", "BI", "TG", "DG", "ECG"}
)
_CAPTURED = "Secondary Capture"


def is_read(image: Image, kind: CaseKind, *, fits: bool, is_page: bool = False) -> bool:
    """Tell whether writing is looked for in a picture; ``fits``: it is a photograph, a page or a chart.

    Photographs are read in forensic cases, pages in all. A DICOM picture is read in any case when it
    says that writing is burned in, or does not deny it and is of a kind that often bears some; of
    several frames only the first, since they bear the same.
    """
    stated = dict(image.metadata)
    if "transfer_syntax" not in stated:
        return fits and (is_page or kind is CaseKind.FORENSIC)
    if image.frame:
        return False
    said = stated.get("burned_in_text", "").upper()
    if said in ("YES", "NO"):
        return said == "YES"
    return image.modality.upper() in _WRITTEN_ON or _CAPTURED in stated.get("kind", "")
