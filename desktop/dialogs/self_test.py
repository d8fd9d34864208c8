"""The whole engine on the built-in sample: does this installation work, and what does it compute with?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from desktop.dialogs.foot import MARGINS
from desktop.dialogs.texts import label, named, progress_bar, restyle
from desktop.session.jobs import JobEnd, JobProgress, Jobs
from desktop.theme import colors_of
from engine.messages import Kind

VERB = "self_test"


class SelfTestDialog(QDialog):
    """Starts the test when it opens; closing it before the end cancels the test."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Self-test"))
        self._jobs = jobs
        self._lines: list[str] = []
        self._runs = True
        self.state = label(
            self.tr(
                "Reads, segments, recognizes, links, searches, exports and verifies the built-in sample."
            ),
            wraps=True,
        )
        self._bar = progress_bar(self.tr("How far the self-test is"))
        self._bar.setRange(0, 0)
        self._step = label("", "muted")
        self.outcome = named(QTextBrowser(), self.tr("What was tried"))
        self.outcome.document().setDocumentMargin(8)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._copy = buttons.addButton(self.tr("&Copy as text"), QDialogButtonBox.ButtonRole.ActionRole)
        self._copy.setAutoDefault(False)
        self._copy.setEnabled(False)
        self._copy.clicked.connect(lambda: QApplication.clipboard().setText("\n".join(self._lines)))
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*MARGINS)
        layout.setSpacing(10)
        for each in (self.state, self._bar, self._step, self.outcome, buttons):
            layout.addWidget(each)
        self.resize(640, 560)
        jobs.progressed.connect(self._on_progress)
        jobs.run(VERB, {}, self._on_end)

    def done(self, result: int) -> None:
        """Close the window; a test that still runs is cancelled."""
        if self._runs:
            self._runs = False
            self._jobs.cancel_verb(VERB)
        super().done(result)

    def _on_progress(self, progress: JobProgress) -> None:
        if self._runs and progress.verb == VERB:
            self._bar.setRange(0, progress.total)
            self._bar.setValue(progress.done)
            self._step.setText(f"{progress.step}  {progress.item}")

    def _on_end(self, end: JobEnd) -> None:
        if not self._runs:
            return
        self._runs = False
        self._bar.hide()
        self._step.setText(self.tr("{0:.0f} s").format(end.seconds))
        self._copy.setEnabled(True)
        if end.kind is Kind.FINISHED:
            self._show(end.body)
        else:
            self._say(self.tr("The self-test did not come to its end."), is_good=False)
            self._lines = [str(end.body.get("message", ""))]
            self.outcome.setPlainText(self._lines[0])

    def _show(self, body: Mapping[str, Any]) -> None:
        if body["ok"]:
            self._say(self.tr("The installation works."), is_good=True)
        else:
            self._say(
                self.tr("The installation is damaged, or a model is not what it should be."), is_good=False
            )
        facts = [str(each) for each in body["workstation"]]
        checks = [(bool(each["ok"]), str(each["name"]), str(each["detail"])) for each in body["checks"]]
        self._lines = [
            self.state.text(),
            *facts,
            *(f"{'ok  ' if ok else 'FAIL'}  {name}: {detail}" for ok, name, detail in checks),
        ]
        self.outcome.setHtml(self._html(facts, checks))

    def _say(self, text: str, *, is_good: bool) -> None:
        self.state.setText(text)
        restyle(self.state, "supports" if is_good else "contradicts")

    def _html(self, facts: Iterable[str], checks: Iterable[tuple[bool, str, str]]) -> str:
        muted = colors_of(self.palette()).muted
        # A sign and a word, not a color alone.
        signs = {True: self.tr("✓ good"), False: self.tr("✗ failed")}
        rows = "".join(
            f"<tr><td width='18%'>{escape(signs[ok])}</td><td>{escape(name)}</td>"
            f"<td><font color='{muted}'>{escape(detail)}</font></td></tr>"
            for ok, name, detail in sorted(checks, key=lambda check: check[0])
        )
        said = "<br>".join(escape(fact) for fact in facts)
        return f"<p>{said}</p><table width='100%' cellpadding='3'>{rows}</table>"
