"""The commands that encrypt a case, decrypt it and change its passphrase."""

from __future__ import annotations

import argparse

from engine.cli.passphrases import encrypted_key, new_passphrase
from engine.cli.printing import Printer
from engine.errors import CaseNotFound

_KEPT = "whoever forgets it cannot read the case again, and nobody can help"


def encrypt(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.encryption import encrypt_case

    if not options.case.is_file():
        raise CaseNotFound(f"there is no case at {options.case}")
    done = encrypt_case(
        options.case,
        new_passphrase(options.new_passphrase_from or options.passphrase_from),
        clock=options.clock,
    )
    printer.record(
        done,
        sentence=f"encrypted {done.case} and {len(done.backups)} backups of it; keep the passphrase: "
        f"{_KEPT}. Copies made elsewhere are as they were, and the disk may keep traces of the plain file",
    )
    return True


def decrypt(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.encryption import decrypt_case

    done = decrypt_case(options.case, encrypted_key(options), clock=options.clock)
    printer.record(done, sentence=f"decrypted {done.case} and {len(done.backups)} backups of it")
    return True


def passphrase(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.encryption import change_passphrase

    key = encrypted_key(options)
    done = change_passphrase(
        options.case, key, new_passphrase(options.new_passphrase_from), clock=options.clock
    )
    left = (
        f"; these backups still open with an older one: {', '.join(map(str, done.left))}" if done.left else ""
    )
    printer.record(done, sentence=f"{done.case} opens with the new passphrase: {_KEPT}{left}")
    return True
