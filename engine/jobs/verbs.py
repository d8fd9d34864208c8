"""What the two engine processes can be asked, by verb; each verb is a job called with a message's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.clock import system_clock
from engine.jobs.case import new_case
from engine.jobs.case_verbs import CASE_VERBS, export_options
from engine.jobs.decision_verbs import DECISION_VERBS
from engine.jobs.duplicates import duplicate_groups
from engine.jobs.evidence import EvidenceReader
from engine.jobs.export import export_case
from engine.jobs.ingest import IngestOptions, ingest
from engine.jobs.looking import note_opening, note_search
from engine.jobs.program_verbs import PROGRAM_VERBS
from engine.jobs.requested_case import requested_case
from engine.jobs.search import SearchAnswer, search_case
from engine.jobs.search_similar import similar_images, similar_regions
from engine.jobs.signature import Signer, load_signer
from engine.jobs.verb import Reply, Verb
from engine.jobs.verify import verify_case
from engine.messages import Request
from engine.model.evidence import CaseKind
from engine.model.ids import ImageId, RegionId
from engine.protocols import ReadOptions
from engine.recognizers.context_rules import load_context_rules
from engine.store import CaseStore


@contextmanager
def job_verbs(device: str) -> Iterator[Mapping[str, Verb]]:
    """Offer what changes a case or writes files."""

    def new(request: Request, _: Reply) -> Mapping[str, Any]:
        words = request.arguments
        new_case(
            Path(words["path"]),
            kind=CaseKind(words["kind"]),
            name=words.get("name", ""),
            reference=words.get("reference", ""),
            examiner=words.get("examiner", ""),
            passphrase=words.get("passphrase", ""),
            clock=system_clock,
        )
        return {"path": words["path"]}

    def take_in(request: Request, reply: Reply) -> Mapping[str, Any]:
        words = request.arguments
        options = IngestOptions(
            device=device,
            profile=str(words.get("profile", "")),
            retry=bool(words.get("retry", False)),
            reading=ReadOptions(
                file_column=words.get("file_column", ""), text_columns=tuple(words.get("text_columns", ()))
            ),
        )
        with requested_case(words) as store:
            summary = ingest(
                store,
                [Path(path) for path in words["paths"]],
                options=options,
                clock=system_clock,
                progress=reply.progress,
            )
        return asdict(summary)

    def export(request: Request, reply: Reply) -> Mapping[str, Any]:
        words = request.arguments
        with requested_case(words) as store, EvidenceReader(store) as evidence:
            result = export_case(
                store,
                Path(words["out"]),
                format=words.get("format", ""),
                load_view=evidence.view,
                progress=reply.progress,
                signer=_signer(words),
                **export_options(words),
            )
        return {"out": str(result.path), "sha256": result.sha256}

    def verify(request: Request, reply: Reply) -> Mapping[str, Any]:
        with requested_case(request.arguments) as store:
            found = verify_case(store, progress=reply.progress)
        return {"ok": found.ok, "differences": [asdict(each) for each in found.differences]}

    elsewhere = {**CASE_VERBS, **DECISION_VERBS, **PROGRAM_VERBS}
    yield {"new": new, "ingest": take_in, "export": export, "verify": verify, **elsewhere}


def _signer(words: Mapping[str, Any]) -> Signer | None:
    """Return whose certificate signs a report; the passphrase comes through stdin, like a key."""
    if not words.get("certificate"):
        return None
    passphrase = str(words.get("certificate_passphrase", ""))
    return load_signer(Path(str(words["certificate"])), passphrase, at=system_clock())


class _Queries:
    """The case that a query worker answers about, kept open between questions."""

    def __init__(self) -> None:
        self._store: CaseStore | None = None
        self._evidence: EvidenceReader | None = None

    def close(self) -> None:
        if self._evidence is not None:
            self._evidence.close()
        if self._store is not None:
            self._store.close()
        self._store = self._evidence = None

    def store(self, request: Request) -> CaseStore:
        path = Path(str(request.arguments["case"]))
        if self._store is None or self._store.path != path:
            self.close()
            self._store = requested_case(request.arguments, read_only=True)
        return self._store

    def evidence(self, request: Request) -> EvidenceReader:
        store = self.store(request)
        if self._evidence is None:
            self._evidence = EvidenceReader(store)
        return self._evidence


@contextmanager
def query_verbs(_: str) -> Iterator[Mapping[str, Verb]]:
    """Offer what only reads a case."""
    queries = _Queries()

    def open_(request: Request, _: Reply) -> Mapping[str, Any]:
        store = queries.store(request)
        search_case(store, "warm", limit=1)
        load_context_rules()
        words = request.arguments
        audited = not words.get("read_only") and note_opening(store, examiner=str(words.get("examiner", "")))
        return {"case": str(store.path), "name": store.case.name, "audited": audited}

    def close(_request: Request, _reply: Reply) -> Mapping[str, Any]:
        queries.close()
        return {}

    def search(request: Request, _: Reply) -> Mapping[str, Any]:
        words, store = request.arguments, queries.store(request)
        answer = search_case(
            store,
            str(words["text"]),
            assertion=str(words.get("assertion", "present")),
            limit=int(words.get("limit", 50)),
            expand=bool(words.get("expand", True)),
        )
        return {**_answer(answer), "audited": _noted(store, str(words["text"]), len(answer.hits), words)}

    def similar(request: Request, _: Reply) -> Mapping[str, Any]:
        words, store = request.arguments, queries.store(request)
        limit, region = int(words.get("limit", 20)), str(words.get("region_id") or "")
        if region:
            hits = similar_regions(store, RegionId(region), limit=limit)
        else:
            hits = similar_images(store, ImageId(str(words["image_id"])), limit=limit)
        asked = f"like region {region}" if region else f"like image {words['image_id']}"
        audited = _noted(store, asked, len(hits), words)
        return {"hits": [asdict(hit) for hit in hits], "audited": audited}

    def preview(request: Request, _: Reply) -> Mapping[str, Any]:
        words = request.arguments
        found = queries.evidence(request).preview(
            ImageId(str(words["image_id"])),
            max_px=int(words.get("max_px", 2048)),
            values_window=_window(words),
        )
        return {**asdict(found), "path": str(found.path)}

    def tiles(request: Request, _: Reply) -> Mapping[str, Any]:
        words = request.arguments
        found = queries.evidence(request).tiles(ImageId(str(words["image_id"])), values_window=_window(words))
        return {**asdict(found), "folder": str(found.folder)}

    def duplicates(request: Request, _: Reply) -> Mapping[str, Any]:
        return {"groups": duplicate_groups(queries.store(request))}

    def models(_request: Request, _reply: Reply) -> Mapping[str, Any]:
        from engine.jobs.training_verbs import shelf_answer

        return shelf_answer()

    try:
        yield {
            "open": open_,
            "close": close,
            "search": search,
            "similar": similar,
            "preview": preview,
            "tiles": tiles,
            "duplicates": duplicates,
            "models": models,
        }
    finally:
        queries.close()


def _noted(store: CaseStore, asked: str, hits: int, words: Mapping[str, Any]) -> bool:
    """Record a search, unless the case was opened for reading only; tell whether it is recorded."""
    if words.get("read_only"):
        return False
    return note_search(store, asked, hits=hits, examiner=str(words.get("examiner", "")))


def _answer(answer: SearchAnswer) -> Mapping[str, Any]:
    return asdict(answer)


def _window(words: Mapping[str, Any]) -> tuple[float, float] | None:
    """Return center and width of the window that a request names, if it does."""
    return (float(words["center"]), float(words["width"])) if words.get("width") else None
