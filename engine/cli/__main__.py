"""``python -m engine.cli`` is ``casebook``."""

from engine.cli import run

run()
