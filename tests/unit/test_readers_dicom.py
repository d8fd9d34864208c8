"""DICOM: values, windows, facts, reports and what has no pixels."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pydicom
import pytest
from pebble import ProcessExpired, ProcessPool
from pydicom.dataset import Dataset
from pydicom.sequence import Sequence
from pydicom.uid import RLELossless

from engine.errors import CorruptFile, FileTooLarge, ReadError, UnsupportedFile
from engine.hashing import file_sha256
from engine.jobs.reading import DecodePool, choose_reader
from engine.model.evidence import Laterality
from engine.protocols import Content, ReadOptions, Source
from engine.readers.folder import walk
from tests.unit.dicom_objects import coded, dataset, encode, read
from tests.unit.dicom_peer import expected_frames

RAMP = np.arange(64, dtype=np.int16).reshape(8, 8) * 64


def test_values_are_hounsfield_units_and_the_view_is_windowed(tmp_path: Path) -> None:
    made = dataset(RAMP, RescaleSlope=1, RescaleIntercept=-1024, WindowCenter=40, WindowWidth=400)
    pixels = read(tmp_path, encode(made)).frames[0].pixels
    assert pixels.values is not None
    assert np.array_equal(pixels.values, RAMP.astype(np.float32) - 1024)
    assert pixels.view.shape == (8, 8, 3)
    assert np.all(pixels.view[pixels.values <= -160] == 0)
    assert np.all(pixels.view[pixels.values >= 240] == 255)


def test_monochrome1_is_turned_for_the_eye_only(tmp_path: Path) -> None:
    bright = read(tmp_path, encode(dataset(RAMP, Modality="DX"))).frames[0].pixels
    made = dataset(RAMP, Modality="DX", PhotometricInterpretation="MONOCHROME1")
    dark = read(tmp_path, encode(made)).frames[0].pixels
    assert np.array_equal(bright.values, dark.values)
    assert np.abs(bright.view.astype(int) + dark.view - 255).max() <= 1


def test_the_header_becomes_facts(tmp_path: Path) -> None:
    made = dataset(
        RAMP,
        AccessionNumber="A-1",
        BodyPartExamined="CHEST",
        ImageLaterality="L",
        ViewPosition="PA",
        PixelSpacing=[0.5, 0.25],
        AcquisitionDate="20240501",
        AcquisitionTime="133700.5",
        TimezoneOffsetFromUTC="+0200",
        PatientName="Doe^Jane",
    )
    image = read(tmp_path, encode(made)).frames[0].image
    assert (image.modality, image.body_part, image.view) == ("CT", "chest", "PA")
    assert image.laterality is Laterality.LEFT
    assert image.spacing_mm == (0.5, 0.25)
    assert (image.subject_ref, image.study_ref) == ("P-7", "1.2.3")
    assert image.captured_at == datetime(2024, 5, 1, 11, 37, 0, 500_000, tzinfo=UTC)
    assert dict(image.metadata)["captured_at_zone"] == "+02:00"
    assert dict(image.metadata)["accession_number"] == "A-1"
    assert dict(image.metadata)["patient_name"] == "Doe^Jane"


def test_spacing_at_the_detector_is_named_as_such(tmp_path: Path) -> None:
    image = read(tmp_path, encode(dataset(RAMP, ImagerPixelSpacing=[0.1, 0.1]))).frames[0].image
    assert image.spacing_mm == (0.1, 0.1)
    assert "magnification" in dict(image.metadata)["spacing"]


def test_each_frame_is_an_image(tmp_path: Path) -> None:
    stack = np.stack([RAMP, RAMP + 1, RAMP + 2])
    frames = read(tmp_path, encode(dataset(stack))).frames
    assert [frame.image.frame for frame in frames] == [0, 1, 2]
    assert np.array_equal(frames[2].pixels.values, (RAMP + 2).astype(np.float32))


def test_color_in_planes_is_put_together(tmp_path: Path) -> None:
    rng = np.random.default_rng(3)
    planes = rng.integers(0, 255, (3, 8, 8), dtype=np.uint8)
    made = dataset(planes[0], SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=1)
    made.PixelData = planes.tobytes()
    pixels = read(tmp_path, encode(made)).frames[0].pixels
    assert pixels.values is None
    assert np.array_equal(pixels.view, planes.transpose(1, 2, 0))


def test_a_palette_is_applied(tmp_path: Path) -> None:
    made = dataset(np.array([[0, 1], [2, 1]], np.uint8), PhotometricInterpretation="PALETTE COLOR")
    for color, table in (("Red", [255, 0, 0]), ("Green", [0, 255, 0]), ("Blue", [0, 0, 255])):
        setattr(made, f"{color}PaletteColorLookupTableDescriptor", [3, 0, 16])
        setattr(made, f"{color}PaletteColorLookupTableData", (np.array(table, "<u2") * 257).tobytes())
    view = read(tmp_path, encode(made)).frames[0].pixels.view
    assert view.tolist() == [[[255, 0, 0], [0, 255, 0]], [[0, 0, 255], [0, 255, 0]]]


def test_a_file_without_suffix_preamble_or_header_is_known_by_its_bytes(tmp_path: Path) -> None:
    data = encode(dataset(RAMP))
    bare = data[data.index(b"\x08\x00\x16\x00") :]
    assert choose_reader("IM0001", data[:4096]).name == "dicom"
    assert choose_reader("IM0001", bare[:4096]).name == "dicom"
    assert np.array_equal(read(tmp_path, bare, "IM0001").frames[0].pixels.values, RAMP.astype(np.float32))


def test_a_structured_report_becomes_text(tmp_path: Path) -> None:
    made = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.88.11", Modality="SR", ContentDate="20240502")
    made.ConceptNameCodeSequence = Sequence([coded("Chest X-ray report")])
    finding = Dataset()
    finding.ValueType, finding.TextValue = "TEXT", "There is a nodule in the left lung."
    finding.ConceptNameCodeSequence = Sequence([coded("Finding")])
    made.ContentSequence = Sequence([finding])
    report = read(tmp_path, encode(made)).reports[0]
    assert report.text == "Chest X-ray report\nFinding: There is a nodule in the left lung."
    assert (report.subject_ref, report.study_ref) == ("P-7", "1.2.3")
    assert report.authored_at == datetime(2024, 5, 2, tzinfo=UTC)


def test_a_presentation_state_gives_its_words_and_what_they_are_about(tmp_path: Path) -> None:
    made = dataset(SOPClassUID="1.2.840.10008.5.1.4.1.1.11.1", Modality="PR", ContentLabel="NODULE")
    text, layer, image, series = Dataset(), Dataset(), Dataset(), Dataset()
    text.UnformattedTextValue = "nodule, 7 mm"
    layer.TextObjectSequence = Sequence([text])
    image.ReferencedSOPInstanceUID = "1.2.3.99"
    series.ReferencedImageSequence = Sequence([image])
    made.GraphicAnnotationSequence, made.ReferencedSeriesSequence = Sequence([layer]), Sequence([series])
    report = read(tmp_path, encode(made)).reports[0]
    assert (report.text, report.title, report.about) == ("nodule, 7 mm", "NODULE", ("1.2.3.99",))


def test_an_enclosed_pdf_becomes_a_report(tmp_path: Path) -> None:
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(100, 700, "Fracture of the right wrist")
    canvas.save()
    made = dataset(Modality="DOC", MIMETypeOfEncapsulatedDocument="application/pdf", DocumentTitle="Referral")
    made.EncapsulatedDocument = target.getvalue()
    report = read(tmp_path, encode(made)).reports[0]
    assert report.text == "Fracture of the right wrist"
    assert (report.title, report.study_ref) == ("Referral", "1.2.3")


def test_what_has_no_pixels_says_what_it_is(tmp_path: Path) -> None:
    for uid, reason in (
        ("1.2.840.10008.5.1.4.1.1.481.5", "has no pixels: RT Plan Storage"),
        ("1.2.840.10008.5.1.4.1.1.2", "has no pixels: only the header of a CT Image"),
    ):
        with pytest.raises(UnsupportedFile) as caught:
            read(tmp_path, encode(dataset(SOPClassUID=uid)))
        assert str(caught.value) == reason


def test_a_missing_codec_is_named(tmp_path: Path) -> None:
    made = dataset(RAMP)
    made.compress(RLELossless)
    data = encode(made).replace(b"1.2.840.10008.1.2.5\x00", b"1.2.840.10008.1.2.9\x00")
    with pytest.raises(UnsupportedFile, match=r"1\.2\.840\.10008\.1\.2\.9"):
        read(tmp_path, data)


def test_missing_pixels_are_damage(tmp_path: Path) -> None:
    data = encode(dataset(RAMP))
    with pytest.raises(CorruptFile):
        read(tmp_path, data[:-40])


def test_a_header_that_promises_too_much_passes_no_limit(tmp_path: Path) -> None:
    with pytest.raises(FileTooLarge, match="65535 x 65535"):
        read(tmp_path, encode(dataset(RAMP, Rows=65_535, Columns=65_535)))


def test_garbage_named_dcm_is_no_dicom(tmp_path: Path) -> None:
    with pytest.raises(CorruptFile):
        read(tmp_path, bytes(range(256)) * 20)


@pytest.mark.data
@pytest.mark.slow
def test_every_dicom_is_decoded_as_pydicom_does_or_has_a_reason(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Over robust/dicom and pydicom's own test files, both read in children: 100 % equal before windowing."""
    monkeypatch.syspath_prepend(Path(__file__).parents[2])  # where the peer's child finds this package
    own = Path(pydicom.data.__file__).parent / "test_files"
    paths = [path for folder in (data_dir / "robust" / "dicom", own) for path in walk(folder)]
    compared: Counter[str] = Counter()
    with DecodePool(2, base_s=60) as pool, ProcessPool(max_workers=1, context=get_context("spawn")) as peers:
        answers = peers.map(expected_frames, paths, timeout=60).result()
        for source, outcome in pool.decode(map(source_of, paths), ReadOptions()):
            path, frames = source.relative_path, next_or_none(answers)
            if isinstance(outcome, ReadError):
                assert frames is None, f"{path}: {outcome}"
                assert len(str(outcome)) > 20, path
                continue
            content = outcome.content
            assert content.frames or content.reports or content.attachments, path
            if frames is not None:
                assert same(content, frames), path
                compared["files"] += 1
                compared["frames"] += len(frames)
    assert compared["files"] > 150, compared
    assert compared["frames"] > 300, compared


def source_of(path: Path) -> Source:
    return Source(
        path=path, relative_path=path.name, sha256=file_sha256(path), size_bytes=path.stat().st_size
    )


def next_or_none(answers: Iterator[list[np.ndarray] | None]) -> list[np.ndarray] | None:
    """Return the peer's next answer; a peer that crashed or hung has none."""
    try:
        return next(answers)
    except (TimeoutError, ProcessExpired):
        return None


def same(content: Content, frames: list[np.ndarray]) -> bool:
    """Tell whether every frame is equal, color of more than eight bits after rounding to eight."""
    if len(content.frames) != len(frames):
        return False
    pairs = [(frame.pixels, expected) for frame, expected in zip(content.frames, frames, strict=True)]
    return all(
        np.array_equal(pixels.values, expected, equal_nan=True)
        if pixels.values is not None
        else bool(np.abs(pixels.view - expected).max() <= (0 if expected.dtype == np.uint8 else 0.5))
        for pixels, expected in pairs
    )
