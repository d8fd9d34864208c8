"""The sample cases build, hold what their golden truth names, and come out the same each time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from engine.hashing import file_sha256
from sample_cases import SAMPLE_CASES, find_sample
from sample_cases.chest_radiographs.build import expose
from sample_cases.chest_radiographs.patients import STUDIES
from sample_cases.chest_radiographs.reports import LETTERS
from sample_cases.scene_photographs.build import take
from sample_cases.scene_photographs.notes import NOTES, PHOTO_INDEX
from sample_cases.scene_photographs.scenes import PHOTOGRAPHS


@pytest.fixture(scope="session")
def built(sample_evidence: Callable[[str], Path]) -> Path:
    """Return the folder with all samples, built once for the session."""
    (folder,) = {sample_evidence(sample.name).parent for sample in SAMPLE_CASES}
    return folder


def files_below(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_an_unknown_sample_is_a_key_error() -> None:
    with pytest.raises(KeyError, match="nothing"):
        find_sample("nothing")


@pytest.mark.parametrize("name", ["chest_radiographs", "scene_photographs"])
def test_the_truth_names_every_file(built: Path, name: str) -> None:
    truth = find_sample(name).expected()
    images = {item["image"] for item in truth["images"]}
    reports = {item["report"] for item in truth["reports"]}
    found = files_below(built / name)
    assert images | reports == found - {"notes/photo_index.csv"}
    assert len(found) == truth["counts"]["files"]
    assert sum(item["frames"] for item in truth["images"]) == truth["counts"]["images"]


@pytest.mark.parametrize("name", ["chest_radiographs", "scene_photographs"])
def test_every_link_and_entity_of_the_truth_stands_in_its_text(name: str) -> None:
    truth = find_sample(name).expected()
    texts = {f"reports/{letter.file}": letter.text for letter in LETTERS}
    texts |= {f"notes/{note.file}": note.text for note in NOTES}
    texts = {name: " ".join(text.split()) for name, text in texts.items()}
    images = {item["image"] for item in truth["images"]}
    for item in truth["reports"]:
        for entity in item["entities"]:
            assert entity["phrase"] in texts[item["report"]], (item["report"], entity)
    for link in truth["links"]:
        assert link["phrase"] in texts[link["report"]], link
        assert link["image"] in images
        assert (link["relation"] == "contradicts") == bool(link["why"])


def test_the_index_names_photographs_that_exist(built: Path) -> None:
    names = [line.split(",")[0] for line in PHOTO_INDEX.splitlines()[1:]]
    assert names
    assert all((built / "scene_photographs/photographs" / name).is_file() for name in names)


def test_the_hostile_truth_names_every_file(built: Path) -> None:
    truth = find_sample("hostile").expected()
    found = files_below(built / "hostile")
    refused = set(truth["optional"]) - found
    links = set(truth["not_followed"])
    other_bytes = {name for name in found if not name.isprintable() and "caf" in name}
    assert found - links - other_bytes == set(truth["files"]) - refused


def test_building_again_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    find_sample("hostile").build(tmp_path / "hostile")
    for item in sorted(files_below(tmp_path / "hostile")):
        if not item.startswith("unreadable"):
            assert file_sha256(tmp_path / "hostile" / item) == file_sha256(built / "hostile" / item), item


def test_exposing_and_photographing_again_gives_the_same_bytes(built: Path, tmp_path: Path) -> None:
    study, photograph = STUDIES[-1], PHOTOGRAPHS[2]
    expose(tmp_path / study.file, study)
    take(tmp_path, 2, photograph)
    again = (file_sha256(tmp_path / study.file), file_sha256(tmp_path / photograph.file))
    first = (
        built / "chest_radiographs/images" / study.file,
        built / "scene_photographs/photographs" / photograph.file,
    )
    assert again == tuple(map(file_sha256, first))


def test_a_folder_with_something_in_it_is_not_built_over(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("keep")
    with pytest.raises(FileExistsError):
        find_sample("hostile").build(tmp_path)
    assert files_below(tmp_path) == {"mine.txt"}


def test_the_times_of_the_files_can_be_fixed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case records them, so that without it no two cases of one sample are alike."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795680000")
    find_sample("hostile").build(tmp_path / "evidence")
    times = {path.stat().st_mtime for path in (tmp_path / "evidence").rglob("*") if not path.is_symlink()}
    assert times == {1795680000.0}
