"""The case as one CASE/UCO graph in JSON-LD, written node by node."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exporters.case_uco import evidence, findings
from engine.exporters.case_uco.nodes import CONTEXT, Node, iri, moment, node, text
from engine.exporters.options import ExportOptions
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the graph to ``out``."""
    with out.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as stream:
        stream.write(f'{{"@context": {json.dumps(CONTEXT)},\n"@graph": [')
        for number, row in enumerate(_nodes(store, options)):
            stream.write(",\n" if number else "\n")
            stream.write(json.dumps(row, ensure_ascii=False, allow_nan=False))
        stream.write("\n]}\n")


def _nodes(store: CaseStore, options: ExportOptions) -> Iterator[Node]:
    parts: tuple[tuple[str, Iterable[Node]], ...] = (
        ("case", [_investigation(store, options)]),
        ("files", evidence.files(store)),
        ("provenance", evidence.provenance(store)),
        ("images", evidence.images(store)),
        ("reports", evidence.reports(store)),
        ("tools", findings.tools(store)),
        ("regions", findings.regions(store)),
        ("entities", findings.entities(store)),
        ("links", findings.ties(store)),
        ("reviews", findings.reviews(store)),
    )
    for number, (step, nodes) in enumerate(parts):
        options.progress(Progress(step=step, done=number, total=len(parts)))
        yield from nodes


def _investigation(store: CaseStore, options: ExportOptions) -> Node:
    case = store.case
    return node(
        iri("investigation", case.name, case.created_at.isoformat()),
        "case-investigation:Investigation",
        core_name=text(case.name),
        core_description=[
            f"audit chain before this export: {options.audit_length} entries, head {options.audit_hash}",
            *([f"reference {text(case.reference)}"] if case.reference else []),
        ],
        core_objectCreatedTime=moment(options.at),
        core_startTime=moment(case.created_at),
        investigation_focus=[case.kind.value],
    )
