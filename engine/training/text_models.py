"""Write what the shared encoder learned as models: the encoder, and three spaCy pipelines of its heads."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.recognizers.conllu import read_conllu
from engine.training.encoder_data import ENTITY_SETS, RELATIONS, STARTS, WORD_TAGS
from engine.training.fitting import new_card, save_card, save_model
from engine.training.lemmas import lemma_tables
from engine.training.sentences import wheel_folder
from engine.weights import ModelCard

if TYPE_CHECKING:
    from spacy.language import Language

Weights = dict[str, NDArray[np.float32]]
NAME_HEADS = ("names", "wnut17", "wikiann")
_SUMMARIES = {
    "clinical": "Clinical and biomedical entities: one head for each annotation scheme.",
    "names": "Persons, places and organizations in English prose.",
}
_TREE = (
    "dependent",
    "governor",
    "arc_bias",
    "root",
    "relation_dependent",
    "relation_governor",
    "relation_linear",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """The weights of one training run and the labels of its heads."""

    weights: Weights
    labels: Mapping[str, Sequence[str]]
    parameters: tuple[tuple[str, str], ...]


def read_trained(folder: Path) -> Trained:
    """Read what ``engine.training.encoder.train`` wrote."""
    import torch

    state = torch.load(folder / "weights.pt", weights_only=True)
    options = json.loads((folder / "options.json").read_text(encoding="utf-8"))
    return Trained(
        weights={name: value.numpy() for name, value in state.items()},
        labels=json.loads((folder / "labels.json").read_text(encoding="utf-8")),
        parameters=tuple((name, str(value)) for name, value in options.items()),
    )


def write_models(trained: Trained, shelf: Path, *, treebank: Path) -> list[ModelCard]:
    """Write the folders ``text-encoder``, ``clinical-entities``, ``names`` and ``english`` below ``shelf``.

    ``treebank`` is the CoNLL-U file whose lemmas the lemmatizer knows.
    """
    encoder = write_encoder(trained, shelf / "text-encoder")
    return [
        encoder,
        _write_heads(trained, encoder, shelf / "clinical-entities", ENTITY_SETS, "clinical"),
        _write_heads(trained, encoder, shelf / "names", NAME_HEADS, "names"),
        _write_english(trained, encoder, shelf / "english", treebank),
    ]


def write_encoder(trained: Trained, out: Path, *, integer: bool = False) -> ModelCard:
    """Write the encoder's network and its vocabulary as a model folder."""
    import onnx

    from engine.training.encoder_export import encoder_network

    out.mkdir(parents=True, exist_ok=True)
    network = out / "encoder.onnx"
    onnx.save(encoder_network(trained.weights, integer=integer), network)
    shutil.copyfile(wheel_folder() / "tokenizer.json", out / "tokenizer.json")
    card = new_card(
        out.name,
        "encoder",
        licence="CC-BY-SA-4.0",
        summary="Vectors of words in context for the entity heads and English syntax, weights at 8 bits.",
        parameters=trained.parameters,
    )
    return save_card(card, out, network, format="onnx")


def _write_heads(
    trained: Trained, encoder: ModelCard, out: Path, heads: Sequence[str], kind: str
) -> ModelCard:
    import spacy

    from engine.recognizers.components import ENTITIES, WORDS
    from engine.training.entities import clinical_blank

    nlp = clinical_blank() if kind == "clinical" else spacy.blank("en")
    nlp.add_pipe(WORDS, name="words", config={"encoder": encoder.name, "sha256": encoder.sha256})
    for head in heads:
        part = nlp.add_pipe(ENTITIES, name=head)
        part.set_weights(
            {
                "tags": np.asarray(trained.labels[head]),
                "matrix": _half(trained.weights[f"heads.{head}.weight"]),
                "bias": trained.weights[f"heads.{head}.bias"],
            }
        )
    labels = [f"{head}:{label}" for head in heads for label in nlp.get_pipe(head).labels]
    card = new_card(out.name, "entities", labels=labels, licence="CC-BY-SA-4.0", summary=_SUMMARIES[kind])
    return save_model(nlp, out, card)


def _write_english(trained: Trained, encoder: ModelCard, out: Path, treebank: Path) -> ModelCard:
    nlp = _english(trained, encoder)
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lookups=lemma_tables(read_conllu(treebank)))
    card = new_card(
        out.name,
        "syntax",
        licence="CC-BY-SA-4.0",
        summary="English tags, morphology, dependencies, sentences and lemmas.",
    )
    return save_model(nlp, out, card)


def _english(trained: Trained, encoder: ModelCard) -> Language:
    """Return the pipeline of vectors and syntax, without lemmas."""
    import spacy

    from engine.recognizers.components import SYNTAX, WORDS

    nlp = spacy.blank("en")
    nlp.add_pipe(
        WORDS, name="words", config={"encoder": encoder.name, "sha256": encoder.sha256, "layer": "syntax"}
    )
    part = nlp.add_pipe(SYNTAX, name="syntax")
    weights = trained.weights
    linear = [(name, f"heads.{name}") for name in (*WORD_TAGS, STARTS)] + [(name, name) for name in _TREE]
    arrays = {
        f"{ours}.{kind}": _half(weights[f"{theirs}.{kind}"])
        for ours, theirs in linear
        for kind in ("weight", "bias")
    }
    arrays |= {"arc": _half(weights["arc"]), "relation.weight": _half(weights["relation.weight"])}
    arrays |= {f"labels.{name}": np.asarray(trained.labels[name]) for name in (*WORD_TAGS, RELATIONS)}
    part.set_weights(arrays)
    return nlp


def _half(values: NDArray[np.float32]) -> NDArray[np.float16]:
    return values.astype(np.float16)
