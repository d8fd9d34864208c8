"""Batches that are worked on in a second thread: their order, errors, and an end in the middle."""

from __future__ import annotations

import threading
import time

import pytest

from engine.errors import Cancelled, ModelError
from engine.jobs import relay
from engine.jobs.relay import Relay


def nothing() -> None:
    pass


def test_results_come_in_order_and_in_the_thread_of_the_caller() -> None:
    taken: list[tuple[int, int]] = []

    def take(number: int) -> None:
        taken.append((number, threading.get_ident()))

    with Relay(lambda number: number, take, nothing) as batches:
        for number in range(7):
            batches.hand_over(number)
        batches.finish()
        batches.finish()
    assert taken == [(number, threading.get_ident()) for number in range(7)]


def test_what_is_taken_when_hangs_on_no_clock() -> None:
    taken: list[int] = []
    with Relay(lambda number: number, taken.append, nothing) as batches:
        seen = []
        for number in range(5):
            batches.hand_over(number)
            time.sleep(0.01)  # long enough to be done
            seen.append(list(taken))
        batches.finish()
    assert seen == [[], [0], [0, 1], [0, 1, 2], [0, 1, 2, 3]]
    assert taken == list(range(5))


def test_one_batch_is_worked_on_at_a_time() -> None:
    inside, most = [0], [0]
    lock = threading.Lock()

    def work(_: int) -> None:
        with lock:
            inside[0] += 1
            most[0] = max(most[0], inside[0])
        time.sleep(0.01)
        with lock:
            inside[0] -= 1

    with Relay(work, lambda _: None, nothing) as batches:
        for number in range(8):
            batches.hand_over(number)
        batches.finish()
    assert most == [1]


def test_an_error_of_a_batch_comes_where_its_result_would() -> None:
    taken: list[int] = []

    def work(number: int) -> int:
        if number == 1:
            raise ModelError("the weights are gone")
        return number

    def all_of_them() -> None:
        with Relay(work, taken.append, nothing) as batches:
            for number in range(5):
                batches.hand_over(number)

    with pytest.raises(ModelError, match="weights"):
        all_of_them()
    assert taken == [0]


def test_who_waits_may_stop_and_what_is_in_work_ends_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(relay, "_TOLD_EVERY_S", 0.01)
    go_on, ended = threading.Event(), threading.Event()

    def work(number: int) -> int:
        go_on.wait(5)
        ended.set()
        return number

    def stop() -> None:
        go_on.set()
        raise Cancelled

    def taken(number: int) -> None:
        raise AssertionError(number)

    with pytest.raises(Cancelled), Relay(work, taken, stop) as batches:
        batches.hand_over(1)
        batches.finish()
    assert ended.is_set()
