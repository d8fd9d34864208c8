"""The shared encoder and its heads: pieces, allowed tags, trees, and plain spaCy folders."""

from __future__ import annotations

import dataclasses
import itertools
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import ModelMismatch
from engine.recognizers.dependencies import best_tree
from engine.recognizers.encoder import Passage, WordEncoder, find_encoder
from engine.recognizers.grammar import Grammar
from engine.recognizers.pieces import PieceTokenizer, shape_of
from engine.recognizers.sentences import split_sentences
from engine.recognizers.statistical import StatisticalRecognizer, Stretch, load_pipeline, stretches
from engine.recognizers.tagging import EntityDecoder
from engine.weights import find_model

WITHOUT_TORCH = """
import sys
for name in ("torch", "transformers", "sentence_transformers"):
    sys.modules[name] = None
import spacy
print([span.text for span in spacy.load(sys.argv[1])("Aspirin can cause gastric bleeding.").ents])
"""
TAGS = ("O", "B-X", "I-X", "B-Y", "I-Y")


@pytest.fixture(scope="module")
def encoder() -> WordEncoder:
    card = find_model("text-encoder")
    return find_encoder(card.name, card.sha256)


def test_the_shape_of_a_word_tells_its_case_and_digits() -> None:
    shapes = [shape_of(word) for word in ("aspirin", "Berlin", "A", "DVT", "mRNA", "BrdU", "12", "p53", "-")]
    assert len(set(shapes)) == len(shapes)
    assert shape_of("Paris") == shape_of("Berlin")


def test_words_find_their_pieces_also_where_they_share_one_or_have_none() -> None:
    tokenizer = PieceTokenizer(find_model("text-encoder").path.parent / "tokenizer.json")
    text = "don't \x00 hydrochlorothiazide"
    (pieces,) = tokenizer.split([text])
    starts, ends = np.array([0, 2, 6, 8]), np.array([2, 5, 7, 27])
    first, after = pieces.ranges(starts, ends)
    assert (first < after).all()
    assert (after <= len(pieces)).all()
    assert text[pieces.starts[first[3]] : pieces.ends[after[3] - 1]] == "hydrochlorothiazide"
    assert len(tokenizer.split([""])[0]) == 0


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_decoder_finds_the_best_of_all_allowed_sequences(length: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(length, len(TAGS))).astype(np.float32) * 3

    def allowed(path: tuple[int, ...]) -> bool:
        names = ["O", *(TAGS[tag] for tag in path)]
        return all(now[0] != "I" or before[2:] == now[2:] for before, now in itertools.pairwise(names))

    paths = [path for path in itertools.product(range(len(TAGS)), repeat=length) if allowed(path)]
    best = max(paths, key=lambda path: sum(scores[index, tag] for index, tag in enumerate(path)))
    expected = [
        (index, next((i for i in range(index + 1, length) if TAGS[best[i]][0] != "I"), length), TAGS[tag][2:])
        for index, tag in enumerate(best)
        if TAGS[tag][0] == "B"
    ]
    assert EntityDecoder(TAGS).entities(scores) == expected


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_tree_is_the_best_with_one_root(size: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(size, size)).astype(np.float32)

    def is_tree(heads: tuple[int, ...]) -> bool:
        def root_of(word: int) -> int:
            for _ in range(size):
                word = heads[word]
            return word

        own = [word for word in range(size) if heads[word] == word]
        return len(own) == 1 and all(root_of(word) == own[0] for word in range(size))

    def total(heads: tuple[int, ...]) -> float:
        return float(sum(scores[word, head] for word, head in enumerate(heads)))

    best = max(filter(is_tree, itertools.product(range(size), repeat=size)), key=total)
    found = tuple(best_tree(scores).tolist())
    assert is_tree(found)
    assert total(found) == pytest.approx(total(best), abs=1e-4)


def test_a_passage_has_the_same_vectors_whatever_it_comes_with(encoder: WordEncoder) -> None:
    one = Passage("No pleural effusion. Mild cardiomegaly.", (0, 21))
    others = [Passage("word " * length) for length in (1, 7, 300)]
    (alone,) = encoder.read([one])
    encoder.read(others)
    together = encoder.read([*others, one])[-1]
    starts, ends = np.array([0, 3, 11]), np.array([2, 10, 19])
    for layer in ("entities", "syntax"):
        assert np.allclose(alone.words(layer, starts, ends), together.words(layer, starts, ends), atol=1e-4)
    (nothing,) = encoder.read([Passage("")])
    assert nothing.words("entities", starts[:1], ends[:1]).shape == (1, 384)


def test_shipped_pipelines_load_with_spacy_alone_and_without_torch() -> None:
    for name in ("clinical-entities", "names", "english"):
        load_pipeline(find_model(name))
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT_TORCH, str(find_model("clinical-entities").path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )
    assert "Aspirin" in done.stdout, done.stderr


def test_heads_of_another_encoder_are_refused() -> None:
    card = find_model("text-encoder")
    with pytest.raises(ModelMismatch, match="was trained on"):
        find_encoder(card.name, "0" * 64)


def test_entities_stand_where_the_report_has_them() -> None:
    text = "HISTORY:\n\n  Hypertension treated with lisinopril.\nNo   diabetes mellitus was found. " * 90
    parts = list(stretches(text, split_sentences(text)))
    assert len(parts) > 1
    found = StatisticalRecognizer(find_model("clinical-entities")).find(parts)
    words = {text[item.start : item.end] for items in found for item in items}
    assert {"Hypertension", "lisinopril"} <= words


def test_the_english_base_tells_sentences_names_and_blanks() -> None:
    nlp = load_pipeline(find_model("english"))
    doc = nlp("Maria Schmidt saw two dogs.\n\nThey were barking loudly.")
    assert [sentence.text.strip() for sentence in doc.sents] == [
        "Maria Schmidt saw two dogs.",
        "They were barking loudly.",
    ]
    assert [token.lemma_ for token in doc if token.text in ("saw", "dogs", "barking")] == [
        "see",
        "dog",
        "bark",
    ]
    assert doc[0].pos_ == "PROPN"
    (proper,) = Grammar(find_model("english")).proper_nouns([Stretch("We met Maria.", 10, (0,))])
    assert proper == {17}


def test_a_folder_written_again_says_the_same(tmp_path: Path) -> None:
    import spacy

    nlp = load_pipeline(find_model("clinical-entities"))
    nlp.to_disk(tmp_path / "again")
    text = "Aspirin can cause gastric bleeding."
    first, second = nlp(text), spacy.load(tmp_path / "again")(text)
    assert [(span.text, span.label_) for span in first.ents] == [
        (span.text, span.label_) for span in second.ents
    ]
    assert dataclasses.asdict(Stretch("a", 0, (0,)))["starts"] == (0,)
