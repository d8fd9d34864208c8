"""What analysts decided: persons' statements, apart from everything that the program found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from engine.exporters import contents, words
from engine.exporters.pdf.draft import Draft, name, verdict_words
from engine.exporters.pdf.fonts import mono
from engine.exporters.pdf.layout import ANALYST, ANALYST_FILL, Story, box, para
from engine.model.findings import FindingKind, Review
from engine.model.ids import EntityId, ImageId, LinkId, RegionId

if TYPE_CHECKING:
    from engine.store import CaseStore


def verdicts(draft: Draft) -> Story:
    """Yield every Review in the order given; a later one on the same finding replaces an earlier one."""
    reviews = draft.store.reviews()
    if not reviews:
        yield [para("No analyst has given a verdict. Nothing in this report has been confirmed by a person.")]
    for review in reviews:
        state = "" if contents.stands(draft.content, review) else " <b>(replaced by a later verdict)</b>"
        lines = [
            para(f"{verdict_words(review)}{state}", "analyst"),
            para(f"on {described(draft.store, review)}; finding {mono(review.target_id)}", "cell"),
        ]
        yield [box(lines, draft.width, fill=ANALYST_FILL, bar=ANALYST)]


def described(store: CaseStore, review: Review) -> str:
    """Return in words what a Review is about, as markup."""
    kind, target = review.target_kind, review.target_id
    if kind is FindingKind.REGION and (region := store.region(RegionId(target))):
        return f"the region “{name(region.label)}”, score {region.score:.2f}"
    if kind is FindingKind.REGION:
        return "a region that an analyst drew"
    if kind is FindingKind.ENTITY and (entity := store.entity(EntityId(target))):
        return f"the phrase “{name(entity.text, 160)}” ({name(entity.label, 40)})"
    if kind is FindingKind.LINK and (link := store.link(LinkId(target))):
        return f"the link that says “{words.relation(link.relation)}”, {words.certainty(link.score)}"
    if kind is FindingKind.IMAGE and (image := store.image(ImageId(target))):
        files = store.files_of_image(image.id)
        return f"the image {name(words.evidence_path(files[0]))}" if files else "an image"
    return f"a {kind.value}"
