"""Pictures of Images from the engine: asked for one at a time, decoded beside the event loop.

The query worker drops an older question of a kind for a newer one, so that two views which each want a
picture would rob each other; here they wait for their turn. The newest wish of a view replaces its older.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage, QImageReader

from desktop.background import Background
from desktop.engine_client import EngineClient
from engine.messages import Kind, Message
from engine.model.ids import ImageId

PREVIEW_PX = 2048
"""The longer side of a preview is at most so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A picture of an Image, at most ``PREVIEW_PX``; ``width_px`` and ``height_px`` are the Image's.

    ``lowest`` and ``highest`` are the values of its file where they can be windowed, else None.
    """

    image_id: ImageId
    picture: QImage
    width_px: int
    height_px: int
    lowest: float | None
    highest: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """Where the engine laid the tiles of a large Image: ``LEVEL-COLUMN-ROW.jpg`` in ``folder``."""

    image_id: ImageId
    folder: Path
    tile_px: int
    levels: int
    width_px: int
    height_px: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a view wants: a ``preview`` or ``tiles`` of an Image, seen through a window of its values."""

    verb: str
    image_id: ImageId
    center: float | None = None
    width: float | None = None


class Previews(QObject):
    """Fulfills wishes in turn; every signal names the view (``owner``) that it is for.

    ``previewed`` and ``cut`` carry a Preview or Tiles, ``failed`` the Image and why there is none.
    """

    previewed = Signal(object, object)
    cut = Signal(object, object)
    failed = Signal(object, str, str)

    def __init__(self, client: EngineClient, background: Background, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._client = client
        self._background = background
        self._case = ""
        self._wishes: dict[tuple[object, str], Wish] = {}
        self._asked = ""
        self._asked_for: tuple[object, Wish] | None = None
        client.message.connect(self._take)

    def open(self, path: Path) -> None:
        """Ask about the case at ``path`` from now on."""
        self._case = str(path)

    def close(self) -> None:
        """Forget every wish; what comes later is about another case."""
        self._case = ""
        self._wishes.clear()
        self._asked, self._asked_for = "", None

    def want(self, owner: object, wish: Wish) -> None:
        """Fulfill a wish when its turn comes, instead of an older one of this owner and kind."""
        self._wishes[(owner, wish.verb)] = wish
        self._ask_next()

    def _ask_next(self) -> None:
        if self._asked or not self._wishes or not self._case:
            return
        (owner, verb), wish = next(iter(self._wishes.items()))
        del self._wishes[(owner, verb)]
        words = {
            "case": self._case,
            "image_id": wish.image_id,
            "max_px": PREVIEW_PX,
            "center": wish.center,
            "width": wish.width,
        }
        self._asked_for = (owner, wish)
        self._asked = self._client.request(verb, words)

    def _take(self, message: Message) -> None:
        if not self._asked or message.of != self._asked or self._asked_for is None:
            return
        if message.kind not in (Kind.ANSWER, Kind.CANCELLED, Kind.FAILED):
            return
        owner, wish = self._asked_for
        self._asked, self._asked_for = "", None
        if message.kind is Kind.FAILED:
            self.failed.emit(owner, wish.image_id, str(message.body.get("message", "")))
        elif message.kind is Kind.ANSWER and wish.verb == "tiles":
            self.cut.emit(owner, _tiles(wish.image_id, message.body))
        elif message.kind is Kind.ANSWER:
            self._decode(owner, wish.image_id, message.body)
        self._ask_next()

    def _decode(self, owner: object, image_id: ImageId, body: Mapping[str, Any]) -> None:
        path, case = str(body["path"]), self._case

        def then(picture: QImage) -> None:
            if case != self._case:
                return
            if picture.isNull():
                self.failed.emit(
                    owner, image_id, self.tr("The picture that the engine wrote cannot be shown.")
                )
                return
            self.previewed.emit(owner, _preview(image_id, picture, body))

        self._background.run(lambda: decoded(path), then)


def decoded(path: str) -> QImage:
    """Return the picture at ``path`` as the screen takes it, null where it cannot be read."""
    picture = QImageReader(path).read()
    return picture if picture.isNull() else picture.convertToFormat(QImage.Format.Format_RGB32)


def _preview(image_id: ImageId, picture: QImage, body: Mapping[str, Any]) -> Preview:
    return Preview(
        image_id=image_id,
        picture=picture,
        width_px=int(body["width_px"]),
        height_px=int(body["height_px"]),
        lowest=_number(body.get("lowest")),
        highest=_number(body.get("highest")),
    )


def _tiles(image_id: ImageId, body: Mapping[str, Any]) -> Tiles:
    return Tiles(
        image_id=image_id,
        folder=Path(str(body["folder"])),
        tile_px=int(body["tile_px"]),
        levels=int(body["levels"]),
        width_px=int(body["width_px"]),
        height_px=int(body["height_px"]),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
