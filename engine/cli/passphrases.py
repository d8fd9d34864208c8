"""Where a passphrase comes from: a prompt, or what the command line names; never the command line itself."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from engine.errors import CaseEncrypted, CaseNotFound, UsageError

if TYPE_CHECKING:
    from engine.store import CaseKey, CaseStore

SOURCES = "env:NAME, fd:NUMBER, file:PATH or stdin (a line each)"


def opened(options: argparse.Namespace, *, read_only: bool = False, actor: str = "") -> CaseStore:
    """Open the case that the command names, with its passphrase where it is encrypted."""
    from engine.store import open_case

    return open_case(
        options.case, clock=options.clock, read_only=read_only, actor=actor, key=case_key(options)
    )


def case_key(options: argparse.Namespace) -> CaseKey | None:
    """Return the key of the case that the command names; None where it is plain or not there."""
    return key_for(options.case, options)


def key_for(path: Path, options: argparse.Namespace) -> CaseKey | None:
    """Return the key of the case at ``path``; None where it is plain or not there."""
    from engine.store import is_encrypted, key_of

    if not path.is_file() or not is_encrypted(path):
        return None
    if not options.passphrase_from and not sys.stdin.isatty():
        raise CaseEncrypted(
            f"{path} is encrypted, or not a case; name its passphrase by --passphrase-from {SOURCES}"
        )
    return key_of(path, read_passphrase(options.passphrase_from, f"Passphrase of {path.name}: "))


def encrypted_key(options: argparse.Namespace) -> CaseKey:
    """Return the key of a case that must be encrypted; raises CaseNotFound or UsageError."""
    if not options.case.is_file():
        raise CaseNotFound(f"there is no case at {options.case}")
    key = case_key(options)
    if key is None:
        raise UsageError(f"{options.case} is not encrypted")
    return key


def read_passphrase(source: str, prompt: str) -> str:
    """Return one line of ``source``, or what is typed at the prompt where there is none."""
    if not source:
        return getpass.getpass(prompt)
    kind, _, name = source.partition(":")
    try:
        if source == "stdin":
            line = sys.stdin.readline()
        elif kind == "env":
            line = os.environ[name]
        elif kind == "fd":
            line = _line_of(int(name))
        elif kind == "file":
            line = Path(name).read_text(encoding="utf-8").partition("\n")[0]
        else:
            raise UsageError(f"a passphrase comes from {SOURCES}, not from {kind!r}")
    except (KeyError, ValueError, OSError) as error:
        raise UsageError(f"no passphrase could be read from {source!r}") from error
    return line.rstrip("\r\n")


def new_passphrase(source: str) -> str:
    """Return a passphrase for a case, typed twice at a prompt."""
    first = read_passphrase(source, "New passphrase: ")
    if not source and getpass.getpass("Again: ") != first:
        raise UsageError("the two passphrases are not the same; nothing was done")
    return first


def _line_of(descriptor: int) -> str:
    """Read one line byte by byte, so that a second passphrase can follow in the same stream."""
    line = b""
    while (byte := os.read(descriptor, 1)) not in (b"", b"\n"):
        line += byte
    return line.decode("utf-8")
