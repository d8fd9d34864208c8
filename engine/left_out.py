"""Packages that are installed and kept out of this process all the same."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from types import ModuleType

_HEAVY = frozenset({"torch", "ultralytics", "transformers"})


class _Refusal(MetaPathFinder):
    """Answers an import as if the package were not installed.

    None in ``sys.modules`` would do that too, but scipy asks every ``torch`` that it finds there for its
    tensors.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        del path, target
        if fullname.partition(".")[0] in _HEAVY:
            raise ModuleNotFoundError(f"{fullname} is left out of this process", name=fullname)
        return None


_refusal = _Refusal()


def leave_torch_out() -> None:
    """Keep spaCy from importing torch, which takes seconds and memory and is not used on the CPU path."""
    if _refusal not in sys.meta_path:
        sys.meta_path.insert(0, _refusal)


def let_torch_in() -> None:
    """Take ``leave_torch_out`` back for what is imported from here on, where a graphics card is tried."""
    if _refusal in sys.meta_path:
        sys.meta_path.remove(_refusal)


def is_installed(package: str) -> bool:
    """Tell whether this process can import a package, without importing it."""
    if _refusal in sys.meta_path and package.partition(".")[0] in _HEAVY:
        return False  # even where something has loaded it before it was left out
    return find_spec(package) is not None
