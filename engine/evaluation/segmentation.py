"""How well Regions are found: ``casebook evaluate segmentation``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.evaluation.matching import (
    IOU_LEVELS,
    Area,
    Matched,
    Operating,
    average_precision,
    match,
    operating_curve,
)
from engine.evaluation.reliability import bins_of, expected_error
from engine.evaluation.segmentation_plots import write_plots
from engine.model.evidence import Image
from engine.model.findings import Region
from engine.model.geometry import Point, Polygon
from engine.model.ids import image_id
from engine.protocols import Frame, Pixels
from engine.segmenters.contours import polygons_to_mask
from engine.segmenters.yolo import TASKS, YoloSegmenter
from engine.segmenters.yolo_folder import Row, YoloFolder, has_polygons, label_table, read_folder, read_rows
from engine.weights import CARD_FILE, ModelCard, all_models, find_model, read_card

_LEAST_CONFIDENCE = 0.0005
_GRID_PX = 640
_BATCH = 16


def evaluate(
    data: Path,
    *,
    model: str = "",
    regions: str = "gold",
    plots: Path | None = None,
    include: Path | None = None,
    exclude: Path | None = None,
) -> dict[str, float | None]:
    """Return the figures of a model on a YOLO folder, all at IoU 0.5 unless named otherwise.

    ``precision``, ``recall`` and ``f1`` at the one threshold with the best micro F1; ``f1_default``
    at the model's own; ``map50`` and ``map50_95`` as means over the classes; ``mask_iou`` over
    gold objects, None where the labels are boxes; ``ece`` how far scores are from the share that is
    right. ``model``: a name or the path of a model folder;
    without it the models that ingest would use for these classes. ``include`` and ``exclude`` are
    text files of picture names. Raises UsageError where no model knows the classes.
    """
    del regions  # nothing but the segmenters' own makes sense here
    folder = read_folder(data, include=include)
    left_out = set(exclude.read_text(encoding="utf-8-sig").split()) if exclude else set()
    pictures = [p for p in folder.pictures if not {p.name, p.stem} & left_out]
    cards = _cards(model, folder)
    matched = measure(cards, folder, pictures)
    default = min(card.number("confidence", 0.25) for card in cards)
    if plots is not None:
        plain = [_uncalibrated(card) for card in cards]
        write_plots(matched, plots, raw=measure(plain, folder, pictures) if plain != list(cards) else matched)
    return figures(matched, default_threshold=default, masks=has_polygons(folder))


def _uncalibrated(card: ModelCard) -> ModelCard:
    """Return the card without the calibration of its scores."""
    return replace(card, parameters=tuple(item for item in card.parameters if item[0] != "calibration"))


def measure(cards: Sequence[ModelCard], folder: YoloFolder, pictures: Sequence[Path]) -> list[Matched]:
    """Return what models find in each picture, down to tiny scores, beside what is there.

    Only labels that ``folder`` knows are judged: of others nobody has said where they are.
    """
    masks = has_polygons(folder)
    tables = {old: new for card in cards for old, new in _label_table(card).items()}
    wanted = {tables.get(label, label) for label in folder.labels}
    measured = cards if masks else [_with_boxes(card) for card in cards]
    segmenters = [YoloSegmenter.load(card, confidence=_LEAST_CONFIDENCE) for card in measured]
    matched: list[Matched] = []
    for start in range(0, len(pictures), _BATCH):
        frames = [read_frame(picture) for picture in pictures[start : start + _BATCH]]
        found = [segmenter.segment(frames) for segmenter in segmenters]
        for number, frame in enumerate(frames):
            rows = read_rows(folder.label_file(pictures[start + number]))
            gold = gold_areas(rows, folder.labels, frame, masks=masks)
            regions_found = [region for each in found for region in each[number] if region.parent_id is None]
            predicted = predicted_areas(regions_found, frame, masks=masks)
            judged = [area for area in _renamed(predicted, tables) if area.label in wanted]
            matched.append(match(judged, _renamed(gold, tables)))
    return matched


def figures(matched: Sequence[Matched], *, default_threshold: float, masks: bool) -> dict[str, float | None]:
    """Return the figures of all pictures together."""
    labels = np.array([label for each in matched for label in each.labels], dtype=object)
    scores = np.concatenate([each.scores for each in matched]) if matched else np.zeros(0)
    hits = np.concatenate([each.hits for each in matched]) if matched else np.zeros((0, 10), np.bool_)
    gold_labels = [label for each in matched for label in each.gold_labels]
    curve = operating_curve(scores, hits[:, 0], len(gold_labels))
    best = max(curve, key=lambda point: point.f1, default=_NOTHING)
    default = next((point for point in reversed(curve) if point.threshold >= default_threshold), _NOTHING)
    precisions = np.array(
        [
            [
                average_precision(
                    scores[labels == label], hits[labels == label, level], gold_labels.count(label)
                )
                for level in range(len(IOU_LEVELS))
            ]
            for label in sorted(set(gold_labels))
        ]
    ).reshape(-1, len(IOU_LEVELS))
    return {
        "precision": best.precision,
        "recall": best.recall,
        "f1": best.f1,
        "f1_default": default.f1,
        "map50": float(precisions[:, 0].mean()) if len(precisions) else 0.0,
        "map50_95": float(precisions.mean()) if len(precisions) else 0.0,
        "mask_iou": _mean_overlap(matched, best.threshold, len(gold_labels)) if masks else None,
        "ece": expected_error(bins_of(matched)),
    }


_NOTHING = Operating(threshold=1.0, precision=0.0, recall=0.0, f1=0.0)


def _mean_overlap(matched: Sequence[Matched], threshold: float, gold_count: int) -> float:
    total = sum(float(each.overlaps[each.scores >= threshold].sum()) for each in matched)
    return total / max(gold_count, 1)


def _label_table(card: ModelCard) -> dict[str, str]:
    """Return the card's parameter ``same_as`` (``angle=fracture, line=fracture``) as a table."""
    return label_table(card.parameter("same_as").split(","))


def read_frame(picture: Path) -> Frame:
    """Read a picture of an evaluation set as a Frame without metadata."""
    import cv2

    pixels = cv2.imread(str(picture))
    if pixels is None:
        raise UsageError(f"{picture} cannot be read as a picture")
    view: NDArray[np.uint8] = cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB)
    image = Image(
        id=image_id(picture.name, 0), sha256="", width_px=int(view.shape[1]), height_px=int(view.shape[0])
    )
    return Frame(image=image, pixels=Pixels(view=view))


def gold_areas(rows: Sequence[Row], labels: Sequence[str], frame: Frame, *, masks: bool) -> list[Area]:
    """Return the gold objects of a picture; boxes among polygons count as full rectangles."""
    size = np.array([frame.image.width_px, frame.image.height_px], np.float64)
    areas = []
    for number, values in rows:
        if len(values) == 4:
            low, high = values[:2] - values[2:] / 2, values[:2] + values[2:] / 2
            points = np.array([low, (high[0], low[1]), high, (low[0], high[1])]) * size
        else:
            points = values.reshape(-1, 2) * size
        areas.append(_area(labels[number], 1.0, [points], frame, masks=masks))
    return areas


def predicted_areas(regions: Sequence[Region], frame: Frame, *, masks: bool) -> list[Area]:
    return [
        _area(region.label, region.score, [_points(p) for p in region.polygons], frame, masks=masks)
        for region in regions
    ]


def _area(
    label: str, score: float, outlines: Sequence[NDArray[np.float64]], frame: Frame, *, masks: bool
) -> Area:
    """Return an Area on a grid of at most 640 px."""
    scale = min(1.0, _GRID_PX / max(frame.image.width_px, frame.image.height_px))
    every = np.concatenate(outlines) * scale
    (left, top), (right, bottom) = every.min(axis=0), every.max(axis=0)
    mask = None
    if masks:
        shape = (round(frame.image.height_px * scale), round(frame.image.width_px * scale))
        polygons = [_polygon(points) for points in outlines]
        mask = polygons_to_mask(polygons, shape, scale=scale) > 0
    return Area(label=label, score=score, box=(left, top, right, bottom), mask=mask)


def _points(polygon: Polygon) -> NDArray[np.float64]:
    return np.array([(point.x, point.y) for point in polygon.points])


def _polygon(points: NDArray[np.float64]) -> Polygon:
    return Polygon(tuple(Point(float(x), float(y)) for x, y in points))


def _renamed(areas: Sequence[Area], table: dict[str, str]) -> list[Area]:
    return [replace(area, label=table.get(area.label, area.label)) for area in areas]


def _cards(model: str, folder: YoloFolder) -> list[ModelCard]:
    if model:
        path = Path(model)
        return [read_card(path, origin="path") if (path / CARD_FILE).is_file() else find_model(model)]
    wanted = set(folder.labels)
    cards = [card for card in all_models() if card.task in TASKS and wanted & _known_labels(card)]
    if not cards:
        raise UsageError(f"no model on this workstation knows any of {', '.join(folder.labels)}")
    return cards


def _with_boxes(card: ModelCard) -> ModelCard:
    """Return the card without grown outlines: they have the boxes' extents, and hundreds take long."""
    return replace(card, parameters=tuple(item for item in card.parameters if item[0] != "outline"))


def _known_labels(card: ModelCard) -> set[str]:
    return set(card.labels) | set(_label_table(card).values())
