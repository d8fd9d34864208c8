"""Where pictures were taken, for map programs: KML 2.2 (OGC 07-147r2), GPX 1.1 and GeoJSON (RFC 7946).

A place is what the camera wrote into the file, in WGS 84; a time without a zone in the file is said to
be unverified in the words beside it and never printed as if it were UTC.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from engine.exporters import words
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import one_line
from engine.model.evidence import Image, Location
from engine.progress import Progress
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore

_PROGRAM = f"Casebook {ENGINE_VERSION}"
_KML = "http://www.opengis.net/kml/2.2"
_GPX = "http://www.topografix.com/GPX/1/1"
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """One picture with the place its file names; ``when`` is ISO 8601, empty where the file names no zone."""

    title: str
    location: Location
    image_id: str
    sha256: str
    captured: str
    when: str


def places(store: CaseStore, options: ExportOptions) -> Iterator[Place]:
    """Yield the place of every Image that has one, in the order of the case."""
    total = store.counts().images
    for number, image in enumerate(store.images()):
        options.progress(Progress(step="places", done=number, total=total))
        if image.location is not None:
            files = store.files_of_image(image.id)
            path = one_line(words.evidence_path(files[0])) if files else image.id
            yield Place(
                title=path + words.frame(image),
                location=image.location,
                image_id=image.id,
                sha256=image.sha256,
                captured=one_line(words.captured(image)),
                when=_zoned(image),
            )


def write_kml(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write a placemark for each place to ``out``."""
    root = ElementTree.Element("kml", xmlns=_KML)
    document = ElementTree.SubElement(root, "Document")
    _text(document, "name", one_line(store.case.name))
    _text(document, "description", f"{_PROGRAM}, {words.moment(options.at)}")
    for place in places(store, options):
        mark = ElementTree.SubElement(document, "Placemark", id=f"image-{place.image_id}")
        _text(mark, "name", place.title)
        _text(mark, "description", _described(place))
        if place.when:
            _text(ElementTree.SubElement(mark, "TimeStamp"), "when", place.when)
        point = ElementTree.SubElement(mark, "Point")
        if place.location.altitude_m is not None:
            _text(point, "altitudeMode", "absolute")
        _text(point, "coordinates", ",".join(f"{value:.8f}" for value in _position(place.location)))
    _save(root, out)


def write_gpx(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write a waypoint for each place to ``out``."""
    ElementTree.register_namespace("xsi", _XSI)
    root = ElementTree.Element("gpx", xmlns=_GPX, version="1.1", creator=_PROGRAM)
    root.set(f"{{{_XSI}}}schemaLocation", f"{_GPX} {_GPX}/gpx.xsd")
    metadata = ElementTree.SubElement(root, "metadata")
    _text(metadata, "name", one_line(store.case.name))
    _text(metadata, "time", f"{options.at:%Y-%m-%dT%H:%M:%SZ}")
    for place in places(store, options):
        # The order of the elements is fixed by the schema.
        at = place.location
        waypoint = ElementTree.SubElement(
            root, "wpt", lat=f"{at.latitude_deg:.8f}", lon=f"{at.longitude_deg:.8f}"
        )
        if at.altitude_m is not None:
            _text(waypoint, "ele", f"{at.altitude_m:g}")
        if place.when:
            _text(waypoint, "time", place.when)
        _text(waypoint, "name", place.title)
        _text(waypoint, "desc", _described(place))
    _save(root, out)


def write_geojson(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write a point feature for each place to ``out``."""
    features = [
        {
            "type": "Feature",
            "id": place.image_id,
            "geometry": {"type": "Point", "coordinates": list(_position(place.location))},
            "properties": {
                "name": place.title,
                "sha256": place.sha256,
                "captured": place.captured,
                "captured_at": place.when or None,
            },
        }
        for place in places(store, options)
    ]
    document = {"type": "FeatureCollection", "features": features}
    with out.open("w", encoding="utf-8", newline="\n") as stream:
        json.dump(document, stream, ensure_ascii=False, allow_nan=False, indent=1)
        stream.write("\n")


def _zoned(image: Image) -> str:
    """Return the capture time in UTC where the file names its zone; a wall clock alone is no instant."""
    zoned = image.captured_at is not None and words.names_its_zone(image)
    return f"{image.captured_at:%Y-%m-%dT%H:%M:%SZ}" if zoned else ""


def _position(at: Location) -> tuple[float, ...]:
    """Return longitude, latitude and, where it is known, height in meters: the order of all three formats."""
    height = () if at.altitude_m is None else (round(at.altitude_m, 2),)
    return (round(at.longitude_deg, 8), round(at.latitude_deg, 8), *height)


def _described(place: Place) -> str:
    taken = f"; taken {place.captured}" if place.captured else ""
    return f"image {place.image_id}, SHA-256 {place.sha256}{taken}"


def _text(parent: ElementTree.Element, tag: str, text: str) -> None:
    ElementTree.SubElement(parent, tag).text = text


def _save(root: ElementTree.Element, out: Path) -> None:
    ElementTree.indent(root, " ")
    ElementTree.ElementTree(root).write(out, encoding="utf-8", xml_declaration=True)
