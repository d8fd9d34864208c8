"""Cases that the project made itself: two to show and measure, one to survive."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from engine.model.evidence import CaseKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleCase:
    """A sample: ``name`` is its folder here; ``title``, ``kind`` and ``reference`` are those of its Case."""

    name: str
    kind: CaseKind
    title: str
    reference: str

    def build(self, out: Path) -> None:
        """Write the evidence as the folder ``out``: the same bytes each time, all of it or nothing.

        Raises FileExistsError where ``out`` is there and not empty.
        """
        if out.is_dir() and any(out.iterdir()):
            raise FileExistsError(f"{out} is not empty")
        part = out.with_name(out.name + ".part")
        shutil.rmtree(part, ignore_errors=True)
        import_module(f"sample_cases.{self.name}.build").build(part)
        _fix_times(part)
        if out.is_dir():
            out.rmdir()
        part.rename(out)

    def expected(self) -> dict[str, Any]:
        """Return the golden truth about the evidence; README.md describes its fields."""
        path = Path(__file__).resolve().parent / self.name / "expected.json"
        truth: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return truth


SAMPLE_CASES = (
    SampleCase(
        name="chest_radiographs",
        kind=CaseKind.MEDICAL,
        title="Chest radiographs (sample)",
        reference="CB-M-26-004",
    ),
    SampleCase(
        name="scene_photographs",
        kind=CaseKind.FORENSIC,
        title="Scene photographs (sample)",
        reference="CB-F-26-017",
    ),
    SampleCase(
        name="hostile",
        kind=CaseKind.FORENSIC,
        title="Hostile files (sample)",
        reference="CB-X-26-001",
    ),
)


def _fix_times(folder: Path) -> None:
    """Give every file the time of ``SOURCE_DATE_EPOCH``, where that is set: a case records them."""
    if fixed := os.environ.get("SOURCE_DATE_EPOCH"):
        for path in folder.rglob("*"):
            if not path.is_symlink():
                os.utime(path, (int(fixed), int(fixed)))


def find_sample(name: str) -> SampleCase:
    """Return the sample called ``name``; raises KeyError where there is none."""
    for sample in SAMPLE_CASES:
        if sample.name == name:
            return sample
    raise KeyError(name)
