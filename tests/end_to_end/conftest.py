"""The command line as a person runs it: the real ``main()``, real models, a case on disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.cli import main

Casebook = Callable[..., Any]


@pytest.fixture
def casebook(capsys: pytest.CaptureFixture[str]) -> Casebook:
    """Run a command with ``--json`` and return its document; checks the exit status."""

    def run(*words: object, status: int = 0) -> Any:
        capsys.readouterr()
        assert main([*map(str, words), "--json"]) == status, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    return run


@pytest.fixture
def refuse(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command that must be refused with status 2 and one line on stderr; return the line."""

    def run(*words: object) -> str:
        capsys.readouterr()
        try:
            status = main([*map(str, words)])
        except SystemExit as stop:
            status = int(stop.code or 0)
        printed = capsys.readouterr()
        assert status == 2
        assert printed.err.count("\n") == 1, printed.err
        assert "Traceback" not in printed.err
        return printed.err

    return run
