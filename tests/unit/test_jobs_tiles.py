"""Large pictures in tiles: together they are the picture, at every scale, and only the newest are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from engine.jobs.tiles import TILE_PX, Tiles, cut


def _view(width: int, height: int) -> np.ndarray:
    """Return a picture whose colors tell where one is."""
    x = np.linspace(0, 255, width, dtype=np.float32)[None, :].repeat(height, axis=0)
    y = np.linspace(0, 255, height, dtype=np.float32)[:, None].repeat(width, axis=1)
    return np.stack([x, y, np.full_like(x, 90)], axis=2).astype(np.uint8)


def _together(tiles: Tiles, level: int) -> np.ndarray:
    width, height = (max(side >> level, 1) for side in (tiles.width_px, tiles.height_px))
    whole = Picture.new("RGB", (width, height))
    for path in tiles.folder.glob(f"{level}-*.jpg"):
        _, column, row = map(int, path.stem.split("-"))
        whole.paste(Picture.open(path), (column * TILE_PX, row * TILE_PX))
    return np.asarray(whole)


@pytest.mark.parametrize("size", [(4200, 1300), (600, 500)])
def test_tiles_laid_together_are_the_picture_at_every_scale(tmp_path: Path, size: tuple[int, int]) -> None:
    view = _view(*size)
    tiles = cut(view, tmp_path / "tiles" / "one")
    assert (tiles.width_px, tiles.height_px) == size
    assert tiles.levels == (3 if size[0] > 4096 else 1)
    for level in range(tiles.levels):
        small = view[:: 1 << level, :: 1 << level]
        found = _together(tiles, level)
        part = found[: small.shape[0], : small.shape[1]].astype(int)
        assert np.abs(part - small[: part.shape[0], : part.shape[1]]).mean() < 4


def test_tiles_that_are_there_are_not_cut_again(tmp_path: Path) -> None:
    view = _view(600, 500)
    first = cut(view, tmp_path / "tiles" / "one")
    written = (first.folder / "0-0-0.jpg").stat().st_mtime_ns
    assert cut(view, tmp_path / "tiles" / "one") == first
    assert (first.folder / "0-0-0.jpg").stat().st_mtime_ns == written


def test_only_the_pictures_cut_last_are_kept(tmp_path: Path) -> None:
    for number in range(12):
        cut(_view(40, 30), tmp_path / "tiles" / str(number))
    assert len(list((tmp_path / "tiles").iterdir())) == 8
    assert (tmp_path / "tiles" / "11").is_dir()
