"""The case as one FHIR R4 Bundle (hl7.org/fhir/R4): patients, studies, pictures, reports and findings.

A Bundle of type ``collection``: nothing in it asks a server to do anything. Ids are the case's own, full
URLs are UUIDs made from them, so that the same case gives the same bytes. What an analyst rejected is
``entered-in-error``, what one confirmed is ``final``, all else is ``preliminary``: the machine's word.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exporters.fhir import findings, imaging
from engine.exporters.fhir.elements import Resource, moment, url
from engine.exporters.options import ExportOptions
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the Bundle to ``out``, a resource at a time."""
    head = {"resourceType": "Bundle", "type": "collection", "timestamp": moment(options.at)}
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.write(json.dumps(head)[:-1] + ', "entry": [')
        for number, resource in enumerate(_resources(store, options)):
            entry = {"fullUrl": url(str(resource["resourceType"]), str(resource["id"])), "resource": resource}
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps(entry, ensure_ascii=False, allow_nan=False))
        stream.write("\n]}\n")


def _resources(store: CaseStore, options: ExportOptions) -> Iterator[Resource]:
    parts: tuple[tuple[str, Iterable[Resource]], ...] = (
        ("device", findings.devices(store)),
        ("patients", imaging.patients(store)),
        ("studies", imaging.studies(store)),
        ("pictures", imaging.media(store)),
        ("reports", findings.reports(store)),
        ("findings", findings.observations(store)),
        ("contradictions", findings.contradictions(store)),
    )
    for number, (step, resources) in enumerate(parts):
        options.progress(Progress(step=step, done=number, total=len(parts)))
        yield from resources
