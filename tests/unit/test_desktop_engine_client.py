"""The client of an engine process: crash, hang, garbage, and an end for every request."""

from __future__ import annotations

import sys
import time

import pytest
from pytestqt.qtbot import QtBot

from desktop.engine_client import EngineClient
from engine.messages import Kind, Message

pytest_plugins = ("tests.unit.desktop_case",)

# A process as badly behaved as its requests ask for.
_ENGINE = """
import json, os, sys, time
def say(kind, of="", **body):
    print(json.dumps({"kind": kind, "of": of, "body": body}), flush=True)
say("ready", role="job", device="cpu")
for line in sys.stdin:
    request = json.loads(line)
    if request["verb"] == "crash":
        os._exit(9)
    if request["verb"] == "hang":
        time.sleep(600)
    if request["verb"] == "garbage":
        print("this is no message", flush=True)
        print("a warning", file=sys.stderr, flush=True)
    if request["verb"] != "cancel":
        say("progress", request["id"], step="read", done=1, total=2, item="a")
        say("finished", request["id"], echo=request["arguments"])
"""


class Listener:
    """Keeps what a client says."""

    def __init__(self, client: EngineClient) -> None:
        self.messages: list[Message] = []
        self.troubles: list[str] = []
        client.message.connect(self.messages.append)
        client.trouble.connect(self.troubles.append)

    def kinds_of(self, request_id: str) -> list[Kind]:
        return [message.kind for message in self.messages if message.of == request_id]


@pytest.fixture
def client(qtbot: QtBot) -> EngineClient:
    made = EngineClient((sys.executable, "-c", _ENGINE), patience_ms=300)
    yield made
    made.stop()


def test_a_request_is_answered_in_order(qtbot: QtBot, client: EngineClient) -> None:
    heard = Listener(client)
    request = client.request("echo", {"text": "Röntgen \U0001f600"})
    qtbot.waitUntil(lambda: Kind.FINISHED in heard.kinds_of(request))
    assert heard.kinds_of(request) == [Kind.PROGRESS, Kind.FINISHED]
    assert heard.messages[-1].body["echo"] == {"text": "Röntgen \U0001f600"}
    assert client.is_ready and client.device == "cpu"


def test_a_crash_fails_what_was_asked_and_starts_again(qtbot: QtBot, client: EngineClient) -> None:
    heard = Listener(client)
    lost = client.request("crash", {})
    qtbot.waitUntil(lambda: Kind.FAILED in heard.kinds_of(lost))
    assert len(heard.troubles) == 1 and "started again" in heard.troubles[0]
    again = client.request("echo", {})
    qtbot.waitUntil(lambda: Kind.FINISHED in heard.kinds_of(again))
    assert heard.kinds_of(lost) == [Kind.FAILED]


def test_a_process_that_keeps_crashing_is_left_off(qtbot: QtBot, client: EngineClient) -> None:
    heard = Listener(client)
    for number in range(1, 5):
        client.request("crash", {})
        qtbot.waitUntil(lambda wanted=number: len(heard.troubles) == wanted)
    assert "left off" in heard.troubles[-1]


def test_no_answer_to_cancel_kills_the_process_and_starts_it_again(
    qtbot: QtBot, client: EngineClient
) -> None:
    heard = Listener(client)
    hung = client.request("hang", {})
    qtbot.waitUntil(lambda: client.is_ready)
    began_s = time.monotonic()
    client.cancel(hung)
    qtbot.waitUntil(lambda: Kind.CANCELLED in heard.kinds_of(hung))
    assert time.monotonic() - began_s >= 0.25  # Qt may be a little early
    after = client.request("echo", {})
    qtbot.waitUntil(lambda: Kind.FINISHED in heard.kinds_of(after))
    assert heard.kinds_of(hung) == [Kind.CANCELLED]


def test_garbage_on_the_line_is_kept_in_the_log(qtbot: QtBot, client: EngineClient) -> None:
    heard = Listener(client)
    request = client.request("garbage", {})
    qtbot.waitUntil(lambda: Kind.FINISHED in heard.kinds_of(request))
    # The two pipes are read one after the other, in either order.
    qtbot.waitUntil(lambda: "a warning" in client.log)
    qtbot.waitUntil(lambda: any("not JSON" in line for line in client.log))


def test_an_engine_that_cannot_start_is_said_once(qtbot: QtBot) -> None:
    client = EngineClient(("/nowhere/engine",))
    heard = Listener(client)
    request = client.request("echo", {})
    qtbot.waitUntil(lambda: Kind.FAILED in heard.kinds_of(request))
    assert heard.troubles == ["The engine could not be started: /nowhere/engine"]
    client.stop()
