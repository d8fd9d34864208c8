"""How a command is added to the command line: its name, what runs it, one sentence of help."""

from __future__ import annotations

import argparse
from typing import TypeAlias

from engine.cli.commands import Command


class Parser(argparse.ArgumentParser):
    """Complains in one line, with a pointer to the help."""

    def error(self, message: str) -> None:  # type: ignore[override]
        self.exit(2, f"casebook: {message}; see '{self.prog} --help'\n")


Verbs: TypeAlias = "argparse._SubParsersAction[Parser]"  # generic in type stubs only


def add_verb(verbs: Verbs, name: str, command: Command, summary: str) -> argparse.ArgumentParser:
    """Add a command and return the parser of its arguments."""
    parser = verbs.add_parser(name, help=summary, description=summary[0].upper() + summary[1:] + ".")
    parser.set_defaults(command=command)
    return parser


def count(text: str) -> int:
    """Read a number of things, which is not negative."""
    number = int(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text} is negative")
    return number
