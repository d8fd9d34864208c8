"""Findings in DICOM pictures as structured reports (PS3.16 TID 1500), one for each study.

A Region is a planar group (TID 1410) for each of its outlines, all with its tracking id; what is about a
whole picture, its scene for one, is a group without outline (TID 1501). Links and contradictions with
the written reports, and analysts' verdicts, are qualitative evaluations.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from engine.exporters import words
from engine.exporters.decided import DecidedRegion, Decisions
from engine.exporters.dicom.codes import (
    declare,
    entity_code,
    label_code,
    private_code,
    side_code,
    without_side,
)
from engine.exporters.dicom.folder import LeftOut, source_files
from engine.exporters.dicom.headers import REFUSALS, dated, object_uid, source_header
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import one_line
from engine.model.evidence import Image
from engine.model.findings import Link, LinkRelation, Region, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import RegionId, stable_id
from engine.model.runs import Component
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore

_TEXT_CHARACTERS = 64
_SERIES_NUMBER = 9302


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write ``out/STUDY.sr.dcm`` for each study that has findings."""
    left_out = LeftOut()
    studies: dict[str, list[tuple[Image, ...]]] = {}
    for images in source_files(store, options, left_out):
        studies.setdefault(images[0].study_ref, []).append(images)
    findings = _Findings(store)
    for number, (study, files) in enumerate(studies.items(), 1):
        headers, groups = [], []
        for images in files:
            header = source_header(images)
            try:
                found = [group for image in images for group in findings.groups(image, header)]
            except REFUSALS as error:
                left_out.add(store, images[0], f"it does not fit a structured report: {error}")
                continue
            headers.append(header)
            groups += found
        if groups:
            made = _document(headers, groups, store.case.examiner, options, number)
            made.save_as(out / f"{stable_id('study', study)}.sr.dcm", enforce_file_format=True)
    left_out.write(out)


class _Findings:
    """What the case has to say about each picture, as groups of a measurement report."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._decisions = Decisions(store)
        self._verdicts = store.verdicts()
        self._components = {component.id: component for component in store.components()}

    def groups(self, image: Image, header: Any) -> Iterator[Any]:
        """Yield a group for each outline, then one for what is about the whole picture."""
        links: dict[str | None, list[Link]] = {}
        for link in self._store.links(image_id=image.id):
            if self._verdicts.get(link.id) != Verdict.REJECTED:
                links.setdefault(link.region_id, []).append(link)
        for region in self._decisions.regions(image):
            yield from self._outlined(region, image, header, links.get(RegionId(region.id), ()))
        for scene in self._store.regions(image_id=image.id):
            if not scene.polygons and self._verdicts.get(scene.id) != Verdict.REJECTED:
                yield self._whole(scene, image, header, links.get(scene.id, ()))
        if links.get(None):
            yield self._whole(None, image, header, links[None])

    def _outlined(
        self, region: DecidedRegion, image: Image, header: Any, links: Sequence[Link]
    ) -> Iterator[Any]:
        from highdicom.sr import FindingSite, PlanarROIMeasurementsAndQualitativeEvaluations

        known = self._store.region(RegionId(region.id))
        _, side = without_side(region.label)
        site = FindingSite(anatomic_location=label_code(region.label), laterality=side_code(side))
        for polygon in region.polygons:
            yield PlanarROIMeasurementsAndQualitativeEvaluations(
                tracking_identifier=_tracking(region.id),
                referenced_region=_outline(polygon, image, header),
                finding_type=label_code(region.label),
                algorithm_id=_algorithm(self._components.get(known.component_id) if known else None),
                finding_sites=[site] if side else None,
                measurements=[*_area(polygon, image), *_certainty(region.score)],
                qualitative_evaluations=[*_verdict(region.verdict), *self._evaluations(links)],
            )

    def _whole(self, region: Region | None, image: Image, header: Any, links: Sequence[Link]) -> Any:
        from highdicom.sr import MeasurementsAndQualitativeEvaluations, SourceImageForMeasurementGroup

        verdict = self._verdicts.get(region.id) if region else None
        return MeasurementsAndQualitativeEvaluations(
            tracking_identifier=_tracking(region.id if region else image.id),
            finding_type=label_code(region.label) if region else None,
            algorithm_id=_algorithm(self._components.get(region.component_id)) if region else None,
            measurements=_certainty(region.score) if region else None,
            qualitative_evaluations=[
                *_verdict(Verdict(verdict) if verdict else None),
                *self._evaluations(links),
            ],
            source_images=[
                SourceImageForMeasurementGroup(
                    header.SOPClassUID, header.SOPInstanceUID, _frames(image, header)
                )
            ],
        )

    def _evaluations(self, links: Sequence[Link]) -> Iterator[Any]:
        """Yield what the reports say of a finding: a picture that agrees, or that contradicts."""
        from highdicom.sr import QualitativeEvaluation

        for link in links:
            entity = self._store.entity(link.entity_id)
            if entity is None:
                continue
            stands = "Agrees" if link.relation is LinkRelation.SUPPORTS else "Contradiction"
            name = private_code(f"{stands} with a report that says: {words.assertion(entity.assertion)}")
            yield QualitativeEvaluation(name=name, value=entity_code(entity))


def _document(
    headers: Sequence[Any], groups: Sequence[Any], examiner: str, options: ExportOptions, number: int
) -> Any:
    from highdicom.sr import CodedConcept, ComprehensiveSR, MeasurementReport, ObservationContext

    study = headers[0].StudyInstanceUID
    content = MeasurementReport(
        observation_context=ObservationContext(
            observer_person_context=_person(examiner) if examiner else None,
            observer_device_context=_device(),
        ),
        procedure_reported=CodedConcept("363679005", "SCT", "Imaging procedure"),
        imaging_measurements=groups,
    )
    with warnings.catch_warnings():
        # Sources break the letter of the standard in many ways that do not matter here.
        warnings.simplefilter("ignore")
        made = ComprehensiveSR(
            evidence=headers,
            content=content[0],
            series_instance_uid=object_uid("sr-series", study, options.audit_hash),
            series_number=_SERIES_NUMBER,
            sop_instance_uid=object_uid("sr", study, options.audit_hash),
            instance_number=number,
            manufacturer="Casebook",
            series_description="Casebook findings, not a diagnosis",
        )
    declare(made)
    return dated(made, options.at)


def _person(examiner: str) -> Any:
    from highdicom.sr import ObserverContext, PersonObserverIdentifyingAttributes
    from pydicom.sr.codedict import codes

    # "^" and "=" part the components of a name (PS3.5 6.2); the case has it as one line.
    name = one_line(examiner).translate(str.maketrans("^=\\", "   "))[: _TEXT_CHARACTERS - 1] + "^"
    return ObserverContext(
        observer_type=codes.DCM.Person,
        observer_identifying_attributes=PersonObserverIdentifyingAttributes(name=name),
    )


def _device() -> Any:
    from highdicom.sr import DeviceObserverIdentifyingAttributes, ObserverContext
    from pydicom.sr.codedict import codes

    return ObserverContext(
        observer_type=codes.DCM.Device,
        observer_identifying_attributes=DeviceObserverIdentifyingAttributes(
            uid=object_uid("engine", ENGINE_VERSION),
            name="Casebook",
            manufacturer_name="Casebook",
            model_name=f"Casebook {ENGINE_VERSION}",
        ),
    )


def _tracking(identity: str) -> Any:
    from highdicom.sr import TrackingIdentifier

    return TrackingIdentifier(uid=object_uid("region", identity), identifier=identity)


def _outline(polygon: Polygon, image: Image, header: Any) -> Any:
    """Return an outline in pixels from the corner of the picture, closed (PS3.3 C.18.6.1.2)."""
    import numpy as np
    from highdicom.sr import GraphicTypeValues, ImageRegion, SourceImageForRegion

    points = [(point.x, point.y) for point in (*polygon.points, polygon.points[0])]
    return ImageRegion(
        graphic_type=GraphicTypeValues.POLYLINE,
        graphic_data=np.array(points),
        source_image=SourceImageForRegion(header.SOPClassUID, header.SOPInstanceUID, _frames(image, header)),
    )


def _frames(image: Image, header: Any) -> list[int] | None:
    return [image.frame + 1] if "NumberOfFrames" in header else None


def _area(polygon: Polygon, image: Image) -> list[Any]:
    from highdicom.sr import CodedConcept, Measurement

    if image.spacing_mm:
        value, unit = (
            polygon.area_px * image.spacing_mm[0] * image.spacing_mm[1],
            CodedConcept("mm2", "UCUM", "square millimeter"),
        )
    else:
        value, unit = polygon.area_px, CodedConcept("{pixels}", "UCUM", "pixels")
    return [Measurement(name=CodedConcept("42798000", "SCT", "Area"), value=round(value, 2), unit=unit)]


def _certainty(score: float | None) -> list[Any]:
    from highdicom.sr import CodedConcept, Measurement

    if score is None:
        return []
    name, unit = CodedConcept("111012", "DCM", "Certainty of Finding"), CodedConcept("%", "UCUM", "Percent")
    return [Measurement(name=name, value=round(100 * score, 2), unit=unit)]


def _verdict(verdict: Verdict | None) -> list[Any]:
    from highdicom.sr import QualitativeEvaluation

    if verdict is None or verdict is Verdict.WITHDRAWN:
        return []
    return [
        QualitativeEvaluation(name=private_code("Verdict of an analyst"), value=private_code(verdict.value))
    ]


def _algorithm(component: Component | None) -> Any:
    from highdicom.sr import AlgorithmIdentification

    if component is None:
        return None
    return AlgorithmIdentification(
        name=one_line(component.name)[:_TEXT_CHARACTERS],
        version=one_line(component.version)[:_TEXT_CHARACTERS] or "unknown",
    )
