"""Model packs: what was packed comes in as it was, and what could do harm does not."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import pickle
import random
import stat
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from engine.cli import main
from engine.errors import EngineError, ModelMismatch, UnsafeModel, UsageError
from engine.jobs.model_pack import Pack, pack_models
from engine.jobs.model_unpacking import add_pack
from engine.jobs.signatures import make_key
from engine.progress import silent
from engine.settings import shipped_models_dir, user_models_dir
from engine.weights import find_model

AT = datetime(2026, 11, 26, tzinfo=UTC)
NAMES = ("links", "pairs")

Files = dict[str, bytes]


@pytest.fixture
def pack(tmp_path: Path) -> Pack:
    return pack_models(NAMES, tmp_path / "two.casemodels", at=AT)


def _contents(path: Path) -> Files:
    with zipfile.ZipFile(path) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _written(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as opened:
        for name, content in files.items():
            opened.writestr(name, content)
    return path


def _listed(files: Files, change: Callable[[dict[str, Any]], None] | None = None) -> Files:
    """Return the files with a manifest that lists them truly, after ``change`` to it."""
    manifest = json.loads(files["manifest.json"])
    manifest["files"] = [
        {"path": name, "size_bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in files.items()
        if name not in ("manifest.json", "signature.json")
    ]
    if change is not None:
        change(manifest)
    return {**files, "manifest.json": json.dumps(manifest).encode()}


def test_what_was_packed_comes_in_as_it_was_and_only_once(pack: Pack) -> None:
    added = add_pack(pack.path, progress=silent)
    assert (added.models, added.already_there, added.signer) == (NAMES, (), "")
    for name in NAMES:
        card = find_model(name)
        card.verify()
        assert card.origin == "added"
        shipped = shipped_models_dir() / name
        assert {path.name: path.read_bytes() for path in (user_models_dir() / name).iterdir()} == {
            path.name: path.read_bytes() for path in shipped.iterdir()
        }
    again = add_pack(pack.path, progress=silent)
    assert (again.models, again.already_there) == ((), NAMES)
    assert sorted(path.name for path in user_models_dir().iterdir()) == sorted(NAMES)


def test_equal_models_make_equal_bytes(pack: Pack, tmp_path: Path) -> None:
    again = pack_models(NAMES, tmp_path / "again", at=AT)
    assert again.path.name == "again.casemodels"
    assert again.sha256 == pack.sha256


def test_a_signature_is_checked_and_can_be_asked_for(tmp_path: Path, pack: Pack) -> None:
    ours, other = make_key(tmp_path / "ours.pem"), make_key(tmp_path / "other.pem")
    assert stat.S_IMODE((tmp_path / "ours.pem").stat().st_mode) == 0o600
    signed = pack_models(NAMES, tmp_path / "signed", at=AT, key=tmp_path / "ours.pem")
    with pytest.raises(ModelMismatch, match=f"signed by {signed.signer}"):
        add_pack(signed.path, trusted=other, progress=silent)
    with pytest.raises(ModelMismatch, match="not signed"):
        add_pack(pack.path, trusted=ours, progress=silent)
    with pytest.raises(UsageError, match="no public key"):
        add_pack(signed.path, trusted=tmp_path / "ours.pem", progress=silent)
    assert add_pack(signed.path, trusted=ours, progress=silent).signer == signed.signer


def test_what_was_changed_after_signing_stays_out(tmp_path: Path) -> None:
    make_key(tmp_path / "ours.pem")
    signed = pack_models(NAMES, tmp_path / "signed", at=AT, key=tmp_path / "ours.pem")
    files = _contents(signed.path)
    files["models/links/CARD.md"] += b"\nIt never errs."
    with pytest.raises(ModelMismatch, match="signature is false"):
        add_pack(_written(tmp_path / "changed.casemodels", _listed(files)), progress=silent)
    # With the manifest as it was signed, the file itself gives it away.
    files = _contents(signed.path)
    weights = files["models/links/weights.json"]
    files["models/links/weights.json"] = weights[:-2] + bytes([weights[-2] ^ 1]) + weights[-1:]
    with pytest.raises(ModelMismatch, match="SHA-256 differs"):
        add_pack(_written(tmp_path / "bit.casemodels", files), progress=silent)
    assert list(user_models_dir().iterdir()) == []


PATHS = (
    "../escaped.md",
    "/etc/escaped.md",
    "models/../../escaped.md",
    "models/links/../../../escaped.md",
    "models/links/..\\..\\escaped.md",
    "models/links/C:escaped.md",
    "models/other/escaped.md",
    "models/links/.hidden",
    "models/links/nul.md",
    "models/links/a\nb.md",
    "models/links/run.sh",
    "models/links/model.pt",
    "models/links/weights.pkl",
)


@pytest.mark.parametrize("path", PATHS)
def test_a_path_that_leaves_the_model_or_is_a_program_is_refused(
    pack: Pack, tmp_path: Path, path: str
) -> None:
    files = _listed({**_contents(pack.path), path: b"harmless"})
    with pytest.raises((UnsafeModel, ModelMismatch)):
        add_pack(_written(tmp_path / "bad.casemodels", files), progress=silent)
    assert not list(tmp_path.rglob("escaped*"))
    assert not user_models_dir().exists() or list(user_models_dir().iterdir()) == []


def _objects() -> bytes:
    stream = io.BytesIO()
    np.savez(stream, harmless=np.zeros(2), objects=np.array([{"a": 1}], dtype=object))
    return stream.getvalue()


UNSAFE: dict[str, tuple[str, bytes]] = {
    "a pickle": ("weights.bin", pickle.dumps({"a": 1})),
    "a pickle as text": ("notes.md", pickle.dumps([1], protocol=2)),
    "a program": ("tokenizer", b"\x7fELF\x02\x01\x01"),
    "a script": ("run", b"#!/bin/sh\ntrue\n"),
    "an archive": ("weights.onnx", b"PK\x03\x04rest"),
    "pickled objects": ("eigen.npz", _objects()),
    "no archive": ("eigen.npz", b"neither zip nor arrays"),
}


@pytest.mark.parametrize("kind", sorted(UNSAFE))
def test_code_under_any_name_is_refused(pack: Pack, tmp_path: Path, kind: str) -> None:
    name, content = UNSAFE[kind]
    files = _listed({**_contents(pack.path), f"models/links/{name}": content})
    with pytest.raises(UnsafeModel):
        add_pack(_written(tmp_path / "bad.casemodels", files), progress=silent)
    assert list(user_models_dir().iterdir()) == []


def test_a_bomb_is_refused_before_it_unfolds(pack: Pack, tmp_path: Path) -> None:
    files = _contents(pack.path)
    bomb = b"\0" * (16 << 20)

    def understate(manifest: dict[str, Any]) -> None:
        manifest["files"][-1]["size_bytes"] = 10

    def overstate(manifest: dict[str, Any]) -> None:
        manifest["files"][-1]["size_bytes"] = 1 << 40

    for number, lie in enumerate((understate, overstate)):
        changed = _listed({**files, "models/links/zeros.bin": bomb}, lie)
        with pytest.raises(UnsafeModel):
            add_pack(_written(tmp_path / f"{number}.casemodels", changed), progress=silent)
    with pytest.raises(UnsafeModel, match="unfolds"):
        huge = {**files, "manifest.json": b" " * (9 << 20) + files["manifest.json"]}
        add_pack(_written(tmp_path / "manifest.casemodels", huge), progress=silent)


def test_a_size_that_the_zip_itself_lies_about_is_refused(pack: Pack, tmp_path: Path) -> None:
    """The directory of the zip states 10 bytes, as the manifest does; what unfolds is more."""
    files = _contents(pack.path)
    content = b"0123456789" + b"x" * 4096
    files["models/links/more.txt"] = content
    changed = _listed(files)
    manifest = json.loads(changed["manifest.json"])
    for file in manifest["files"]:
        if file["path"].endswith("more.txt"):
            file.update(size_bytes=10, sha256=hashlib.sha256(content[:10]).hexdigest())
    changed["manifest.json"] = json.dumps(manifest).encode()
    path = _written(tmp_path / "lie.casemodels", changed)
    raw = bytearray(path.read_bytes())
    at = raw.rindex(b"models/links/more.txt") - 46
    raw[at + 24 : at + 28] = (10).to_bytes(4, "little")
    path.write_bytes(raw)
    with pytest.raises(EngineError):
        add_pack(path, progress=silent)
    assert list(user_models_dir().iterdir()) == []


def test_a_link_and_an_unlisted_or_absent_file_are_refused(pack: Pack, tmp_path: Path) -> None:
    files = _contents(pack.path)
    link = zipfile.ZipInfo("models/links/shadow")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    linked = tmp_path / "link.casemodels"
    with zipfile.ZipFile(linked, "w") as opened:
        for name, content in _listed({**files, "models/links/shadow": b"/etc/shadow"}).items():
            opened.writestr(link if name.endswith("shadow") else name, content)
    with pytest.raises(UnsafeModel, match="a link"):
        add_pack(linked, progress=silent)
    with pytest.raises(UnsafeModel, match="does not list"):
        add_pack(_written(tmp_path / "more.casemodels", {**files, "readme.md": b"hello"}), progress=silent)
    del files["models/links/CARD.md"]
    with pytest.raises(ModelMismatch, match="lacks"):
        add_pack(_written(tmp_path / "less.casemodels", files), progress=silent)


def test_a_card_that_points_elsewhere_or_lies_is_refused(pack: Pack, tmp_path: Path) -> None:
    files = _contents(pack.path)
    card = files["models/links/model.toml"]
    elsewhere = card.replace(b'weights = "weights.json"', b'weights = "../pairs/weights.json"')
    assert elsewhere != card
    changed = _listed({**files, "models/links/model.toml": elsewhere})
    with pytest.raises(UnsafeModel, match="outside its folder"):
        add_pack(_written(tmp_path / "elsewhere.casemodels", changed), progress=silent)

    def another_licence(manifest: dict[str, Any]) -> None:
        manifest["models"][0]["licence"] = "public domain"

    with pytest.raises(ModelMismatch, match="something else"):
        add_pack(_written(tmp_path / "lie.casemodels", _listed(files, another_licence)), progress=silent)


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04" + b"\0" * 40])
def test_what_is_no_pack_is_one_clear_line(
    tmp_path: Path, content: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "broken.casemodels"
    path.write_bytes(content)
    assert main(["models", "add", str(path)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_no_damage_ends_in_anything_but_a_clear_error(tmp_path: Path) -> None:
    pack = pack_models(["links"], tmp_path / "one", at=AT)
    whole, chance = pack.path.read_bytes(), random.Random(9)
    path = tmp_path / "damaged.casemodels"
    for _ in range(150):
        damaged = bytearray(whole)
        damaged[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(damaged[: chance.randrange(len(whole))] if chance.random() < 0.2 else damaged)
        with contextlib.suppress(EngineError):
            added = add_pack(path, progress=silent)
            assert (added.models or added.already_there) == ("links",)
            find_model("links").verify()


def test_another_model_of_that_name_stays(pack: Pack, tmp_path: Path) -> None:
    add_pack(pack.path, progress=silent)
    card = user_models_dir() / "links" / "model.toml"
    mine = card.read_text(encoding="utf-8").replace('sha256 = "', 'sha256 = "0', 1)
    card.write_text(mine, encoding="utf-8")
    with pytest.raises(UsageError, match="another model 'links'"):
        add_pack(pack.path, progress=silent)
    assert card.read_text(encoding="utf-8") == mine
    with pytest.raises(ModelMismatch):
        pack_models(NAMES, tmp_path / "mine.casemodels", at=AT)


def test_the_command_line_packs_and_adds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "by_usb"
    assert main(["models", "pack", *NAMES, "--out", str(out), "--json"]) == 0
    packed = json.loads(capsys.readouterr().out)
    assert packed["models"] == list(NAMES) and packed["signer"] == ""
    assert main(["models", "add", packed["path"]]) == 0
    assert "not signed" in capsys.readouterr().out
    for wrong in (["pack", "--out", str(out)], ["pack", "links"], ["add"], ["pack", "nothing", "--out", "x"]):
        assert main(["models", *wrong]) == 2
        assert len(capsys.readouterr().err.splitlines()) == 1
