"""Which Images a Report may be about, through inverted indexes: never all pairs.

Every Image and every Report is turned into keys ("file:img2043", "study:…", "concept:…"). A key that
many Images share says little and is capped, so that the cost grows with the case and not with its
square. A Report that is tied to pictures by name needs no guessing by its words.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from engine.linkers.figures import figure_keys, mentioned_figure_keys
from engine.linkers.identifiers import image_codes
from engine.linkers.names import canonical, codes, file_names, folder_of, number_of, picture_numbers, stem_of
from engine.model.evidence import CaseKind
from engine.model.findings import Assertion, Cue
from engine.model.ids import ImageId, ReportId
from engine.protocols import ImageSide, ReportSide
from engine.vocabulary import Vocabulary, load_vocabulary


@dataclass(frozen=True, slots=True)
class _Tie:
    """What a kind of key is worth: log-odds, how many Images may share one, and the words for it."""

    weight: float
    cap: int
    firm: bool
    detail: str


_TIES = {
    "about": _Tie(6.0, 50, True, "the source of the text names this file ({})"),
    "figure": _Tie(5.5, 50, True, "the text names this picture of its own file by its caption ({})"),
    "file": _Tie(5.0, 50, True, "the text names this file ({})"),
    "numbered": _Tie(4.0, 5, True, "the text names the picture's number and lies in its folder ({})"),
    "stem": _Tie(5.0, 50, True, "text and picture have the same file name ({})"),
    "study": _Tie(4.5, 200, True, "text and picture belong to the same study ({})"),
    "code": _Tie(4.0, 30, True, "the same identifier stands in the text and on the file ({})"),
    "subject": _Tie(2.5, 200, False, "text and picture are of the same person ({})"),
    "folder": _Tie(1.5, 30, False, "text and picture lie in the same folder ({})"),
    "day": _Tie(1.0, 30, False, "the text names the day of the picture ({})"),
    "concept": _Tie(0.5, 30, False, "the text names a thing seen in the picture ({})"),
}
FIRM_RULES = frozenset(f"tied-by-{kind}" for kind, tie in _TIES.items() if tie.firm)
_MAX_CANDIDATES = 40
_MAX_BY_WORDS = 5
_MAX_ANCESTORS = 6
# Two shared concepts make a guess; one is chance.
_MIN_LOOSE_WEIGHT = 1.0
_CODE_LABELS = frozenset({"exhibit", "case-number", "serial-number", "study-number", "card-number"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageKeys:
    """An Image as the index sees it: keys of the form "kind:value"."""

    image_id: ImageId
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportKeys:
    """A Report as the index sees it."""

    report_id: ReportId
    keys: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An Image that a Report may be about, with the reasons."""

    image_id: ImageId
    cues: tuple[Cue, ...]


def image_keys(side: ImageSide) -> ImageKeys:
    """Return the keys of an Image: names, numbers, folder, study, person, codes, day and things seen."""
    image = side.image
    keys: set[str] = set()
    for file in side.files:
        path = f"{file.root}/{file.relative_path}"
        stem, folder = stem_of(file.name), folder_of(path)
        keys |= {f"about:{canonical(file.name)}", f"about:{stem}", f"file:{stem}", f"stem:{stem}"}
        keys |= {f"about:{path}", f"about:{file.relative_path}", f"folder:{folder}"}
        number = number_of(file.name)
        if number is not None:
            keys.add(f"numbered:{folder}#{number}")
    keys |= figure_keys(side)
    # A DICOM report names its pictures by instance, wherever their files lie.
    keys |= {f"about:{value}" for key, value in image.metadata if key == "instance_uid"}
    keys |= _references(image.study_ref, image.subject_ref)
    keys |= {f"code:{code}" for code in image_codes(side)}
    if image.captured_at is not None:
        keys.add(f"day:{image.captured_at.date().isoformat()}")
    labels = {region.label for region in side.regions if region.polygons}
    keys |= {f"concept:{each}" for label in labels for each in _label_concepts(label)}
    return ImageKeys(image_id=image.id, keys=frozenset(keys))


def report_keys(side: ReportSide) -> ReportKeys:
    """Return the keys of a Report, read from its text, its file and its Entities."""
    report = side.report
    keys: set[str] = set()
    for name in report.about:
        keys |= {f"about:{name}", f"about:{canonical(name.rsplit('/', 1)[-1])}", f"about:{stem_of(name)}"}
    keys |= {f"file:{stem}" for stem in file_names(report.text)}
    numbers = picture_numbers(f"{report.title}\n{report.text}")
    for file in side.files:
        folder = folder_of(f"{file.root}/{file.relative_path}")
        keys |= {f"stem:{stem_of(file.name)}", f"folder:{folder}"}
        keys |= {f"numbered:{folder}#{number}" for number in numbers}
    keys |= mentioned_figure_keys(side)
    keys |= _references(report.study_ref, report.subject_ref)
    said = [entity.normal or entity.text for entity in side.entities if entity.label in _CODE_LABELS]
    keys |= {f"code:{code}" for code in codes(said)}
    keys |= {
        f"day:{entity.attributes.date[:10]}" for entity in side.entities if len(entity.attributes.date) >= 10
    }
    if report.authored_at is not None:
        keys.add(f"day:{report.authored_at.date().isoformat()}")
    for entity in side.entities:
        if entity.assertion is not Assertion.ABSENT and entity.concept:
            keys |= {f"concept:{each}" for each in _with_ancestors(entity.concept.split(" ", 1)[0])}
    return ReportKeys(report_id=report.id, keys=frozenset(keys))


def find_candidates(
    images: Iterable[ImageKeys], reports: Iterable[ReportKeys]
) -> dict[ReportId, tuple[Candidate, ...]]:
    """Return the candidate Images of each Report, likeliest first; Reports without any are left out."""
    index: dict[str, list[ImageId]] = defaultdict(list)
    for image in images:
        for key in image.keys:
            index[key].append(image.image_id)
    found = {report.report_id: _candidates(report, index) for report in reports}
    return {report: candidates for report, candidates in found.items() if candidates}


def _candidates(report: ReportKeys, index: Mapping[str, list[ImageId]]) -> tuple[Candidate, ...]:
    ties: dict[ImageId, dict[str, str]] = defaultdict(dict)
    weight: Counter[ImageId] = Counter()
    for key in sorted(report.keys):
        kind, _, value = key.partition(":")
        sharing = index.get(key, [])
        if len(sharing) > _TIES[kind].cap:
            continue
        for image in sharing:
            if kind == "concept" or kind not in ties[image]:
                weight[image] += _TIES[kind].weight  # type: ignore[assignment]
            ties[image].setdefault(kind, value)
    firm = [image for image in ties if any(_TIES[kind].firm for kind in ties[image])]
    loose = [image for image in ties if weight[image] >= _MIN_LOOSE_WEIGHT]
    chosen = firm or sorted(loose, key=lambda image: (-weight[image], image))[:_MAX_BY_WORDS]
    ranked = sorted(chosen, key=lambda image: (-weight[image], image))[:_MAX_CANDIDATES]
    return tuple(Candidate(image_id=image, cues=_cues(ties[image])) for image in ranked)


def _cues(ties: Mapping[str, str]) -> tuple[Cue, ...]:
    return tuple(
        Cue(rule=f"tied-by-{kind}", detail=tie.detail.format(ties[kind]), weight=tie.weight)
        for kind, tie in _TIES.items()
        if kind in ties
    )


def _references(study: str, subject: str) -> set[str]:
    keys = set()
    if study:
        keys.add(f"study:{canonical(study)}")
    if subject:
        keys.add(f"subject:{canonical(subject)}")
    return keys


def _vocabularies() -> tuple[Vocabulary, ...]:
    return tuple(load_vocabulary(kind) for kind in CaseKind)


def _label_concepts(label: str) -> set[str]:
    return {sense.id for each in _vocabularies() for sense in each.concepts(label)[:1]}


def _with_ancestors(concept_id: str) -> set[str]:
    """Return a concept and the nearest of what it is a kind of: a sedan is a car is a vehicle."""
    found, level = {concept_id}, [concept_id]
    vocabularies = _vocabularies()
    while level and len(found) < _MAX_ANCESTORS:
        concepts = [each.concept(name) for name in level for each in vocabularies]
        level = [
            parent for concept in concepts if concept for parent in concept.parents if parent not in found
        ]
        found |= set(level[: _MAX_ANCESTORS - len(found)])
    return found
