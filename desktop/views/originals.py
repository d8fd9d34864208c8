"""Opens the original of an Image or Report in another program, when the user asks and was warned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QMessageBox, QWidget

from engine.store import CaseStore

if TYPE_CHECKING:
    from desktop.session.session import Session
    from engine.model.evidence import SourceFile


def original_path(store: CaseStore, file: SourceFile) -> Path | None:
    """Return where a Source file lies on this workstation; for what is inside another file, that one.

    None where the evidence folder is not known here, or the file is not in it (any more).
    """
    roots = {root.label: root.path for root in store.roots()}
    if file.root not in roots:
        return None
    root = roots[file.root].resolve()
    path = (root / file.relative_path.split("!", 1)[0]).resolve()
    return path if path.is_relative_to(root) and path.is_file() else None


class Originals(QObject):
    """Asks first: another program may change the file, or run what is in it."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._window = window

    def open_selected(self) -> None:
        """Open the original of the selected Report, else of the selected Image."""
        store, chosen = self._session.store, self._session.selection
        if store is None:
            return
        files = store.files_of_report(chosen.report_id) if chosen.report_id is not None else ()
        if not files and chosen.image_id is not None:
            files = store.files_of_image(chosen.image_id)
        if files:
            self.open(files[0])

    def open(self, file: SourceFile) -> None:
        store = self._session.store
        path = original_path(store, file) if store is not None else None
        if path is None:
            self._session.failed.emit(
                self.tr(
                    "{0} is not where the case knows it; say where its folder lies now under Case, "
                    "Evidence folders."
                ).format(f"{file.root}/{file.relative_path}")
            )
        elif self._is_wanted(path):
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))

    def _is_wanted(self, path: Path) -> bool:
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Open the original"))
        box.setText(self.tr("Open {0} in another program?").format(path.name))
        box.setInformativeText(
            self.tr(
                "This is evidence, and whatever it holds runs in that program and not in Casebook's guarded "
                "reader. The program may also change the file or its dates. Work on a copy where that "
                "matters; “casebook verify” tells whether the file is still what was recorded.\n\n{0}"
            ).format(path)
        )
        yes = box.addButton(self.tr("Open it"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        box.deleteLater()
        return box.clickedButton() is yes
