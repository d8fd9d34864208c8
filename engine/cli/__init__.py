"""The command line, on the same jobs as the desktop.

Exit status: 0 done, 1 the answer is "no", 2 wrong use or input with one clear line on stderr,
130 stopped by Ctrl-C. Never a traceback.
"""

from __future__ import annotations

import os
import sys

from engine.cli.parser import parse
from engine.cli.printing import Printer, escape_what_the_terminal_lacks
from engine.errors import Cancelled, EngineError
from engine.settings import go_offline

DONE, ANSWER_IS_NO, WRONG_USE, STOPPED = 0, 1, 2, 130


def main(argv: list[str]) -> int:
    """Carry out one command and return its exit status."""
    go_offline()
    options = parse(argv)
    printer = Printer(as_json=options.json)
    try:
        return DONE if options.command(options, printer) else ANSWER_IS_NO
    except (KeyboardInterrupt, Cancelled):
        printer.complain("stopped; what was committed is kept, run the same command again to go on")
        return STOPPED
    except EngineError as error:
        printer.complain(str(error))
        return WRONG_USE
    except BrokenPipeError:
        # The reader of our output went away (``casebook show … | head``): that is no failure.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return DONE


def run() -> None:
    """Enter the program ``casebook``."""
    escape_what_the_terminal_lacks()
    sys.exit(main(sys.argv[1:]))
