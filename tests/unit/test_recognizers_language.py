"""Another language is told, and English of every shape is not taken for one."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from engine.cli import main
from engine.recognizers.language import LANGUAGES, detect_language

TEXTS = [
    line.split("\t")
    for line in (Path(__file__).parent.parent / "golden" / "languages.txt").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("language", "text"), TEXTS)
def test_language(language: str, text: str) -> None:
    assert detect_language(text) == language
    assert language == "en" or language in LANGUAGES


@pytest.mark.parametrize("text", ["", "?", "\x00\x00", "4711", "é", "🙂" * 50, "ok"])
def test_what_is_hardly_a_text_is_no_other_language(text: str) -> None:
    assert detect_language(text) == "en"


def test_a_text_in_another_language_becomes_an_issue(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "reports").mkdir()
    german = next(text for language, text in TEXTS if language == "de")
    (tmp_path / "reports" / "de.txt").write_text(f"{german} Am 12.03.2024.", encoding="utf-8")
    (tmp_path / "reports" / "en.txt").write_text("The heart is enlarged.", encoding="utf-8")
    case = str(tmp_path / "c.casebook")
    assert main(["new", case, "--kind", "medical"]) == 0
    assert main(["ingest", case, str(tmp_path / "reports"), "--profile", "fast"]) == 0
    capsys.readouterr()
    main(["show", case, "issues", "--json"])
    (issue,) = json.loads(capsys.readouterr().out)
    assert issue["relative_path"] == "de.txt" and "German" in issue["message"]
    main(["show", case, "entities", "--json"])
    labels = {entity["label"] for entity in json.loads(capsys.readouterr().out)}
    assert labels == {"date", "finding"}


def test_a_long_text_costs_no_more_than_its_beginning() -> None:
    before = time.process_time()
    detect_language("der die das und " * 1_000_000)
    assert time.process_time() - before < 2
