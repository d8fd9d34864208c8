"""What the job worker can be asked about a whole case beside its evidence, by verb.

``preflight`` takes ``case``, ``paths`` and perhaps ``profile``; it answers with the fields of
``Preflight``. ``settings`` takes ``case`` and the fields of ``CaseSettings``; ``move_folder`` takes
``case``, ``label`` and ``folder``. ``sample`` takes ``name`` and ``out``; it answers with the
``path`` of the case that it built. ``draft`` takes ``case`` and
``options`` and answers as ``Draft``. A request about an encrypted case also has its ``key``.
"""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from engine.clock import system_clock
from engine.errors import UsageError
from engine.jobs.preflight import preflight
from engine.jobs.requested_case import requested_case, requested_key, requested_path
from engine.jobs.roots import move_root
from engine.jobs.verb import Reply, Verb
from engine.messages import Request
from engine.store import CaseSettings, upgrade_case


def _preflight(request: Request, reply: Reply) -> Mapping[str, Any]:
    words = request.arguments
    paths = [Path(path) for path in words["paths"]]
    with requested_case(words, read_only=True) as store:
        found = preflight(store, paths, profile=str(words.get("profile", "")), progress=reply.progress)
    return {**asdict(found), "unreadable": found.unreadable}


def _settings(request: Request, _: Reply) -> Mapping[str, Any]:
    words = request.arguments
    wanted = CaseSettings(
        name=str(words["name"]),
        reference=str(words["reference"]),
        examiner=str(words["examiner"]),
        subject=str(words["subject"]),
        profile=str(words["profile"]),
        left_out=tuple(words["left_out"]),
    )
    with requested_case(words) as store:
        store.change_settings(wanted)
    return {"path": words["case"]}


def _move_folder(request: Request, _: Reply) -> Mapping[str, Any]:
    words = request.arguments
    with requested_case(words) as store:
        move_root(store, str(words["label"]), Path(words["folder"]))
    return {"label": words["label"], "folder": words["folder"]}


def _sample(request: Request, reply: Reply) -> Mapping[str, Any]:
    from engine.jobs.demo import build_sample
    from sample_cases import find_sample

    words = request.arguments
    out = Path(words["out"])
    out.mkdir(parents=True, exist_ok=True)
    built = build_sample(find_sample(str(words["name"])), out, clock=system_clock, progress=reply.progress)
    return {"path": str(built.case), "report": str(built.report)}


def _upgrade(request: Request, _: Reply) -> Mapping[str, Any]:
    words = request.arguments
    backup = upgrade_case(requested_path(words, "case"), key=requested_key(words))
    return {"backup": str(backup or "")}


def _rekey(request: Request, _: Reply) -> Mapping[str, Any]:
    """Encrypt a plain case; give an encrypted one another ``passphrase``, or none where that is empty."""
    from engine.jobs.encryption import change_passphrase, decrypt_case, encrypt_case

    words = request.arguments
    path, key, passphrase = requested_path(words, "case"), requested_key(words), str(words["passphrase"])
    if key is None:
        done = encrypt_case(path, passphrase, clock=system_clock)
    elif passphrase:
        done = change_passphrase(path, key, passphrase, clock=system_clock)
    else:
        done = decrypt_case(path, key, clock=system_clock)
    return {"encrypted": done.encrypted, "left": [backup.name for backup in done.left]}


def _draft(request: Request, reply: Reply) -> Mapping[str, Any]:
    from engine.jobs.drafts import draft_report

    with requested_case(request.arguments, read_only=True) as store:
        drawn = draft_report(store, export_options(request.arguments), progress=reply.progress)
    return {**asdict(drawn), "pages": [str(page) for page in drawn.pages]}


def export_options(words: Mapping[str, Any]) -> dict[str, Any]:
    """Return those of a request's ``options`` that an export knows; raises UsageError for another."""
    from engine.jobs.export import export_case

    known = inspect.signature(export_case).parameters
    options: dict[str, Any] = dict(words.get("options", {}))
    for name in options:
        if name not in known:
            raise UsageError(f"an export has no option {name!r}")
    return options


CASE_VERBS: Mapping[str, Verb] = {
    "preflight": _preflight,
    "settings": _settings,
    "move_folder": _move_folder,
    "sample": _sample,
    "upgrade": _upgrade,
    "rekey": _rekey,
    "draft": _draft,
}
