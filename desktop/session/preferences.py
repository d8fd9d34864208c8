"""What the window remembers between days: recent cases, theme, examiner, geometry."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from desktop.theme import Mode
from engine.settings import config_dir

_MOST_RECENT = 8


class Preferences:
    """Reads and writes ``desktop.ini`` in the configuration folder."""

    def __init__(self, path: Path | None = None) -> None:
        chosen = path or config_dir() / "desktop.ini"
        self._settings = QSettings(str(chosen), QSettings.Format.IniFormat)

    def recent_cases(self) -> tuple[Path, ...]:
        """Return the cases opened last, newest first, that still exist."""
        return tuple(Path(each) for each in self._texts("recent_cases") if Path(each).is_file())

    def add_recent(self, path: Path) -> None:
        kept = [each for each in self._texts("recent_cases") if each != str(path)]
        self._settings.setValue("recent_cases", [str(path), *kept][:_MOST_RECENT])

    def mode(self) -> Mode:
        stored = self._text("mode")
        return Mode(stored) if stored in tuple(Mode) else Mode.SYSTEM

    def set_mode(self, mode: Mode) -> None:
        self._settings.setValue("mode", mode.value)

    def language(self) -> str:
        """Return the chosen language such as ``de``; empty: the system's."""
        return self._text("language")

    def set_language(self, language: str) -> None:
        self._settings.setValue("language", language)

    def examiner(self) -> str:
        return self._text("examiner")

    def set_examiner(self, name: str) -> None:
        self._settings.setValue("examiner", name)

    def folder(self, purpose: str) -> Path:
        """Return the folder used last for ``purpose``, or the home folder."""
        stored = self._text(f"folders/{purpose}")
        return Path(stored) if stored and Path(stored).is_dir() else Path.home()

    def set_folder(self, purpose: str, folder: Path) -> None:
        self._settings.setValue(f"folders/{purpose}", str(folder))

    def number(self, name: str, default: int) -> int:
        """Return a remembered whole number such as a thumbnail size or an opacity in percent."""
        stored = self._text(f"numbers/{name}")
        return int(stored) if stored.lstrip("-").isdigit() else default

    def set_number(self, name: str, value: int) -> None:
        self._settings.setValue(f"numbers/{name}", value)

    def layout(self, name: str) -> QByteArray:
        """Return a remembered geometry or splitter state; empty where there is none."""
        stored = self._settings.value(f"layout/{name}")
        return stored if isinstance(stored, QByteArray) else QByteArray()

    def set_layout(self, name: str, state: QByteArray) -> None:
        self._settings.setValue(f"layout/{name}", state)

    def texts(self, name: str) -> tuple[str, ...]:
        """Return remembered texts such as the names of categories; none where there are none."""
        return tuple(self._texts(f"texts/{name}"))

    def set_texts(self, name: str, texts: Sequence[str]) -> None:
        self._settings.setValue(f"texts/{name}", list(texts))

    def save(self) -> None:
        self._settings.sync()

    def _text(self, key: str) -> str:
        return str(self._settings.value(key, "") or "")

    def _texts(self, key: str) -> list[str]:
        stored = self._settings.value(key, [])
        if isinstance(stored, str):
            return [stored] if stored else []
        return [str(each) for each in stored] if isinstance(stored, list) else []
