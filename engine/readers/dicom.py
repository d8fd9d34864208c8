"""DICOM files: pictures with measured values, structured reports, enclosed documents."""

from __future__ import annotations

import io
import logging
import warnings
from importlib.util import find_spec
from typing import Any, ClassVar

from engine.errors import CorruptFile, ReadError, UnsupportedFile
from engine.model.evidence import Image
from engine.model.ids import image_id
from engine.model.runs import Component, make_component
from engine.protocols import Content, Frame, Pixels, ReadOptions, Source
from engine.readers.dicom_codecs import check_deflated
from engine.readers.dicom_contours import contour_outlines
from engine.readers.dicom_document import MEDIA_TYPE, enclosed_document
from engine.readers.dicom_elements import uid_name, words
from engine.readers.dicom_facts import DicomFacts, dicom_facts, frame_facts
from engine.readers.dicom_file_set import file_set
from engine.readers.dicom_masks import segment_labels, segment_outlines
from engine.readers.dicom_pixels import decode_frames
from engine.readers.dicom_references import (
    presentation_state,
    referenced_instances,
    structure_set,
)
from engine.readers.dicom_text import structured_report
from engine.readers.fingerprint import perceptual_hash
from engine.readers.limits import MAX_IMAGE_FILE_BYTES
from engine.readers.opening import PARSER_ERRORS, read_bytes, reason
from engine.readers.signatures import looks_like_text, picture_kind
from engine.readers.versions import library_versions

_SUFFIXES = (".dcm", ".dicom", ".ima", ".dic")
# Each frame repeats them.
_NAMED_INSTANCES = 20
_PIXELS = ("PixelData", "FloatPixelData", "DoubleFloatPixelData")
_LIBRARIES = ("pydicom", "pylibjpeg", "pylibjpeg-libjpeg", "pylibjpeg-openjpeg", "pylibjpeg-rle")
# Value representations of DICOM PS3.5, 6.2, which stand at a fixed place in explicit syntaxes.
_REPRESENTATIONS = frozenset(
    b"AE AS AT CS DA DS DT FL FD IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US"
    b" UT UV".split()
)


class DicomReader:
    """Reads one DICOM object: an Image per frame, or a Report, or a word on what else it is."""

    name: ClassVar[str] = "dicom"

    @staticmethod
    def availability() -> str | None:
        return None if find_spec("pydicom") else "needs pydicom: not installed"

    @property
    def component(self) -> Component:
        return make_component("reader", self.name, "2", parameters=library_versions(*_LIBRARIES))

    def support(self, name: str, head: bytes) -> int:
        if head[128:132] == b"DICM":
            return 4
        if _begins_with_element(head):
            return 3
        named = name.lower().endswith(_SUFFIXES)
        return 2 if named and head and not looks_like_text(head) and not picture_kind(head) else 0

    def read(self, source: Source, options: ReadOptions) -> Content:  # noqa: ARG002
        data = read_bytes(source, MAX_IMAGE_FILE_BYTES)
        with warnings.catch_warnings():
            # pydicom warns of every value that breaks the letter of the standard; most files do.
            warnings.simplefilter("ignore")
            logging.getLogger("pydicom").setLevel(logging.CRITICAL + 1)
            return _content(_dataset(data), source)


def _begins_with_element(head: bytes) -> bool:
    """Tell whether a file without preamble begins with an element of group 0002 or 0008."""
    if len(head) < 16 or head[:2] not in (b"\x02\x00", b"\x08\x00", b"\x00\x08"):
        return False
    if head[:2] == b"\x00\x08":  # big endian
        return head[4:6] in _REPRESENTATIONS
    element, length = head[2:4], int.from_bytes(head[4:8], "little")
    return element[1] < 2 and (head[4:6] in _REPRESENTATIONS or 0 < length <= 512)


def _dataset(data: bytes) -> Any:
    import pydicom
    from pydicom.errors import BytesLengthException, InvalidDicomError

    check_deflated(data)
    try:
        dataset = pydicom.dcmread(io.BytesIO(data), force=True)
        count = len(dataset)
    except (InvalidDicomError, BytesLengthException, *PARSER_ERRORS) as error:
        raise CorruptFile(f"the DICOM data is damaged: {reason(error)}") from error
    if count == 0:
        raise CorruptFile("has no DICOM elements: the file is cut off or is no DICOM file")
    _complete_meta(dataset)
    return dataset


def _complete_meta(dataset: Any) -> None:
    """Give a dataset without file header the transfer syntax that it was evidently written in."""
    from pydicom.dataset import FileMetaDataset
    from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

    if getattr(dataset, "file_meta", None) is None:
        dataset.file_meta = FileMetaDataset()
    if dataset.file_meta.get("TransferSyntaxUID"):
        return
    implicit, little = dataset.original_encoding
    explicit = ExplicitVRLittleEndian if little else ExplicitVRBigEndian
    dataset.file_meta.TransferSyntaxUID = ImplicitVRLittleEndian if implicit else explicit


def _content(dataset: Any, source: Source) -> Content:
    facts = dicom_facts(dataset)
    if any(keyword in dataset for keyword in _PIXELS):
        return _pictures(dataset, source, facts)
    if "EncapsulatedDocument" in dataset:
        return enclosed_document(dataset, source.sha256, facts)
    if "DirectoryRecordSequence" in dataset:
        index, remarks = file_set(dataset, source.sha256, facts)
        if index is None:
            raise UnsupportedFile("an empty DICOMDIR: the index names no file")
        return Content(media_type=MEDIA_TYPE, reports=(index,), remarks=remarks)
    if "ContentSequence" in dataset:
        report, remarks = structured_report(dataset, source.sha256, facts)
        return Content(media_type=MEDIA_TYPE, reports=(report,), remarks=remarks)
    if "StructureSetROISequence" in dataset:
        outlines, remarks = contour_outlines(dataset, source.sha256)
        report = structure_set(dataset, source.sha256, facts)
        return Content(media_type=MEDIA_TYPE, reports=(report,), outlines=outlines, remarks=remarks)
    if words(dataset, "Modality").upper() == "PR" or "GraphicAnnotationSequence" in dataset:
        report = presentation_state(dataset, source.sha256, facts)
        return Content(media_type=MEDIA_TYPE, reports=(report,))
    raise _without_content(dataset)


def _without_content(dataset: Any) -> ReadError:
    """Say of an object without picture and text what it is."""
    kind = uid_name(dataset, "SOPClassUID") or uid_name(dataset.file_meta, "MediaStorageSOPClassUID")
    kind = kind or words(dataset, "Modality")
    if not kind and not dataset.preamble and not words(dataset, "SOPInstanceUID"):
        return CorruptFile("has no pixels, no text and no identity: the file is cut off or is no DICOM file")
    if "WaveformSequence" in dataset:
        return UnsupportedFile(f"has no pixels: {kind}; waveforms are not read")
    if kind.endswith("Image Storage"):
        return UnsupportedFile(f"has no pixels: only the header of a {kind.removesuffix(' Storage')}")
    references = referenced_instances(dataset)
    about = f", which refers to {len(references)} images" if references else ""
    return UnsupportedFile(f"has no pixels: {kind or 'a DICOM object of no named kind'}{about}")


def _pictures(dataset: Any, source: Source, facts: DicomFacts) -> Content:
    decoded = decode_frames(dataset)
    outlines, remarks = (
        segment_outlines(dataset, source.sha256, decoded.frames) if "SegmentSequence" in dataset else ((), ())
    )
    shared = (*decoded.metadata, *_drawn_on(dataset))
    return Content(
        media_type=MEDIA_TYPE,
        frames=tuple(
            _frame(source, number, pixels, frame_facts(dataset, facts, number), shared)
            for number, pixels in decoded.frames
        ),
        outlines=outlines,
        remarks=(*decoded.remarks, *remarks),
    )


def _drawn_on(dataset: Any) -> tuple[tuple[str, str], ...]:
    """Say what a segmentation object (PS3.3 C.8.20) outlines, and in which images."""
    stated = {
        "segments": ", ".join(segment_labels(dataset).values()),
        "referenced_instances": " ".join(referenced_instances(dataset)[:_NAMED_INSTANCES]),
    }
    return tuple((key, value) for key, value in stated.items() if value)


def _frame(
    source: Source, number: int, pixels: Pixels, facts: DicomFacts, shared: tuple[tuple[str, str], ...]
) -> Frame:
    height_px, width_px = pixels.view.shape[:2]
    image = Image(
        id=image_id(source.sha256, number),
        sha256=source.sha256,
        frame=number,
        width_px=width_px,
        height_px=height_px,
        modality=facts.modality,
        body_part=facts.body_part,
        laterality=facts.laterality,
        view=facts.view,
        captured_at=facts.captured_at,
        spacing_mm=facts.spacing_mm,
        subject_ref=facts.subject_ref,
        study_ref=facts.study_ref,
        perceptual_hash=perceptual_hash(pixels.view),
        metadata=(*facts.metadata, *shared),
    )
    return Frame(image=image, pixels=pixels)
