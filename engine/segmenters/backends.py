"""Which program runs the networks of pictures here: measured once on this workstation, and remembered."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from engine.settings import ENGINE_VERSION, cache_dir

if TYPE_CHECKING:
    from engine.segmenters.network import Network

OPENVINO, ONNX_RUNTIME = "openvino", "onnxruntime"
# In the order in which they are taken where nothing was measured.
BACKENDS = (OPENVINO, ONNX_RUNTIME)
_WARM_UP, _MEASURED = 4, 24
# Another backend must be clearly faster: equal evidence should be read alike from one day to the next.
_CLEARLY = 1.15


def available_backends() -> tuple[str, ...]:
    """Return the backends whose package is installed, the usual one first."""
    return tuple(name for name in BACKENDS if _is_installed(name))


def chosen_backend() -> str:
    """Return the backend that was measured as the fastest with the versions installed, else the usual one.

    Empty where there is none.
    """
    names = available_backends()
    try:
        remembered = json.loads(_file().read_text(encoding="utf-8"))
        if remembered["versions"] == _versions(names) and remembered["backend"] in names:
            return str(remembered["backend"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # nothing was measured yet, or not in this way
    return names[0] if names else ""


def measure_backends(load: Callable[[str], Network]) -> dict[str, float]:
    """Return how many pictures a second each backend computes, and remember the best.

    ``load`` opens one network on a backend; the pictures are random. It takes about a second for each.
    """
    speeds = {name: _speed(load(name)) for name in available_backends()}
    if speeds:
        _remember(_fastest(speeds))
    return speeds


def _fastest(speeds: Mapping[str, float]) -> str:
    usual = next(iter(speeds))
    best = max(speeds, key=lambda name: speeds[name])
    return best if speeds[best] > _CLEARLY * speeds[usual] else usual


def _speed(network: Network) -> float:
    def pictures(count: int) -> Iterator[NDArray[np.float32]]:
        rng = np.random.default_rng(0)
        shape = (1, 3, network.size_px, network.size_px)
        return (rng.random(shape, dtype=np.float32) for _ in range(count))

    _run_out(network.stream(pictures(_WARM_UP)))
    started_s = time.perf_counter()
    _run_out(network.stream(pictures(_MEASURED)))
    return _MEASURED / max(time.perf_counter() - started_s, 1e-9)


def _run_out(outputs: Iterable[object]) -> None:
    for _ in outputs:
        pass


def _remember(backend: str) -> None:
    content = {"backend": backend, "versions": _versions(available_backends())}
    _file().parent.mkdir(parents=True, exist_ok=True)
    _file().write_text(json.dumps(content, indent=1), encoding="utf-8")


def _file() -> Path:
    return cache_dir() / "backend.json"


def _versions(names: Iterable[str]) -> dict[str, str]:
    return {name: _version(name) for name in names}


def _is_installed(package: str) -> bool:
    try:
        return find_spec(package) is not None
    except ValueError:  # barred from this process
        return False


def _version(package: str) -> str:
    try:
        return version(package)
    except (
        PackageNotFoundError
    ):  # an installed program may leave the metadata out; its own version tells then
        return ENGINE_VERSION
