"""Images in the order and the groups that a gallery shows them in.

Everything is done by the database, a hundred thousand Images at a time; what comes back is row numbers,
which stand for current rows until the case changes.
"""

from __future__ import annotations

import enum
import itertools
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from engine.model.evidence import Image
from engine.model.ids import ImageId
from engine.store.connection import Value
from engine.store.evidence_rows import IMAGE_COLUMNS, read_image
from engine.store.image_facets import Narrowing, image_condition
from engine.store.natural_order import natural_key

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


class Order(enum.StrEnum):
    """In which order Images stand within their group."""

    CASE = "case"
    NAME = "name"
    NEWEST = "newest"
    OLDEST = "oldest"
    CONTRADICTIONS = "contradictions"
    SUREST = "surest"
    LEAST_SURE = "least-sure"
    LARGEST = "largest"


class Grouping(enum.StrEnum):
    """What the Images of a group have in common."""

    NONE = "none"
    SUBJECT = "subject"
    STUDY = "study"
    FOLDER = "folder"
    DAY = "day"
    SCENE = "scene"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arranged:
    """Row numbers of Images in order, and the groups that they stand in: (what they share, how many)."""

    numbers: Sequence[int]
    groups: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageRow:
    """An Image with what is known of it at a glance; ``name`` is that of its first Source file."""

    image: Image
    name: str
    regions: int
    contradictions: int


_PATH = (
    "(SELECT {0} FROM source_file WHERE sha256 = image.sha256 AND superseded_by IS NULL "
    "ORDER BY number LIMIT 1)"
)
_SCORE = (
    "(SELECT {0}(score) FROM region WHERE image_number = image.number AND superseded_by IS NULL "
    "AND polygons <> '[]')"
)
_AGAINST = (
    "(SELECT count(*) FROM link WHERE image_number = image.number AND superseded_by IS NULL "
    "AND relation = 'contradicts')"
)
_ORDERS = {
    Order.CASE: "image.number",
    Order.NAME: _PATH.format("natural_key(relative_path)"),
    Order.NEWEST: "captured_at DESC NULLS LAST",
    Order.OLDEST: "captured_at NULLS LAST",
    Order.CONTRADICTIONS: f"{_AGAINST} DESC",
    Order.SUREST: f"{_SCORE.format('max')} DESC NULLS LAST",
    Order.LEAST_SURE: f"{_SCORE.format('min')} NULLS LAST",
    Order.LARGEST: "width_px * height_px DESC",
}
_GROUPS = {
    Grouping.NONE: "''",
    Grouping.SUBJECT: "subject_ref",
    Grouping.STUDY: "study_ref",
    # Without its last part, of which no character is a slash.
    Grouping.FOLDER: _PATH.format("root || '/' || rtrim(relative_path, replace(relative_path, '/', ''))"),
    Grouping.DAY: "coalesce(substr(captured_at, 1, 10), '')",
    Grouping.SCENE: "coalesce((SELECT label FROM region WHERE image_number = image.number "
    "AND superseded_by IS NULL AND polygons = '[]' ORDER BY score DESC LIMIT 1), '')",
}


def arranged_images(
    store: CaseStore, narrowing: Narrowing, *, order: Order = Order.CASE, grouping: Grouping = Grouping.NONE
) -> Arranged:
    """Return the Images that are left, group by group, in order."""
    condition, values = image_condition(store, narrowing)
    rows = store.connection.iterate(
        f"SELECT image.number, {_GROUPS[grouping]} FROM image "
        f"WHERE superseded_by IS NULL{condition} ORDER BY {_ORDERS[order]}, image.number",
        values,
    )
    # Groups are put together here: the database would work out twice what is shared, and sort by it.
    members: dict[str, list[int]] = {}
    for number, shared in rows:
        members.setdefault(shared, []).append(number)
    groups = _in_order(members, grouping)
    return Arranged(
        numbers=list(itertools.chain.from_iterable(members[shared] for shared in groups)),
        groups=tuple((shared, len(members[shared])) for shared in groups),
    )


def _in_order(groups: Iterable[str], grouping: Grouping) -> list[str]:
    """Days from the newest, others as a person expects names; what has no value stands last."""
    if grouping is Grouping.DAY:
        return sorted(groups, reverse=True)
    return sorted(groups, key=lambda shared: (not shared, natural_key(shared), shared))


def rows_of(store: CaseStore, numbers: Sequence[int]) -> tuple[ImageRow, ...]:
    """Return the Images with these row numbers, in that order."""
    columns = ", ".join(f"image.{column}" for column in IMAGE_COLUMNS.split(", "))
    rows = store.connection.rows(
        f"SELECT {columns}, {_PATH.format('relative_path')}, (SELECT count(*) FROM region "
        "WHERE image_number = image.number AND superseded_by IS NULL AND polygons <> '[]'), "
        f"{_AGAINST}, image.number FROM json_each(?) AS wanted "
        "CROSS JOIN image ON image.number = wanted.value",
        (json.dumps(list(numbers)),),
    )
    found = {row[-1]: _image_row(row[:-1]) for row in rows}
    return tuple(found[number] for number in numbers if number in found)


def numbers_of(store: CaseStore, image_ids: Iterable[ImageId]) -> dict[ImageId, int]:
    """Return the row numbers of Images; unknown ids are left out."""
    rows = store.connection.rows(
        "SELECT image.id, image.number FROM json_each(?) AS wanted CROSS JOIN image "
        "ON image.id = wanted.value WHERE image.superseded_by IS NULL",
        (json.dumps(list(image_ids)),),
    )
    return {ImageId(image): number for image, number in rows}


def _image_row(row: Sequence[Value]) -> ImageRow:
    *image, path, regions, contradictions = row
    found = read_image(image)
    name = str(path or found.id).rsplit("/", 1)[-1]
    return ImageRow(
        image=found,
        name=f"{name} · {found.frame + 1}" if found.frame else name,
        regions=int(regions or 0),
        contradictions=int(contradictions or 0),
    )
