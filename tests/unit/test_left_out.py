"""torch is left out of processes that compute on the CPU, and nothing that asks for it there breaks."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from engine.left_out import is_installed, leave_torch_out, let_torch_in

_ASKING_FOR_TENSORS = """
import sys
from engine.left_out import leave_torch_out

leave_torch_out()
import numpy as np
from engine.evaluation.scene_plots import neighbor_map

print(neighbor_map(np.eye(12, dtype=np.float32)).shape, sorted({"torch", "transformers"} & set(sys.modules)))
"""


def test_it_is_not_installed_as_far_as_this_process_knows() -> None:
    pytest.importorskip("torch")
    leave_torch_out()
    leave_torch_out()
    assert not is_installed("torch.nn") and is_installed("json")
    let_torch_in()
    assert is_installed("torch")


def test_an_import_of_it_says_so() -> None:
    leave_torch_out()
    with pytest.raises(ModuleNotFoundError, match="left out"):
        importlib.import_module("transformers")


def test_what_asks_arrays_whether_they_are_tensors_works() -> None:
    pytest.importorskip("sklearn")
    done = subprocess.run(
        [sys.executable, "-c", _ASKING_FOR_TENSORS],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.stdout == "(12, 2) []\n", done.stderr
