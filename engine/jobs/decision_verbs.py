"""What the job worker can be asked about the decisions and Regions of others, by verb.

Requests name ``case`` (its path) and ``file`` (that of the decisions file). ``decisions_export`` also takes
``examiner`` (whose; default: the case's) and answers with ``path``, ``examiner``, ``sha256``, ``reviews``,
``bookmarks``, ``audit_length``, ``audit_hash``.

``decisions_compare`` and ``decisions_import`` also take ``sha256``: the hash that the file must have, where
it is known (default: any); ``decisions_import`` takes ``examiner``, whom the audit entry names as the one
who took it in. ``decisions_compare`` writes nothing and answers with ``examiner``,
``exported_at``, ``sha256``, ``same_chain``, ``kappa`` (or null), the counts ``agreed``, ``disagreed``,
``only_own``, ``only_other``, ``added_regions``, and two lists: ``findings``, disagreements first, each with
``accord`` (``agreed``, ``disagreed``, ``only-own``, ``only-other``), ``target_kind``, ``target_id``,
``what``, ``where`` (paths), and ``own`` and ``other``, each a Review (``verdict``, ``label``, ``note``,
``examiner``, ``at``, ``polygons``, …) or null; ``unplaced``, each with ``target_kind``, ``target_id``,
``verdict``, ``reason``. ``decisions_import`` answers with the counts ``reviews``, ``already_here``,
``bookmarks``, and that same comparison as ``comparison``.

``regions_import`` takes ``case``, ``path`` (a file or folder that another program wrote), ``format``
(``coco``, ``labelme``, ``yolo``; default: what it looks like) and ``examiner`` (who answers for it; default:
the case's). It answers with ``format``, ``sha256``, the counts ``pictures``, ``matched``, ``added``,
``corrected``, ``already_here``, and the lists ``unmatched`` (pictures) and ``left_out`` (areas), each item
with ``name`` and ``reason``.

A file that is altered, of another case, or none fails as ``UsageError`` with a sentence for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from engine.hashing import plain
from engine.jobs.decisions import compare_decisions, export_decisions, import_decisions
from engine.jobs.import_regions import import_regions
from engine.jobs.requested_case import requested_case, requested_path
from engine.jobs.verb import Reply, Verb
from engine.messages import Request


def _export(request: Request, _: Reply) -> Mapping[str, Any]:
    words = request.arguments
    examiner = str(words.get("examiner", ""))
    with requested_case(words, actor=examiner) as store:
        found = export_decisions(store, requested_path(words, "file"), examiner=examiner)
    return _answer(found)


def _import(request: Request, reply: Reply) -> Mapping[str, Any]:
    words = request.arguments
    importer = str(words.get("examiner", ""))
    with requested_case(words, actor=importer) as store:
        found = import_decisions(
            store, requested_path(words, "file"), sha256=str(words.get("sha256", "")), progress=reply.progress
        )
    return _answer(found)


def _compare(request: Request, reply: Reply) -> Mapping[str, Any]:
    words = request.arguments
    with requested_case(words, read_only=True) as store:
        found = compare_decisions(
            store, requested_path(words, "file"), sha256=str(words.get("sha256", "")), progress=reply.progress
        )
    return _answer(found)


def _import_regions(request: Request, reply: Reply) -> Mapping[str, Any]:
    words = request.arguments
    with requested_case(words) as store:
        found = import_regions(
            store,
            requested_path(words, "path"),
            format=str(words.get("format", "")),
            examiner=str(words.get("examiner", "")),
            progress=reply.progress,
        )
    return _answer(found)


def _answer(found: object) -> Mapping[str, Any]:
    fields: Mapping[str, Any] = plain(found)
    return fields


DECISION_VERBS: Mapping[str, Verb] = {
    "decisions_export": _export,
    "decisions_import": _import,
    "decisions_compare": _compare,
    "regions_import": _import_regions,
}
