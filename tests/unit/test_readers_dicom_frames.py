"""DICOM: what each frame states for itself, windows of every kind, packings that pydicom leaves shut."""

from __future__ import annotations

import zlib
from pathlib import Path

import numpy as np
import pytest
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRBigEndian, JPEG2000Lossless

from engine.errors import CorruptFile
from engine.model.evidence import Laterality
from tests.unit.dicom_objects import coded, dataset, encode, item, read

RAMP = np.arange(64, dtype=np.int16).reshape(8, 8) * 64


def enhanced(count: int = 3, **elements: object):  # type: ignore[no-untyped-def]
    """Return a multi-frame object whose frames state their own scale, place, window, side and time."""
    made = dataset(np.stack([RAMP] * count), **elements)
    made.SharedFunctionalGroupsSequence = Sequence(
        [item(PlaneOrientationSequence=[item(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])])]
    )
    made.PerFrameFunctionalGroupsSequence = Sequence(
        [
            item(
                PixelValueTransformationSequence=[
                    item(RescaleSlope=number + 1, RescaleIntercept=-10 * number, RescaleType="HU")
                ],
                PixelMeasuresSequence=[item(PixelSpacing=[0.5 + number, 0.25], SliceThickness=2)],
                PlanePositionSequence=[item(ImagePositionPatient=[0, 0, 5 * number])],
                FrameVOILUTSequence=[item(WindowCenter=1000 * (number + 1), WindowWidth=500)],
                FrameAnatomySequence=[
                    item(FrameLaterality="LRB"[number % 3], AnatomicRegionSequence=[coded("Knee")])
                ],
                FrameContentSequence=[item(FrameAcquisitionDateTime=f"2024010{number + 1}120000")],
            )
            for number in range(count)
        ]
    )
    return made


def test_each_frame_has_its_own_scale_window_place_side_and_time(tmp_path: Path) -> None:
    frames = read(tmp_path, encode(enhanced())).frames
    for number, frame in enumerate(frames):
        values = RAMP.astype(np.float32) * (number + 1) - 10 * number
        assert np.array_equal(frame.pixels.values, values)
        view, center = frame.pixels.view[..., 0], 1000 * (number + 1)
        assert np.all(view[values <= center - 251] == 0) and np.all(view[values >= center + 250] == 255)
        stated = dict(frame.image.metadata)
        assert frame.image.spacing_mm == (0.5 + number, 0.25)
        assert [float(each) for each in stated["image_position_mm"].split("\\")] == [0, 0, 5 * number]
        assert [float(each) for each in stated["image_orientation"].split("\\")] == [1, 0, 0, 0, 1, 0]
        assert float(stated["window_center"]) == center
        assert frame.image.body_part == "knee"
        assert frame.image.captured_at is not None and frame.image.captured_at.day == number + 1
    sides = [frame.image.laterality for frame in frames]
    assert sides == [Laterality.LEFT, Laterality.RIGHT, Laterality.BILATERAL]


@pytest.mark.parametrize(
    ("own", "imager", "more", "spacing", "words"),
    [
        ([0.2, 0.2], None, {}, (0.2, 0.2), None),
        ([0.2, 0.2], [0.2, 0.2], {}, (0.2, 0.2), "at the detector"),
        ([0.1, 0.1], [0.2, 0.2], {}, (0.1, 0.1), "does not name"),
        (
            [0.1, 0.1],
            [0.2, 0.2],
            {"PixelSpacingCalibrationType": "FIDUCIAL", "PixelSpacingCalibrationDescription": "coin"},
            (0.1, 0.1),
            "calibrated (fiducial), coin",
        ),
        (None, [0.3, 0.3], {}, (0.3, 0.3), "not corrected for magnification"),
        (
            None,
            [0.3, 0.3],
            {"EstimatedRadiographicMagnificationFactor": 1.5},
            (0.2, 0.2),
            "magnification 1.5",
        ),
        (None, [0.0, 0.3], {}, None, None),
    ],
)
def test_spacing_says_where_and_how_it_was_measured(
    tmp_path: Path,
    own: list[float] | None,
    imager: list[float] | None,
    more: dict[str, object],
    spacing: tuple[float, float] | None,
    words: str | None,
) -> None:
    stated = {"PixelSpacing": own, "ImagerPixelSpacing": imager, **more}
    made = dataset(RAMP, Modality="DX", **{name: value for name, value in stated.items() if value})
    image = read(tmp_path, encode(made)).frames[0].image
    assert image.spacing_mm == (pytest.approx(spacing) if spacing else None)
    remark = dict(image.metadata).get("spacing")
    assert (words in remark) if words and remark else words == remark


def view(folder: Path, **elements: object) -> np.ndarray:
    return read(folder, encode(dataset(RAMP, Modality="DX", **elements))).frames[0].pixels.view[..., 0]


def test_windows_follow_their_function(tmp_path: Path) -> None:
    values = RAMP.astype(float)
    linear = view(tmp_path, WindowCenter=2048, WindowWidth=1024)
    expected = ((values - 2047.5) / 1023 + 0.5) * 255
    assert np.abs(linear - expected.clip(0, 255)).max() <= 0.51
    exact = view(tmp_path, WindowCenter=2048, WindowWidth=1024, VOILUTFunction="LINEAR_EXACT")
    assert np.abs(exact - (((values - 2048) / 1024 + 0.5) * 255).clip(0, 255)).max() <= 0.51
    sigmoid = view(tmp_path, WindowCenter=2048, WindowWidth=1024, VOILUTFunction="SIGMOID")
    assert np.abs(sigmoid - 255 / (1 + np.exp(-4 * (values - 2048) / 1024))).max() <= 0.51


def test_a_window_of_width_one_is_a_threshold(tmp_path: Path) -> None:
    shown = view(tmp_path, WindowCenter=2048, WindowWidth=1)
    assert np.array_equal(shown, np.where(RAMP >= 2048, 255, 0))


@pytest.mark.parametrize("packed", ["words", "bytes", "big endian"])
def test_a_lookup_table_goes_before_a_window(tmp_path: Path, packed: str) -> None:
    count = 64
    table = np.linspace(255, 0, count).round()
    bits = 8 if packed == "bytes" else 16
    kind = {"words": "<u2", "bytes": "u1", "big endian": ">u2"}[packed]
    data = (table * (1 if bits == 8 else 257)).astype(kind).tobytes()
    made = dataset(
        (RAMP // 64).astype(np.int16),
        Modality="DX",
        WindowCenter=1,
        WindowWidth=1,
        RescaleSlope=1,
        RescaleIntercept=0,
    )
    made.VOILUTSequence = Sequence([item(LUTDescriptor=[count, 0, bits], LUTData=data)])
    made.VOILUTSequence[0]["LUTDescriptor"].VR, made.VOILUTSequence[0]["LUTData"].VR = "US", "OW"
    if packed == "big endian":
        made.file_meta.TransferSyntaxUID = ExplicitVRBigEndian
        made.PixelData = (RAMP // 64).astype(">i2").tobytes()
    shown = read(tmp_path, encode(made)).frames[0].pixels.view[..., 0]
    assert np.array_equal(shown.ravel(), table)


def test_deflated_frames_are_opened_and_a_damaged_one_is_named(tmp_path: Path) -> None:
    stack = np.stack([RAMP, RAMP + 1, RAMP + 2])
    packed = [deflated(frame.tobytes()) for frame in stack]
    frames = read(tmp_path, of_deflated(packed)).frames
    assert [np.array_equal(frame.pixels.values, plane) for frame, plane in zip(frames, stack, strict=True)]
    content = read(tmp_path, of_deflated([packed[0], b"\xff" * 20, packed[2]]))
    assert [frame.image.frame for frame in content.frames] == [0, 2]
    assert "frame 2 of 3 is damaged" in content.remarks[0]
    with pytest.raises(CorruptFile):
        read(tmp_path, of_deflated([b"\xff" * 20] * 3))


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    packed = packer.compress(data) + packer.flush()
    return packed + b"\0" * (len(packed) % 2)


def of_deflated(packed: list[bytes]) -> bytes:
    """Return a file of deflated frames; pydicom writes it only under another syntax's name."""
    made = dataset(np.stack([RAMP] * len(packed)))
    made.file_meta.TransferSyntaxUID = JPEG2000Lossless
    made.PixelData = encapsulate(packed)
    return encode(made).replace(b"1.2.840.10008.1.2.4.90", b"1.2.840.10008.1.2.8.1\0")


def test_frames_of_single_bits_may_begin_inside_a_byte(tmp_path: Path) -> None:
    rng = np.random.default_rng(5)
    stack = rng.integers(0, 2, (5, 3, 7), dtype=np.uint8)
    made = dataset(stack)
    made.BitsAllocated, made.BitsStored, made.HighBit = 1, 1, 0
    made.PixelData = np.packbits(stack.ravel(), bitorder="little").tobytes()
    frames = read(tmp_path, encode(made)).frames
    assert np.array_equal(np.stack([frame.pixels.values for frame in frames]), stack)
    assert np.array_equal(frames[1].pixels.view[..., 0], stack[1] * 255)
