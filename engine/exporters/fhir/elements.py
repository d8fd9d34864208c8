"""The data types of FHIR R4 that our resources are made of (hl7.org/fhir/R4/datatypes.html)."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from engine.exporters.safe_text import visible
from engine.hashing import bytes_sha256

Resource = dict[str, Any]

# Names of this program's own identifiers and extensions; urn:casebook is not resolved by anybody.
SYSTEM = "urn:casebook"
DICOM_UID = "urn:dicom:uid"
DCM = "http://dicom.nema.org/resources/ontology/DCM"
LOINC = "http://loinc.org"
# Where the vocabularies behind our concepts live, by the prefix of their ids.
VOCABULARIES = {
    "HP": "http://human-phenotype-ontology.org",
    "DOID": "http://purl.obolibrary.org/obo/doid.owl",
    "UBERON": "http://purl.obolibrary.org/obo/uberon.owl",
}


def resource(kind: str, identity: str, **elements: object) -> Resource:
    """Return a resource without the elements that are empty, which FHIR forbids."""
    return {"resourceType": kind, "id": identity} | filled(**elements)


def filled(**elements: object) -> dict[str, Any]:
    """Return the elements that say something; a name may end in ``_`` where Python reserves the word."""
    return {
        name.rstrip("_"): value for name, value in elements.items() if value not in (None, "", [], {}, ())
    }


def identity_of(*parts: str) -> str:
    """Return an id for what has none in the case: 16 hex digits over the parts."""
    return bytes_sha256("\n".join(parts).encode("utf-8", "surrogatepass"))[:16]


def url(kind: str, identity: str) -> str:
    """Return the full URL of a resource: a UUID made from its kind and id."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{SYSTEM}:{kind}/{identity}')}"


def reference(kind: str, identity: str, display: str = "") -> dict[str, Any]:
    return filled(reference=url(kind, identity), type=kind, display=text(display))


def concept(words: str, *codings: dict[str, Any]) -> dict[str, Any]:
    return filled(coding=[coding for coding in codings if coding], text=text(words))


def coding(system: str, code: str, display: str = "") -> dict[str, Any]:
    return filled(system=system, code=code, display=text(display))


def vocabulary_coding(named: str) -> dict[str, Any]:
    """Return the coding of a concept such as ``HP:0002202 Pleural effusion``; nothing for our own."""
    code, _, name = named.partition(" ")
    system = VOCABULARIES.get(code.partition(":")[0])
    return coding(system, code, name) if system else {}


def identifier(system: str, value: str) -> dict[str, Any]:
    return filled(system=system, value=text(value))


def uid(value: str) -> dict[str, Any]:
    """Return a DICOM UID as FHIR writes it; other numbers of studies as our own identifier."""
    if value and all(part.isdigit() for part in value.split(".")):
        return identifier(DICOM_UID, f"urn:oid:{value}")
    return identifier(f"{SYSTEM}:study", value)


def moment(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}" if at else ""


def extension(name: str, **value: object) -> dict[str, Any]:
    return {"url": f"{SYSTEM}:{name}", **value}


def text(words: str) -> str:
    """Return a FHIR string: no control characters, not only blanks."""
    return visible(words).strip()
