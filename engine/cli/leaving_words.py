"""The words of the command line for what leaves a case, and for whether it is whole."""

from __future__ import annotations

from pathlib import Path

from engine.cli import commands, exchange_commands
from engine.cli.verb import Verbs, add_verb, count


def add_leaving_verbs(verbs: Verbs) -> None:
    export = add_verb(verbs, "export", commands.export, "write a report or tables")
    export.add_argument("case", type=Path)
    export.add_argument("out", type=Path)
    export.add_argument("--format", default="", help="default: the longest known suffix of OUT")
    export.add_argument("--at", default="", metavar="ISO-TIME", help="the time to print, for equal bytes")
    export.add_argument("--paper", choices=("A4", "Letter"), default="A4")
    export.add_argument("--request", default="", metavar="TEXT", help="what the report was asked to answer")
    export.add_argument(
        "--scope", choices=("all", "confirmed"), default="all", help="confirmed: only what a person confirmed"
    )
    export.add_argument(
        "--only", type=Path, default=None, metavar="FILE", help="ids of findings, a line each"
    )
    export.add_argument(
        "--no-rehash", action="store_true", help="do not read the evidence again for a report"
    )
    export.add_argument(
        "--sign", type=Path, default=None, metavar="CERT.p12", help="sign a PDF with your certificate"
    )
    export.add_argument(
        "--certificate-passphrase-from", default="", metavar="SOURCE", help="default: a prompt"
    )
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

    decisions = add_verb(
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

    verify = add_verb(verbs, "verify", commands.verify, "check evidence, rows and the audit chain")
    verify.add_argument("case", type=Path)
    verify.add_argument("--head", default="", metavar="HASH", help="the audit head printed in a report")
    verify.add_argument("--length", type=count, default=0, metavar="N", help="the audit length printed there")
