"""The network's numbers are read as ultralytics reads them, on both backends."""

from __future__ import annotations

import logging
import sys
import warnings
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import ModelMismatch
from engine.evaluation.matching import Area, overlap
from engine.evaluation.segmentation import measure, predicted_areas, read_frame
from engine.model.evidence import Laterality
from engine.protocols import Frame
from engine.segmenters.backends import ONNX_RUNTIME, OPENVINO
from engine.segmenters.detections import (
    Letterbox,
    _enlarged,
    _warped,
    decode,
    letterbox,
    picture_boxes,
)
from engine.segmenters.network import load_network
from engine.segmenters.planes import as_planes
from engine.segmenters.yolo import YoloSegmenter
from engine.segmenters.yolo_folder import read_folder
from engine.weights import find_model, weights_sha256

ROW = NDArray[np.float32]


def raw_output(*anchors: tuple[float, ...]) -> ROW:
    """Return a raw output of shape (1, 4 + classes, anchors)."""
    return np.array(anchors, np.float32).T[None]


def test_overlapping_boxes_of_one_class_give_way_to_the_best() -> None:
    output = raw_output(
        (50, 50, 40, 40, 0.6, 0.1),
        (52, 50, 40, 40, 0.9, 0.1),
        (52, 50, 40, 40, 0.2, 0.8),
        (150, 50, 40, 40, 0.3, 0.1),
        (150, 90, 10, 10, 0.1, 0.2),
    )
    found = decode(output, ("a", "b"), confidence=0.25, overlap=0.7)
    assert found.classes.tolist() == [0, 1, 0]
    assert found.scores.tolist() == pytest.approx([0.9, 0.8, 0.3])
    assert found.boxes[0].tolist() == pytest.approx([32, 30, 72, 70])


def test_a_network_that_suppresses_by_itself_is_read_too() -> None:
    output = np.array([[[10, 20, 30, 40, 0.9, 1.0], [0, 0, 1, 1, 0.1, 0.0]]], np.float32)
    found = decode(output, ("a", "b"), confidence=0.25, overlap=0.7)
    assert found.boxes.tolist() == [[10, 20, 30, 40]]
    assert found.classes.tolist() == [1]


def test_an_output_for_other_labels_is_refused() -> None:
    with pytest.raises(ModelMismatch, match="2 labels"):
        decode(np.zeros((1, 11, 20), np.float32), ("a", "b"), confidence=0.25, overlap=0.7)


def test_nothing_found_is_nothing() -> None:
    assert len(decode(np.zeros((1, 6, 20), np.float32), ("a", "b"), confidence=0.25, overlap=0.7).boxes) == 0


@pytest.mark.parametrize(("height", "width"), [(100, 200), (200, 100), (64, 64), (3, 900)])
def test_a_box_goes_into_the_square_and_back(height: int, width: int) -> None:
    pixels, placed = letterbox(np.zeros((height, width, 3), np.uint8), 64, gray=False)
    assert pixels.shape == (1, 64, 64, 3)
    scale = 64 / max(height, width)
    corners = np.array([[0, 0, width, height]], np.float32) * scale
    corners += np.array([placed.left, placed.top] * 2, np.float32)
    found = decode(
        raw_output((*((corners[0, :2] + corners[0, 2:]) / 2), *(corners[0, 2:] - corners[0, :2]), 0.9)),
        ("thing",),
        confidence=0.25,
        overlap=0.7,
    )
    assert picture_boxes(found, placed)[0] == pytest.approx([0, 0, width, height], abs=1e-3)


def test_a_mask_on_the_networks_own_pixels_is_the_one_on_a_grid_over_the_picture() -> None:
    rng = np.random.default_rng(3)
    factors, prototypes = rng.normal(size=8).astype(np.float32), rng.random((8, 64, 64), dtype=np.float32)
    placed = Letterbox(scale=256 / 640, left=0, top=24, width_px=640, height_px=520)
    for part in ((0, 0, 256, 208), (3, 17, 90, 101), (37, 2, 38, 208)):
        left, top, right, bottom = part
        in_square = (left, top + placed.top, right, bottom + placed.top)
        own = _enlarged(factors, prototypes, in_square, 4)
        assert own == pytest.approx(_warped(factors, prototypes, part, 2.5, placed, 256), abs=1e-5)


@pytest.mark.parametrize("backend", [OPENVINO, ONNX_RUNTIME])
@pytest.mark.parametrize("channels", [1, 3])
def test_pixels_and_their_planes_are_the_same_picture(backend: str, channels: int) -> None:
    network = load_network(find_model("lungs").path, threads=1, backend=backend)
    shape = (1, network.size_px, network.size_px, channels)
    pixels = np.random.default_rng(4).integers(0, 256, shape, dtype=np.uint8)
    (seen,), (expected,) = network.stream([pixels]), network.stream([as_planes(pixels, 3)])
    assert all(np.array_equal(left, right) for left, right in zip(seen, expected, strict=True))


def lung_frames(data_dir: Path, count: int = 6) -> list[Frame]:
    return [read_frame(picture) for picture in sorted((data_dir / "lungs_seg" / "images").iterdir())[:count]]


@pytest.mark.data
def test_both_backends_agree(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Networks in 8 bits round what differs in the last digit: scores within 0.05, outlines IoU 0.95."""
    card = find_model("lungs")
    frames = lung_frames(data_dir, 3)
    fast = YoloSegmenter.load(card)
    monkeypatch.setitem(sys.modules, "openvino", None)
    plain = YoloSegmenter.load(card)
    assert (fast.backend, plain.backend) == ("openvino", "onnxruntime")
    assert fast.component == plain.component
    for frame, left, right in zip(frames, fast.segment(frames), plain.segment(frames), strict=True):
        assert [region.label for region in left] == [region.label for region in right]
        assert [region.score for region in left] == pytest.approx(
            [region.score for region in right], abs=0.05
        )
        areas = zip(*(predicted_areas(regions, frame, masks=True) for regions in (left, right)), strict=True)
        assert min(overlap(one, other) for one, other in areas) > 0.95


@pytest.mark.data
def test_equal_to_ultralytics_own_prediction(data_dir: Path, tmp_path: Path) -> None:
    """Same weights, same pictures: scores within 0.01, boxes 2 px, masks IoU 0.95."""
    pytest.importorskip("ultralytics")
    from ultralytics import YOLO
    from ultralytics.utils import LOGGER

    LOGGER.setLevel(logging.ERROR)
    with_outliner = find_model("lungs")
    alone = tuple(item for item in with_outliner.parameters if item[0] != "outlines")
    card = replace(with_outliner, parameters=alone)
    segmenter = YoloSegmenter.load(card)
    frames = lung_frames(data_dir)
    peer = YOLO(card.path, task="segment")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        expected = [
            peer.predict(
                frame.pixels.view[..., ::-1].copy(),
                imgsz=256,
                retina_masks=True,
                verbose=False,
                device="cpu",
                project=str(tmp_path),
            )[0]
            for frame in frames
        ]
    for frame, regions, result in zip(frames, segmenter.segment(frames), expected, strict=True):
        wholes = [region for region in regions if region.parent_id is None]
        best_of_label = {int(c): i for i, c in reversed(list(enumerate(result.boxes.cls)))}
        assert {card.labels[number] for number in best_of_label} == {region.label for region in wholes}
        for region, mine in zip(wholes, predicted_areas(wholes, frame, masks=True), strict=True):
            index = best_of_label[card.labels.index(region.label)]
            mask = result.masks.data[index].numpy() > 0
            assert region.score == pytest.approx(float(result.boxes.conf[index]), abs=0.01)
            left, top, right, bottom = (float(edge) for edge in result.boxes.xyxy[index])
            assert region.box is not None
            assert region.box.left >= left - 2
            assert region.box.bottom <= bottom + 2
            theirs = Area(label=region.label, score=1.0, box=(left, top, right, bottom), mask=mask)
            assert overlap(mine, theirs) > 0.95


@pytest.mark.data
def test_lungs_have_sides_and_zones(data_dir: Path) -> None:
    frames = lung_frames(data_dir, 1)
    regions = YoloSegmenter.load(find_model("lungs")).segment(frames)[0]
    wholes = {region.label: region for region in regions if region.parent_id is None}
    assert set(wholes) == {"right lung", "left lung"}
    assert wholes["right lung"].attributes.side is Laterality.RIGHT
    right, left = wholes["right lung"].box, wholes["left lung"].box
    assert right is not None
    assert left is not None
    assert right.center.x < left.center.x  # the patient's right is the picture's left
    zones = [region for region in regions if region.parent_id == wholes["right lung"].id]
    assert [zone.label for zone in zones] == [
        "right upper lung zone",
        "right middle lung zone",
        "right lower lung zone",
    ]
    whole_area = wholes["right lung"].attributes.area_px
    assert sum(zone.attributes.area_px for zone in zones) == pytest.approx(whole_area, rel=0.01)


@pytest.mark.data
def test_the_second_network_draws_lungs_closer_to_the_gold(data_dir: Path) -> None:
    card = find_model("lungs")
    coarse = replace(card, parameters=tuple(item for item in card.parameters if item[0] != "outlines"))
    folder = read_folder(data_dir / "lungs_seg")
    open_ones = set((data_dir / "lungs_seg" / "open_licence.txt").read_text().split())
    unseen = [picture for picture in folder.pictures if picture.name not in open_ones][:8]
    means = []
    for each in (coarse, card):
        matched = measure([each], folder, unseen)
        means.append(np.mean(np.concatenate([m.overlaps[m.scores > 0.25] for m in matched])))
    assert means[1] > means[0] + 0.02
    assert means[1] > 0.88
    used = dict(YoloSegmenter.load(card).component.parameters)["outlines_sha256"]
    assert used == weights_sha256(card.path.parent / "outlines" / "outlines.onnx")


def test_weights_that_are_not_the_cards_are_refused(tmp_path: Path) -> None:
    card = find_model("lungs")
    changed = tmp_path / "lungs.onnx"
    changed.write_bytes(card.path.read_bytes() + b"x")
    with pytest.raises(ModelMismatch, match="SHA-256"):
        YoloSegmenter.load(replace(card, path=changed))


def test_a_file_that_is_no_network_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = tmp_path / "x.onnx"
    broken.write_bytes(b"not a network")
    with pytest.raises(ModelMismatch, match="cannot be read"):
        load_network(broken)
    monkeypatch.setitem(sys.modules, "openvino", None)
    with pytest.raises(ModelMismatch, match="cannot be read"):
        load_network(broken)
