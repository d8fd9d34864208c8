"""What every Reader must keep to, whoever wrote it: on good files, on damaged ones, on any head."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import numpy as np
import pytest

from engine.errors import ReadError
from engine.hashing import bytes_sha256, canonical_json
from engine.jobs.reading import Decoded, choose_reader, read_file
from engine.model.ids import image_id, report_id
from engine.plugins import load_plugin, plugin_names
from engine.protocols import ReadOptions, Source
from tests.unit.good_files import mutated, samples

READERS = plugin_names("readers")
MUTATIONS = 25


def read(folder: Path, name: str, data: bytes) -> Decoded:
    path = folder / name
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return read_file(source, ReadOptions())


@pytest.mark.parametrize("name", READERS)
def test_it_says_whether_it_can_run_and_what_it_is(name: str) -> None:
    reader = load_plugin("readers", name)
    assert reader.name == name
    assert reader.availability() is None
    assert reader().component == reader().component
    assert (reader().component.kind, reader().component.name) == ("reader", name)


@pytest.mark.parametrize("name", READERS)
def test_support_is_a_score_for_any_head_and_takes_no_empty_file(name: str) -> None:
    reader = load_plugin("readers", name)()
    random_bytes = random.Random(7)
    heads = [random_bytes.randbytes(random_bytes.choice((1, 3, 17, 300, 4096))) for _ in range(50)]
    heads += [data[:4096] for _, data in samples().values()]
    for head in heads:
        assert reader.support("", head) in range(5)
        assert reader.support("x.jpg", head) in range(5)
    assert reader.support("x.unknown", b"") == 0


@pytest.mark.parametrize("name", READERS)
def test_it_is_chosen_for_its_own_kind_whatever_the_case_of_the_name(name: str) -> None:
    file_name, data = samples()[name]
    assert choose_reader(file_name, data[:4096]).name == name
    assert choose_reader(file_name.upper(), data[:4096]).name == name


@pytest.mark.parametrize("name", READERS)
def test_reading_is_a_pure_function_of_the_bytes(name: str, tmp_path: Path) -> None:
    file_name, data = samples()[name]
    before = (tmp_path / file_name).write_bytes(data)
    first, second = read(tmp_path, file_name, data), read(tmp_path, file_name, data)
    assert canonical_json(facts(first)) == canonical_json(facts(second))
    assert first.thumbnails == second.thumbnails
    assert (tmp_path / file_name).read_bytes() == data
    assert before == len(data)


def facts(decoded: Decoded) -> list[object]:
    content = decoded.content
    return [content.media_type, content.remarks, content.reports, [frame.image for frame in content.frames]]


@pytest.mark.parametrize("name", READERS)
def test_content_is_as_the_model_wants_it(name: str, tmp_path: Path) -> None:
    file_name, data = samples()[name]
    decoded = read(tmp_path, file_name, data)
    check(decoded, bytes_sha256(data))
    assert decoded.content.frames or decoded.content.reports or decoded.content.attachments


def check(decoded: Decoded, sha256: str) -> None:
    content = decoded.content
    assert content.frames or content.reports or content.attachments or content.remarks
    assert "/" in content.media_type
    assert len(decoded.thumbnails) == len(content.frames)
    for frame in content.frames:
        view = frame.pixels.view
        assert view.dtype == np.uint8
        assert view.shape == (frame.image.height_px, frame.image.width_px, 3)
        assert frame.image.id == image_id(sha256, frame.image.frame)
        if frame.pixels.values is not None:
            assert frame.pixels.values.dtype == np.float32
            assert frame.pixels.values.shape == view.shape[:2]
    for report in content.reports:
        assert report.id == report_id(sha256, report.part)
        assert report.text.strip()
        assert unicodedata.is_normalized("NFC", report.text)
        assert "\r" not in report.text
        assert "\0" not in report.text
        assert all(page.span.end <= len(report.text) for page in report.pages)
        assert report.authored_at is None or report.authored_at.tzinfo is not None
    for item in (*content.reports, *(frame.image for frame in content.frames)):
        assert len(dict(item.metadata)) == len(item.metadata)
        assert all(isinstance(value, str) and value for value in dict(item.metadata).values())
    for remark in content.remarks:
        assert remark.strip()
        assert "\n" not in remark


@pytest.mark.parametrize("name", READERS)
def test_damage_is_content_or_a_read_error_and_nothing_else(name: str, tmp_path: Path) -> None:
    file_name, good = samples()[name]
    chance = random.Random(name)
    for _ in range(MUTATIONS):
        data = mutated(good, chance)
        try:
            decoded = read(tmp_path, file_name, data)
        except ReadError as error:
            assert str(error)
            assert "\n" not in str(error)
        else:
            check(decoded, bytes_sha256(data))
