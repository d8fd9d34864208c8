"""German is complete: every text of the window has one, with the same places for what is put in."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from desktop.languages import LANGUAGES, speak
from desktop.session.preferences import Preferences
from desktop.views.action_table import MENUS, SPECS
from desktop.views.actions import say

pytest_plugins = ("tests.unit.desktop_case",)

CHECKOUT = Path(__file__).resolve().parents[2]
TRANSLATIONS = CHECKOUT / "resources" / "translations"
# {0}, {name}, {0:.0f}, %n, %Ln, and the links and tags that stand in a text.
_PLACES = re.compile(r"\{[^}]*\}|%L?n|<[^>]+>")


def _extracted(tmp_path: Path, language: str) -> ElementTree.Element:
    """Return the texts of the code as they stand now, with the translations that there are."""
    program = Path(sys.executable).with_name("pyside6-lupdate")
    if not program.exists():
        pytest.skip("pyside6-lupdate is not beside this Python")
    file = tmp_path / f"casebook_{language}.ts"
    shutil.copy(TRANSLATIONS / file.name, file)
    only = ["-pluralonly"] if language == "en" else []
    command = [str(program), "-tr-function-alias", "QT_TRANSLATE_NOOP+=mark", "-extensions", "py"]
    command += ["-locations", "none", *only, str(CHECKOUT / "desktop"), "-ts", str(file)]
    subprocess.run(command, check=True, capture_output=True)
    return ElementTree.parse(file).getroot()


def _messages(root: ElementTree.Element) -> Iterator[tuple[str, str, list[str], str]]:
    """Yield context, source, forms of the translation, and its state: "" means finished."""
    for context in root.iter("context"):
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            forms = [form.text or "" for form in translation.iter("numerusform")]
            yield (
                name,
                message.findtext("source", ""),
                forms or [translation.text or ""],
                translation.get("type", ""),
            )


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_text_has_a_translation(tmp_path: Path, language: str) -> None:
    messages = list(_messages(_extracted(tmp_path, language)))
    missing = [f"{name}: {source}" for name, source, _, state in messages if state == "unfinished"]
    assert not missing, f"see {TRANSLATIONS / 'README.md'}"
    current = [message for message in messages if message[3] == ""]
    assert len(current) > (800 if language == "de" else 5)


def test_translations_have_the_places_and_ends_of_their_sources(tmp_path: Path) -> None:
    for name, source, forms, state in _messages(_extracted(tmp_path, "de")):
        if state:
            continue
        for form in forms:
            assert form, f"{name}: {source} has an empty form"
            same = sorted(_PLACES.findall(source)) == sorted(_PLACES.findall(form))
            assert same, f"{name}: {source!r} and {form!r} differ in their places"
            assert source.endswith("…") == form.endswith("…"), f"{name}: {source!r}, {form!r}"
            assert ("&" in source) == ("&" in form), f"{name}: {source!r}, {form!r}"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_the_built_file_is_that_of_the_texts(language: str) -> None:
    translator = QTranslator()
    assert translator.load(str(TRANSLATIONS / f"casebook_{language}.qm"))
    root = ElementTree.parse(TRANSLATIONS / f"casebook_{language}.ts").getroot()
    for name, source, forms, state in _messages(root):
        if state:
            continue
        numbers = (1, 2) if len(forms) == 2 else (-1,)
        built = [translator.translate(name, source, "", number) for number in numbers]
        assert built == forms, f"{name}: {source}: run “make translations”"


@pytest.fixture
def languages(qapp: QApplication) -> Iterator[QApplication]:
    """Return the application, and take the languages that were put into use away afterwards."""
    before, locale = set(qapp.findChildren(QTranslator)), QLocale()
    yield qapp
    for translator in set(qapp.findChildren(QTranslator)) - before:
        qapp.removeTranslator(translator)
    QLocale.setDefault(locale)


def test_plurals_and_numbers_follow_the_language(languages: QApplication) -> None:
    def said(number: int) -> str:
        return QCoreApplication.translate("PreflightDialog", "%Ln file(s)", "", number)

    speak(languages, "en")
    assert (said(1), said(2), said(1500)) == ("1 file", "2 files", "1,500 files")
    speak(languages, "de")
    assert (said(1), said(2), said(1500)) == ("1 Datei", "2 Dateien", "1.500 Dateien")


def test_a_language_without_a_translation_leaves_english(languages: QApplication) -> None:
    speak(languages, "fi")
    assert QCoreApplication.translate("PreflightDialog", "Start") == "Start"
    assert QCoreApplication.translate("PreflightDialog", "%Ln file(s)", "", 2).endswith("files")


def test_the_choice_is_kept(tmp_path: Path) -> None:
    preferences = Preferences(tmp_path / "desktop.ini")
    assert preferences.language() == ""
    preferences.set_language("de")
    preferences.save()
    assert Preferences(tmp_path / "desktop.ini").language() == "de"


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_no_two_actions_of_a_menu_share_the_letter_that_calls_them(
    languages: QApplication, language: str
) -> None:
    speak(languages, language)
    menus: dict[str, list[str]] = {"": [say(menu) for menu in MENUS]}
    for spec in SPECS:
        menus.setdefault(spec.menu, []).append(say(spec.text))
    for menu, texts in menus.items():
        letters = [found.group(1).lower() for text in texts if (found := re.search("&(.)", text))]
        assert len(letters) == len(set(letters)), (menu, texts)
