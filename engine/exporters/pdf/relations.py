"""How each image and each text relate as wholes: shared content, agreement, abstraction, in words."""

from __future__ import annotations

from collections.abc import Iterator

from engine.exporters import contents, words
from engine.exporters.pdf.draft import Draft, file_lines, name
from engine.exporters.pdf.layout import Block, Story, para, table
from engine.model.findings import Relation

_HEAD = ("Image and text", "How they relate", "Finding id")
_BATCH = 200


def relations(draft: Draft) -> Story:
    """Yield the table of pairs, least agreement first."""
    rows = contents.relations(draft.store, draft.content)
    if not rows:
        yield [para("No image was compared with a text.")]
    for batch in _batches(rows):
        yield [_table(draft, batch)]


def _batches(rows: list[Relation]) -> Iterator[list[Relation]]:
    yield from (rows[start : start + _BATCH] for start in range(0, len(rows), _BATCH))


def _table(draft: Draft, rows: list[Relation]) -> Block:
    cells = []
    for row in rows:
        image = f"{draft.figure_link(row.image_id)} {file_lines(draft.store.files_of_image(row.image_id))}"
        text = f"{draft.text_link(row.report_id)} {file_lines(draft.store.files_of_report(row.report_id))}"
        cells.append((f"{image}<br/>{text}", _sentence(row), row.id))
    side = (draft.width - 82) * 0.4
    return table(_HEAD, cells, (side, draft.width - 82 - side, 82), ids=(2,))


def _sentence(row: Relation) -> str:
    """Return each value with its words, and the reasons that weighed most for it."""
    said = {
        "cmi": (f"CMI {row.cmi:.2f}", words.shared_content(row.cmi)),
        "sc": (f"SC {row.sc:+.2f}", words.agreement(row.sc)),
        "abs": (f"ABS {row.abs:+d}", words.abstraction(row.abs)),
    }
    lines = []
    for value, (number, statement) in said.items():
        cues = [cue for cue in words.weighed(row.cues)[0] if cue.rule.startswith(f"{value}-")]
        why = "; ".join(name(cue.detail, 200) for cue in cues)
        because = f" <font color='rgb(91,102,114)'>Because: {why}.</font>" if why else ""
        lines.append(f"<b>{number}</b>: {statement}.{because}")
    return "<br/>".join(lines)
