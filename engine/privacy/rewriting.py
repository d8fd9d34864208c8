"""Every row of a case without what names persons, with ids that fit its new content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from engine.model.evidence import Case, Image, Page, Report, Section, SourceFile
from engine.model.findings import (
    Cue,
    Entity,
    Link,
    Region,
    Relation,
    Review,
    entity_id,
    link_id,
    region_id,
    relation_id,
)
from engine.model.ids import (
    EntityId,
    ImageId,
    RegionId,
    ReportId,
    ReviewId,
    SourceFileId,
    image_id,
    report_id,
    source_file_id,
    stable_id,
)
from engine.model.runs import Issue, Run
from engine.privacy.dates import moved_iso
from engine.privacy.file_names import FileNames
from engine.privacy.identities import Identities
from engine.privacy.policy import IDENTIFYING_LABELS, KEPT_METADATA, MARKERS, UID_METADATA
from engine.privacy.pseudonyms import Pseudonyms, canonical
from engine.privacy.scrubbing import Scrubber
from engine.privacy.stretches import Rewritten

NOBODY = ""


@dataclass(slots=True)
class Rewriter:
    """Rewrites rows and remembers what became of their ids.

    ``subjects``: whose dates the texts of a Report are moved with; a Report must come before its Entities,
    an Image before its Regions, both before their Links.
    """

    pseudonyms: Pseudonyms
    identities: Identities
    scrubber: Scrubber
    names: FileNames
    subjects: Mapping[ReportId, str]
    ids: dict[str, str] = field(default_factory=dict)
    _texts: dict[ReportId, Rewritten] = field(default_factory=dict)

    def case(self, case: Case) -> Case:
        person = self.identities.add("person", case.examiner) if case.examiner else ""
        return replace(case, name=f"De-identified {case.kind.value} case", reference="", examiner=person)

    def file(self, file: SourceFile) -> SourceFile:
        root, path = self.names.root(file.root), self.names.path(file.root, file.relative_path)
        sha256 = self.pseudonyms.digest(file.sha256)
        identity = source_file_id(root, path, sha256)
        self.ids[file.id] = identity
        parent = SourceFileId(self.ids[file.parent_id]) if file.parent_id else None
        caption = self.scrubber.words(file.caption)
        return replace(
            file, id=identity, root=root, relative_path=path, sha256=sha256, modified_at=None,
            parent_id=parent, caption=caption,
        )  # fmt: skip

    def image(self, image: Image) -> Image:
        sha256 = self.pseudonyms.digest(image.sha256)
        identity = image_id(sha256, image.frame)
        self.ids[image.id] = identity
        at = image.captured_at
        return replace(
            image,
            id=identity,
            sha256=sha256,
            captured_at=self.pseudonyms.moment(at, image.subject_ref) if at else None,
            location=None,
            subject_ref=self._subject(image.subject_ref),
            study_ref=self._number(image.study_ref),
            perceptual_hash="",
            metadata=self._metadata(image.metadata),
        )

    def report(self, report: Report) -> Report:
        sha256 = self.pseudonyms.digest(report.sha256)
        identity = report_id(sha256, report.part)
        self.ids[report.id] = identity
        subject = self.subjects.get(report.id, NOBODY)
        new = self.scrubber.text(report.text, subject)
        self._texts[report.id] = new
        at = report.authored_at
        return replace(
            report,
            id=identity,
            sha256=sha256,
            text=new.text,
            title=self.scrubber.words(report.title, subject),
            authored_at=self.pseudonyms.moment(at, subject) if at else None,
            subject_ref=self._subject(report.subject_ref),
            study_ref=self._number(report.study_ref),
            about=tuple(self.scrubber.words(about) for about in report.about),
            sections=tuple(_section(section, new) for section in report.sections),
            pages=tuple(Page(number=page.number, span=new.span(page.span)) for page in report.pages),
            metadata=self._metadata(report.metadata),
        )

    def region(self, region: Region) -> Region:
        image = ImageId(self.ids[region.image_id])
        label = self.scrubber.words(region.label)
        identity = region_id(image, region.component_id, label, region.polygons)
        self.ids[region.id] = identity
        parent = RegionId(self.ids[region.parent_id]) if region.parent_id in self.ids else None
        attributes = replace(region.attributes, text=self.lettering(region.attributes.text))
        return replace(
            region, id=identity, image_id=image, label=label, parent_id=parent, attributes=attributes
        )

    def lettering(self, text: str) -> str:
        """Return writing in a picture: marks of the side stay, all else becomes a pseudonym."""
        if not text or all(canonical(word) in MARKERS for word in text.split()):
            return text
        clean = self.scrubber.words(text)
        return clean if clean != text else self.identities.add("text", text)

    def entity(self, entity: Entity) -> Entity:
        report, new = ReportId(self.ids[entity.report_id]), self._texts[entity.report_id]
        subject = self.subjects.get(entity.report_id, NOBODY)
        span = new.span(entity.span)
        text = new.text[span.start : span.end]
        label = entity.label
        identity = entity_id(report, entity.component_id, label, span)
        self.ids[entity.id] = identity
        moved = moved_iso(entity.attributes.date, self.pseudonyms.days(subject))
        return replace(
            entity,
            id=identity,
            report_id=report,
            text=text,
            span=span,
            normal=text if text != entity.text or label in IDENTIFYING_LABELS else entity.normal,
            attributes=replace(entity.attributes, date=moved),
        )

    def link(self, link: Link) -> Link:
        image, report = ImageId(self.ids[link.image_id]), ReportId(self.ids[link.report_id])
        region = RegionId(self.ids[link.region_id]) if link.region_id else None
        entity = EntityId(self.ids[link.entity_id])
        return replace(
            link,
            id=link_id(image, region, entity, link.relation),
            image_id=image,
            region_id=region,
            entity_id=entity,
            report_id=report,
            cues=self._cues(link.cues, link.report_id),
        )

    def relation(self, relation: Relation) -> Relation:
        image, report = ImageId(self.ids[relation.image_id]), ReportId(self.ids[relation.report_id])
        return replace(
            relation,
            id=relation_id(image, report),
            image_id=image,
            report_id=report,
            cues=self._cues(relation.cues, relation.report_id),
        )

    def review(self, review: Review) -> Review | None:
        """Return a Review of what is in the copy; None of what is not."""
        target = self.ids.get(review.target_id)
        if target is None:
            return None
        identity = ReviewId(stable_id("review", target, review.verdict, review.at.isoformat()))
        self.ids[review.id] = identity
        person = self.identities.add("person", review.examiner) if review.examiner else ""
        return replace(
            review,
            id=identity,
            target_id=target,
            examiner=person,
            label=self.scrubber.words(review.label),
            note=self.scrubber.words(review.note),
        )

    def issue(self, issue: Issue, run: Run) -> Issue:
        file = self.ids.get(issue.source_file_id or "")
        return replace(
            issue,
            run_id=run.id,
            root=self.names.root(issue.root),
            relative_path=self.names.path(issue.root, issue.relative_path),
            message=self.scrubber.words(issue.message),
            source_file_id=SourceFileId(file) if file else None,
        )

    def _cues(self, cues: tuple[Cue, ...], report: ReportId) -> tuple[Cue, ...]:
        subject = self.subjects.get(report, NOBODY)
        return tuple(replace(cue, detail=self.scrubber.words(cue.detail, subject)) for cue in cues)

    def _metadata(self, facts: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
        kept = [(key, self.scrubber.words(value)) for key, value in facts if key in KEPT_METADATA]
        kept += [(key, self._number(value)) for key, value in facts if key in UID_METADATA]
        return tuple(sorted(kept))

    def _subject(self, reference: str) -> str:
        return self.identities.add("patient", reference) if reference else ""

    def _number(self, reference: str) -> str:
        return self.identities.add_number(reference) if reference else ""


def _section(section: Section, new: Rewritten) -> Section:
    return replace(section, span=new.span(section.span))
