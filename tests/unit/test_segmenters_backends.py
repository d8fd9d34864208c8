"""The backend that was measured as clearly the fastest is remembered, and used by what is loaded next."""

from __future__ import annotations

import locale
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import ModelError
from engine.jobs.device import ready_device
from engine.left_out import leave_torch_out
from engine.segmenters.backends import (
    CUDA,
    ONNX_RUNTIME,
    OPENVINO,
    TORCH,
    available_backends,
    chosen_backend,
    fastest_device,
    measure_backends,
)
from engine.segmenters.network import Network, Outputs, load_network
from engine.settings import cache_dir
from engine.weights import compile_on_openvino, find_model

openvino = pytest.importorskip("openvino")


def _network(backend: str, pause_s: float) -> Network:
    """Return a network that takes its time for each picture."""

    def stream(inputs: Iterable[NDArray[np.float32]]) -> Iterator[Outputs]:
        for item in inputs:
            time.sleep(pause_s)
            yield (item[:, :1],)

    return Network(backend=backend, size_px=8, stream=stream)


def _measured(openvino_s: float, onnxruntime_s: float) -> str:
    pauses = {OPENVINO: openvino_s, ONNX_RUNTIME: onnxruntime_s, TORCH: 0.01, CUDA: 0.01}
    measure_backends(lambda name: _network(name, pauses[name]))
    return chosen_backend()


def test_the_fastest_is_remembered_and_a_little_faster_is_not_enough() -> None:
    assert available_backends()[:2] == (OPENVINO, ONNX_RUNTIME) and chosen_backend() == OPENVINO
    assert _measured(0.004, 0.001) == ONNX_RUNTIME
    assert _measured(0.001, 0.004) == OPENVINO
    assert _measured(0.0050, 0.0048) == OPENVINO


def test_what_is_loaded_next_runs_on_it_and_sees_the_same() -> None:
    path = find_model("objects").path
    usual = load_network(path)
    assert usual.backend == OPENVINO and _measured(0.004, 0.001) == ONNX_RUNTIME
    other = load_network(path)
    assert other.backend == ONNX_RUNTIME
    picture = np.random.default_rng(2).random((1, 3, usual.size_px, usual.size_px), dtype=np.float32)
    (left,), (right,) = next(iter(usual.stream([picture]))), next(iter(other.stream([picture])))
    # In 8 bits what differs in the last digit is rounded; test_both_backends_agree looks at real pictures.
    assert left.shape == right.shape and float(np.abs(left[:, 4:] - right[:, 4:]).mean()) < 0.002


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"pictures_per_s": {"other": 9.0}, "versions": {}}', "\x00"]
)
def test_a_note_that_says_nothing_is_passed_over(content: str) -> None:
    cache_dir().mkdir(parents=True, exist_ok=True)
    (cache_dir() / "backend.json").write_text(content, encoding="utf-8")
    assert chosen_backend() == OPENVINO


def test_other_versions_are_measured_anew() -> None:
    assert _measured(0.004, 0.001) == ONNX_RUNTIME
    note = cache_dir() / "backend.json"
    note.write_text(
        note.read_text(encoding="utf-8").replace('"openvino": "', '"openvino": "0.'), encoding="utf-8"
    )
    assert chosen_backend() == OPENVINO


def test_the_real_ones_are_measured_on_a_real_network() -> None:
    path = find_model("objects").path
    speeds = measure_backends(lambda backend: load_network(path, backend=backend))
    assert set(speeds) == set(available_backends()) and min(speeds.values()) > 0.1


def test_a_graphics_card_is_taken_where_it_was_measured_as_clearly_faster(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pytest.importorskip("torch")
    monkeypatch.setattr("engine.segmenters.backends.missing_cuda", lambda: None)
    pauses = {OPENVINO: 0.004, ONNX_RUNTIME: 0.004, TORCH: 0.004, CUDA: 0.001}
    assert fastest_device() == "cpu"
    measure_backends(lambda name: _network(name, pauses[name]))
    assert fastest_device() == "cuda" and chosen_backend() == OPENVINO


def test_without_torch_there_is_no_graphics_card_to_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.segmenters.backends.has_driver", lambda: True)
    leave_torch_out()
    assert available_backends() == (OPENVINO, ONNX_RUNTIME)
    with pytest.raises(ModelError, match="PyTorch is not installed"):
        ready_device("cuda")
    assert ready_device("auto") == "cpu"


def test_what_is_left_out_of_this_process_is_not_chosen() -> None:
    pytest.importorskip("torch")
    pauses = {OPENVINO: 0.004, ONNX_RUNTIME: 0.004, TORCH: 0.001, CUDA: 0.004}
    measure_backends(lambda name: _network(name, pauses[name]))
    assert chosen_backend() == TORCH
    leave_torch_out()
    assert chosen_backend() == OPENVINO


def test_networks_made_ready_in_many_threads_leave_the_locale_as_it_is() -> None:
    networks = [find_model(name).path for name in ("objects", "lungs", "fractures")]
    settings = {"CACHE_DIR": str(cache_dir() / "openvino")}
    for path in networks:  # the second time, and only then, it reads what it has kept, and changes the locale
        compile_on_openvino(openvino.Core(), path, settings)
    before = locale.setlocale(locale.LC_CTYPE)
    with ThreadPoolExecutor(max_workers=4) as threads:
        for _ in range(6):
            list(threads.map(lambda path: compile_on_openvino(openvino.Core(), path, settings), networks * 2))
            assert locale.setlocale(locale.LC_CTYPE) == before
