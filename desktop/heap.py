"""The heap of the window's process: what was freed goes back to the system."""

from __future__ import annotations

import ctypes
import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

_LARGE_BLOCK_BYTES = 128 * 1024
_RETURN_EVERY_MS = 60_000
_M_MMAP_THRESHOLD = -3  # <malloc.h>


def keep_heap_small(app: QApplication) -> bool:
    """Give memory that is not used any more back while the window runs; return whether this system needs it.

    glibc raises the size from which a block gets pages of its own each time a large one is freed, up
    to 32 MiB. After some pictures and themes all of them lie in one heap, whose holes stay with the
    process for as long as anything lives behind them: in half an hour that was 57 MB of 282. A fixed
    size sends large blocks back at once, ``malloc_trim`` the pages of the holes (mallopt(3),
    malloc_trim(3)). Other systems and C libraries do so themselves.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    libc = ctypes.CDLL(None)
    libc.mallopt(_M_MMAP_THRESHOLD, _LARGE_BLOCK_BYTES)
    timer = QTimer(app, interval=_RETURN_EVERY_MS)
    timer.timeout.connect(lambda: libc.malloc_trim(0))
    timer.start()
    return True
