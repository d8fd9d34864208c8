"""The words of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TypeAlias

from engine.cli import (
    commands,
    encryption_commands,
    exchange_commands,
    model_commands,
    show_command,
    text_commands,
)
from engine.cli.passphrases import SOURCES
from engine.clock import system_clock
from engine.settings import ENGINE_VERSION

_SHOWABLE = (
    "files",
    "images",
    "reports",
    "regions",
    "entities",
    "links",
    "relations",
    "issues",
    "coverage",
    "duplicates",
    "runs",
    "audit",
)
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


def parse(argv: list[str]) -> argparse.Namespace:
    """Read the arguments; ``--json`` may stand anywhere. Exits with 2 and one line on wrong use."""
    everywhere, rest = _anywhere().parse_known_args(argv)
    options = _parser().parse_args(rest, everywhere)
    options.clock = system_clock
    return options


class _Parser(argparse.ArgumentParser):
    """Complains in one line, with a pointer to the help."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"casebook: {message}; see '{self.prog} --help'\n")


def _anywhere() -> argparse.ArgumentParser:
    """Return what reads the options that may stand anywhere and belong to every command."""
    parser = _Parser(prog="casebook", add_help=False, allow_abbrev=False)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--passphrase-from", default="")
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="casebook",
        description="Brings images and reports together: which region, which phrase, why, and where they "
        "disagree. Works offline. Research and triage support, not a diagnosis.",
        epilog="--json and --passphrase-from may stand anywhere. --json prints one JSON document on stdout; "
        f"--passphrase-from names where the passphrase of an encrypted case stands: {SOURCES} "
        "(default: a prompt).",
    )
    parser.add_argument("--version", action="version", version=f"casebook {ENGINE_VERSION}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    _add_case_verbs(verbs)
    _add_reading_verbs(verbs)
    _add_model_verbs(verbs)
    _add_program_verbs(verbs)
    return parser


_Verbs: TypeAlias = "argparse._SubParsersAction[_Parser]"  # generic in type stubs only


def _verb(
    verbs: _Verbs,
    name: str,
    command: commands.Command,
    summary: str,
) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.set_defaults(command=command)
    return parser


def _add_case_verbs(verbs: _Verbs) -> None:
    new = _verb(verbs, "new", commands.new, "make a new case file")
    new.add_argument("case", type=Path)
    new.add_argument("--kind", choices=("medical", "forensic"), required=True)
    for name in ("--name", "--reference", "--examiner"):
        new.add_argument(name, default="")
    new.add_argument("--encrypt", action="store_true", help="encrypt the case file; asks for a passphrase")

    upgrade = _verb(
        verbs, "upgrade", commands.upgrade, "bring a case of an older version to this one's format"
    )
    upgrade.add_argument("case", type=Path)

    for name, command, summary in (
        ("encrypt", encryption_commands.encrypt, "encrypt a case file with a passphrase"),
        ("decrypt", encryption_commands.decrypt, "take the encryption of a case file away"),
        ("passphrase", encryption_commands.passphrase, "give an encrypted case another passphrase"),
    ):
        verb = _verb(verbs, name, command, summary)
        verb.add_argument("case", type=Path)
        verb.add_argument("--new-passphrase-from", default="", metavar="SOURCE", help=f"{SOURCES}")

    take = _verb(verbs, "ingest", commands.ingest, "read folders of images and reports into a case")
    take.add_argument("case", type=Path)
    take.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    take.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    take.add_argument(
        "--profile",
        choices=("fast", "full"),
        default="",
        help="fast: no text is read in pictures (default: as the case is set)",
    )
    take.add_argument("--retry", action="store_true", help="read files again that became Issues")
    take.add_argument(
        "--columns",
        default="",
        metavar="file=NAME,text=NAME[,NAME]",
        help="which columns of a table name the picture and hold the text",
    )

    review = _verb(verbs, "review", commands.review, "confirm, reject or correct a finding")
    review.add_argument("case", type=Path)
    review.add_argument("finding", help="the id of a region, entity, link or relation")
    review.add_argument("verdict", choices=("confirmed", "rejected", "corrected"))
    review.add_argument("--label", default="")
    review.add_argument("--note", default="")
    review.add_argument("--examiner", default="", help="default: the examiner of the case")


def _add_reading_verbs(verbs: _Verbs) -> None:
    search = _verb(verbs, "search", commands.search, "find images and reports")
    search.add_argument("case", type=Path)
    search.add_argument("terms", nargs="?", default="")
    search.add_argument("--assertion", choices=("present", "any", "absent"), default="present")
    search.add_argument("--limit", type=_count, default=20)
    search.add_argument("--report", default="", help="pictures by the keywords of this report (id or path)")
    search.add_argument("--image", default="", help="reports about this picture (id or path)")
    search.add_argument("--no-expand", action="store_true", help="the words as typed: no synonyms, no sense")
    search.add_argument("--facets", action="store_true", help="how the hits are spread, instead of the hits")

    similar = _verb(verbs, "similar", commands.similar, "find pictures that look like one of the case")
    similar.add_argument("case", type=Path)
    similar.add_argument("image", help="id, or path inside the evidence folder")
    similar.add_argument("--limit", type=_count, default=20)

    show = _verb(verbs, "show", show_command.show, "list what is in a case")
    show.add_argument("case", type=Path)
    show.add_argument("what", choices=_SHOWABLE)
    show.add_argument("--limit", type=_count, default=None)

    words = _verb(verbs, "keywords", text_commands.keywords, "list the keywords of a case's reports")
    words.add_argument("case", type=Path)
    words.add_argument("--method", choices=("tfidf", "chi2", "pmi", "hmm"), default="tfidf")
    words.add_argument("--top", type=_count, default=20)
    words.add_argument("--query", default="", help="only of the reports that this search finds")
    words.add_argument("--against", default="", metavar="LABEL", help="chi2: what parts the reports in two")
    words.add_argument("--categories", type=Path, default=None, metavar="FILE", help="a table of your own")
    words.add_argument("--plots", type=Path, default=None, metavar="DIR", help="a word cloud and a histogram")

    vectors = _verb(verbs, "vectors", text_commands.vectors, "choose what search compares sentences by")
    vectors.add_argument("case", type=Path)
    vectors.add_argument("name", choices=("minilm", "word2vec"), help="word2vec: trained on this case")

    export = _verb(verbs, "export", commands.export, "write a report or tables")
    export.add_argument("case", type=Path)
    export.add_argument("out", type=Path)
    export.add_argument("--format", default="", help="default: the longest known suffix of OUT")
    export.add_argument("--at", default="", metavar="ISO-TIME", help="the time to print, for equal bytes")
    export.add_argument("--reproducible", action="store_true", help="leave out facts about this computer")
    export.add_argument(
        "--deidentify",
        action="store_true",
        help="take out what names persons; a person must check the result",
    )
    export.add_argument(
        "--also-remove",
        type=Path,
        default=None,
        metavar="FILE",
        help="more names and numbers to take out, a line each",
    )
    export.add_argument(
        "--keep-faces", action="store_true", help="do not look for faces and plates in photographs"
    )
    export.add_argument(
        "--secret-from",
        default="",
        metavar="SOURCE",
        help="for the same pseudonyms again (default: others every time)",
    )

    decisions = _verb(
        verbs,
        "decisions",
        exchange_commands.decisions,
        "hand decisions to a second examiner of the same case, or take theirs in, or compare",
    )
    decisions.add_argument("what", choices=("export", "import", "compare"))
    decisions.add_argument("case", type=Path)
    decisions.add_argument("file", type=Path)
    decisions.add_argument(
        "--examiner",
        default="",
        help="export: whose (default: the case's examiner); import: who takes them in",
    )
    decisions.add_argument(
        "--sha256", default="", metavar="HASH", help="import, compare: the hash that the file must have"
    )

    verify = _verb(verbs, "verify", commands.verify, "check evidence, rows and the audit chain")
    verify.add_argument("case", type=Path)
    verify.add_argument("--head", default="", metavar="HASH", help="the audit head printed in a report")
    verify.add_argument(
        "--length", type=_count, default=0, metavar="N", help="the audit length printed there"
    )


def _add_model_verbs(verbs: _Verbs) -> None:
    models = _verb(verbs, "models", model_commands.models, "list, add, check or pack models")
    models.add_argument("what", choices=("list", "add", "check", "pack", "key"))
    models.add_argument("names", nargs="*", metavar="FILE|NAME", help="add: a file; pack: models by name")
    models.add_argument("--name", default="", help="what to call an added model")
    models.add_argument("--scenes", default="", help="scene labels it is for, comma-separated (default: all)")
    models.add_argument("--out", type=Path, metavar="FILE", help="pack: the .casemodels file to write")
    models.add_argument("--sign", type=Path, metavar="KEY", help="pack: sign by this private key (PEM)")
    models.add_argument(
        "--trust", type=Path, metavar="KEY", help="add: only what this public key (PEM) has signed"
    )

    terms = _verb(verbs, "terms", text_commands.terms, "list, add or remove vocabularies of your own")
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

    train = _verb(verbs, "train", commands.train, "train a model on your own data")
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

    judge = _verb(verbs, "evaluate", commands.evaluate, "measure a model on data with known answers")
    judge.add_argument("task", choices=_EVALUABLE)
    judge.add_argument("data", type=Path, help="the data; for retrieval: the case")
    judge.add_argument("queries", type=Path, nargs="?", help="for retrieval: queries.jsonl")
    judge.add_argument("--model", default="")
    judge.add_argument("--regions", choices=("gold", "own"), default="gold")
    judge.add_argument("--plots", type=Path, default=None, metavar="DIR")


def _add_program_verbs(verbs: _Verbs) -> None:
    demo = _verb(verbs, "demo", commands.demo, "build the sample cases end to end")
    demo.add_argument("--out", type=Path, default=Path("casebook-demo"), metavar="DIR")

    _verb(verbs, "self-test", commands.self_test, "run the whole engine on the built-in sample and compare")

    desktop = _verb(verbs, "desktop", commands.desktop, "open the window")
    desktop.add_argument("case", type=Path, nargs="?")


def _count(text: str) -> int:
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return number
