"""What every part of the report is written from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from engine.exporters import words
from engine.exporters.contents import CaseContent
from engine.exporters.options import ExportOptions
from engine.exporters.pdf.fonts import markup
from engine.exporters.pdf.layout import Anchors, link
from engine.exporters.safe_text import one_line, shortened
from engine.model.evidence import Image, Report, SourceFile
from engine.model.findings import Link, Review
from engine.model.ids import ImageId, RegionId, ReportId

if TYPE_CHECKING:
    from engine.store import CaseStore

LONGEST_NAME = 300
MOST_REGIONS = 12
_LONGEST_REFERENCE = 18


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One report in the making; ``width`` is that of the text in points."""

    store: CaseStore
    content: CaseContent
    options: ExportOptions
    anchors: Anchors
    width: float
    numbers: dict[ImageId, dict[RegionId, int]] = field(default_factory=dict)

    def region_number(self, image_id: ImageId, region_id: RegionId) -> int:
        """Return the number that a Region has in its figure and in the table below it."""
        if image_id not in self.numbers:
            regions = self.store.regions(image_id=image_id)
            self.numbers[image_id] = {region.id: number for number, region in enumerate(regions, 1)}
        return self.numbers[image_id][region_id]

    def regions_named(self, image_id: ImageId, links: tuple[Link, ...]) -> str:
        """Return the Regions of these Links as markup, each with its number; empty for the whole Image."""
        found = [self.store.region(link.region_id) for link in links[:MOST_REGIONS] if link.region_id]
        named = [
            f"<b>{name(region.label, 80)}</b> (region {self.region_number(image_id, region.id)})"
            for region in found
            if region
        ]
        more = len(links) - MOST_REGIONS
        return words.joined([*named, f"{more} more"] if more > 0 else named)

    def figure_link(self, image_id: ImageId) -> str:
        """Return markup that leads to the figure of an Image, or says that there is none."""
        number = self.content.figures.get(image_id)
        return link(f"Figure {number}", f"figure-{number}") if number else "(no figure)"

    def text_link(self, report_id: ReportId) -> str:
        """Return markup that leads to a quoted Report, or says that it is not quoted."""
        number = self.content.texts.get(report_id)
        return link(f"Text {number}", f"text-{number}") if number else "(not quoted)"


def name(text: str, limit: int = LONGEST_NAME) -> str:
    """Return a name from evidence (a path, a label) as markup on one line, cut where it is endless."""
    return markup(shortened(one_line(text[: 40 * limit]), limit))


def file_name(files: tuple[SourceFile, ...], image: Image | None = None) -> str:
    """Return the evidence path of the first occurrence as markup, and how many more there are."""
    return _with_copies(name(words.evidence_path(files[0])) if files else "(no file)", files, image)


def path_lines(path: str) -> str:
    """Return a path as markup for a narrow cell: its folder on one line, its name on the next."""
    folder, slash, last = path.rpartition("/")
    return f"{name(folder)}/<br/>{name(last)}" if slash else name(path)


def file_lines(files: tuple[SourceFile, ...], image: Image | None = None) -> str:
    """Return the same as ``file_name`` for a narrow cell."""
    return _with_copies(path_lines(words.evidence_path(files[0])) if files else "(no file)", files, image)


def _with_copies(first: str, files: tuple[SourceFile, ...], image: Image | None) -> str:
    more = f" and {words.counted(len(files) - 1, 'copy', 'copies')}" if len(files) > 1 else ""
    return first + (words.frame(image) if image else "") + more


def patient_words(row: Image | Report) -> str:
    """Return patient and study of an Image or a Report as the head of a page names them."""
    subject = f"patient {_end(row.subject_ref)}" if row.subject_ref else "patient not named by the file"
    return f"{subject}, study {_end(row.study_ref)}" if row.study_ref else subject


def all_patients(content: CaseContent) -> str:
    """Return whom the case is about as the head of a page names them."""
    if len(content.subjects) > 1:
        return words.counted(len(content.subjects), "patient")
    subject = f"patient {content.subjects[0]}" if content.subjects else "patient not named in the files"
    return f"{subject} · study {content.studies[0]}" if len(content.studies) == 1 else subject


def _end(reference: str) -> str:
    """Return a reference short enough for the head of a page: a long one by its end, which tells more."""
    shown = one_line(reference)
    return shown if len(shown) <= _LONGEST_REFERENCE else f"…{shown[-_LONGEST_REFERENCE + 4 :]}"


def verdict_words(review: Review) -> str:
    """Return an analyst's verdict as markup: what, by whom, when and why."""
    label = f" as “{name(review.label)}”" if review.label else ""
    note = f": “{name(review.note, 600)}”" if review.note else ""
    who = name(review.examiner) or "an analyst who gave no name"
    return f"<b>{words.verdict(review.verdict)}</b>{label} by {who}, {words.moment(review.at)}{note}"
