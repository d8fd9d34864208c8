"""Keywords of a case: selections, sides, categories, pictures; the Markov model beside hmmlearn's."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from engine.cli import main
from engine.errors import UsageError
from engine.keywords.categories import category_of, count_categories, load_categories
from engine.keywords.hmm import FIRST_GUESS, fit, forward_backward
from engine.keywords.keyword import Keyword
from engine.keywords.pictures import write_pictures

REPORTS = {
    "a.txt": "FINDINGS: There is a large left pleural effusion. The heart is enlarged.",
    "b.txt": "FINDINGS: Small right pleural effusion. Basilar atelectasis.",
    "c.txt": "FINDINGS: No pleural effusion. A calcified granuloma.",
    "d.txt": "FINDINGS: Scoliosis of the spine. A calcified granuloma.",
}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keywords")
    (folder / "reports").mkdir()
    for name, text in REPORTS.items():
        (folder / "reports" / name).write_text(text, encoding="utf-8")
    path = folder / "k.casebook"
    assert main(["new", str(path), "--kind", "medical"]) == 0
    assert main(["ingest", str(path), str(folder / "reports"), "--profile", "fast"]) == 0
    return path


def rows(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, object]]:
    capsys.readouterr()
    assert main(["keywords", *words, "--json"]) == 0
    found: list[dict[str, object]] = json.loads(capsys.readouterr().out)
    return found


def test_keywords_have_categories_and_no_headings(case: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = {str(row["term"]): row for row in rows(capsys, str(case), "--top", "99")}
    assert found["effusion"]["category"] == "lung"
    assert "finding" not in found and "findings" not in found


def test_keywords_of_a_selection_are_those_of_its_reports(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    terms = {
        str(row["term"]) for row in rows(capsys, str(case), "--query", "pleural effusion", "--top", "99")
    }
    assert "atelectasis" in terms
    assert not terms & {"scoliosis", "granuloma"}


def test_chi_square_tells_reports_apart_by_what_they_affirm(
    case: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = rows(capsys, str(case), "--method", "chi2", "--against", "pleural effusion", "--top", "99")
    label = {str(row["term"]): row["label"] for row in found}
    # c.txt denies the effusion, so it is on the other side, as is the granuloma that it has.
    assert label["granuloma"] == "rest"
    assert found[0]["score"] == pytest.approx(4.0)
    selection = rows(capsys, str(case), "--method", "chi2", "--query", "granuloma", "--top", "99")
    assert {str(row["term"]): row["label"] for row in selection}["granuloma"] == "selection"


@pytest.mark.parametrize(
    "words",
    [
        ("--against", "pleural effusion"),
        ("--method", "chi2", "--against", "aneurysm"),
        ("--query", "aneurysm"),
        ("--categories", "no-such-file.txt"),
    ],
)
def test_what_cannot_be_told_is_one_clear_line(
    case: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["keywords", str(case), *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_the_user_edits_the_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CASEBOOK_CONFIG_HOME", str(tmp_path))
    assert category_of("snow", load_categories()) == "glacier"
    (tmp_path / "keyword_categories.txt").write_text(
        "# own\nglacier: ice\nmeal: soups, bread roll\n", encoding="utf-8"
    )
    table = load_categories()
    assert category_of("snow", table) == ""
    assert category_of("soup", table) == "meal"
    counts = count_categories([["soup", "bread", "roll", "ice"], ["ice"]], table)
    assert [(each.category, each.count, each.texts) for each in counts] == [("glacier", 2, 2), ("meal", 2, 1)]
    wrong = tmp_path / "wrong.txt"
    wrong.write_text("ok: a\nno colon\n", encoding="utf-8")
    with pytest.raises(UsageError, match="line 2"):
        load_categories(wrong)


@pytest.mark.filterwarnings("ignore:.*:DeprecationWarning")
def test_pictures_are_equal_for_equal_input(tmp_path: Path) -> None:
    keywords = [Keyword("effusion", 2.0, 3), Keyword("snow man", 1.0, 1), Keyword("nothing", 0.0, 1)]
    counts = count_categories([["effusion", "snow", "ice"]], load_categories())
    files = write_pictures(tmp_path / "one", keywords, counts)
    again = write_pictures(tmp_path / "two", keywords, counts)
    assert {file.name for file in files} == {
        "word_cloud.png",
        "word_cloud.svg",
        "categories.png",
        "categories.svg",
        "categories.csv",
    }
    assert [file.read_bytes() for file in files] == [file.read_bytes() for file in again]
    cloud = (tmp_path / "one" / "word_cloud.svg").read_text(encoding="utf-8")
    assert "effusion" in cloud and "nothing" not in cloud


def test_pictures_of_nothing_are_left_away(tmp_path: Path) -> None:
    assert [file.name for file in write_pictures(tmp_path, [], [])] == ["categories.csv"]


def test_the_log_likelihood_equals_that_of_hmmlearn() -> None:
    hmm = pytest.importorskip("hmmlearn.hmm")
    rng = np.random.default_rng(7)
    sequences = [rng.integers(0, 4, size=length) for length in (1, 2, 17, 60)]
    for model in (FIRST_GUESS, fit(FIRST_GUESS, sequences, 3)):
        peer = hmm.CategoricalHMM(n_components=2, n_features=4)
        peer.startprob_, peer.transmat_, peer.emissionprob_ = model.start, model.transition, model.emission
        for symbols in sequences:
            expected, states = peer.score_samples(symbols.reshape(-1, 1))
            found = forward_backward(model, symbols)
            assert found.log_likelihood == pytest.approx(expected, abs=1e-9)
            assert np.allclose(found.gamma, states, atol=1e-9)
