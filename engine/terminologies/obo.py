"""Ontologies in OBO flat file format 1.4: names, synonyms and is_a of each ``[Term]``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from engine.errors import UsageError
from engine.terminologies.term_row import TermRow

_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')


def read_obo(path: Path, label: str) -> Iterator[TermRow]:
    """Yield the terms that are not obsolete, all with ``label``."""
    found = False
    for stanza in _stanzas(path):
        found = True
        if stanza.get("is_obsolete") == ["true"] or "id" not in stanza or "name" not in stanza:
            continue
        quoted = (_QUOTED.match(value) for value in stanza.get("synonym", ()))
        parents = tuple(value.partition("!")[0].split(" ")[0].strip() for value in stanza.get("is_a", ()))
        synonyms = tuple(match[1] for match in quoted if match)
        yield TermRow(stanza["id"][0], label, stanza["name"][0], synonyms, parents)
    if not found:
        raise UsageError(f"{path} holds no [Term]")


def _stanzas(path: Path) -> Iterator[dict[str, list[str]]]:
    stanza: dict[str, list[str]] | None = None
    with path.open(encoding="utf-8-sig") as stream:
        for line in stream:
            text = line.strip()
            if text.startswith("["):
                if stanza:
                    yield stanza
                stanza = {} if text == "[Term]" else None
            elif stanza is not None and ": " in text:
                key, _, value = text.partition(": ")
                stanza.setdefault(key, []).append(value)
    if stanza:
        yield stanza
