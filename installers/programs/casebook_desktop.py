"""The installed program ``casebook-desktop``: the window."""

import sys

from desktop.app import run
from engine.settings import keep_temporary_files

if __name__ == "__main__":
    keep_temporary_files()
    sys.exit(run())
