"""Builds the evidence of the sample case ``hostile``: files that must not harm, stop or mislead a run."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from sample_cases.hostile import dicom, files
from sample_cases.hostile.texts import TEXTS

# Names are evidence too: they reach windows, tables, reports and file names of exports.
NAMES = {
    "names/with blanks and, commas; semi.txt": "blanks",
    "names/Größe Übung ß.txt": "umlauts",
    "names/😀 smile 🔪.txt": "emoji",
    "names/\u202etxt.exe\u202c.txt": "right-to-left",
    "names/new\nline.txt": "newline",
    "names/-rf.txt": "option",
    "names/=1+1.txt": "formula",
    "names/<b>&amp;'\".txt": "markup",
    "names/%s %n {0}.txt": "format",
    "names/" + "long" * 60 + ".txt": "long",
    "names/e\u0301 decomposed.txt": "decomposed",
    "/".join(["deep"] + [f"level{n:02d}" for n in range(40)] + ["bottom.txt"]): "deep",
}


def build(out: Path) -> None:
    """Write ``out``; what the file system refuses (a newline in a name, links) is left out."""
    folder = out / "files"
    folder.mkdir(parents=True, exist_ok=True)
    for name, make in {**files.MAKERS, **dicom.MAKERS}.items():
        (folder / name).write_bytes(make())
    for name, data in TEXTS.items():
        (folder / name).write_bytes(data)
    for name, what in NAMES.items():
        path = out / name
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"The file name has something: {what}. The bag is red.\n", encoding="utf-8")
    _surrogate_name(out / "names")
    _links(out)
    locked = out / "unreadable.txt"
    if not locked.exists():
        locked.write_text("Nobody may read this.\n", encoding="utf-8")
        locked.chmod(0)
    (out / "empty_folder").mkdir(exist_ok=True)


def _surrogate_name(folder: Path) -> None:
    """Write a file whose name is no UTF-8, as old cameras and archives leave them behind."""
    with contextlib.suppress(OSError, UnicodeError):
        path = os.fsencode(folder) + b"/caf\xe9.txt"
        Path(os.fsdecode(path)).write_text("The file name is not UTF-8. The bag is red.\n", encoding="utf-8")


def _links(out: Path) -> None:
    with contextlib.suppress(OSError):
        for name, target in (("loop", "."), ("dangling.txt", "nowhere.txt"), ("self.txt", "self.txt")):
            link = out / name
            if not link.is_symlink():
                link.symlink_to(target)


if __name__ == "__main__":
    build(Path("build/samples/hostile"))
    print(f"{len(files.MAKERS) + len(dicom.MAKERS) + len(TEXTS)} files and {len(NAMES)} names")
