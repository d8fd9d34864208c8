"""An exported network on whatever runs it here: OpenVINO, ONNX Runtime or PyTorch on the CPU, or CUDA."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMismatch, UnfitForBackend
from engine.segmenters.backends import CUDA, OPENVINO, TORCH, chosen_backend
from engine.segmenters.planes import Picture, as_planes, taking_pixels
from engine.settings import cache_dir, go_offline
from engine.weights import compile_on_openvino, open_network

Outputs = tuple[NDArray[np.float32], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """A loaded network: one picture in, its output arrays out.

    ``stream`` runs a sequence, all of one kind (pixels or planes) and shape, and yields the outputs in
    its order, computing on all cores while the caller prepares the next input and decodes the last output.
    """

    backend: str
    size_px: int
    stream: Callable[[Iterable[Picture]], Iterator[Outputs]]


def load_network(path: Path, *, threads: int = 0, backend: str = "") -> Network:
    """Load an ONNX file (or, by OpenVINO, an ``.xml`` or a folder with one).

    ``threads`` 0 means all cores. ``backend``: a name of ``BACKENDS``; empty: the one chosen for the CPU of
    this workstation. A network that PyTorch cannot compute (an ``.xml``, an unknown operation) runs on the
    CPU where CUDA was asked for: ``Network.backend`` tells. Raises ModelMismatch where the file cannot be
    read.
    """
    go_offline()
    wanted = (
        threads or len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    )
    file = next(iter(sorted(path.glob("*.xml"))), path) if path.is_dir() else path
    chosen = OPENVINO if file.suffix == ".xml" else backend or chosen_backend()
    if chosen in (CUDA, TORCH):
        try:
            return _load_torch(file, wanted, chosen)
        except UnfitForBackend:
            chosen = chosen_backend()
    try:
        if chosen == OPENVINO:
            import openvino

            return _load_openvino(openvino, file, wanted)
    except ImportError:
        pass  # its package is there but cannot be loaded on this system
    return _load_onnxruntime(file, wanted)


def _load_torch(file: Path, threads: int, backend: str) -> Network:
    from engine.segmenters.torch_network import open_on_torch

    size_px, stream = open_on_torch(file, device="cuda" if backend == CUDA else "cpu", threads=threads)
    return Network(backend=backend, size_px=size_px, stream=stream)


def _load_openvino(openvino: Any, file: Path, threads: int) -> Network:
    try:
        model = openvino.Core().read_model(file)
    except RuntimeError as error:
        raise ModelMismatch(f"{file.name} cannot be read as a network: {str(error)[:200]}") from error
    settings = {
        "PERFORMANCE_HINT": "THROUGHPUT",
        "NUM_STREAMS": str(threads),
        "INFERENCE_NUM_THREADS": threads,
        "INFERENCE_PRECISION_HINT": "f32",  # what is not in 8 bits: nearly the same on every processor
        "CACHE_DIR": str(cache_dir() / "openvino"),
    }

    @cache  # a network that no picture needs is never made ready
    def compiled(pixel_channels: int) -> Any:
        fitting = taking_pixels(openvino, model, pixel_channels) if pixel_channels else model
        try:
            return compile_on_openvino(openvino.Core(), fitting, settings)
        except RuntimeError as error:
            raise ModelMismatch(f"{file.name} cannot run here: {str(error)[:200]}") from error

    def stream(inputs: Iterable[Picture]) -> Iterator[Outputs]:
        free: list[Any] = []
        running: deque[Any] = deque()
        for item in inputs:
            if not free and not running:
                ready = compiled(item.shape[-1] if item.dtype == np.uint8 else 0)
                # Enough of them that no stream waits for the caller.
                free = [ready.create_infer_request() for _ in range(2 * threads + 2)]
            if not free:
                yield _finish(running, free)
            request = free.pop()
            request.get_input_tensor().data[:] = item  # sooner done than sharing its memory
            request.start_async()
            running.append(request)
        while running:
            yield _finish(running, free)

    def _finish(running: deque[Any], free: list[Any]) -> Outputs:
        request = running.popleft()
        request.wait()
        outputs = tuple(np.array(tensor.data, np.float32) for tensor in request.output_tensors)
        free.append(request)
        return outputs

    return Network(backend="openvino", size_px=int(model.inputs[0].shape[-1]), stream=stream)


def _load_onnxruntime(file: Path, threads: int) -> Network:
    from onnxruntime.capi import onnxruntime_pybind11_state as errors

    try:
        session = open_network(file, threads=threads)
    except (
        errors.Fail,
        errors.InvalidProtobuf,
        errors.InvalidGraph,
        errors.NotImplemented,
        errors.NoSuchFile,
    ) as error:
        raise ModelMismatch(f"{file.name} cannot be read as a network: {str(error)[:200]}") from error
    first = session.get_inputs()[0]

    def stream(inputs: Iterable[Picture]) -> Iterator[Outputs]:
        for item in inputs:
            yield tuple(session.run(None, {first.name: as_planes(item, first.shape[1])}))

    return Network(backend="onnxruntime", size_px=int(first.shape[-1]), stream=stream)
