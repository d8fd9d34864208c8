"""Which Image of the case another program's file means."""

from __future__ import annotations

from pathlib import PurePosixPath

from engine.errors import UsageError
from engine.hashing import file_sha256
from engine.importers.labeled import LabeledPicture
from engine.model.evidence import Image
from engine.store import CaseStore


class PictureNames:
    """The Images of a case by id, by content, and by every name that their files go by."""

    def __init__(self, store: CaseStore) -> None:
        self._by_id: dict[str, Image] = {}
        self._by_content: dict[tuple[str, int], Image] = {}
        self._by_name: dict[str, set[str]] = {}
        for image in store.images():
            self._by_id[image.id] = image
            self._by_content[image.sha256, image.frame] = image
        contents = {sha256 for sha256, _ in self._by_content}
        for file in store.files():
            if file.sha256 in contents:
                path = PurePosixPath(file.root, file.relative_path)
                for name in {str(path), file.relative_path, path.name, path.stem}:
                    self._by_name.setdefault(name, set()).add(file.sha256)

    def find(self, picture: LabeledPicture) -> tuple[Image | None, str]:
        """Return the Image that is meant, or None and why there is none."""
        image = self._by_id.get(picture.identity) or self._by_content.get((picture.sha256, picture.frame))
        if image is None and picture.file is not None:
            image = self._by_content.get((_sha256(picture), picture.frame))
        reason = ""
        if image is None:
            image, reason = self._named(picture)
        if image is None:
            return None, reason
        here, there = (image.width_px, image.height_px), (picture.width_px, picture.height_px)
        if None not in there and here != there:
            return None, f"it is {there[0]} × {there[1]} px there and {here[0]} × {here[1]} px in the case"
        return image, ""

    def _named(self, picture: LabeledPicture) -> tuple[Image | None, str]:
        """Find by path, then by name; a name that several contents have means none of them."""
        path = PurePosixPath(picture.name.replace("\\", "/"))
        for name in dict.fromkeys((str(path), path.name, *((path.stem,) if picture.is_stem else ()))):
            contents = self._by_name.get(name, set())
            if len(contents) > 1:
                return None, f"{len(contents)} pictures of the case have the name {name}"
            for sha256 in contents:
                image = self._by_content.get((sha256, picture.frame))
                return image, "" if image else f"the case has no frame {picture.frame + 1} of it"
        return None, "no picture of the case has its content or name"


def _sha256(picture: LabeledPicture) -> str:
    assert picture.file is not None
    try:
        return file_sha256(picture.file)
    except OSError as error:
        raise UsageError(f"cannot read {picture.file}: {error.strerror}") from error
