"""How well English is analyzed: tags, lemmas and dependencies on gold tokens of a treebank."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.recognizers.conllu import Word, read_conllu
from engine.recognizers.statistical import find_spacy_model, load_pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc

DEFAULT_MODEL = "english"


def evaluate(
    data: Path, *, model: str = "", regions: str = "gold", plots: Path | None = None
) -> dict[str, float | None]:
    """Return the accuracy of ``upos`` and ``lemma``, and ``las`` (labeled attachment, universal relations).

    Tokens and sentences are the gold's: the parser is told where sentences start.
    """
    del regions, plots
    nlp = load_pipeline(find_spacy_model(model or DEFAULT_MODEL))
    sentences = read_conllu(data)
    docs = nlp.pipe(_doc(nlp.vocab, sentence) for sentence in sentences)
    upos = lemma = attached = 0
    for sentence, doc in zip(sentences, docs, strict=True):
        for word, token in zip(sentence, doc, strict=True):
            upos += token.pos_ == word.upos
            lemma += token.lemma_ == word.lemma
            relation = "root" if token.dep_ == "ROOT" else token.dep_.partition(":")[0]
            attached += token.head.i == word.head and relation == word.universal_relation
    words = sum(len(sentence) for sentence in sentences)
    return {"upos": upos / words, "lemma": lemma / words, "las": attached / words, "words": float(words)}


def _doc(vocab: object, sentence: Sequence[Word]) -> Doc:
    from spacy.tokens import Doc

    words, spaces = [word.text for word in sentence], [word.space_after for word in sentence]
    starts = [index == 0 for index in range(len(words))]
    return Doc(vocab, words=words, spaces=spaces, sent_starts=starts)
