"""What the words of ``casebook export`` mean."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import TYPE_CHECKING

from engine.cli.arguments import read_time
from engine.cli.passphrases import read_passphrase
from engine.errors import UsageError

if TYPE_CHECKING:
    from engine.jobs.signature import Signer
    from engine.privacy.deidentification import Choices

_SECRET_BYTES = 32


def privacy_choices(options: argparse.Namespace) -> Choices | None:
    """Return how to de-identify; None where that was not asked for."""
    if not options.deidentify:
        if options.also_remove or options.secret_from or options.keep_faces:
            raise UsageError("--also-remove, --keep-faces and --secret-from belong to --deidentify")
        return None
    from engine.privacy.deidentification import Choices

    secret = os.urandom(_SECRET_BYTES)
    if options.secret_from:
        secret = read_passphrase(options.secret_from, "Secret: ").encode("utf-8", "surrogatepass")
    return Choices(secret=secret, extra=listed(options.also_remove), faces=not options.keep_faces)


def signer(options: argparse.Namespace) -> Signer | None:
    """Return whose certificate signs; None where none was named. Raises UsageError."""
    if options.sign is None:
        return None
    from engine.jobs.signature import load_signer

    prompt = f"Passphrase of {options.sign.name}: "
    passphrase = read_passphrase(options.certificate_passphrase_from, prompt)
    return load_signer(options.sign, passphrase, at=read_time(options.at) or options.clock())


def listed(path: Path | None) -> tuple[str, ...]:
    """Return the lines of a file that are not empty; none for no file. Raises UsageError."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read as text: {error}") from error
    return tuple(line.strip() for line in lines if line.strip())
