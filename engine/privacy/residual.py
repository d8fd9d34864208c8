"""What may still name somebody after de-identification: a list for a person to look through and sign."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from engine.model.ids import ComponentId
from engine.privacy.policy import IDENTIFYING_LABELS
from engine.privacy.pseudonyms import canonical
from engine.recognizers.overlap import without_overlaps
from engine.recognizers.patterns import find_patterns

if TYPE_CHECKING:
    from engine.privacy.identities import Identities
    from engine.store import CaseStore

_OURS = re.compile(
    r"\[date\]|(?:[A-Z]+-[0-9A-F]{6})|(?:file|evidence)-\d+(?:\.\w+)?|2\.25\.\d+", re.IGNORECASE
)
_AROUND = 40
_SHORTEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Remainder:
    """Something to look at: where it stands, what kind it may be, and the words around it."""

    where: str
    kind: str
    words: str


def in_texts(store: CaseStore) -> Iterator[Remainder]:
    """Yield what still has the form of an identifier in the texts of a de-identified case."""
    for report in store.reports():
        where = " | ".join(file.relative_path for file in store.files_of_report(report.id))
        for found in without_overlaps(find_patterns(report.text, ComponentId(""))):
            written = report.text[found.start : found.end]
            if found.label in IDENTIFYING_LABELS and not _OURS.search(written):
                around = report.text[max(found.start - _AROUND, 0) : found.end + _AROUND]
                yield Remainder(where=where, kind=found.label, words=" ".join(around.split()))


def in_output(out: Path, identities: Identities) -> Iterator[Remainder]:
    """Yield known strings that stand in what was written, in any spelling; also in its file names."""
    known = [key for key in identities.strings if len(key) >= _SHORTEST]
    files = sorted(path for path in out.rglob("*") if path.is_file()) if out.is_dir() else [out]
    for path in files:
        for name, text in _texts(path):
            plain = canonical(text)
            for key in known:
                if key in plain and _stands_alone(key, text):
                    yield Remainder(where=name, kind="known", words=key)


def _texts(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what a program would read in a file: members of archives, pages of PDF, else its characters."""
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                yield f"{path.name}!{name}", archive.read(name).decode("utf-8", "replace")
    elif path.suffix.lower() == ".pdf" or path.read_bytes()[:5] == b"%PDF-":
        yield path.name, " ".join(_pages(path))
    else:
        yield path.name, f"{path.name}\n{path.read_bytes().decode('utf-8', 'replace')}"


def _pages(path: Path) -> Iterable[str]:
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        yield " ".join(map(str, document.get_metadata_dict().values()))
        for page in document:
            text = page.get_textpage()
            yield text.get_text_range()
            text.close()
            page.close()
    finally:
        document.close()


def _stands_alone(key: str, text: str) -> bool:
    """Tell whether a key is a word of its own in ``text``, and not the middle of another or of a hash."""
    spelled = r"[\s.,^_/-]{0,2}".join(map(re.escape, key))
    return re.search(rf"(?<!\w){spelled}(?!\w)", text, re.IGNORECASE) is not None
