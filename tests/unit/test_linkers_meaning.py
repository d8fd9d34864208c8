"""A sentence about the thing speaks for a link; one about something else speaks against it."""

from __future__ import annotations

import pytest

from engine.embedders.minilm import MiniLmEmbedder
from engine.embedders.remembered import RememberingEmbedder, shared_encoder
from engine.linkers.meaning import MeaningLinker
from engine.model.findings import Cue
from tests.unit.linking_scene import entity, note, pair_of, picture, region

pytestmark = pytest.mark.skipif(
    MiniLmEmbedder.availability() is not None, reason="the sentence encoder is not installed"
)


def cue_of(text: str, word: str) -> Cue:
    image, report = picture(), note(text)
    pair = pair_of(
        image, (region(image, "oven", (10, 10, 90, 90)),), report, (entity(report, word, label="device"),)
    )
    (linker,) = MeaningLinker.load_all()
    (proposal,) = linker.propose(pair)
    return proposal.cue


def test_the_sentence_tells_what_a_word_is_about() -> None:
    near = cue_of("The white stove in the kitchen was cold, with a pan on it.", "stove")
    far = cue_of("Mr Stove, a lawyer, appealed to the county court.", "Stove")
    assert near.supports and not far.supports and near.weight > 0 > far.weight
    assert "near to “oven”" in near.detail and "far from “oven”" in far.detail


def test_all_share_one_encoder_that_remembers_and_changes_nothing() -> None:
    encoder = shared_encoder()
    assert isinstance(encoder, RememberingEmbedder) and encoder is shared_encoder()
    texts = ["a red car", "no dog was seen", "a red car"]
    first, again = encoder.embed(texts), encoder.embed(texts)
    assert (first == again).all() and (first[0] == first[2]).all()
    plain = MiniLmEmbedder.load_all()[0].embed(texts)
    assert first == pytest.approx(plain, abs=1e-4)
