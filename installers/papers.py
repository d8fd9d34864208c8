"""What lies beside the programs: bill of materials, licences, version, and how to install.

Runs inside the environment that the programs were frozen from: ``python -m installers.papers FOLDER TAKEN``.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
from datetime import UTC, datetime
from importlib.metadata import distributions
from pathlib import Path

from engine.settings import ENGINE_VERSION, resources_dir
from engine.weights import CARD_FILE, read_card
from installers.bill import bill
from installers.distributions import name_of
from installers.licences import collect, system_packages

SOURCE = Path(__file__).resolve().parent.parent


def main(folder: Path, taken: Path) -> None:
    """Write the papers into the program folder; ``taken`` is the list that the spec wrote of its files."""
    facts = json.loads(taken.read_text(encoding="utf-8"))
    inside = {name_of(package) for package in distributions(path=[str(folder / "_internal")])}
    packages = sorted(
        {name_of(each): each for each in distributions() if name_of(each) in inside}.values(), key=name_of
    )
    inner = folder / "_internal"
    libraries = [Path(path) for place, path in facts["system_libraries"].items() if (inner / place).exists()]
    models = [
        read_card(card.parent, origin="shipped")
        for card in sorted((resources_dir() / "models").glob(f"*/{CARD_FILE}"))
    ]
    at = datetime.fromtimestamp(int(os.environ["SOURCE_DATE_EPOCH"]), UTC)
    text = bill(packages, models, system_packages(libraries), flavor=facts["flavor"], at=at)
    (folder / "sbom.cdx.json").write_text(text, encoding="utf-8")
    collect(folder / "licences", packages, libraries)
    shutil.copyfile(SOURCE / "LICENSE", folder / "LICENSE")
    (folder / "VERSION").write_text(f"{ENGINE_VERSION}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
