"""Segmentation objects (PS3.3 A.51): what their masks outline in the pictures that they refer to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import FileTooLarge
from engine.model.findings import Outline, outline_id
from engine.protocols import Pixels
from engine.readers.dicom_elements import code_meaning, functional_group, items, numbers, words
from engine.readers.dicom_geometry import image_plane
from engine.readers.limits import MAX_OUTLINE_PIECES, MAX_OUTLINE_POINTS
from engine.readers.pixel_edges import trace

_UNTOLD = re.compile(r"(segment(ation)?|label|roi|mask|region)?[\s_#-]*\d*", re.IGNORECASE)
_MAX_REMARKS = 5
_PATIENT_SIDES = frozenset({"left", "right"})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mask:
    """Where one segment is in one frame, and how surely: the mean probability or occupancy."""

    label: str
    mask: NDArray[np.bool_]
    score: float


def segment_outlines(
    dataset: Any, sha256: str, frames: Sequence[tuple[int, Pixels]]
) -> tuple[tuple[Outline, ...], tuple[str, ...]]:
    """Return the outlines of all segments in the decoded frames, and remarks on what was left out."""
    labels = segment_labels(dataset)
    found: list[Outline] = []
    remarks: list[str] = []
    points = pieces = 0
    for number, pixels in frames:
        for each in _masks(dataset, number, pixels, labels):
            try:
                polygons = trace(each.mask)
            except FileTooLarge as error:
                remarks.append(f"segment {each.label!r} of frame {number + 1} is not outlined: {error}")
                continue
            points += sum(len(polygon.points) for polygon in polygons)
            pieces += len(polygons)
            if points > MAX_OUTLINE_POINTS or pieces > MAX_OUTLINE_PIECES:
                remarks.insert(0, f"only the outlines up to frame {number} are kept (limit on their points)")
                return tuple(found), tuple(remarks[:_MAX_REMARKS])
            found.append(
                Outline(
                    id=outline_id(sha256, len(found), each.label),
                    sha256=sha256,
                    label=each.label,
                    score=each.score,
                    polygons=polygons,
                    targets=_targets(dataset, number),
                    space_uid=words(dataset, "FrameOfReferenceUID"),
                    plane=image_plane(dataset, number),
                )
            )
    return tuple(found), tuple(remarks[:_MAX_REMARKS])


def segment_labels(dataset: Any) -> dict[int, str]:
    """Return the label of each segment by its number (PS3.3 C.8.20.2)."""
    found = {}
    for place, segment in enumerate(items(dataset, "SegmentSequence"), 1):
        number = int((*numbers(segment, "SegmentNumber"), place)[0])
        found[number] = _label(segment) or f"segment {number}"
    return found


def _label(segment: Any) -> str:
    """Return the segment's own label, or what its codes say where the label says nothing."""
    own = words(segment, "SegmentLabel")
    if own and not _UNTOLD.fullmatch(own):
        return own
    kind = code_meaning(segment, "SegmentedPropertyTypeCodeSequence")
    codes = items(segment, "SegmentedPropertyTypeCodeSequence")
    side = code_meaning(codes[0], "SegmentedPropertyTypeModifierCodeSequence").lower() if codes else ""
    return f"{side} {kind.lower()}" if side in _PATIENT_SIDES and kind else kind or own


def _masks(dataset: Any, number: int, pixels: Pixels, labels: dict[int, str]) -> Iterator[_Mask]:
    values = pixels.values
    if values is None:
        return
    kind = words(dataset, "SegmentationType").upper()
    if kind == "LABELMAP":
        for value in np.unique(values).tolist():
            if int(value) in labels and value != 0:
                yield _Mask(label=labels[int(value)], mask=values == value, score=1.0)
        return
    group = functional_group(dataset, number, "SegmentIdentificationSequence")
    stated = numbers(group, "ReferencedSegmentNumber") if group is not None else ()
    segment = int(stated[0]) if stated else next(iter(labels), 1)
    highest = (
        (*numbers(dataset, "MaximumFractionalValue"), 255.0)[0] if kind == "FRACTIONAL" else 1.0
    ) or 1.0
    mask = values * 2 >= highest
    if mask.any():
        score = min(1.0, float(values[mask].mean()) / highest)
        yield _Mask(label=labels.get(segment, f"segment {segment}"), mask=mask, score=round(score, 4))


def _targets(dataset: Any, number: int) -> tuple[tuple[str, int | None], ...]:
    """Return the images that a frame was drawn on: its sources, or the one image of the whole object."""
    derivation = functional_group(dataset, number, "DerivationImageSequence")
    sources = items(derivation, "SourceImageSequence") if derivation is not None else []
    found = [target for source in sources for target in referenced_frames(source)]
    if found:
        return tuple(found)
    whole = [
        target
        for series in items(dataset, "ReferencedSeriesSequence")
        for instance in items(series, "ReferencedInstanceSequence")
        for target in referenced_frames(instance)
    ]
    whole = whole or [
        target for source in items(dataset, "SourceImageSequence") for target in referenced_frames(source)
    ]
    return tuple(whole) if len(whole) == 1 else ()


def referenced_frames(item: Any) -> list[tuple[str, int | None]]:
    """Return instance and frame (from 0; None: not said) of an image reference (PS3.3 10.3)."""
    uid = words(item, "ReferencedSOPInstanceUID")
    if not uid:
        return []
    frames = numbers(item, "ReferencedFrameNumber")
    return [(uid, int(frame) - 1) for frame in frames if frame >= 1] or [(uid, None)]
