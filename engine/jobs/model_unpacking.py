"""Adding the models of a pack: everything is checked before anything is on the shelf.

A pack comes from outside. Nothing in it is trusted before its size, path and SHA-256 are those of its
manifest; no path leaves the model's folder; nothing is read that could unfold beyond its stated size; no
pickle and no program comes in.
"""

from __future__ import annotations

import json
import lzma
import shutil
import struct
import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ModelMismatch, UnsafeModel, UsageError
from engine.hashing import bytes_sha256
from engine.jobs.model_pack import (
    FORMAT_VERSION,
    FORMATS,
    MANIFEST,
    SIGNATURE,
    SUFFIX,
    Manifest,
    PackedFile,
    PackedModel,
)
from engine.jobs.pack_dangers import refuse_code, refuse_harm
from engine.jobs.signatures import Signature, check, parse_signature
from engine.progress import Progress, ReportProgress
from engine.settings import user_models_dir
from engine.weights import CARD_FILE, ModelCard, read_card

# What zipfile raises for bytes that are no zip, or one that it cannot read.
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    RuntimeError,
    ValueError,
    EOFError,
)
_MOST_MANIFEST_BYTES = 8 << 20
_MOST_SIGNATURE_BYTES = 4096


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """What came from a pack; ``signer`` is the fingerprint of its key, empty where it is unsigned."""

    models: tuple[str, ...]
    already_there: tuple[str, ...]
    made_by: str
    made_at: str
    signer: str


def add_pack(file: Path, *, trusted: Path | None = None, progress: ReportProgress) -> Added:
    """Check the pack ``file`` and put its models onto this workstation's shelf: all of them or none.

    ``trusted``: the public key (PEM) that must have signed it. Raises UsageError where it is no pack or a
    model of that name and other weights is there, UnsafeModel where it could do harm, ModelMismatch where
    it is not what its manifest, its cards or its signature say.
    """
    try:
        with zipfile.ZipFile(file) as pack:
            manifest, signature = _read_head(pack, trusted)
            shelf = user_models_dir()
            shelf.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(prefix=".adding-", dir=shelf) as folder:
                _unpack(pack, manifest, Path(folder), progress)
                cards = [_checked_card(Path(folder), model) for model in manifest.models]
                fresh = [card for card in cards if not _is_there(card, shelf)]
                for card in fresh:
                    shutil.move(Path(folder) / card.name, shelf / card.name)
    except _DAMAGE as error:
        raise UsageError(f"{file.name} is no model pack, or is damaged: {error}") from error
    except OSError as error:
        raise UsageError(f"{file.name} cannot be added: {error.strerror or error}") from error
    added = {card.name for card in fresh}
    return Added(
        models=tuple(sorted(added)),
        already_there=tuple(sorted(card.name for card in cards if card.name not in added)),
        made_by=manifest.made_by,
        made_at=manifest.made_at,
        signer=signature.fingerprint if signature else "",
    )


def _read_head(pack: zipfile.ZipFile, trusted: Path | None) -> tuple[Manifest, Signature | None]:
    """Read and check what the pack says it holds, before anything else of it is read."""
    entries = {entry.filename: entry for entry in pack.infolist()}
    twice = [name for name, times in Counter(pack.namelist()).items() if times > 1]
    if twice:
        raise UnsafeModel(f"the pack holds {twice[0]!r} twice")
    if MANIFEST not in entries:
        raise UsageError(f"it is no model pack ({SUFFIX}): it has no {MANIFEST}")
    content = _read(pack, entries[MANIFEST], _MOST_MANIFEST_BYTES)
    signature = None
    if SIGNATURE in entries:
        signature = parse_signature(_read(pack, entries[SIGNATURE], _MOST_SIGNATURE_BYTES))
        check(signature, content, trusted)
    elif trusted is not None:
        raise ModelMismatch(f"the pack is not signed; it was to be signed by the key in {trusted.name}")
    manifest = _parsed(content)
    refuse_harm(manifest, entries)
    return manifest, signature


def _parsed(content: bytes) -> Manifest:
    try:
        fields: dict[str, Any] = json.loads(content)
        if fields["format"] != SUFFIX.removeprefix("."):
            raise ModelMismatch("its manifest is not that of a model pack")
        if fields["version"] != FORMAT_VERSION:
            raise ModelMismatch(
                f"it is of version {fields['version']!r}; this Casebook reads {FORMAT_VERSION}"
            )
        return Manifest(
            made_by=str(fields["made_by"]),
            made_at=str(fields["made_at"]),
            models=tuple(_model(each) for each in fields["models"]),
            files=tuple(_file(each) for each in fields["files"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise ModelMismatch(f"its manifest cannot be read: {type(error).__name__}") from error


def _model(fields: Mapping[str, object]) -> PackedModel:
    return PackedModel(**{name: str(fields[name]) for name in PackedModel.__slots__})


def _file(fields: Mapping[str, object]) -> PackedFile:
    return PackedFile(
        path=str(fields["path"]), size_bytes=int(str(fields["size_bytes"])), sha256=str(fields["sha256"])
    )


def _read(pack: zipfile.ZipFile, entry: zipfile.ZipInfo, most_bytes: int) -> bytes:
    """Read a whole entry; raises UnsafeModel where it unfolds beyond ``most_bytes``."""
    with pack.open(entry) as stream:
        content = stream.read(most_bytes + 1)
    if len(content) > most_bytes:
        raise UnsafeModel(f"{entry.filename[:80]!r} unfolds to more than the {most_bytes} bytes it may have")
    return content


def _unpack(pack: zipfile.ZipFile, manifest: Manifest, folder: Path, progress: ReportProgress) -> None:
    """Write the files of the manifest into ``folder``, each only when it is what it must be."""
    for number, file in enumerate(manifest.files):
        progress(Progress(step="check models", done=number, total=len(manifest.files), item=file.path))
        content = _read(pack, pack.getinfo(file.path), file.size_bytes)
        if bytes_sha256(content) != file.sha256:
            raise ModelMismatch(f"{file.path!r} is not what the manifest lists: its SHA-256 differs")
        refuse_code(file.path, content)
        target = folder.joinpath(*file.path.split("/")[1:])
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)


def _checked_card(folder: Path, model: PackedModel) -> ModelCard:
    """Return the card of an unpacked model; raises where it points elsewhere or says something else."""
    own = folder / model.name
    card = read_card(own, origin="added")
    named = [card.path, card.path.parent / card.parameter("outlines")]
    if not all(path.resolve().is_relative_to(own.resolve()) for path in named):
        raise UnsafeModel(f"the card of {model.name!r} points outside its folder")
    if card.format not in FORMATS:
        raise UnsafeModel(f"model {model.name!r} has format {card.format!r}, which no pack may carry")
    said = (card.name, card.version, card.task, card.licence)
    if said != (model.name, model.version, model.task, model.licence):
        raise ModelMismatch(f"the card of {model.name!r} says something else than the manifest: {said}")
    card.verify()
    return card


def _is_there(card: ModelCard, shelf: Path) -> bool:
    """Tell whether the same model is on the shelf; raises UsageError where another of its name is."""
    if not (shelf / card.name).exists():
        return False
    is_model = (shelf / card.name / CARD_FILE).is_file()
    if not is_model or read_card(shelf / card.name, origin="added").sha256 != card.sha256:
        raise UsageError(
            f"there is another model {card.name!r} in {shelf}; move it away, then add the pack again"
        )
    return True


def sentences(added: Added) -> Sequence[str]:
    """Return what was added in sentences, for people."""
    signed = (
        f"signed by {added.signer}" if added.signer else "not signed: nobody vouches for where it is from"
    )
    there = f"; there already: {', '.join(added.already_there)}" if added.already_there else ""
    names = ", ".join(added.models) or "nothing new"
    return (f"added {names}{there}", f"packed by {added.made_by} at {added.made_at}; {signed}")
