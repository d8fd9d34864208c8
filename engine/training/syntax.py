"""Train the English base: tags, morphology, dependencies, sentence starts and lemmas."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from engine.progress import ReportProgress, silent
from engine.recognizers.conllu import Word, read_conllu
from engine.training.fitting import FitOptions, encoder_config, fit, new_card, save_model
from engine.training.lemmas import lemma_tables
from engine.weights import ModelCard

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

SENTENCES_PER_DOC = 3


def train(
    data: Path,
    out: Path,
    *,
    seed: int = 1,
    minutes: float = 30.0,
    passes: int = 30,
    patience: int = 4,
    progress: ReportProgress = silent,
) -> ModelCard:
    """Train on ``data/train.conllu``, stop by ``data/dev.conllu``, write the model folder ``out``."""
    from spacy.util import fix_random_seed

    chosen = FitOptions(seed=seed, seconds=60 * minutes, passes=passes, patience=patience)
    fix_random_seed(chosen.seed)
    sentences = read_conllu(data / "train.conllu")
    nlp = english_blank()
    fitted = fit(
        nlp,
        _examples(nlp, sentences, SENTENCES_PER_DOC),
        _examples(nlp, read_conllu(data / "dev.conllu"), SENTENCES_PER_DOC),
        score=lambda figures: float(figures["pos_acc"] + 2 * figures["dep_las"]) / 3,
        options=chosen,
        progress=progress,
    )
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=lemma_tables(sentences))
    figures = {
        "dev_upos": fitted.figures["pos_acc"],
        "dev_las_own_sentences": fitted.figures["dep_las"],
        "dev_sentences_f1": fitted.figures["sents_f"],
    }
    return save_model(
        nlp,
        out,
        new_card(
            out.name,
            "syntax",
            labels=[],
            licence="CC-BY-SA-4.0",
            summary="English tags, morphology, dependencies, sentences and lemmas.",
            parameters=[
                ("seed", str(chosen.seed)),
                *((name, f"{value:.4f}") for name, value in figures.items()),
            ],
        ),
    )


def english_blank() -> Language:
    """Return the untrained pipeline: one shared encoder and small heads on it."""
    import spacy

    nlp = spacy.blank("en")
    encoder = encoder_config()
    nlp.add_pipe("tok2vec", config={"model": encoder})
    listener = {
        "@architectures": "spacy.Tok2VecListener.v1",
        "width": encoder["width"],
        "upstream": "tok2vec",
    }
    tagger = {"@architectures": "spacy.Tagger.v2", "nO": None, "normalize": False, "tok2vec": listener}
    parser = {
        "@architectures": "spacy.TransitionBasedParser.v2",
        "state_type": "parser",
        "extra_state_tokens": False,
        "hidden_width": 128,
        "maxout_pieces": 3,
        "use_upper": True,
        "nO": None,
        "tok2vec": listener,
    }
    nlp.add_pipe("tagger", config={"model": tagger})
    nlp.add_pipe("morphologizer", config={"model": tagger})
    nlp.add_pipe("parser", config={"model": parser})
    return nlp


def _examples(nlp: Language, sentences: Sequence[Sequence[Word]], together: int) -> list[Example]:
    from spacy.tokens import Doc
    from spacy.training import Example

    made = []
    for start in range(0, len(sentences), together):
        gold = _gold(nlp, sentences[start : start + together])
        bare = Doc(
            nlp.vocab,
            words=[token.text for token in gold],
            spaces=[bool(token.whitespace_) for token in gold],
        )
        made.append(Example(bare, gold))
    return made


def _gold(nlp: Language, sentences: Sequence[Sequence[Word]]) -> Doc:
    from spacy.tokens import Doc

    words = [word for sentence in sentences for word in sentence]
    offsets = [offset for sentence, offset in _with_offsets(sentences) for _ in sentence]
    return Doc(
        nlp.vocab,
        words=[word.text for word in words],
        spaces=[word.space_after for word in words],
        tags=[word.xpos for word in words],
        pos=[word.upos for word in words],
        morphs=[word.morph for word in words],
        lemmas=[word.lemma for word in words],
        heads=[word.head + offset for word, offset in zip(words, offsets, strict=True)],
        deps=["ROOT" if word.relation == "root" else word.universal_relation for word in words],
    )


def _with_offsets(sentences: Sequence[Sequence[Word]]) -> list[tuple[Sequence[Word], int]]:
    offset, placed = 0, []
    for sentence in sentences:
        placed.append((sentence, offset))
        offset += len(sentence)
    return placed
