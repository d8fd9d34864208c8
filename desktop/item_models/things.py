"""Persons, exhibits, Images and Reports as they are named in the graph, and their ties in words."""

from __future__ import annotations

from collections.abc import Mapping

from desktop.item_models.lines import Line
from desktop.item_models.wording import mark, number_words, say
from desktop.session.reading import file_name
from desktop.session.selection import Selection
from engine.model.ids import ImageId, ReportId
from engine.store import CaseStore
from engine.store.surroundings import Surroundings, Thing, ThingKind, Tie, TieKind

KIND_MARKS = {
    ThingKind.EXHIBIT: "exhibit",
    ThingKind.REPORT: "reports",
    ThingKind.IMAGE: "images",
    ThingKind.PERSON: "person",
}
_KINDS = {
    ThingKind.EXHIBIT: mark("Wording", "Exhibits"),
    ThingKind.REPORT: mark("Wording", "Reports"),
    ThingKind.IMAGE: mark("Wording", "Images"),
    ThingKind.PERSON: mark("Wording", "Persons"),
}
_TIES = {
    TieKind.SUPPORTS: mark("Wording", "links that support: {0}"),
    TieKind.CONTRADICTS: mark("Wording", "links that contradict: {0}"),
    TieKind.RELATED: mark("Wording", "compared, nothing links them"),
    TieKind.NAMES: mark("Wording", "named in the text: {0}"),
    TieKind.SUBJECT: mark("Wording", "is about this person"),
}
_SIGNS = {TieKind.CONTRADICTS: "≠", TieKind.SUPPORTS: "↔"}
_MARKS = {
    TieKind.CONTRADICTS: "contradictions",
    TieKind.SUPPORTS: "pair",
    TieKind.RELATED: "pair",
    TieKind.NAMES: "note",
    TieKind.SUBJECT: "person",
}
_COLORS = {TieKind.CONTRADICTS: "contradicts", TieKind.SUPPORTS: "supports"}


def kind_words(kind: ThingKind) -> str:
    return say(_KINDS[kind])


def tie_words(tie: Tie) -> str:
    return say(_TIES[tie.kind]).format(number_words(tie.count))


def thing_names(store: CaseStore, found: Surroundings) -> dict[Thing, str]:
    """Return what each thing of the graph is called."""
    return {thing: thing_name(store, thing) for thing in found.things}


def thing_name(store: CaseStore, thing: Thing) -> str:
    """Return a file's name, a report's title, a person as the texts write it, an exhibit's number."""
    if thing.kind is ThingKind.IMAGE:
        return file_name(store.files_of_image(ImageId(thing.key))) or thing.key
    if thing.kind is ThingKind.REPORT:
        report = store.report(ReportId(thing.key))
        return (report.title if report else "") or file_name(store.files_of_report(ReportId(thing.key)))
    if thing.kind is ThingKind.EXHIBIT:
        return say(mark("Wording", "Exhibit {0}")).format(thing.key)
    written = store.entities(label=thing.kind.value, normal=thing.key, limit=1)
    return written[0].text if written else thing.key


def tie_line(tie: Tie, names: Mapping[Thing, str], seen_from: Thing | None) -> Line:
    """Return a tie as a line: its other end where it is seen from one of them, and how they are tied."""
    sign = _SIGNS.get(tie.kind, "–")
    first, second = (names.get(end, "") for end in (tie.first, tie.second))
    other = second if tie.first == seen_from else first if tie.second == seen_from else ""
    return Line(
        title=f"{sign} {other}" if other else f"{first} {sign} {second}",
        subtitle=tie_words(tie),
        mark=_MARKS[tie.kind],
        color=_COLORS.get(tie.kind, "muted"),
    )


def selection_of(thing: Thing) -> Selection | None:
    """Return an Image or Report as what the analyst looks at; None for a person or an exhibit."""
    if thing.kind is ThingKind.IMAGE:
        return Selection(image_id=ImageId(thing.key))
    return Selection(report_id=ReportId(thing.key)) if thing.kind is ThingKind.REPORT else None


def thing_of(selection: Selection) -> Thing | None:
    """Return the Report of a selection, else its Image, as a thing of the graph."""
    if selection.report_id is not None:
        return Thing(ThingKind.REPORT, selection.report_id)
    return Thing(ThingKind.IMAGE, selection.image_id) if selection.image_id is not None else None
