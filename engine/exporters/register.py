"""The findings of images and texts that the caps of a report kept out of its figures and quotations."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.exporters import contents, words
from engine.exporters.contents import CaseContent
from engine.exporters.safe_text import one_line, shortened
from engine.model.evidence import Image, SourceFile
from engine.model.ids import ImageId, ReportId

if TYPE_CHECKING:
    from engine.store import CaseStore

_LONGEST_WORDS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """One finding in a line: what it is, how sure, in which files. Text from evidence is not escaped."""

    what: str
    score: float
    files: tuple[SourceFile, ...]
    image: Image | None
    id: str


def registered(store: CaseStore, content: CaseContent) -> Iterator[Registered]:
    """Yield regions, phrases and links of what is not shown, image after image, then text after text."""
    for image_id in content.other_images:
        yield from _of_image(store, content, image_id)
    for report_id in content.other_reports:
        yield from _of_report(store, content, report_id)


def _of_image(store: CaseStore, content: CaseContent, image_id: ImageId) -> Iterator[Registered]:
    figure = contents.figure(store, content, image_id)
    for row in figure.regions:
        region = row.region
        what = f"region “{_short(region.label)}”"
        yield Registered(what=what, score=region.score, files=figure.files, image=figure.image, id=region.id)


def _of_report(store: CaseStore, content: CaseContent, report_id: ReportId) -> Iterator[Registered]:
    item = contents.quoted_report(store, content, report_id)
    for phrase in item.phrases:
        entity = phrase.entity
        text = f"“{_short(entity.text)}”"
        what = f"{text} ({_short(entity.label)}, {words.assertion(entity.assertion)})"
        yield Registered(what=what, score=entity.score, files=item.files, image=None, id=entity.id)
        for link in (link for group in phrase.links for link in group):
            what = f"{words.relation(link.relation)}: {text}"
            yield Registered(what=what, score=link.score, files=item.files, image=None, id=link.id)


def _short(text: str) -> str:
    return shortened(one_line(text[: 40 * _LONGEST_WORDS]), _LONGEST_WORDS)
