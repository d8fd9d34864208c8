"""A case that goes along: a folder with the case file, its evidence, a page to read it by, and checksums.

Everything in it is a copy for reading: ``casebook verify`` in the folder checks evidence and audit chain,
any browser shows ``index.html``, and nothing refers to the workstation that it came from.
"""

from __future__ import annotations

import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from engine.errors import EngineError, ExportError
from engine.exporters import words
from engine.exporters.html import page
from engine.exporters.options import ExportOptions
from engine.exporters.safe_text import one_line
from engine.hashing import file_sha256
from engine.model.evidence import SourceFile
from engine.progress import Progress
from engine.settings import ENGINE_VERSION

if TYPE_CHECKING:
    from engine.store import CaseStore

CASE, PAGE, EVIDENCE, LEFT_OUT = "case.casebook", "index.html", "evidence", "left_out.txt"
_READ_ONLY = 0o444
_ZIPPED = "portable-case"
_WITHOUT = "The second one will name every evidence file as missing: none is in this copy.\n\n"


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the folder with a copy of every evidence file that is still as it was read."""
    _write(store, out, options, with_evidence=True)


def write_without_evidence(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the folder with the pictures of the page in place of the evidence."""
    _write(store, out, options, with_evidence=False)


def write_zip(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the folder with the evidence as one ZIP file, with the time of the export on every member."""
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=".portable-") as name:
        folder = Path(name)
        _write(store, folder, options, with_evidence=True)
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        sums = "".join(f"{file_sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in files)
        (folder / "SHA256SUMS").write_text(sums, encoding="utf-8", newline="\n")
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in (*files, folder / "SHA256SUMS"):
                _pack(packed, path, f"{_ZIPPED}/{path.relative_to(folder).as_posix()}", options)


def _pack(packed: zipfile.ZipFile, path: Path, name: str, options: ExportOptions) -> None:
    member = zipfile.ZipInfo(name, options.at.timetuple()[:6])
    member.compress_type, member.external_attr = zipfile.ZIP_DEFLATED, _READ_ONLY << 16
    member.file_size = path.stat().st_size
    with path.open("rb") as source, packed.open(member, "w") as target:
        shutil.copyfileobj(source, target, 1 << 20)


def _write(store: CaseStore, out: Path, options: ExportOptions, *, with_evidence: bool) -> None:
    if store.key is not None:
        raise ExportError(
            "a portable copy of an encrypted case would be readable for anyone; if that is meant, take the "
            "encryption away first (casebook decrypt)"
        )
    left_out = list(_copy_evidence(store, out / EVIDENCE, options)) if with_evidence else []
    places = {root.label: f"{EVIDENCE}/{_folder(root.label)}" for root in store.roots()}
    for place in places.values():
        (out / place).mkdir(parents=True, exist_ok=True)
    store.copy_to(out / CASE, places=places)
    page.write(store, out / PAGE, options)
    (out / "README.txt").write_text(
        _readme(store, options, with_evidence=with_evidence, left_out=len(left_out)), encoding="utf-8"
    )
    if left_out:
        (out / LEFT_OUT).write_text("".join(left_out), encoding="utf-8", errors="backslashreplace")
    for file in out.rglob("*"):
        if file.is_file():
            file.chmod(_READ_ONLY)


def _copy_evidence(store: CaseStore, folder: Path, options: ExportOptions) -> Iterator[str]:
    """Copy the evidence and yield a line for each file that cannot be; members lie in their containers."""
    files = [file for file in store.files() if file.parent_id is None]
    for number, file in enumerate(files):
        options.progress(Progress(step="evidence", done=number, total=len(files), item=file.relative_path))
        try:
            target = _target(folder, file)
            source = options.load_file(file)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(source, target)
        except (EngineError, OSError) as error:
            yield f"{one_line(words.evidence_path(file))}: {one_line(str(error))}\n"


def _target(folder: Path, file: SourceFile) -> Path:
    """Return where a file goes; raises ExportError for a path that leads out of the folder."""
    parts = PurePosixPath(file.relative_path).parts
    if not parts or ".." in parts or PurePosixPath(file.relative_path).is_absolute():
        raise ExportError("its path leads out of the evidence folder")
    return folder / _folder(file.root) / Path(*parts)


def _folder(label: str) -> str:
    """Return the folder of a label, which is a folder's name unless somebody changed it."""
    if label in {"", ".", ".."} or "/" in label or "\\" in label:
        raise ExportError(f"the evidence folder {label!r} has no name that a folder can have")
    return label


def _readme(store: CaseStore, options: ExportOptions, *, with_evidence: bool, left_out: int) -> str:
    case = store.case
    evidence = (
        f"{EVIDENCE}/      a copy of every evidence file, in the folders it came from"
        if with_evidence
        else f"{EVIDENCE}/      empty: this copy was made without evidence; the pictures are in {PAGE}"
    )
    missing = (
        f"{LEFT_OUT}   the {left_out} evidence files that could not be copied, and why\n" if left_out else ""
    )
    return (
        f"{one_line(case.name)} ({words.case_kind(case.kind)} case {one_line(case.reference)})\n"
        f"A portable copy for reading, made with Casebook {ENGINE_VERSION} on {words.moment(options.at)}.\n\n"
        f"{PAGE}     the report: any browser shows it, without a network\n"
        f"{CASE}  the case: casebook desktop {CASE}\n"
        f"{evidence}\n{missing}"
        f"SHA256SUMS     the SHA-256 of every file here\n\n"
        "Is everything as it was written?\n\n"
        "    sha256sum --check SHA256SUMS\n"
        f"    casebook verify {CASE} --head {options.audit_hash} --length {options.audit_length}\n\n"
        f"{'' if with_evidence else _WITHOUT}"
        "Whoever changes a file can change SHA256SUMS too. Compare the hash of SHA256SUMS, or the head\n"
        "above, with one that came on another way.\n"
    )
