"""Medical Subject Headings: descriptors in ASCII (``d2026.bin``) or XML (``desc2026.xml``), of the NLM."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from engine.errors import UsageError
from engine.terminologies.term_row import TermRow

# By the branch that the first tree number lies in, the longest prefix first.
_BRANCHES = (("E07", "device"), ("A", "anatomy"), ("C", "finding"), ("D", "chemical"), ("E", "procedure"))


@dataclass(slots=True)
class _Descriptor:
    id: str = ""
    name: str = ""
    terms: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def read_mesh_text(path: Path) -> Iterator[TermRow]:
    """Yield the descriptors of an ASCII file that lie in a branch with an Entity label."""
    descriptors: list[_Descriptor] = []
    with path.open(encoding="utf-8-sig") as stream:
        for line in stream:
            key, mark, value = line.rstrip("\n").partition(" = ")
            if line.startswith("*NEWRECORD"):
                descriptors.append(_Descriptor())
            elif mark and descriptors:
                _take(descriptors[-1], key, value)
    if not descriptors:
        raise UsageError(f"{path} holds no MeSH record (*NEWRECORD)")
    yield from _placed(descriptors)


def read_mesh_xml(path: Path) -> Iterator[TermRow]:
    """Yield the descriptors of an XML file that lie in a branch with an Entity label."""
    descriptors: list[_Descriptor] = []
    try:
        for _, element in ElementTree.iterparse(path):
            if element.tag == "DescriptorRecord":
                descriptors.append(
                    _Descriptor(
                        element.findtext("DescriptorUI", ""),
                        element.findtext("DescriptorName/String", ""),
                        [
                            term.text or ""
                            for term in element.iterfind("ConceptList/Concept/TermList/Term/String")
                        ],
                        [place.text or "" for place in element.iterfind("TreeNumberList/TreeNumber")],
                    )
                )
                element.clear()
    except ElementTree.ParseError as error:
        raise UsageError(f"{path} is not XML: {error}") from error
    if not descriptors:
        raise UsageError(f"{path} holds no MeSH DescriptorRecord")
    yield from _placed(descriptors)


def _take(descriptor: _Descriptor, key: str, value: str) -> None:
    if key == "MH":
        descriptor.name = value
    elif key == "UI":
        descriptor.id = value
    elif key in ("ENTRY", "PRINT ENTRY"):
        descriptor.terms.append(value.partition("|")[0])
    elif key == "MN":
        descriptor.places.append(value)


def _placed(descriptors: Iterable[_Descriptor]) -> Iterator[TermRow]:
    at = {place: descriptor.id for descriptor in descriptors for place in descriptor.places}
    for descriptor in descriptors:
        label = next(
            (
                label
                for branch, label in _BRANCHES
                if any(each.startswith(branch) for each in descriptor.places)
            ),
            "",
        )
        above = {at.get(place.rpartition(".")[0], "") for place in descriptor.places} - {""}
        if label and descriptor.name:
            terms = (_turned(term) for term in descriptor.terms)
            yield TermRow(
                f"MESH:{descriptor.id}",
                label,
                _turned(descriptor.name),
                tuple(terms),
                tuple(sorted(f"MESH:{each}" for each in above)),
            )


def _turned(term: str) -> str:
    """Return "Pulmonary Fibrosis" for "Fibrosis, Pulmonary"."""
    head, comma, modifier = term.partition(", ")
    return f"{modifier} {head}" if comma and "," not in modifier else term
