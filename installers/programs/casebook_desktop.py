"""The installed program ``casebook-desktop``: the window."""

import sys

from desktop.app import run

if __name__ == "__main__":
    sys.exit(run())
