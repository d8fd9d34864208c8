"""The facts of a selection as a small page of rich text; everything from the case is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from PySide6.QtCore import QCoreApplication

from desktop.item_models.fact_words import fact_name
from desktop.item_models.wording import (
    bytes_words,
    concept_name,
    date_words,
    entity_words,
    probability_words,
    region_words,
    relation_words,
    verdict_words,
)
from desktop.session.decisions import Decisions
from desktop.session.selection import Selection
from desktop.theme import Colors
from engine.model.drawn import NO_COMPONENT
from engine.model.evidence import Image, Report, SourceFile
from engine.model.findings import Cue, Entity, Link, LinkRelation, Region
from engine.model.ids import ComponentId
from engine.store import CaseStore

translate = QCoreApplication.translate
_MOST_METADATA = 40
# Characters of a value that stands beside its name, and of a piece of it that no line can be cut in.
_MOST_BESIDE, _MOST_AT_ONCE = 24, 14
_TABLE_END = "</table>"
# A reason that hardly weighs would only hide those that do.
_LEAST_WEIGHT = 0.05


def facts_html(
    store: CaseStore, decisions: Decisions, chosen: Selection, colors: Colors, alike: str = ""
) -> str:
    """Return what is known of the selection, the most particular first.

    ``alike`` are the Images that are nearly the same as the selected one, in words.
    """
    page = _Page(store, decisions, colors, alike)
    link = store.link(chosen.link_id) if chosen.link_id else None
    region = _region(store, decisions, chosen)
    entity = store.entity(chosen.entity_id) if chosen.entity_id else None
    if link is not None:
        page.add_link(link)
    if entity is not None:
        page.add_entity(entity)
    if region is not None:
        page.add_region(region)
    for image in store.images(id=chosen.image_id) if chosen.image_id else ():
        page.add_image(image)
    for report in store.reports(id=chosen.report_id) if chosen.report_id else ():
        page.add_report(report)
    return page.html or _empty(colors)


def _region(store: CaseStore, decisions: Decisions, chosen: Selection) -> Region | None:
    """Return the selected Region as people left it, a machine's or a drawn one."""
    if chosen.region_id is None:
        return None
    found = store.region(chosen.region_id)
    return decisions.as_decided(found) if found is not None else decisions.drawn_region(chosen.region_id)


class _Page:
    """Collects the parts of the page."""

    def __init__(self, store: CaseStore, decisions: Decisions, colors: Colors, alike: str) -> None:
        self._store, self._decisions, self._colors = store, decisions, colors
        self._alike = alike
        self.html = ""

    def add_link(self, link: Link) -> None:
        against = link.relation is LinkRelation.CONTRADICTS
        sign, color = ("≠", self._colors.contradicts) if against else ("↔", self._colors.supports)
        said = f"{relation_words(link.relation)}, {probability_words(link.score)}"
        self._head(translate("Facts", "Link"))
        self.html += f'<p style="color:{color}"><b>{sign} {escape(said)}</b></p>'
        self._cues(link.cues)
        self._opinion(link.id, link.component_id)

    def add_entity(self, entity: Entity) -> None:
        self._head(translate("Facts", "Phrase"))
        self.html += f"<p><b>“{escape(entity.text)}”</b><br>{escape(entity_words(entity))}</p>"
        self._rows(
            (
                (translate("Facts", "Concept"), concept_name(entity)),
                (translate("Facts", "Concept id"), entity.concept.partition(" ")[0]),
                (translate("Facts", "Section"), entity.attributes.section),
                (translate("Facts", "Probability"), probability_words(entity.score)),
            )
        )
        self._opinion(entity.id, entity.component_id)

    def add_region(self, region: Region) -> None:
        facts = region.attributes
        self._head(translate("Facts", "Region"))
        self.html += f"<p><b>{escape(region_words(region))}</b></p>"
        sizes = (f"{facts.area_px:,.0f} px²", f"{facts.area_mm2:,.0f} mm²" if facts.area_mm2 else "")
        area = ", ".join(size for size in sizes if size) if facts.area_px else ""
        is_found = region.component_id != NO_COMPONENT
        self._rows(
            (
                (translate("Facts", "Probability"), probability_words(region.score) if is_found else ""),
                (translate("Facts", "Part of"), self._whole(region)),
                (translate("Facts", "Parts"), ", ".join(self._parts(region))),
                (translate("Facts", "Area"), area),
                (translate("Facts", "Reads"), facts.text),
            )
        )
        self._opinion(region.id, region.component_id)

    def _whole(self, region: Region) -> str:
        whole = self._store.region(region.parent_id) if region.parent_id else None
        return whole.label if whole else ""

    def _parts(self, region: Region) -> list[str]:
        parts = self._store.regions(image_id=region.image_id, parent_id=region.id)
        return [part.label for part in parts]

    def add_image(self, image: Image) -> None:
        self._head(translate("Facts", "Image"))
        spacing = f"{image.spacing_mm[0]:g} × {image.spacing_mm[1]:g} mm" if image.spacing_mm else ""
        place = (
            f"{image.location.latitude_deg:.5f}, {image.location.longitude_deg:.5f}" if image.location else ""
        )
        self._rows(
            (
                (translate("Facts", "Size"), f"{image.width_px} × {image.height_px} px"),
                (translate("Facts", "Modality"), image.modality),
                (translate("Facts", "Body part"), image.body_part),
                (translate("Facts", "Side"), image.laterality.value if image.laterality else ""),
                (translate("Facts", "View"), image.view),
                (translate("Facts", "Taken"), date_words(image.captured_at)),
                (translate("Facts", "Pixel spacing"), spacing),
                (translate("Facts", "Place"), place),
                (translate("Facts", "Subject"), image.subject_ref),
                (translate("Facts", "Study"), image.study_ref),
            )
        )
        self._sources(self._store.files_of_image(image.id))
        self._rows(((translate("Facts", "Nearly the same as"), self._alike),))
        self._rows((fact_name(key), value) for key, value in image.metadata[:_MOST_METADATA])

    def add_report(self, report: Report) -> None:
        self._head(translate("Facts", "Report"))
        ocr = probability_words(report.ocr_confidence) if report.ocr_confidence is not None else ""
        self._rows(
            (
                (translate("Facts", "Title"), report.title),
                (translate("Facts", "Written"), date_words(report.authored_at)),
                (translate("Facts", "Language"), report.language),
                (translate("Facts", "Subject"), report.subject_ref),
                (translate("Facts", "Study"), report.study_ref),
                (translate("Facts", "Read from a picture"), ocr),
            )
        )
        self._sources(self._store.files_of_report(report.id))
        self._rows((fact_name(key), value) for key, value in report.metadata[:_MOST_METADATA])

    def _head(self, title: str) -> None:
        space = 'style="margin-top:14px"' if self.html else ""
        self.html += f'<h4 {space}><font color="{self._colors.muted}">{escape(title.upper())}</font></h4>'

    def _rows(self, rows: Iterable[tuple[str, str]]) -> None:
        cells = "".join(self._row(escape(name), value) for name, value in rows if value)
        # Rows that follow rows go on in their table, so that all of them stand in two columns.
        if cells and self.html.endswith(_TABLE_END):
            self.html = f"{self.html.removesuffix(_TABLE_END)}{cells}{_TABLE_END}"
        elif cells:
            self.html += f"<table>{cells}{_TABLE_END}"

    def _row(self, name: str, value: str) -> str:
        """Return a name with its value beside it, or below it where that is long."""
        said, color = escape(value).replace("\n", "<br>"), self._colors.muted
        if len(value) > _MOST_BESIDE or max(map(len, value.split()), default=0) > _MOST_AT_ONCE:
            head = f'<span style="color:{color}">{name}</span>'
            return f'<tr><td colspan="2" style="padding:1px 0">{head}<br>{said}</td></tr>'
        head = f'<td style="color:{color}; padding:1px 10px 1px 0">{name}</td>'
        return f'<tr>{head}<td style="padding:1px 0">{said}</td></tr>'

    def _sources(self, files: tuple[SourceFile, ...]) -> None:
        for file in files:
            self._rows(
                (
                    (translate("Facts", "File"), f"{file.root}/{file.relative_path}"),
                    (translate("Facts", "Page"), str(file.page) if file.page else ""),
                    (translate("Facts", "Caption"), file.caption),
                    (translate("Facts", "Bytes"), bytes_words(file.size_bytes)),
                    (translate("Facts", "Changed"), date_words(file.modified_at)),
                    (translate("Facts", "SHA-256"), " ".join(_split(file.sha256, 8))),
                )
            )

    def _cues(self, cues: tuple[Cue, ...]) -> None:
        items = "".join(
            f'<li><font color="{self._colors.supports if cue.supports else self._colors.contradicts}">'
            f"{'+' if cue.supports else '≠'}</font> {escape(cue.detail)} "
            f'<font color="{self._colors.muted}">({escape(cue.rule)}, {cue.weight:+.1f})</font></li>'
            for cue in sorted(cues, key=lambda cue: -abs(cue.weight))
            if abs(cue.weight) >= _LEAST_WEIGHT or len(cues) == 1
        )
        self.html += f'<ul style="margin-left:-24px">{items}</ul>'

    def _opinion(self, target_id: str, component_id: ComponentId) -> None:
        """Say who found it, and what people decided, the newest last."""
        if component_id == NO_COMPONENT:
            self._history(target_id, (target_id,))
            return
        maker = next((f"{each.name}, {each.version}" for each in self._store.components(id=component_id)), "")
        said = translate("Facts", "◇ found by the machine: {0}").format(maker)
        self.html += f'<p style="color:{self._colors.muted}"><i>{escape(said)}</i></p>'
        standing = self._decisions.standing(target_id)
        if standing is None:
            undecided = translate("Facts", "No decision stands about it.")
            self.html += f'<p style="color:{self._colors.muted}">{escape(undecided)}</p>'
        self._history(target_id, ())

    def _history(self, target_id: str, added_by: tuple[str, ...]) -> None:
        """Say what people decided about a finding, after the Reviews that added it."""
        standing = self._decisions.standing(target_id)
        reviews = [review for each in added_by for review in self._store.reviews(id=each)]
        for review in (*reviews, *self._store.reviews(target_id=target_id)):
            weight = "b" if standing is not None and review.id == standing.id else "span"
            note = f" — {review.note}" if review.note else ""
            label = f" → {review.label}" if review.label else ""
            line = escape(f"● {verdict_words(review)}{label}{note}")
            self.html += f'<p style="color:{self._colors.decided}"><{weight}>{line}</{weight}></p>'


def _empty(colors: Colors) -> str:
    said = translate("Facts", "Select an image, a phrase, a region or a link to see what is known about it.")
    return f'<p style="color:{colors.muted}">{escape(said)}</p>'


def _split(text: str, width: int) -> list[str]:
    return [text[start : start + width] for start in range(0, len(text), width)]
