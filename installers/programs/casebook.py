"""The installed program ``casebook``: the command line; as ``casebook worker``, the engine of the window."""

import multiprocessing
import sys

from engine.settings import keep_temporary_files

if __name__ == "__main__":
    multiprocessing.freeze_support()  # a process that decodes evidence starts here and never comes back
    keep_temporary_files()
    if sys.argv[1:2] == ["worker"]:
        from engine.worker import run as work

        sys.exit(work(sys.argv[2:]))
    from engine.cli import run

    run()
