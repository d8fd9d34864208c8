"""Model packs (``.casemodels``): models that travel by USB stick to a workstation without a network.

A zip of ``manifest.json`` (the models, and size and SHA-256 of every file), the model folders under
``models/``, and where it was signed ``signature.json``: Ed25519 (RFC 8032) over the bytes of the manifest.
Equal models give equal bytes, so that two people can compare what they packed.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from engine.errors import ModelMismatch, UsageError
from engine.hashing import file_sha256
from engine.jobs.signatures import Signature, sign
from engine.settings import ENGINE_VERSION
from engine.weights import ModelCard, find_model

SUFFIX = ".casemodels"
MANIFEST, SIGNATURE, MODELS = "manifest.json", "signature.json", "models"
FORMAT_VERSION = 1
# Networks for CPUs, fitted tables, and spaCy pipelines; a ``.pt`` is a pickle and stays where it was made.
FORMATS = frozenset({"onnx", "json", "npz", "spacy"})
_EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedFile:
    """A file of a pack: ``path`` inside it, POSIX; what it must be."""

    path: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedModel:
    """What the manifest says about one model, for people who look before they add."""

    name: str
    version: str
    task: str
    licence: str
    summary: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a pack holds, who made it and when; ``made_by`` is a program and its version."""

    made_by: str
    made_at: str
    models: tuple[PackedModel, ...]
    files: tuple[PackedFile, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A pack that was written; ``signer`` is the fingerprint of its key, empty where it is unsigned."""

    path: Path
    models: tuple[str, ...]
    size_bytes: int
    sha256: str
    signer: str


def pack_models(names: Sequence[str], out: Path, *, at: datetime, key: Path | None = None) -> Pack:
    """Write the models ``names`` into the pack ``out``, signed by the private key in the PEM file ``key``.

    Raises UsageError where nothing is named, a licence is missing or ``out`` exists, ModelMissing for a name
    that is none, ModelMismatch where weights are not those of their card or of a format that a pack carries.
    """
    if not names:
        raise UsageError("name the models to pack; 'casebook models list' shows what there is")
    out = out if out.suffix == SUFFIX else out.with_name(out.name + SUFFIX)
    if out.exists():
        raise UsageError(f"there is a file {out} already")
    cards = [find_model(name) for name in dict.fromkeys(names)]
    contents: dict[str, Path] = {}
    for card in cards:
        _refuse_unfit(card)
        contents.update(_files_of(card))
    manifest = as_bytes(_manifest(cards, contents, at))
    signature = sign(manifest, key) if key else None
    partial = out.with_name(out.name + ".part")
    try:
        _write(partial, manifest, signature, contents)
        partial.replace(out)
    finally:
        partial.unlink(missing_ok=True)
    return Pack(
        path=out,
        models=tuple(card.name for card in cards),
        size_bytes=out.stat().st_size,
        sha256=file_sha256(out),
        signer=signature.fingerprint if signature else "",
    )


def _refuse_unfit(card: ModelCard) -> None:
    if card.format not in FORMATS:
        raise ModelMismatch(
            f"model {card.name!r} has format {card.format!r}; packs carry {', '.join(sorted(FORMATS))}"
        )
    if not card.licence:
        raise UsageError(f"model {card.name!r} names no licence: write one into its model.toml, then pack it")
    card.verify()


def model_folder(card: ModelCard) -> Path:
    """Return the folder whose ``model.toml`` the card is: the weights lie in it, at any depth."""
    return next(folder for folder in card.path.parents if (folder / "model.toml").is_file())


def _files_of(card: ModelCard) -> Mapping[str, Path]:
    folder = model_folder(card)
    return {
        f"{MODELS}/{card.name}/{path.relative_to(folder).as_posix()}": path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    }


def _manifest(cards: Sequence[ModelCard], contents: Mapping[str, Path], at: datetime) -> Manifest:
    return Manifest(
        made_by=f"casebook {ENGINE_VERSION}",
        made_at=at.isoformat(timespec="seconds"),
        models=tuple(
            PackedModel(
                name=card.name,
                version=card.version,
                task=card.task,
                licence=card.licence,
                summary=card.summary,
            )
            for card in cards
        ),
        files=tuple(
            PackedFile(path=name, size_bytes=path.stat().st_size, sha256=file_sha256(path))
            for name, path in sorted(contents.items())
        ),
    )


def as_bytes(manifest: Manifest) -> bytes:
    """Return the manifest as it stands in a pack; these bytes are signed."""
    fields = {
        "format": SUFFIX.removeprefix("."),
        "version": FORMAT_VERSION,
        "made_by": manifest.made_by,
        "made_at": manifest.made_at,
        "models": [_fields(model) for model in manifest.models],
        "files": [_fields(file) for file in manifest.files],
    }
    return json.dumps(fields, ensure_ascii=False, indent=1, sort_keys=True).encode() + b"\n"


def _fields(record: PackedFile | PackedModel) -> dict[str, Any]:
    return {name: getattr(record, name) for name in record.__slots__}


def _write(out: Path, manifest: bytes, signature: Signature | None, contents: Mapping[str, Path]) -> None:
    with zipfile.ZipFile(out, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        _add(pack, MANIFEST, manifest)
        if signature is not None:
            _add(pack, SIGNATURE, signature.as_bytes())
        for name in sorted(contents):
            _add(pack, name, contents[name].read_bytes())


def _add(pack: zipfile.ZipFile, name: str, content: bytes) -> None:
    entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
    entry.external_attr = 0o644 << 16
    entry.create_system = 3
    pack.writestr(entry, content, zipfile.ZIP_DEFLATED)
