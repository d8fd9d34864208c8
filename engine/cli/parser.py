"""The words of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli import commands
from engine.cli.case_words import add_case_verbs
from engine.cli.leaving_words import add_leaving_verbs
from engine.cli.model_words import add_model_verbs
from engine.cli.passphrases import SOURCES
from engine.cli.reading_words import add_reading_verbs
from engine.cli.verb import Parser, Verbs, add_verb
from engine.clock import system_clock
from engine.settings import ENGINE_VERSION


def parse(argv: list[str]) -> argparse.Namespace:
    """Read the arguments; ``--json`` may stand anywhere. Exits with 2 and one line on wrong use."""
    everywhere, rest = _anywhere().parse_known_args(argv)
    options = _parser().parse_args(rest, everywhere)
    options.clock = system_clock
    return options


def _anywhere() -> argparse.ArgumentParser:
    """Return what reads the options that may stand anywhere and belong to every command."""
    parser = Parser(prog="casebook", add_help=False, allow_abbrev=False)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--passphrase-from", default="")
    return parser


def _parser() -> argparse.ArgumentParser:
    parser = Parser(
        prog="casebook",
        description="Brings images and reports together: which region, which phrase, why, and where they "
        "disagree. Works offline. Research and triage support, not a diagnosis.",
        epilog="--json and --passphrase-from may stand anywhere. --json prints one JSON document on stdout; "
        f"--passphrase-from names where the passphrase of an encrypted case stands: {SOURCES} "
        "(default: a prompt).",
    )
    parser.add_argument("--version", action="version", version=f"casebook {ENGINE_VERSION}")
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    add_case_verbs(verbs)
    add_reading_verbs(verbs)
    add_leaving_verbs(verbs)
    add_model_verbs(verbs)
    _add_program_verbs(verbs)
    return parser


def _add_program_verbs(verbs: Verbs) -> None:
    demo = add_verb(verbs, "demo", commands.demo, "build the sample cases end to end")
    demo.add_argument("--out", type=Path, default=Path("casebook-demo"), metavar="DIR")
    demo.add_argument("--reproducible", action="store_true", help="leave out facts about this computer")

    add_verb(
        verbs, "self-test", commands.self_test, "run the whole engine on the built-in sample and compare"
    )

    desktop = add_verb(verbs, "desktop", commands.desktop, "open the window")
    desktop.add_argument("case", type=Path, nargs="?")
