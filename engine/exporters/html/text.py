"""Evidence text and tables as HTML: escaped, made visible, kept apart from the text around it."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from engine.exporters import words
from engine.exporters.contents import QuotedReport
from engine.exporters.safe_text import one_line, shortened, visible
from engine.model.evidence import SourceFile
from engine.model.findings import Assertion, Review

_LONGEST_CELL = 600
_SHORT = 16
_LONGEST_TEXT = 40_000

# Nothing may be fetched and nothing may run, whatever a hole in the escaping lets through.
_POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"

_STYLE = """
body{font:15px/1.5 system-ui,"DejaVu Sans",sans-serif;color:#1a1f26;margin:0;background:#fff}
main{max-width:62rem;margin:0 auto;padding:1.5rem}h1{margin-bottom:.3rem}h2{margin-top:2.5rem}
.banner,.alarm{background:#fdeeea;border-left:4px solid #a3230f;padding:.5rem .9rem;margin:.7rem 0}
.banner{color:#a3230f;font-weight:bold}
.calm{background:#f6f7f9;border-left:4px solid #0b4a7a;padding:.5rem .9rem;
margin:.7rem 0}.verdict{background:#e7f4ea;border-left:4px solid #1d6b3c;color:#1d6b3c;padding:.3rem .7rem;
margin:.4rem 0}.soft{color:#5b6672;font-size:.85em}table{border-collapse:collapse;width:100%;margin:.8rem 0}
th,td{text-align:left;vertical-align:top;padding:.25rem .5rem;border-bottom:1px solid #c9d0d8}
th{background:#e9edf2;white-space:nowrap}bdi{overflow-wrap:anywhere}code{font-size:.85em;overflow-wrap:anywhere}
code.id{white-space:nowrap}
blockquote{margin:.6rem 0;padding:.4rem 1rem;border-left:3px solid #c9d0d8;white-space:pre-wrap;
overflow-wrap:anywhere}mark{background:#d8e8f7}mark.disputed{background:#fbd3c9}mark.other{background:#fff0c9}
mark.absent{background:#ececec}.shot{position:relative;display:inline-block;max-width:100%}
.shot img{display:block;max-width:100%;height:auto}.shot svg{position:absolute;inset:0;width:100%;height:100%}
.switch:not(:checked)~.shot svg{display:none}@media print{nav{display:none}article,figure{break-inside:avoid}}
"""


def opening(title: str) -> str:
    """Return the start of the page up to the main part."""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        '<meta name="referrer" content="no-referrer"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(one_line(title))}</title><style>{_STYLE}</style></head>\n<body><main>\n"
    )


def said(text: str) -> str:
    """Return text as HTML, escaped and with hidden characters shown."""
    return escape(visible(text))


def cell(text: str) -> str:
    """Return a value from evidence for a table: one line, cut where endless, its direction kept inside."""
    return f"<bdi>{escape(shortened(one_line(text), _LONGEST_CELL))}</bdi>"


def identity(value: str) -> str:
    """Return a hash, an id or a command in a fixed-width font."""
    kind = ' class="id"' if len(value) <= _SHORT else ""
    return f"<code{kind}>{escape(visible(value))}</code>" if value else ""


def paths(files: tuple[SourceFile, ...]) -> str:
    """Return the evidence path of the first occurrence, and how many copies there are."""
    if not files:
        return "(no file)"
    more = f" and {words.counted(len(files) - 1, 'copy', 'copies')}" if len(files) > 1 else ""
    return cell(words.evidence_path(files[0])) + more


def rows_html(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table; cells are HTML already. Without a head, the first cell of a row is one."""
    body = "".join(
        "<tr>"
        + "".join(
            f"<th scope='row'>{value}</th>" if not head and not place else f"<td>{value}</td>"
            for place, value in enumerate(row)
        )
        + "</tr>\n"
        for row in rows
    )
    top = (
        "<thead><tr>" + "".join(f"<th scope='col'>{name}</th>" for name in head) + "</tr></thead>"
        if head
        else ""
    )
    return f"<table>{top}<tbody>{body}</tbody></table>\n"


def verdict_html(review: Review) -> str:
    """Return what a person decided, unmistakably apart from what the program found."""
    label = f" as “{cell(review.label)}”" if review.label else ""
    note = f": “{cell(review.note)}”" if review.note else ""
    who = cell(review.examiner) if review.examiner else "who gave no name"
    verdict = f"<b>{words.verdict(review.verdict)}</b>{label}"
    return f'<div class="verdict">Analyst {who}: {verdict}, {words.moment(review.at)}{note}</div>'


def quoted(item: QuotedReport) -> str:
    """Return the text with its phrases marked and numbered; of two that overlap the first is marked."""
    text = item.report.text
    end = min(len(text), _LONGEST_TEXT)
    parts, position = [], 0
    for row in item.phrases:
        span = row.entity.span
        if span.start < position or span.end > end:
            continue
        kind = "disputed" if row.disputed else _KINDS.get(row.entity.assertion, "other")
        how = "" if row.entity.assertion is Assertion.PRESENT else " " + words.assertion(row.entity.assertion)
        parts.append(said(text[position : span.start]))
        parts.append(
            f'<mark class="{kind}">{said(text[span.start : span.end])}</mark><sup>{row.number}{how}</sup>'
        )
        position = span.end
    parts.append(said(text[position:end]))
    if end < len(text):
        parts.append(f"<p><b>The remaining {len(text) - end:,} characters are not quoted here.</b></p>")
    return "".join(parts)


_KINDS = {Assertion.PRESENT: "present", Assertion.ABSENT: "absent"}
