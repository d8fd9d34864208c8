"""Which other Images are nearly the same as one; every hash of the case is compared for it."""

from __future__ import annotations

from desktop.item_models.wording import mark, say
from engine.model.ids import ImageId
from engine.store import CaseStore

_MOST = 8


def near_duplicate_words(store: CaseStore, image_id: ImageId) -> str:
    """Return the paths of the likest Images, one a line, and how many more there are."""
    alike = store.near_duplicates_of(image_id)
    names = [file.relative_path for each in alike[:_MOST] for file in store.files_of_image(each)[:1]]
    more = len(alike) - _MOST
    rest = [say(mark("Wording", "and {0} more")).format(more)] if more > 0 else []
    return "\n".join([*names, *rest])
