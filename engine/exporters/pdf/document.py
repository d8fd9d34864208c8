"""The case report as one PDF file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.exporters import words
from engine.exporters.contents import CaseContent, gather
from engine.exporters.options import ExportOptions
from engine.exporters.pdf.cover import cover
from engine.exporters.pdf.draft import Draft, all_patients
from engine.exporters.pdf.layout import Anchors, Block, Story, anchor, new_page, para, room
from engine.exporters.pdf.pages import Furniture, build, text_width
from engine.exporters.pdf.writers import WRITERS
from engine.exporters.safe_text import one_line
from engine.exporters.templates import Template, parts_of, template_of
from engine.model.evidence import CaseKind
from engine.progress import Progress

if TYPE_CHECKING:
    from engine.store import CaseStore

# These start on a new page; the short parts at the end follow each other.
_OWN_PAGE = frozenset({"contradictions", "figures", "texts", "relations", "evidence", "methods"})


def write(store: CaseStore, out: Path, options: ExportOptions) -> None:
    """Write the report of the case to ``out``; equal arguments give equal bytes."""
    content = gather(store, options)
    template = template_of(content.case.kind)
    anchors = Anchors()
    draft = Draft(
        store=store, content=content, options=options, anchors=anchors, width=text_width(options.page_size)
    )

    def on_page(number: int) -> None:
        options.progress(Progress(step="pages", done=number, total=0))

    build(out, _story(draft, template), _furniture(content, template, options), anchors, on_page)


def _story(draft: Draft, template: Template) -> Story:
    parts = parts_of(template, draft.content)
    yield from cover(draft, parts, template.title)
    for number, part in enumerate(parts, 1):
        title = f"{number}  {part.title}"
        opening: list[Block] = [new_page()] if number > 1 and part.key in _OWN_PAGE else [room(170)]
        opening += [anchor(draft.anchors, part.key, title, level=0), para(title, "heading1")]
        if part.lead:
            opening.append(para(part.lead))
        yield from _opened(opening, WRITERS[part.key](draft))


def _opened(opening: list[Block], groups: Story) -> Iterator[list[Block]]:
    """Yield the heading in one group with what follows it, so that it never stands alone at a page's end."""
    yield opening + next(groups, [])
    yield from groups


def _furniture(content: CaseContent, template: Template, options: ExportOptions) -> Furniture:
    case = content.case
    left = " · ".join(part for part in (template.title, case.name, case.reference) if part)
    return Furniture(
        title=one_line(f"{template.title}: {case.name}"),
        head_left=left,
        head_right=all_patients(content) if case.kind is CaseKind.MEDICAL else words.day(content.at),
        foot=(
            f"{template.foot} · audit chain of {words.counted(content.audit_length, 'entry', 'entries')}, "
            f"last hash {content.audit_hash[:12]}…"
        ),
        author=one_line(case.examiner) or "Casebook",
        at=content.at,
        page_size=options.page_size,
        identity=f"{content.audit_hash} {content.at.isoformat()}",
        names_subjects=case.kind is CaseKind.MEDICAL,
    )
