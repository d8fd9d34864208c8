"""Documents that DICOM files enclose (PS3.3 A.45): PDF and clinical documents as Reports, others by name."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from engine.errors import UnsupportedFile
from engine.model.evidence import Report
from engine.protocols import Attachment, Content
from engine.readers.clinical_document import clinical_text
from engine.readers.dicom_elements import uid_name, words
from engine.readers.dicom_facts import DicomFacts
from engine.readers.dicom_references import reference_report
from engine.readers.pdf import read_pdf

MEDIA_TYPE = "application/dicom"
_ENDINGS = {"text/plain": ".txt", "text/html": ".html", "application/rtf": ".rtf"}


def enclosed_document(dataset: Any, sha256: str, facts: DicomFacts) -> Content:
    """Read the enclosed document under the patient and study of its file.

    Text and web pages are handed on as attachments. Raises UnsupportedFile for what is no document.
    """
    data = bytes(dataset.EncapsulatedDocument)
    kind = words(dataset, "MIMETypeOfEncapsulatedDocument").lower()
    if kind == "application/pdf" or b"%PDF-" in data[:1024]:
        return _pdf(dataset, data, sha256, facts)
    if kind.endswith("xml") or data.lstrip().startswith(b"<?xml"):
        title, text = clinical_text(data.rstrip(b"\0"))
        report = reference_report(sha256, facts, words(dataset, "DocumentTitle") or title, [text], ())
        return Content(media_type=MEDIA_TYPE, reports=(report,))
    if kind not in _ENDINGS:
        name = uid_name(dataset, "SOPClassUID").removesuffix(" Storage")
        raise UnsupportedFile(f"has no pixels: encloses a document of type {kind or 'unknown'} ({name})")
    enclosed = Attachment(name=f"document{_ENDINGS[kind]}", data=data.rstrip(b"\0"))
    return Content(media_type=MEDIA_TYPE, attachments=(enclosed,))


def _pdf(dataset: Any, data: bytes, sha256: str, facts: DicomFacts) -> Content:
    content = read_pdf(data, sha256)
    title = words(dataset, "DocumentTitle")
    reports = tuple(_identified(report, title, facts) for report in content.reports)
    return replace(content, media_type=MEDIA_TYPE, reports=reports)


def _identified(report: Report, title: str, facts: DicomFacts) -> Report:
    return replace(
        report,
        title=title or report.title,
        authored_at=facts.captured_at,
        subject_ref=facts.subject_ref,
        study_ref=facts.study_ref,
        metadata=facts.metadata,
    )
