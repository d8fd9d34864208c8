"""What every test starts from: a temporary home, no network, and the evaluation data if it is there."""

from __future__ import annotations

import locale
import os
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engine.left_out import let_torch_in
from engine.settings import go_offline

# pytest-qt makes the application before any fixture of ours runs.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

CHECKOUT = Path(__file__).resolve().parent.parent


class SocketOpened(AssertionError):
    """A test tried to reach the network."""


_connect = socket.socket.connect
_asked: list[str] = []


def _write_down(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        _asked.append(f"{event} {arguments[0]}")


sys.addaudithook(_write_down)  # libraries catch and hide what the network answers: the question is seen here


def _refuse(self: socket.socket, address: Any) -> None:
    """Connect inside this machine, as child processes do; refuse every network address."""
    if self.family != getattr(socket, "AF_UNIX", None):
        raise SocketOpened(f"connect{address}")
    _connect(self, address)


def _move_home(patch: pytest.MonkeyPatch, home: Path) -> None:
    """Let the program keep its data, caches and settings below ``home``."""
    for name in ("DATA", "CACHE", "CONFIG"):
        patch.setenv(f"CASEBOOK_{name}_HOME", str(home / name.lower()))


@pytest.fixture(autouse=True, scope="session")
def home_of_the_session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what is built once for many tests away from the user's caches and settings too.

    A self-test of the installed program may have remembered another backend there, whose outlines differ.
    """
    home = tmp_path_factory.mktemp("session_home")
    with pytest.MonkeyPatch.context() as patch:
        _move_home(patch, home)
        yield


@pytest.fixture(autouse=True)
def isolated_home(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """Give the test a HOME of its own, a fixed locale, and sockets that refuse to connect."""
    home = tmp_path_factory.mktemp("home")
    _move_home(monkeypatch, home)
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    monkeypatch.setattr(socket.socket, "connect", _refuse)
    monkeypatch.setattr(socket.socket, "connect_ex", _refuse)
    go_offline()
    yield home
    asked, _asked[:] = tuple(_asked), ()
    assert not asked, "a library looked for the network and hid it"


@pytest.fixture(autouse=True)
def locale_is_put_back() -> Iterator[None]:
    """Find the test whose libraries change the locale of the process: what others print would be misread."""
    before = locale.setlocale(locale.LC_CTYPE)
    yield
    after = locale.setlocale(locale.LC_CTYPE)
    locale.setlocale(locale.LC_CTYPE, before)
    assert after == before, "the locale of the process was changed"


@pytest.fixture(autouse=True)
def torch_is_left_out_for_one_test_only() -> Iterator[None]:
    """Let torch in after each test: else every later test of training would be skipped."""
    yield
    let_torch_in()


@pytest.fixture(scope="session")
def data_dir() -> Path:
    """Return the folder of evaluation data; skips where there is none."""
    folder = Path(os.environ.get("CASEBOOK_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"evaluation data is not at {folder} (set CASEBOOK_DATA)")
    return folder


@pytest.fixture(scope="session")
def sample_evidence(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Build the evidence of a sample case once per session."""
    from sample_cases import find_sample

    folder = tmp_path_factory.mktemp("samples")

    def build(name: str) -> Path:
        if not (folder / name).exists():
            find_sample(name).build(folder / name)
        return folder / name

    return build
