"""Regions of DICOM pictures as Segmentation objects (PS3.3 A.51), one for each picture file.

Each Region is a segment of its own: its label, its code, what drew it, and its id for tracking. Rejected
Regions are left out, corrected and drawn ones stand as the analysts left them.
"""

from __future__ import annotations

import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from engine.exporters.decided import DecidedRegion, Decisions
from engine.exporters.dicom.codes import category_code, declare, label_code, side_code, without_side
from engine.exporters.dicom.folder import LeftOut, source_files
from engine.exporters.dicom.headers import REFUSALS, dated, object_uid, source_header
from engine.exporters.dicom.masks import filled
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import one_line
from engine.model.evidence import Image
from engine.model.ids import ComponentId, RegionId
from engine.model.runs import Component
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore

_TEXT_CHARACTERS = 64
# All masks of one object are in memory at once.
_MOST_MASK_BYTES = 1 << 30
_SERIES_NUMBER = 9301


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A Region with the mask of its frame and the component that found it (None: a person drew it)."""

    region: DecidedRegion
    frame: int
    mask: NDArray[np.bool_]
    component: Component | None


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write ``out/IMAGE.seg.dcm`` for each DICOM picture file that has outlined Regions."""
    decisions, left_out = Decisions(store), LeftOut()
    components = {component.id: component for component in store.components()}
    for number, images in enumerate(source_files(store, options, left_out), 1):
        drawn = [each for image in images for each in _masks(store, decisions, components, image, left_out)]
        bytes_needed = len(drawn) * (images[-1].frame + 1) * images[0].height_px * images[0].width_px
        if bytes_needed > _MOST_MASK_BYTES:
            left_out.add(store, images[0], f"its {len(drawn)} masks are too many for one object")
        elif drawn:
            try:
                made = _segmentation(images, drawn, options, number)
            except REFUSALS as error:
                left_out.add(store, images[0], f"it does not fit a segmentation: {error}")
            else:
                made.save_as(out / f"{images[0].id}.seg.dcm", enforce_file_format=True)
    left_out.write(out)


def _masks(
    store: CaseStore,
    decisions: Decisions,
    components: Mapping[ComponentId, Component],
    image: Image,
    left_out: LeftOut,
) -> list[_Drawn]:
    found = []
    for region in decisions.regions(image):
        mask = filled(region.polygons, image.height_px, image.width_px)
        if not mask.any():
            left_out.add(store, image, f"region {region.id} ({region.label}) encloses no pixel's center")
            continue
        known = store.region(RegionId(region.id))
        component = components.get(known.component_id) if known else None
        found.append(_Drawn(region=region, frame=image.frame, mask=mask, component=component))
    return found


def _segmentation(
    images: Sequence[Image], drawn: Sequence[_Drawn], options: ExportOptions, number: int
) -> Any:
    from highdicom.seg import Segmentation, SegmentationTypeValues

    header, first = source_header(images), images[0]
    pixels = np.zeros((images[-1].frame + 1, first.height_px, first.width_px, len(drawn)), np.bool_)
    for place, each in enumerate(drawn):
        pixels[each.frame, :, :, place] = each.mask
    with warnings.catch_warnings():
        # Sources break the letter of the standard in many ways that do not matter here.
        warnings.simplefilter("ignore")
        made = Segmentation(
            source_images=[header],
            pixel_array=pixels,
            segmentation_type=SegmentationTypeValues.BINARY,
            segment_descriptions=[_segment(each, place) for place, each in enumerate(drawn, 1)],
            series_instance_uid=object_uid("seg-series", header.SeriesInstanceUID, options.audit_hash),
            series_number=_SERIES_NUMBER,
            sop_instance_uid=object_uid("seg", header.SOPInstanceUID, options.audit_hash),
            instance_number=number,
            manufacturer="Casebook",
            manufacturer_model_name="Casebook",
            software_versions=ENGINE_VERSION,
            device_serial_number="none",
            content_label="CASEBOOK_REGIONS",
            content_description="Regions found by Casebook. Research and triage support.",
            series_description="Casebook regions, not a diagnosis",
        )
    if made.get("NumberOfFrames", 0) != len(drawn):
        raise ValueError(f"only {made.get('NumberOfFrames', 0)} of {len(drawn)} masks fit its kind")
    _settle_dimensions(made, header)
    if "FrameOfReferenceUID" not in header:
        made.PatientOrientation = None
    declare(made)
    return dated(made, options.at)


def _segment(drawn: _Drawn, number: int) -> Any:
    from highdicom.seg import SegmentAlgorithmTypeValues, SegmentDescription

    region, component = drawn.region, drawn.component
    _, side = without_side(region.label)
    segment = SegmentDescription(
        segment_number=number,
        segment_label=one_line(region.label)[:_TEXT_CHARACTERS].strip() or "unnamed",
        segmented_property_category=category_code(region.label),
        segmented_property_type=label_code(region.label),
        algorithm_type=(
            SegmentAlgorithmTypeValues.AUTOMATIC if component else SegmentAlgorithmTypeValues.MANUAL
        ),
        algorithm_identification=_algorithm(component) if component else None,
        tracking_uid=object_uid("region", region.id),
        tracking_id=region.id,
    )
    if side:
        segment.SegmentedPropertyTypeCodeSequence[0].SegmentedPropertyTypeModifierCodeSequence = [
            side_code(side)
        ]
    segment.SegmentDescription = _described(region)
    return segment


def _algorithm(component: Component) -> Any:
    from highdicom import AlgorithmIdentificationSequence

    from engine.exporters.dicom.codes import private_code

    return AlgorithmIdentificationSequence(
        name=one_line(component.name)[:_TEXT_CHARACTERS],
        family=private_code(component.kind),
        version=one_line(component.version)[:_TEXT_CHARACTERS] or "unknown",
    )


def _described(region: DecidedRegion) -> str:
    """Return score and verdict in words, for who reads the header."""
    parts = [f"score {region.score:.3f}" if region.score is not None else "drawn by an analyst"]
    return "; ".join([*parts, *([region.verdict.value] if region.verdict else [])])


def _settle_dimensions(made: Any, header: Any) -> None:
    """Replace the random UID of the dimensions by one that is the same for the same source."""
    uid = object_uid("dimensions", header.SOPInstanceUID)
    for item in (*made.DimensionOrganizationSequence, *made.DimensionIndexSequence):
        item.DimensionOrganizationUID = uid
