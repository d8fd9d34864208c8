"""Patients, imaging studies and pictures as FHIR R4 resources."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Any

from engine.exporters import words
from engine.exporters.fhir.elements import (
    DCM,
    SYSTEM,
    Resource,
    coding,
    concept,
    filled,
    identifier,
    identity_of,
    moment,
    reference,
    resource,
    text,
    uid,
)
from engine.model.evidence import Image

if TYPE_CHECKING:
    from engine.store import CaseStore

# For an image whose class has no name that we know; FHIR wants one.
_SECONDARY_CAPTURE = "1.2.840.10008.5.1.4.1.1.7"


def patients(store: CaseStore) -> Iterator[Resource]:
    """Yield a Patient for each person that images or reports name, known by that name's number only."""
    named = {image.subject_ref for image in store.images()} | {
        report.subject_ref for report in store.reports()
    }
    for name in sorted(named - {""}):
        yield resource("Patient", patient_id(name), identifier=[identifier(f"{SYSTEM}:subject", name)])


def studies(store: CaseStore) -> Iterator[Resource]:
    """Yield an ImagingStudy for each study whose images name their series and instance."""
    found: dict[str, list[Image]] = {}
    for image in store.images():
        if in_study(image):
            found.setdefault(image.study_ref, []).append(image)
    for study, images in found.items():
        yield _study(study, images)


def media(store: CaseStore) -> Iterator[Resource]:
    """Yield a Media for each Image: what it is, where it was found, its SHA-256; never its pixels."""
    for image in store.images():
        files = store.files_of_image(image.id)
        path = words.evidence_path(files[0]) if files else ""
        yield resource(
            "Media",
            image.id,
            identifier=[identifier(f"{SYSTEM}:sha256", image.sha256)],
            status="completed",
            partOf=[reference("ImagingStudy", study_id(image.study_ref))] if in_study(image) else [],
            modality=_modality(image.modality),
            view=concept(image.view),
            subject=subject(image.subject_ref),
            createdDateTime=moment(image.captured_at) if words.names_its_zone(image) else "",
            bodySite=concept(" ".join(filter(None, (image.laterality or "", image.body_part)))),
            width=image.width_px,
            height=image.height_px,
            content=filled(title=text(path), contentType=files[0].media_type if files else "")
            or {"title": image.id},
        )


def subject(name: str) -> dict[str, Any]:
    return reference("Patient", patient_id(name)) if name else {}


def patient_id(name: str) -> str:
    return identity_of("patient", name)


def study_id(study: str) -> str:
    return identity_of("study", study)


def in_study(image: Image) -> bool:
    """Tell whether an Image names the study, series and instance that an ImagingStudy must have."""
    facts = dict(image.metadata)
    return bool(image.study_ref and facts.get("series_uid") and facts.get("instance_uid"))


def _study(study: str, images: list[Image]) -> Resource:
    first = images[0]
    series: dict[str, list[Image]] = {}
    for image in images:
        series.setdefault(dict(image.metadata)["series_uid"], []).append(image)
    facts = dict(first.metadata)
    accession = facts.get("accession_number", "")
    return resource(
        "ImagingStudy",
        study_id(study),
        identifier=[uid(study), *([identifier(f"{SYSTEM}:accession", accession)] if accession else [])],
        status="available",
        subject=subject(first.subject_ref) or {"display": "not named in the study"},
        description=text(facts.get("study_description", "")),
        numberOfSeries=len(series),
        numberOfInstances=len({dict(image.metadata)["instance_uid"] for image in images}),
        series=[_series(number, rows) for number, rows in series.items()],
    )


def _series(number: str, images: list[Image]) -> dict[str, Any]:
    facts = dict(images[0].metadata)
    instances = {dict(image.metadata)["instance_uid"]: image for image in images}
    return filled(
        uid=number,
        modality=coding(DCM, images[0].modality or "OT"),
        description=text(facts.get("series_description", "")),
        numberOfInstances=len(instances),
        instance=[_instance(instance, image) for instance, image in instances.items()],
    )


def _instance(instance: str, image: Image) -> dict[str, Any]:
    kind = dict(image.metadata).get("kind", "")
    return filled(
        uid=instance,
        sopClass=coding("urn:ietf:rfc:3986", f"urn:oid:{_sop_classes().get(kind, _SECONDARY_CAPTURE)}"),
        title=text(kind),
    )


@cache
def _sop_classes() -> dict[str, str]:
    """Return the UIDs of DICOM's storage classes by their names."""
    import pydicom.uid

    known = [value for value in vars(pydicom.uid).values() if isinstance(value, pydicom.uid.UID)]
    return {value.name: str(value) for value in known}


def _modality(modality: str) -> dict[str, Any]:
    is_code = modality.isupper() and modality.isalnum()
    return concept(modality, coding(DCM, modality) if is_code else {})
