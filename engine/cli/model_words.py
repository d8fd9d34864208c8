"""The words of the command line about models and vocabularies."""

from __future__ import annotations

from pathlib import Path

from engine.cli import model_commands, text_commands
from engine.cli.verb import Verbs, add_verb

_TRAINABLE = (
    "entities",
    "encoder",
    "segmentation",
    "outlines",
    "scenes",
    "pairs",
    "relations",
    "links",
)
_EVALUABLE = (
    "entities",
    "assertion",
    "syntax",
    "segmentation",
    "scenes",
    "pairs",
    "relations",
    "links",
    "retrieval",
)


def add_model_verbs(verbs: Verbs) -> None:
    models = add_verb(verbs, "models", model_commands.models, "list, add, check, choose or pack models")
    models.add_argument("what", choices=("list", "add", "check", "use", "pack", "key"))
    models.add_argument(
        "names",
        nargs="*",
        metavar="FILE|NAME",
        help="add: a file; pack: models by name; use: the work, then the model that is to do it",
    )
    models.add_argument("--name", default="", help="what to call an added model")
    models.add_argument(
        "--task",
        choices=("entities", "syntax"),
        default="",
        help="add: what a spaCy package that can do both is for (default: entities)",
    )
    models.add_argument("--scenes", default="", help="scene labels it is for, comma-separated (default: all)")
    models.add_argument("--out", type=Path, metavar="FILE", help="pack: the .casemodels file to write")
    models.add_argument("--sign", type=Path, metavar="KEY", help="pack: sign by this private key (PEM)")
    models.add_argument(
        "--trust", type=Path, metavar="KEY", help="add: only what this public key (PEM) has signed"
    )

    terms = add_verb(verbs, "terms", text_commands.terms, "list, add or remove vocabularies of your own")
    terms.add_argument("what", choices=("list", "add", "remove"))
    terms.add_argument("source", nargs="?", default="", help="add: a file or folder; remove: a name")
    terms.add_argument("--name", default="", help="what to call added terms (default: the file's name)")
    terms.add_argument(
        "--kind", choices=("medical", "forensic"), default="medical", help="the cases they are for"
    )
    terms.add_argument("--label", default="finding", help="the label of terms that the file gives no kind of")
    terms.add_argument(
        "--sources", default="", metavar="SAB[,SAB]", help="which sources of the UMLS (default: all)"
    )

    train = add_verb(verbs, "train", model_commands.train, "train a model on your own data")
    train.add_argument("task", choices=_TRAINABLE)
    train.add_argument("data", type=Path)
    train.add_argument("--out", type=Path, required=True, metavar="MODEL")
    train.add_argument(
        "--set",
        action="append",
        default=[],
        metavar="NAME=VALUE",
        help="an option of this training, for example epochs=50 seed=1; may be repeated",
    )

    judge = add_verb(verbs, "evaluate", model_commands.evaluate, "measure a model on data with known answers")
    judge.add_argument("task", choices=_EVALUABLE)
    judge.add_argument("data", type=Path, help="the data; for retrieval: the case")
    judge.add_argument("queries", type=Path, nargs="?", help="for retrieval: queries.jsonl")
    judge.add_argument("--model", default="")
    judge.add_argument("--regions", choices=("gold", "own"), default="gold")
    judge.add_argument("--plots", type=Path, default=None, metavar="DIR", help="tables and curves")
    judge.add_argument("--include", type=Path, metavar="FILE", help="names of the pictures to measure on")
    judge.add_argument("--exclude", type=Path, metavar="FILE", help="names of the pictures to leave out")
