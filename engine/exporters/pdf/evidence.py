"""The evidence as it was found, what could not be read, and what was looked for at all."""

from __future__ import annotations

from itertools import islice

from engine.exporters import statements, words
from engine.exporters.options import FileCheck
from engine.exporters.pdf.draft import Draft, name, path_lines
from engine.exporters.pdf.fonts import markup
from engine.exporters.pdf.layout import Block, Story, para, table
from engine.exporters.rehashing import Rehashing
from engine.model.evidence import SourceFile
from engine.model.runs import Component

_BATCH = 400
_FILE_HEAD = ("No.", "Path in its evidence folder", "Size", "Changed last (UTC)", "SHA-256, SHA-1, MD5")
_MOST_TROUBLES = 200
_ISSUE_HEAD = ("File", "Step", "What happened")


def evidence(draft: Draft) -> Story:
    """Yield the list of Source files with size, time and SHA-256."""
    files = draft.store.files()
    if not files:
        yield [para("The case holds no file.")]
        return
    folders = sorted({file.root for file in files})
    yield [
        para(
            f"{words.counted(len(files), 'file')} in {words.counted(len(folders), 'evidence folder')}: "
            f"{', '.join(name(folder) for folder in folders)}. Paths are relative to these; the same "
            "SHA-256 twice is the same content twice."
        )
    ]
    widths = (30, draft.width - 30 - 62 - 74 - 192, 62, 74, 192)
    rehashing = Rehashing(draft.options)
    told = rehashing.each(files)
    while batch := list(islice(told, _BATCH)):
        yield [table(_FILE_HEAD, [_row(*each) for each in batch], widths, plain=(0,), ids=(4,))]
    yield _checks(rehashing, draft.width)


def _checks(rehashing: Rehashing, width: float) -> list[Block]:
    """Return what hashing the evidence again showed."""
    blocks: list[Block] = [para(f"<b>{markup(rehashing.sentence())}</b>")]
    troubles = [
        (f"{number}  {name(words.evidence_path(file))}", name(trouble, 200))
        for number, file, trouble in rehashing.troubles[:_MOST_TROUBLES]
    ]
    if troubles:
        if len(rehashing.troubles) > _MOST_TROUBLES:
            blocks.append(para(f"The first {_MOST_TROUBLES} are shown."))
        blocks.append(table(("File", "What is different"), troubles, (width * 0.6, width * 0.4)))
    return blocks


def issues(draft: Draft) -> Story:
    """Yield what could not be read or analyzed."""
    rows = [
        (
            path_lines(f"{issue.root}/{issue.relative_path}" if issue.root else issue.relative_path),
            name(issue.step, 60),
            f"<b>{name(issue.error, 60)}</b>: {name(issue.message, 500)}",
        )
        for issue in draft.store.issues()
    ]
    yield [para(f"<b>{markup(statements.coverage_of_evidence(draft.store.coverage()))}</b>", "lead")]
    if not rows:
        yield [para("Every file was read and every step ran without a problem.")]
        return
    yield [para("What these files or steps would have shown is unknown and not part of this report.")]
    yield [table(_ISSUE_HEAD, rows, (draft.width * 0.38, 72, draft.width * 0.62 - 72))]


def coverage(draft: Draft) -> Story:
    """Yield what each segmenter and recognizer can find: outside of it nothing can be concluded."""
    yield [
        para(f"<b>{markup(statements.NOT_LOOKED_FOR)}</b>", "lead"),
        para(markup(statements.COVERAGE)),
    ]
    looking = [row for row in draft.store.components() if row.labels]
    rows = [(name(row.kind), name(row.name), _labels(row)) for row in looking]
    if rows:
        yield [table(("Kind", "Component", "Looks for"), rows, (74, 110, draft.width - 184), tall=True)]
    else:
        yield [para("No component of this case has a closed list of things that it looks for.")]


def _labels(component: Component) -> str:
    return ", ".join(name(label, 60) for label in component.labels)


def _row(number: int, file: SourceFile, check: FileCheck) -> tuple[str, ...]:
    others = f"\nSHA-1 {check.sha1}\nMD5 {check.md5}" if check.md5 else ""
    return (
        str(number),
        path_lines(words.evidence_path(file)),
        words.size(file.size_bytes),
        words.moment(file.modified_at).removesuffix(" UTC") or "not known",
        f"{file.sha256[:32]}\n{file.sha256[32:]}{others}",
    )
