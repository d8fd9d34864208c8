"""``casebook models``, ``train`` and ``evaluate``: what models there are, making them, and measuring them."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.passphrases import key_for
from engine.cli.printing import Printer
from engine.errors import UsageError
from engine.left_out import leave_torch_out

PACK_SUFFIX = ".casemodels"


def models(options: argparse.Namespace, printer: Printer) -> bool:
    return _WHAT[options.what](options, printer)


def train(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.case import CASE_SUFFIX
    from engine.jobs.train import train_model

    key = key_for(options.data, options) if options.data.suffix == CASE_SUFFIX else None
    with printer.progress() as progress:
        card = train_model(
            options.task, options.data, options.out, settings=options.set, progress=progress, key=key
        )
    printer.record(card, sentence=f"trained {card.name} into {card.path.parent}")
    return True


def evaluate(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.evaluate import evaluate_retrieval, evaluate_task

    if options.task == "retrieval":
        if options.queries is None:
            raise UsageError("evaluate retrieval needs a case and a file of queries")
        figures = evaluate_retrieval(
            options.data, options.queries, clock=options.clock, key=key_for(options.data, options)
        )
    else:
        settings = {
            name: getattr(options, name) for name in ("model", "regions", "plots", "include", "exclude")
        }
        figures = evaluate_task(options.task, options.data, **settings)
    printer.record(figures)
    return True


def _list(_: argparse.Namespace, printer: Printer) -> bool:
    from engine.weights import all_models

    columns = ("name", "version", "task", "format", "origin", "licence", "summary")
    printer.rows(all_models(), nothing="no models", columns=columns)
    return True


def _check(_: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.models import check_models

    checks = check_models()
    printer.rows(checks, nothing="no models")
    return all(check.ok for check in checks)


def _add(options: argparse.Namespace, printer: Printer) -> bool:
    file = _one(options, "a model pack, .pt, .onnx, or the folder of a spaCy package")
    if file.suffix.lower() == PACK_SUFFIX and file.is_file():
        return _add_pack(file, options, printer)
    from engine.jobs.models import add_model

    if options.trust is not None:
        raise UsageError("--trust is for model packs; this is none")
    scenes = tuple(filter(None, options.scenes.split(",")))
    with printer.progress() as progress:
        card = add_model(file, name=options.name, scenes=scenes, task=options.task, progress=progress)
    printer.record(card, sentence=f"added {card.name}: {card.task}, {len(card.labels)} labels")
    return True


def _add_pack(file: Path, options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.model_unpacking import add_pack, sentences

    if options.name or options.scenes:
        raise UsageError("--name and --scenes are for single models; a pack says both itself")
    with printer.progress() as progress:
        added = add_pack(file, trusted=options.trust, progress=progress)
    printer.record(added, sentence="\n".join(sentences(added)))
    return True


def _use(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.model_shelf import ROLES
    from engine.weights import choose_model

    if len(options.names) != 2 or options.names[0] not in ROLES:
        raise UsageError(f"models use needs the work and a model for it; the works: {', '.join(ROLES)}")
    role, name = options.names
    choose_model(role, name)
    printer.record({"role": role, "model": name}, sentence=f"{name} does the work of {role} from now on")
    return True


def _pack(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.model_pack import pack_models

    if options.out is None:
        raise UsageError("models pack needs --out FILE")
    pack = pack_models(options.names, options.out, at=options.clock(), key=options.sign)
    signed = f"signed by {pack.signer}" if pack.signer else "not signed"
    printer.record(
        pack,
        sentence=f"packed {', '.join(pack.models)} into {pack.path}: {pack.size_bytes / 1e6:.1f} MB, "
        f"{signed}, SHA-256 {pack.sha256}",
    )
    return True


def _key(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.signatures import make_key

    private = _one(options, "the file of the new private key, such as laboratory.pem")
    public = make_key(private)
    printer.record(
        {"private_key": private, "public_key": public},
        sentence=f"made {private} (keep it to yourself) and {public} (give it to those who add your packs)",
    )
    return True


def _one(options: argparse.Namespace, what: str) -> Path:
    if len(options.names) != 1:
        raise UsageError(f"models {options.what} needs {what}")
    return Path(options.names[0])


_WHAT = {"list": _list, "check": _check, "add": _add, "use": _use, "pack": _pack, "key": _key}
