"""No address outside this machine is reached, whatever a library tries and whatever it hides."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

_TRY = """
import json, os, socket, sys, urllib.request
from engine.settings import go_offline
go_offline()

def answer(ask):
    try:
        ask()
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return "went through"

def send(family, address):
    with socket.socket(family, socket.SOCK_DGRAM) as plug:
        plug.sendto(b"x", address)

def connect(address):
    with socket.socket() as plug:
        plug.connect(address)

def pair():
    left, right = socket.socketpair()
    with left, right:
        left.send(b"x")
        assert right.recv(1) == b"x"

print(json.dumps({
    "connect": answer(lambda: connect(("192.0.2.1", 80))),
    "name": answer(lambda: socket.getaddrinfo("example.org", 80)),
    "bytes": answer(lambda: socket.getaddrinfo(b"example.org", 80)),
    "old name": answer(lambda: socket.gethostbyname("example.org")),
    "send": answer(lambda: send(socket.AF_INET, ("192.0.2.1", 53))),
    "send6": answer(lambda: send(socket.AF_INET6, ("2001:db8::1", 53))),
    "page": answer(lambda: urllib.request.urlopen("http://example.org")),
    "here": answer(lambda: connect(("127.0.0.1", 9))),
    "pair": answer(pair),
    "import": answer(lambda: __import__("openvino_telemetry")),
}))
"""


def test_what_reaches_out_is_refused_and_what_stays_here_is_not() -> None:
    done = subprocess.run([sys.executable, "-c", _TRY], capture_output=True, encoding="utf-8", check=True)
    answers: dict[str, str] = json.loads(done.stdout)
    for way in ("connect", "name", "bytes", "old name", "send", "send6"):
        assert answers[way].startswith("NetworkRefused: Casebook works offline"), way
    assert "NetworkRefused" in answers["page"] or "works offline" in answers["page"]
    assert answers["here"].startswith("ConnectionRefusedError") or answers["here"] == "went through"
    assert answers["pair"] == "went through"
    assert answers["import"].startswith("ModuleNotFoundError")


def test_openvino_reports_to_nobody() -> None:
    """It forks a process on each import, which asks for its makers' collector."""
    pytest.importorskip("openvino")
    program = """
import sys
seen, outward = [], ("os.fork", "socket.getaddrinfo")
sys.addaudithook(lambda event, arguments: seen.append(event) if event in outward else None)
from engine.settings import go_offline
go_offline()
import openvino
print(seen)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == "[]"
