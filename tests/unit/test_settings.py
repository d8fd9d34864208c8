"""The switches that keep libraries offline, and where temporary files lie."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from engine.settings import cache_dir, keep_temporary_files, shipped_models_dir

_RUN = """
import sys
from pathlib import Path
from engine.settings import go_offline
go_offline()
from engine.weights import open_network
open_network(Path(sys.argv[1]))
"""


def test_onnx_runtime_neither_reports_nor_marks_this_computer(tmp_path: Path) -> None:
    """Its telemetry, on unless barred, writes an identifier of the device before it sends anything."""
    home = tmp_path / "home"
    home.mkdir()
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "ORT_"))}
    network = shipped_models_dir() / "modality" / "modality.onnx"
    command = [sys.executable, "-c", _RUN, str(network)]
    subprocess.run(command, env={**kept, "HOME": str(home)}, check=True)
    assert [path for path in home.rglob("*") if "onnxruntime" in str(path).lower()] == []


def test_temporary_files_lie_in_the_users_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    if os.name != "posix":
        pytest.skip("on Windows the folder of temporary files is the user's own")
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", "/chosen")
    keep_temporary_files()
    assert os.environ["TMPDIR"] == "/chosen"
    monkeypatch.delenv("TMPDIR")
    keep_temporary_files()
    folder = Path(os.environ["TMPDIR"])
    assert folder.is_relative_to(cache_dir()) and stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert tempfile.gettempdir() == str(folder)
