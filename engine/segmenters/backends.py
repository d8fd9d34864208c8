"""Which program runs the networks of pictures here: measured once on this workstation, and remembered."""

from __future__ import annotations

import ctypes
import json
import sys
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.left_out import is_installed
from engine.settings import ENGINE_VERSION, cache_dir

if TYPE_CHECKING:
    from engine.segmenters.network import Network

CPU = "cpu"
OPENVINO, ONNX_RUNTIME, TORCH, CUDA = "openvino", "onnxruntime", "torch", "cuda"
# On which device each one runs, in the order in which they are taken where nothing was measured.
BACKENDS = {OPENVINO: CPU, ONNX_RUNTIME: CPU, TORCH: CPU, CUDA: CUDA}
_PACKAGES = {OPENVINO: ("openvino",), ONNX_RUNTIME: ("onnxruntime",), TORCH: ("torch", "onnx")}
_PICTURES, _LONGEST_S = 64, 1.5
# Another backend must be clearly faster: equal evidence should be read alike from one day to the next.
_CLEARLY = 1.15


def available_backends() -> tuple[str, ...]:
    """Return the backends that can run in this process, the usual one first; asking for CUDA loads torch."""
    found = _on_cpu()
    return (*found, CUDA) if TORCH in found and missing_cuda() is None else found


def _on_cpu() -> tuple[str, ...]:
    return tuple(name for name, packages in _PACKAGES.items() if all(map(is_installed, packages)))


def missing_cuda() -> str | None:
    """Return why networks cannot run on CUDA here, in words; None where they can.

    Loads torch where there is a driver for a graphics card.
    """
    if not has_driver():
        return "there is no driver of an NVIDIA graphics card here"
    if TORCH not in _on_cpu():
        return "PyTorch is not installed (casebook[training])"
    import torch

    return None if torch.cuda.is_available() else "PyTorch can use no NVIDIA graphics card here"


def has_driver() -> bool:
    """Tell whether the driver of an NVIDIA graphics card is installed, without loading torch."""
    try:
        ctypes.CDLL("nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1")
    except OSError:
        return False
    return True


def chosen_backend() -> str:
    """Return the backend of the CPU that was measured as the fastest with the versions installed.

    The usual one where nothing was measured; empty where there is none.
    """
    names = _on_cpu()  # what is barred from this process may have been measured in another
    speeds = {name: speed for name, speed in _remembered().items() if name in names}
    return _fastest(speeds) if speeds else next(iter(names), "")


def fastest_device() -> str:
    """Return ``cuda`` where that was measured as clearly the fastest here, else ``cpu``."""
    speeds = _remembered()
    return BACKENDS[_fastest(speeds)] if speeds else CPU


def _remembered() -> dict[str, float]:
    """Return the speeds measured here with the versions installed now; nothing where there are none."""
    try:
        note = json.loads(_file().read_text(encoding="utf-8"))
        speeds = {name: float(speed) for name, speed in note["pictures_per_s"].items()}
        if speeds and speeds.keys() <= BACKENDS.keys() and note["versions"] == _versions(speeds):
            return speeds
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        pass  # nothing was measured yet, or not in this way
    return {}


def measure_backends(load: Callable[[str], Network]) -> dict[str, float]:
    """Return how many pictures a second each backend computes, and remember it.

    ``load`` opens one network on a backend; the pictures are random. It takes about a second for each.
    """
    speeds = {name: _speed(load(name)) for name in available_backends()}
    if speeds:
        _remember(speeds)
    return speeds


def _fastest(speeds: Mapping[str, float]) -> str:
    usual = next(iter(speeds))
    best = max(speeds, key=lambda name: speeds[name])
    return best if speeds[best] > _CLEARLY * speeds[usual] else usual


def _speed(network: Network) -> float:
    picture = np.random.default_rng(0).random((1, 3, network.size_px, network.size_px), dtype=np.float32)
    deque(network.stream([picture]), maxlen=0)  # to warm up
    started_s = time.perf_counter()
    done = sum(1 for _ in network.stream(_for_a_while(picture, started_s)))
    return done / max(time.perf_counter() - started_s, 1e-9)


def _for_a_while(picture: NDArray[np.float32], started_s: float) -> Iterator[NDArray[np.float32]]:
    """Yield pictures to measure with, fewer where one takes long."""
    for _ in range(_PICTURES):
        yield picture
        if time.perf_counter() - started_s > _LONGEST_S:
            return


def _remember(speeds: Mapping[str, float]) -> None:
    content = {"pictures_per_s": speeds, "versions": _versions(speeds)}
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(json.dumps(content, indent=1), encoding="utf-8")


def _file() -> Path:
    return cache_dir() / "backend.json"


def _versions(names: Iterable[str]) -> dict[str, str]:
    return {name: _version(_PACKAGES.get(name, _PACKAGES[TORCH])[0]) for name in names}


def _version(package: str) -> str:
    try:
        return version(package)
    except (
        PackageNotFoundError
    ):  # an installed program may leave the metadata out; its own version tells then
        return ENGINE_VERSION
