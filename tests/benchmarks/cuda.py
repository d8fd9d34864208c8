"""Segmentation on CUDA in batches of 1 to 64 beside ``yolo predict`` with the same weights and pictures.

    python -m tests.benchmarks.cuda FOLDER_OF_PICTURES

The peer is ultralytics' own network with the weights of ``lungs`` as float32, on the same card; decoded
pictures are in memory for both. Utilization: the card's own figure, the mean of a sample each 50 ms.
"""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.evaluation.segmentation import read_frame
from engine.protocols import Frame
from engine.segmenters.network import Network
from engine.segmenters.torch_network import open_on_torch
from engine.segmenters.yolo import YoloSegmenter
from engine.settings import go_offline
from engine.training.warm_start import exported_weights, take_over
from engine.weights import ModelCard, find_model

BATCHES = (1, 2, 4, 8, 16, 32, 64)
_PICTURES = 256
_LEAST_S = 0.6


def main(folder: Path) -> None:
    """Print a line for each size of batch."""
    go_offline()
    import torch

    card = find_model("lungs")
    files = sorted(folder.iterdir())
    frames = [read_frame(file) for file in files[:_PICTURES]]
    frames = (frames * (_PICTURES // len(frames) + 1))[:_PICTURES]
    peer = _peer(card, frames)
    print(f"{torch.cuda.get_device_name()}, torch {torch.__version__}, {len(frames)} pictures, {card.name}")
    print("batch  network alone/s  segmentation/s  busy %  yolo predict/s  busy %  with polygons/s")
    planes = [np.random.default_rng(0).random((1, 3, 256, 256), dtype=np.float32)] * 1024
    for batch in BATCHES:
        size_px, stream = open_on_torch(card.path, device="cuda", batch=batch)
        alone, _ = _speed(lambda run=stream: sum(1 for _ in run(planes)), len(planes))  # type: ignore[misc]
        segmenter = YoloSegmenter(card, Network(backend="cuda", size_px=size_px, stream=stream))
        ours, busy = _speed(lambda each=segmenter: each.segment(frames), len(frames))  # type: ignore[misc]
        theirs, their_busy = _speed(lambda size=batch: peer(size, False), len(frames))  # type: ignore[misc]
        traced, _ = _speed(lambda size=batch: peer(size, True), len(frames))  # type: ignore[misc]
        ours_said = f"{batch:5}  {alone:15.0f}  {ours:14.0f}  {busy:6.0f}"
        print(f"{ours_said}  {theirs:14.0f}  {their_busy:6.0f}  {traced:15.0f}")


def _peer(card: ModelCard, frames: Sequence[Frame]) -> Callable[[int, bool], None]:
    """Return ultralytics' prediction of all pictures, for a size of batch."""
    import torch
    from ultralytics import YOLO
    from ultralytics.nn.tasks import SegmentationModel

    network: Any = SegmentationModel("yolo11n-seg.yaml", nc=len(card.labels), verbose=False)
    generator = torch.Generator().manual_seed(0)
    take_over(network, exported_weights(card.path), [torch.rand((8, 3, 256, 256), generator=generator)])
    yolo = YOLO("yolo11n-seg.yaml", verbose=False)
    yolo.model = network.eval()
    views: list[NDArray[np.uint8]] = [frame.pixels.view[..., ::-1].copy() for frame in frames]

    def predict(batch: int, outlined: bool) -> None:
        for start in range(0, len(views), batch):
            for result in yolo.predict(views[start : start + batch], imgsz=256, device=0, verbose=False):
                outlines = result.masks.xy if outlined and result.masks is not None else ()
                del outlines

    return predict


def _speed(work: Callable[[], object], pictures: int) -> tuple[float, float]:
    """Return pictures a second, after one round to warm up, and how busy the card was."""
    work()
    with _watched() as samples:
        rounds, started_s = 0, time.perf_counter()
        while time.perf_counter() - started_s < _LEAST_S:
            work()
            rounds += 1
        took_s = time.perf_counter() - started_s
    return rounds * pictures / took_s, float(np.mean(samples or [0]))


@contextmanager
def _watched() -> Iterator[list[int]]:
    """Collect the card's utilization in percent until the end of the block."""
    import torch

    samples: list[int] = []
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.05):
            samples.append(torch.cuda.utilization())

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield samples
    finally:
        ended.set()
        watcher.join()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
