"""Names of files and folders that say nothing: ``evidence-1/file-0007.dcm``."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.model.evidence import SourceFile
from engine.privacy.identities import Identities

_SUFFIX = re.compile(r"\.[A-Za-z][A-Za-z0-9]{0,5}$")
_MEMBER = "!"
_TELLING = re.compile(r"[\d_]")


class FileNames:
    """A new name for every Source file, in the order of the case; members keep their container's."""

    def __init__(self, files: Sequence[SourceFile], identities: Identities) -> None:
        self._roots: dict[str, str] = {}
        self._paths: dict[tuple[str, str], str] = {}
        for file in files:
            self._roots.setdefault(file.root, f"evidence-{len(self._roots) + 1}")
        for number, file in enumerate(files, 1):
            container, _, member = file.relative_path.rpartition(_MEMBER)
            own = f"file-{number:04}{_suffix(member)}"
            outer = self._paths.get((file.root, container), "") if container else ""
            self._paths[file.root, file.relative_path] = f"{outer}{_MEMBER}{own}" if outer else own
            _teach(identities, member, own)

    @property
    def roots(self) -> tuple[str, ...]:
        """The new labels of the evidence folders."""
        return tuple(self._roots.values())

    def root(self, label: str) -> str:
        return self._roots.setdefault(label, f"evidence-{len(self._roots) + 1}")

    def path(self, root: str, relative_path: str) -> str:
        """Return the new path of a file; one that never became a Source file gets a number of its own."""
        key = (root, relative_path)
        if key not in self._paths:
            self._paths[key] = f"file-{len(self._paths) + 1:04}{_suffix(relative_path)}"
        return self._paths[key]


def _teach(identities: Identities, member: str, own: str) -> None:
    """Let the old name be found in texts, and its stem and folders where they can be no ordinary words."""
    *folders, name = member.split("/")
    stem = _SUFFIX.sub("", name)
    identities.add("file", name, own)
    if _TELLING.search(stem):
        identities.add("file", stem, _SUFFIX.sub("", own))
    for folder in folders:
        if _TELLING.search(folder):
            identities.add("folder", folder)


def _suffix(name: str) -> str:
    match = _SUFFIX.search(name)
    return match.group().lower() if match else ""
