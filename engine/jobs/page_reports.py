"""Pictures of pages become Reports: a scanned letter, a photographed form, a screen full of text."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from engine.lettering.lines import TextLine, mean_score, page_text
from engine.model.evidence import Image, Page, Report, Span
from engine.model.findings import Region
from engine.readers.prose import make_report, normalize

PAGE_SCENE = "document"
# Fewer words are a label or a heading, and are found as Regions.
_LEAST_WORDS = 20


def page_report(image: Image, regions: Iterable[Region]) -> Report | None:
    """Return what can be read in the picture of a page as a Report; None where that is next to nothing."""
    lines = [
        TextLine(
            corners=np.array([(point.x, point.y) for point in region.polygons[0].points], np.float32),
            text=region.attributes.text,
            score=region.score,
        )
        for region in regions
        if region.attributes.text and region.polygons
    ]
    text = normalize(page_text(lines)).strip()
    if len(text.split()) < _LEAST_WORDS:
        return None
    return make_report(
        image.sha256,
        text,
        part=image.frame,
        pages=(Page(number=image.frame + 1, span=Span(start=0, end=len(text))),),
        subject_ref=image.subject_ref,
        study_ref=image.study_ref,
        ocr_confidence=round(mean_score(lines), 4),
        metadata=(("read_by", "the picture's lettering"),),
    )
