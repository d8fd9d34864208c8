"""Some files at a time: as many as networks like and memory bears, and what is found in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from engine.jobs.analysis import Analysis, Reading
from engine.jobs.image_vectors import ImageVectors, image_vectors
from engine.model.findings import Region
from engine.model.ids import ImageId
from engine.recognizers.language import LANGUAGES
from engine.recognizers.pipeline import MOST_ENTITIES, STATISTICAL_CHARACTERS
from engine.store import FileFindings

_MOST_FILES = 32
_MOST_PIXELS = 24_000_000


@dataclass(slots=True, kw_only=True)
class Batch:
    """Files that were read and wait to be analyzed together."""

    readings: list[Reading] = field(default_factory=list)
    size_px: int = 0

    def add(self, reading: Reading) -> None:
        self.readings.append(reading)
        images = (frame.image for frame in reading.decoded.content.frames)
        self.size_px += sum(image.width_px * image.height_px for image in images)

    @property
    def is_full(self) -> bool:
        return len(self.readings) >= _MOST_FILES or self.size_px >= _MOST_PIXELS


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchFindings:
    """What was found in each file of a batch, with remarks on it, and vectors of all pictures."""

    files: tuple[tuple[FileFindings, tuple[str, ...]], ...]
    vectors: tuple[ImageVectors, ...]


def analyze_batch(analysis: Analysis, batch: Batch) -> BatchFindings:
    """Return what is found in files, in order; a pure function of content and components."""
    found = analysis.analyze(batch.readings)
    regions: dict[ImageId, list[Region]] = defaultdict(list)
    for findings in found:
        for region in findings.regions:
            regions[region.image_id].append(region)
    contents = [reading.decoded.content for reading in batch.readings]
    frames = [frame for content in contents for frame in content.frames]
    return BatchFindings(
        files=tuple(
            (findings, (*content.remarks, *_unread(findings)))
            for findings, content in zip(found, contents, strict=True)
        ),
        vectors=image_vectors(analysis.classifiers, frames, regions),
    )


def _unread(findings: FileFindings) -> Iterator[str]:
    """Say of texts that are very long, or not in English, what was not looked for in them."""
    languages = Counter(report.language for report in findings.reports if report.language not in ("", "en"))
    for code, number in sorted(languages.items()):
        yield (
            f"{number} of its {len(findings.reports)} texts is in {LANGUAGES.get(code, code)}: only English "
            "is understood, so nothing but numbers, dates and names of a fixed form was looked for there"
        )
    for report in findings.reports:
        if len(report.text) > STATISTICAL_CHARACTERS:
            yield (
                f"names and findings were looked for in the first {STATISTICAL_CHARACTERS:,} of its "
                f"{len(report.text):,} characters, terms and patterns in all"
            )
    for identifier, number in Counter(entity.report_id for entity in findings.entities).items():
        if number >= MOST_ENTITIES:
            yield f"only the first {number:,} phrases of its report {identifier} were kept"
