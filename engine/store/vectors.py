"""Thumbnails, and unit vectors of sentences and pictures: derived data, replaced at will.

``read_thumbnail``, ``save_vectors`` and ``read_vectors`` (as ``vectors``) are methods of ``CaseStore``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from engine.model.ids import ImageId
from engine.model.likeness import are_near_duplicates, hash_distance, is_telling

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from engine.store.case_store import CaseStore

Vectors: TypeAlias = "tuple[tuple[str, ...], NDArray[np.float32]]"


def read_thumbnail(store: CaseStore, image_id: ImageId) -> bytes | None:
    """Return the JPEG of an Image's thumbnail, None where there is none."""
    row = store.connection.row("SELECT jpeg FROM thumbnail WHERE image_id = ?", (image_id,))
    return row[0] if row else None


def save_vectors(store: CaseStore, kind: str, ids: Sequence[str], matrix: NDArray[np.float32]) -> None:
    """Keep one vector per id (``matrix``: float32, shape (len(ids), dimensions)), replacing older ones."""
    if len(ids) != len(matrix):
        raise ValueError(f"{len(ids)} ids for {len(matrix)} vectors")
    rows = (
        (kind, identity, vector.astype("<f4").tobytes()) for identity, vector in zip(ids, matrix, strict=True)
    )
    store.check_writable()
    with store.connection.transaction(durable=False):
        store.connection.execute_many("INSERT OR REPLACE INTO vector (kind, id, data) VALUES (?, ?, ?)", rows)


def forget_vectors(store: CaseStore, kind: str) -> None:
    """Remove all vectors of a kind."""
    store.check_writable()
    with store.connection.transaction(durable=False):
        store.connection.execute("DELETE FROM vector WHERE kind = ?", (kind,))


def read_vectors(store: CaseStore, kind: str) -> Vectors:
    """Return all vectors of a kind, in the order of their ids; shape (0, 0) where there are none.

    They are kept until the case changes, so that only the first search waits for them. The matrix
    is not to be written to.
    """
    version = store.connection.version
    kept = store.kept_vectors.get(kind)
    if kept is None or kept[0] != version:
        kept = store.kept_vectors[kind] = (version, _load(store, kind))
    return kept[1]


def _load(store: CaseStore, kind: str) -> Vectors:
    # numpy takes 0.1 s to import, which the first window has no need to wait for.
    import numpy as np

    rows = store.connection.rows("SELECT id, data FROM vector WHERE kind = ? ORDER BY id", (kind,))
    if not rows:
        return (), np.zeros((0, 0), dtype=np.float32)
    matrix = np.frombuffer(b"".join([data for _, data in rows]), dtype="<f4").reshape(len(rows), -1)
    return tuple([identity for identity, _ in rows]), matrix


def read_perceptual_hashes(store: CaseStore) -> tuple[tuple[ImageId, str], ...]:
    """Return the perceptual hash of every current Image, empty where it has none."""
    rows = store.connection.rows(
        "SELECT id, perceptual_hash FROM image WHERE superseded_by IS NULL ORDER BY number"
    )
    return tuple((ImageId(image), perceptual_hash) for image, perceptual_hash in rows)


def near_duplicates_of(store: CaseStore, image_id: ImageId) -> tuple[ImageId, ...]:
    """Return the other Images that show nearly the same as this one, the likest first."""
    hashes = read_perceptual_hashes(store)
    own = next((text for image, text in hashes if image == image_id), "")
    if not is_telling(own):
        return ()
    alike = [
        (hash_distance(own, text), image)
        for image, text in hashes
        if image != image_id and are_near_duplicates(own, text)
    ]
    return tuple(image for _, image in sorted(alike))
