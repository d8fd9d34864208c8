"""Exported networks on PyTorch: on CUDA in batches, beside the work around them, or on the CPU."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from engine.errors import OutOfMemory
from engine.segmenters.network import Outputs
from engine.segmenters.planes import Picture, as_planes
from engine.segmenters.torch_graph import TorchGraph

Planes = NDArray[np.float32]
_Run = Callable[[torch.Tensor], tuple[torch.Tensor, ...]]

BATCH_ON_CUDA = 16
_WARM_UP = 3


def open_on_torch(
    file: Path, *, device: str, threads: int = 0, batch: int = 0
) -> tuple[int, Callable[[Iterable[Picture]], Iterator[Outputs]]]:
    """Return the side of the input in px, and a function that runs a sequence of pictures in its order.

    ``device``: cpu or cuda. ``batch``: pictures computed at once, 0 for 16 on CUDA and 1 on the CPU; the
    last batch is filled up, so that but for the last digits an answer does not depend on what came with it.
    Raises ModelMismatch where the file is no network, UnfitForBackend where torch cannot compute it.
    """
    on_cuda = device == "cuda"
    if threads and not on_cuda:
        torch.set_num_threads(threads)
    if on_cuda:
        _be_exact()
    graph = TorchGraph(file, device=device)
    size = batch or (BATCH_ON_CUDA if on_cuda else 1)
    # Not when the first picture comes: segmenters work side by side, and nothing may be computed meanwhile.
    run = _recorded(graph, size) if on_cuda else graph

    def stream(inputs: Iterable[Picture]) -> Iterator[Outputs]:
        running: deque[Callable[[], Iterator[Outputs]]] = deque()
        planes = (as_planes(picture, graph.input_shape[0]) for picture in inputs)
        while pictures := list(islice(planes, size)):
            try:
                with torch.inference_mode():
                    running.append(_started(run, pictures, size, graph.device))
            except torch.OutOfMemoryError as error:
                raise OutOfMemory(
                    f"the graphics card has no memory left for {size} pictures at once; take --device cpu"
                ) from error
            if len(running) > 1:
                yield from running.popleft()()
        while running:
            yield from running.popleft()()

    return graph.input_shape[-1], stream


def _started(
    run: _Run, pictures: list[Planes], size: int, device: torch.device
) -> Callable[[], Iterator[Outputs]]:
    """Begin a batch, and return what waits for it and yields the outputs of each picture."""
    on_cuda = device.type == "cuda"
    planes = torch.empty((size, *pictures[0].shape[1:]), pin_memory=on_cuda)
    torch.cat([torch.from_numpy(picture) for picture in pictures], out=planes[: len(pictures)])
    planes[len(pictures) :] = planes[:1]
    outputs = run(planes.to(device, non_blocking=True))
    if on_cuda:
        held = tuple(torch.empty(each.shape, pin_memory=True) for each in outputs)
        for kept, each in zip(held, outputs, strict=True):
            kept.copy_(each, non_blocking=True)
        done = torch.cuda.Event()
        done.record()
    else:
        held, done = outputs, None

    def finished() -> Iterator[Outputs]:
        if done is not None:
            done.synchronize()
        arrays = [each.numpy() for each in held]
        for number in range(len(pictures)):
            yield tuple(array[number : number + 1].astype(np.float32) for array in arrays)

    return finished


def _be_exact() -> None:
    """Compute in full float32 and with the same algorithm each time: evidence is read alike everywhere."""
    torch.backends.cudnn.allow_tf32 = False
    torch.backends.cuda.matmul.allow_tf32 = False
    torch.backends.cudnn.benchmark = False
    torch.backends.cudnn.deterministic = True


def _recorded(graph: TorchGraph, size: int) -> _Run:
    """Record the graph's several hundred small steps once, to be started by one call for each batch."""
    static = torch.zeros((size, *graph.input_shape), device=graph.device)
    with torch.inference_mode():
        side = torch.cuda.Stream()
        side.wait_stream(torch.cuda.current_stream())
        with torch.cuda.stream(side):
            for _ in range(_WARM_UP):
                graph(static)
        torch.cuda.current_stream().wait_stream(side)
        recording = torch.cuda.CUDAGraph()
        with torch.cuda.graph(recording):
            outputs = graph(static)

    def run(planes: torch.Tensor) -> tuple[torch.Tensor, ...]:
        static.copy_(planes, non_blocking=True)
        recording.replay()
        return outputs

    return run
