"""Years, modalities and persons of many Reports and Images at once, for the facets of a search."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

from engine.model.ids import ImageId, ReportId

if TYPE_CHECKING:
    from engine.store.case_store import CaseStore


def facet_values(
    store: CaseStore, reports: Iterable[ReportId], images: Iterable[ImageId]
) -> dict[str, list[str]]:
    """Return ``date`` (years), ``modality`` and ``subject`` of each Report and Image, empty where unknown.

    A Report has the modality of an Image that it is related to.
    """
    of_reports = store.connection.rows(
        "SELECT substr(authored_at, 1, 4), subject_ref, (SELECT modality FROM relation JOIN image "
        "ON image.number = relation.image_number WHERE relation.report_number = report.number "
        "AND relation.superseded_by IS NULL LIMIT 1) FROM json_each(?) AS wanted "
        "CROSS JOIN report ON report.id = wanted.value WHERE report.superseded_by IS NULL",
        (json.dumps(list(reports)),),
    )
    of_images = store.connection.rows(
        "SELECT substr(captured_at, 1, 4), subject_ref, modality FROM json_each(?) AS wanted "
        "CROSS JOIN image ON image.id = wanted.value WHERE image.superseded_by IS NULL",
        (json.dumps(list(images)),),
    )
    rows = [*of_reports, *of_images]
    return {
        "modality": [modality or "" for _, _, modality in rows],
        "date": [year or "" for year, _, _ in rows],
        "subject": [subject for _, subject, _ in rows],
    }
