"""The words of the command line that make a case and add to it."""

from __future__ import annotations

from pathlib import Path

from engine.cli import commands, encryption_commands, exchange_commands
from engine.cli.passphrases import SOURCES
from engine.cli.verb import Verbs, add_verb
from engine.jobs.device import AUTO, DEVICES


def add_case_verbs(verbs: Verbs) -> None:
    new = add_verb(verbs, "new", commands.new, "make a new case file")
    new.add_argument("case", type=Path)
    new.add_argument("--kind", choices=("medical", "forensic"), required=True)
    for name in ("--name", "--reference", "--examiner"):
        new.add_argument(name, default="")
    new.add_argument("--encrypt", action="store_true", help="encrypt the case file; asks for a passphrase")

    upgrade = add_verb(
        verbs, "upgrade", commands.upgrade, "bring a case of an older version to this one's format"
    )
    upgrade.add_argument("case", type=Path)

    for name, command, summary in (
        ("encrypt", encryption_commands.encrypt, "encrypt a case file with a passphrase"),
        ("decrypt", encryption_commands.decrypt, "take the encryption of a case file away"),
        ("passphrase", encryption_commands.passphrase, "give an encrypted case another passphrase"),
    ):
        verb = add_verb(verbs, name, command, summary)
        verb.add_argument("case", type=Path)
        verb.add_argument("--new-passphrase-from", default="", metavar="SOURCE", help=f"{SOURCES}")

    take = add_verb(verbs, "ingest", commands.ingest, "read folders of images and reports into a case")
    take.add_argument("case", type=Path)
    take.add_argument("paths", type=Path, nargs="+", metavar="PATH")
    take.add_argument(
        "--device",
        choices=DEVICES,
        default=AUTO,
        help="where pictures are looked at; auto: on CUDA where self-test found that faster",
    )
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

    take = add_verb(verbs, "import", exchange_commands.import_, "take in regions that another program drew")
    take.add_argument("case", type=Path)
    take.add_argument("path", type=Path, metavar="FILE_OR_FOLDER")
    take.add_argument(
        "--format", choices=("coco", "labelme", "yolo"), default="", help="default: what it looks like"
    )
    take.add_argument("--examiner", default="", help="who answers for them (default: the case's examiner)")

    review = add_verb(verbs, "review", commands.review, "confirm, reject or correct a finding")
    review.add_argument("case", type=Path)
    review.add_argument("finding", help="the id of a region, entity, link or relation")
    review.add_argument("verdict", choices=("confirmed", "rejected", "corrected"))
    review.add_argument("--label", default="")
    review.add_argument("--note", default="")
    review.add_argument("--examiner", default="", help="default: the examiner of the case")
