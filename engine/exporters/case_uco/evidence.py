"""Source files, Images and Reports as UCO observables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.exporters import words
from engine.exporters.case_uco.nodes import Node, decimal, iri, links, moment, node, text, typed
from engine.model.evidence import Image, Report, SourceFile

if TYPE_CHECKING:
    from engine.store import CaseStore


def files(store: CaseStore) -> Iterator[Node]:
    """Yield each Source file with path, size, time and SHA-256, and in which container it lay."""
    for file in store.files():
        yield _file(file)
        if file.parent_id:
            yield _contained(iri("file", file.id), iri("file", file.parent_id))


def images(store: CaseStore) -> Iterator[Node]:
    """Yield each Image with its size and place, contained in every Source file that holds it."""
    for image in store.images():
        yield from _image(image)
        for file in store.files_of_image(image.id):
            yield _contained(iri("image", image.id), iri("file", file.id))


def reports(store: CaseStore) -> Iterator[Node]:
    """Yield each Report with its text, contained in every Source file that holds it."""
    for report in store.reports():
        yield _report(report)
        for file in store.files_of_report(report.id):
            yield _contained(iri("report", report.id), iri("file", file.id))


def provenance(store: CaseStore) -> Iterator[Node]:
    """Yield one ProvenanceRecord over all evidence files."""
    identities = [iri("file", file.id) for file in store.files()]
    if identities:
        yield node(
            iri("provenance", "evidence"),
            "case-investigation:ProvenanceRecord",
            core_description="Evidence files as they were read, never written to",
            core_object=links(*identities),
        )


def _file(file: SourceFile) -> Node:
    facets = [
        node(
            iri("file-facet", file.id),
            "uco-observable:FileFacet",
            observable_fileName=text(file.name),
            observable_filePath=text(words.evidence_path(file)),
            observable_sizeInBytes=file.size_bytes,
            observable_modifiedTime=moment(file.modified_at),
        )
    ]
    if file.sha256:
        facets.append(
            node(
                iri("content-facet", file.id),
                "uco-observable:ContentDataFacet",
                observable_mimeType=file.media_type,
                observable_sizeInBytes=file.size_bytes,
                observable_hash=[_sha256(file.id, file.sha256)],
            )
        )
    return node(iri("file", file.id), "uco-observable:File", core_hasFacet=facets)


def _sha256(owner: str, sha256: str) -> Node:
    return node(
        iri("hash", owner),
        "uco-types:Hash",
        types_hashMethod="SHA256",
        types_hashValue=typed("hexBinary", sha256.upper()),
    )


def _image(image: Image) -> Iterator[Node]:
    picture = node(
        iri("picture-facet", image.id),
        "uco-observable:RasterPictureFacet",
        observable_pictureWidth=image.width_px,
        observable_pictureHeight=image.height_px,
        observable_pictureType=text(image.modality),
    )
    yield node(
        iri("image", image.id),
        "uco-observable:RasterPicture",
        core_name=f"image {image.id}{words.frame(image)}",
        core_description=[f"taken {text(taken)}"] if (taken := words.captured(image)) else [],
        core_hasFacet=[picture],
    )
    if image.location is not None:
        at = image.location
        place = iri("location", image.id)
        facet = node(
            iri("coordinates", image.id),
            "uco-location:LatLongCoordinatesFacet",
            location_latitude=decimal(at.latitude_deg),
            location_longitude=decimal(at.longitude_deg),
            location_altitude=decimal(at.altitude_m) if at.altitude_m is not None else None,
        )
        yield node(place, "uco-location:Location", core_hasFacet=[facet])
        yield _relationship("uco-core:Relationship", iri("image", image.id), place, "Located_At")


def _report(report: Report) -> Node:
    facet = node(
        iri("report-facet", report.id),
        "uco-observable:ContentDataFacet",
        observable_dataPayload=text(report.text),
        observable_mimeType="text/plain",
    )
    return node(
        iri("report", report.id),
        "uco-observable:ObservableObject",
        core_name=text(report.title) or f"report {report.id}",
        core_hasFacet=[facet],
    )


def _contained(inner: str, outer: str) -> Node:
    return _relationship("uco-observable:ObservableRelationship", inner, outer, "Contained_Within")


def _relationship(kind: str, source: str, target: str, name: str) -> Node:
    return node(
        iri("relationship", name, source, target),
        kind,
        core_source=links(source),
        core_target=links(target),
        core_kindOfRelationship=name,
        core_isDirectional=True,
    )
