"""Going back to the evidence for pixels: previews for the window, pictures for an export.

The bytes are read again in a child process, and only when their SHA-256 is still the one in the case.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

from engine.errors import CorruptFile, NotReadable, UsageError
from engine.hashing import file_sha256
from engine.jobs.picture_cache import PictureCache
from engine.jobs.reading import DecodePool
from engine.jobs.survey import Found
from engine.jobs.tiles import Tiles, cut
from engine.jobs.unpacking import Unpacking
from engine.model.evidence import Image, SourceFile
from engine.model.ids import ImageId
from engine.protocols import Pixels, ReadOptions
from engine.readers.preview import preview_jpeg, window
from engine.store import CaseStore

_KEPT_FILES = 4
_KEPT_BYTES = 512 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A picture file that the window may show, and the value range it was made from (CT: HU)."""

    path: Path
    width_px: int
    height_px: int
    lowest: float | None
    highest: float | None


class EvidenceReader:
    """Decodes the evidence of one case on demand and keeps the last few files."""

    def __init__(self, store: CaseStore) -> None:
        self._store = store
        self._pool = DecodePool(workers=1)
        self._cache = PictureCache(store)
        self._kept: OrderedDict[str, dict[ImageId, Pixels]] = OrderedDict()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        self._pool.close()
        self._cache.close()

    def view(self, image_id: ImageId) -> NDArray[np.uint8]:
        """Return the upright RGB view, uint8, shape (height, width, 3).

        Raises NotReadable where the evidence is gone, CorruptFile where it has changed.
        """
        return self._pixels(image_id).view

    def preview(
        self, image_id: ImageId, *, max_px: int, values_window: tuple[float, float] | None
    ) -> Preview:
        """Write a JPEG of at most ``max_px`` into the cache; ``values_window`` is (center, width)."""
        values = self._pixels(image_id).values
        view = self._windowed(image_id, values_window)
        name = _named(f"{image_id}-{max_px}", values_window)
        path = self._cache.folder / "previews" / f"{name}.jpg"
        path.parent.mkdir(parents=True, exist_ok=True)
        _replace(path, preview_jpeg(view, max_px))
        return Preview(
            path=path,
            width_px=view.shape[1],
            height_px=view.shape[0],
            lowest=float(values.min()) if values is not None else None,
            highest=float(values.max()) if values is not None else None,
        )

    def tiles(self, image_id: ImageId, *, values_window: tuple[float, float] | None) -> Tiles:
        """Cut the picture into tiles in the cache; ``values_window`` is (center, width)."""
        view = self._windowed(image_id, values_window)
        return cut(view, self._cache.folder / "tiles" / _named(image_id, values_window))

    def _windowed(self, image_id: ImageId, values_window: tuple[float, float] | None) -> NDArray[np.uint8]:
        pixels = self._pixels(image_id)
        if values_window is None or pixels.values is None:
            return pixels.view
        return window(pixels.values, *values_window, inverted=self._is_inverted(image_id))

    def _pixels(self, image_id: ImageId) -> Pixels:
        sha256 = self._image(image_id).sha256
        if sha256 not in self._kept:
            self._kept[sha256] = self._decode(self._store.files_of_image(image_id), sha256)
            while len(self._kept) > 1 and (len(self._kept) > _KEPT_FILES or self._kept_bytes > _KEPT_BYTES):
                self._kept.popitem(last=False)
        self._kept.move_to_end(sha256)
        try:
            return self._kept[sha256][image_id]
        except KeyError as error:
            raise CorruptFile(f"image {image_id} is no longer in its file; verify the case") from error

    @property
    def _kept_bytes(self) -> int:
        pixels = [each for frames in self._kept.values() for each in frames.values()]
        return sum(each.view.nbytes + (0 if each.values is None else each.values.nbytes) for each in pixels)

    def _image(self, image_id: ImageId) -> Image:
        image = self._store.image(image_id)
        if image is None:
            raise UsageError(f"no image {image_id!r} in the case")
        return image

    def _is_inverted(self, image_id: ImageId) -> bool:
        """Tell whether low values are bright, as DICOM says it in two ways."""
        stated = dict(self._image(image_id).metadata)
        return stated.get("photometric") == "MONOCHROME1" or stated.get("presentation_lut_shape") == "INVERSE"

    def _decode(self, files: tuple[SourceFile, ...], sha256: str) -> dict[ImageId, Pixels]:
        """Decode the first occurrence that is still there; an attachment through its container."""
        reasons = []
        for file in files:
            outer = self._outer(file)
            path = self._path(outer)
            if path is None:
                reasons.append(f"{outer.relative_path} is not in the evidence folder {outer.root!r}")
            elif file_sha256(path) != outer.sha256:
                reasons.append(f"{outer.relative_path} has changed since it was read")
            else:
                return self._read(Found(file=outer, path=path), sha256)
        raise NotReadable("; ".join(reasons) or "no Source file holds this image")

    def _read(self, found: Found, sha256: str) -> dict[ImageId, Pixels]:
        with Unpacking(ReadOptions(scans=False)) as unpacking:
            for answer in unpacking.read_all(self._pool, iter([found])):
                if isinstance(answer.outcome, Exception):
                    if answer.found.file.sha256 == sha256:
                        raise answer.outcome
                elif answer.found.file.sha256 == sha256:
                    frames = answer.outcome.content.frames
                    return {frame.image.id: frame.pixels for frame in frames}
        raise CorruptFile(f"{found.file.relative_path} no longer holds the picture; verify the case")

    def _outer(self, file: SourceFile) -> SourceFile:
        while file.parent_id is not None:
            (file,) = self._store.files(id=file.parent_id)
        return file

    def _path(self, file: SourceFile) -> Path | None:
        for root in self._store.roots():
            path = Path(root.path) / file.relative_path
            if root.label == file.root and path.is_file():
                return path
        return None


def _named(stem: str, values_window: tuple[float, float] | None) -> str:
    return f"{stem}-{values_window[0]:g}-{values_window[1]:g}" if values_window else stem


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise
