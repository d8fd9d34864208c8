"""The dialogs and tabs about cases, jobs and models with something in them, to be drawn and looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from math import exp
from pathlib import Path

from PySide6.QtWidgets import QWidget

from desktop.dialogs.case_settings import CaseSettingsDialog
from desktop.dialogs.encryption import EncryptionDialog
from desktop.dialogs.export import ExportDialog
from desktop.dialogs.folders import FoldersDialog
from desktop.dialogs.language import LanguageDialog
from desktop.dialogs.passphrase import PassphraseDialog
from desktop.dialogs.preflight import PreflightDialog
from desktop.session.intake import FormatRow, Preflight
from desktop.views.main_window import MainWindow
from desktop.views.models_page import ModelsPage
from engine.model.evidence import CaseKind
from engine.store import CaseSettings, Root

_FOLDER = Path("/media/evidence/ward 7")
_FOUND = Preflight(
    files=1_284,
    size_bytes=3_481_200_000,
    known=120,
    unreadable=3,
    formats=(
        FormatRow(format="dicom", files=902, size_bytes=3_100_000_000, reason=""),
        FormatRow(format="JPEG", files=240, size_bytes=360_000_000, reason=""),
        FormatRow(format="text", files=139, size_bytes=1_200_000, reason=""),
        FormatRow(format="", files=3, size_bytes=20_000_000, reason="no reader for this kind of file"),
    ),
    refused=(),
    free_bytes=212_000_000_000,
    needed_bytes=70_000_000,
    seconds=640.0,
    runs=4,
)


def sample_dialogs(window: MainWindow) -> dict[str, QWidget]:
    """Return dialogs by the names of their pictures."""
    preflight = PreflightDialog([_FOLDER], window)
    preflight.show_found(_FOUND)
    settings = CaseSettingsDialog(
        CaseKind.MEDICAL,
        CaseSettings(name="Chest clinic", examiner="Dr. Example", left_out=("vehicles",)),
        window,
    )
    settings.show_models(window.session.shelf.models)
    roots = (Root(label="here", path=Path.home()), Root(label="ward 7", path=_FOLDER))
    export = ExportDialog(
        Path.home() / "case.pdf", window.session.counts(), {}, lambda _options: None, window
    )
    return {
        "dialog-preflight": preflight,
        "dialog-settings": settings,
        "dialog-folders": FoldersDialog(roots, lambda _label, _folder: None, window),
        "dialog-language": LanguageDialog("", window),
        "dialog-passphrase": PassphraseDialog(Path("chest.casebook"), "", window),
        "dialog-encryption": EncryptionDialog("chest.casebook", True, window),
        "dialog-export": export,
    }


def model_states(window: MainWindow) -> Iterator[tuple[str, Callable[[], object], Callable[[], object]]]:
    """Yield the tabs of the models page, a training with its curves among them."""
    page = window.pages["models"]
    assert isinstance(page, ModelsPage)
    chart = page.training.chart

    def train() -> None:
        page.tabs.setCurrentWidget(page.training)
        for epoch in range(1, 41):
            chart.add(epoch, {"loss": 0.2 + exp(-epoch / 9), "dev score": 0.9 - 0.7 * exp(-epoch / 7)})

    yield "models-training", train, chart.clear
    yield (
        "models-evaluation",
        lambda: page.tabs.setCurrentWidget(page.evaluation),
        lambda: page.tabs.setCurrentWidget(page.shelf),
    )
