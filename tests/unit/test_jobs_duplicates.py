"""Near-duplicates: all pairs within the limit, found without comparing all pairs."""

from __future__ import annotations

import random
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from engine.clock import system_clock
from engine.jobs.case import new_case
from engine.jobs.duplicates import duplicate_groups, near_pairs
from engine.model.evidence import CaseKind, Image
from engine.model.ids import image_id
from engine.model.likeness import NEAR_DUPLICATE_BITS, hash_distance
from engine.readers.fingerprint import perceptual_hash
from engine.store import FileFindings, open_case
from tests.unit.evidence_files import source_file


def flipped(number: int, bits: int, chance: random.Random) -> int:
    for place in chance.sample(range(256), bits):
        number ^= 1 << place
    return number


def test_the_index_finds_the_pairs_that_comparing_all_finds() -> None:
    chance = random.Random(4)
    originals = [chance.getrandbits(256) for _ in range(60)]
    copies = [flipped(each, n % 40, chance) for n, each in enumerate(originals)]
    hashes = [f"{each:064x}" for each in (*originals, *copies)]
    chance.shuffle(hashes)
    wanted = {
        (first, second)
        for first in range(len(hashes))
        for second in range(first + 1, len(hashes))
        if hash_distance(hashes[first], hashes[second]) <= NEAR_DUPLICATE_BITS
    }
    assert len(wanted) > 25
    assert {(first, second) for first, second, _ in near_pairs(hashes)} == wanted


def test_twenty_thousand_pictures_take_seconds_not_all_pairs() -> None:
    chance = random.Random(5)
    hashes = [f"{chance.getrandbits(256):064x}" for _ in range(20_000)]
    hashes[9] = hashes[19_000]
    started_s = time.process_time()
    assert (9, 19_000, 0) in set(near_pairs(hashes))
    assert time.process_time() - started_s < 15


def test_few_pictures_have_no_pairs() -> None:
    assert list(near_pairs([])) == []
    assert list(near_pairs(["f" * 64])) == []


def test_whoever_is_like_a_member_belongs_to_the_group(tmp_path: Path) -> None:
    chance = random.Random(6)
    first = chance.getrandbits(256)
    second = flipped(first, 20, chance)
    chain = [first, second, second ^ (first ^ second), flipped(second, 20, chance), chance.getrandbits(256)]
    path = tmp_path / "case.casebook"
    new_case(path, kind=CaseKind.FORENSIC, name="", reference="", examiner="", clock=system_clock)
    with open_case(path, clock=system_clock) as store:
        store.add_root(tmp_path)
        run = store.begin_run("ingest", ())
        for number, bits in enumerate(chain):
            store.save_file(_picture(tmp_path.name, number, f"{bits:064x}"), run)
        ids = [image.id for image in store.images()]
        assert [set(group) for group in duplicate_groups(store)] == [set(ids[:4])]


def _picture(root: str, number: int, perceptual_hash: str) -> FileFindings:
    sha256, name = f"{number:064x}", f"{number}.png"
    return FileFindings(
        file=source_file(root, name, sha256, 1),
        images=(
            Image(
                id=image_id(sha256, 0),
                sha256=sha256,
                width_px=9,
                height_px=9,
                perceptual_hash=perceptual_hash,
            ),
        ),
        signature="test",
    )


@pytest.mark.data
def test_photographs_are_found_again_after_scaling_and_recompression(data_dir: Path, tmp_path: Path) -> None:
    hashes = []
    for path in sorted((data_dir / "flickr8k_sub" / "images").iterdir())[:60]:
        with Picture.open(path) as picture:
            photo = picture.convert("RGB")
        photo.resize((photo.width * 2 // 3, photo.height * 2 // 3)).save(tmp_path / "small.jpg", quality=60)
        with Picture.open(tmp_path / "small.jpg") as small:
            hashes += [perceptual_hash(np.asarray(each.convert("RGB"))) for each in (photo, small)]
    found = {(first, second) for first, second, _ in near_pairs(hashes)}
    assert all(second == first + 1 and first % 2 == 0 for first, second in found)
    assert len(found) >= 57
