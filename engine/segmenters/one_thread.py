"""cv2 without threads of its own, while a network has the cores."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def cv2_on_one_thread() -> Iterator[None]:
    """Let cv2 work in the calling thread alone: its others wait busily, on cores that a network needs."""
    import cv2

    threads = cv2.getNumThreads()
    cv2.setNumThreads(1)
    try:
        yield
    finally:
        cv2.setNumThreads(threads)
