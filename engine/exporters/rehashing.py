"""The evidence read and hashed again while a report lists it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from engine.exporters import statements
from engine.exporters.options import ExportOptions, FileCheck
from engine.model.evidence import SourceFile
from engine.progress import Progress


@dataclass(slots=True)
class Rehashing:
    """Hashes Source files again where ``options`` ask for it; counts them and keeps what is wrong.

    ``troubles``: number in the list, file, and why it could not be confirmed; a file inside another has none.
    """

    options: ExportOptions
    checked: int = 0
    troubles: list[tuple[int, SourceFile, str]] = field(default_factory=list)

    def each(self, files: Sequence[SourceFile]) -> Iterator[tuple[int, SourceFile, FileCheck]]:
        """Yield each file with its number from 1 on and what reading it again showed."""
        check_file = self.options.check_file
        for number, file in enumerate(files, 1):
            self.options.progress(Progress(step="hash", done=number - 1, total=len(files), item=file.name))
            check = check_file(file) if check_file else FileCheck()
            self.checked += bool(check.md5)
            if check.trouble and file.parent_id is None:
                self.troubles.append((number, file, check.trouble))
            yield number, file, check

    def sentence(self) -> str:
        """Return what came of it in words, once all files were told."""
        checked = self.checked if self.options.check_file else None
        return statements.read_again(checked, len(self.troubles))
