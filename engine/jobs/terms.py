"""Vocabularies of the user's own: taken into the user's data folder, listed, and removed again."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from dataclasses import dataclass
from pathlib import Path

from engine.errors import UsageError
from engine.hashing import file_sha256
from engine.model.evidence import CaseKind
from engine.progress import Progress, ReportProgress
from engine.recognizers.terms import load_term_finder
from engine.settings import user_terms_dir
from engine.terminologies import Choice, read_terms
from engine.terminologies.term_row import write_rows
from engine.vocabulary import load_vocabulary, tables_sha256

_FACTS = "terms.toml"
_NAME = re.compile(r"[\w][\w.-]{0,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTerms:
    """One vocabulary that the user added; ``sha256`` is of its file, empty for a folder."""

    name: str
    kind: str
    concepts: int
    phrases: int
    source: str
    sha256: str


def add_terms(path: Path, *, name: str, kind: CaseKind, choice: Choice, progress: ReportProgress) -> OwnTerms:
    """Take a vocabulary for cases of ``kind``; from the next ingest on its concepts are found.

    Raises UsageError for what is no vocabulary, is empty, or has a name that is taken.
    """
    chosen = name or path.stem
    if not _NAME.fullmatch(chosen):
        raise UsageError(f"{chosen!r} cannot be a name; choose letters, digits, dots and dashes with --name")
    folder = user_terms_dir() / chosen
    if folder.exists():
        raise UsageError(f"there are terms {chosen!r} already; remove them first, or choose another --name")
    progress(Progress(step="add terms", done=0, total=1, item=path.name))
    folder.mkdir(parents=True)
    try:
        concepts, phrases = write_rows(folder / kind.value, read_terms(path, choice))
        if not concepts:
            raise UsageError(f"{path} holds no concept of a kind that is looked for")
        facts = OwnTerms(
            name=chosen,
            kind=kind.value,
            concepts=concepts,
            phrases=phrases,
            source=path.name,
            sha256=file_sha256(path) if path.is_file() else "",
        )
        _write_facts(folder, facts)
    except BaseException:
        shutil.rmtree(folder)
        raise
    _forget()
    return facts


def list_terms() -> tuple[OwnTerms, ...]:
    """Return the vocabularies that the user added, by name."""
    return tuple(_read_facts(path) for path in sorted(user_terms_dir().glob(f"*/{_FACTS}")))


def remove_terms(name: str) -> None:
    """Remove a vocabulary that the user added; cases keep what was found with it."""
    known = {terms.name for terms in list_terms()}
    if name not in known:
        raise UsageError(f"there are no terms {name!r}; there are: {', '.join(sorted(known)) or 'none'}")
    shutil.rmtree(user_terms_dir() / name)
    _forget()


def _forget() -> None:
    """Let this process read the tables anew."""
    for loaded in (load_vocabulary, tables_sha256, load_term_finder):
        loaded.cache_clear()


def _write_facts(folder: Path, facts: OwnTerms) -> None:
    texts = {"name": facts.name, "kind": facts.kind, "source": facts.source, "sha256": facts.sha256}
    # A JSON string is a TOML one too.
    lines = [f"{key} = {json.dumps(value, ensure_ascii=False)}" for key, value in texts.items()]
    lines += [f"concepts = {facts.concepts}", f"phrases = {facts.phrases}"]
    (folder / _FACTS).write_text("\n".join([*lines, ""]), encoding="utf-8")


def _read_facts(path: Path) -> OwnTerms:
    try:
        return OwnTerms(**tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, TypeError) as error:
        raise UsageError(f"{path} does not describe terms: {error}; remove its folder") from error
