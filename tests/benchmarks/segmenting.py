"""Segmentation of radiographs beside a bare loop of the same networks on empty pictures."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from engine.evaluation.segmentation import read_frame
from engine.segmenters.network import load_network
from engine.segmenters.yolo import YoloSegmenter
from engine.weights import find_model, read_card
from tests.benchmarks.measure import Row, data_dir

PICTURES = 48


def rows() -> list[Row]:
    """Measure both three times in turn, best against best, by wall time and by processor time."""
    card = find_model("lungs")
    inner = read_card(card.path.parent / card.parameter("outlines"), origin=card.origin)
    pictures = sorted((data_dir() / "lungs_seg" / "images").iterdir())[:PICTURES]
    frames = [read_frame(picture) for picture in pictures]
    segmenter = YoloSegmenter.load(card)
    networks = [(load_network(card.path), 3), (load_network(inner.path), 1)]

    def bare() -> None:
        for network, channels in networks:
            empty = np.zeros((1, channels, network.size_px, network.size_px), np.float32)
            for _ in network.stream([empty] * PICTURES):
                pass

    pairs = [(_timed(lambda: segmenter.segment(frames)), _timed(bare)) for _ in range(3)]
    return [
        Row(
            what=f"segmentation of {PICTURES} radiographs, decoded, two networks each ({clock}), images/s",
            ours=f"{PICTURES / min(ours[number] for ours, _ in pairs):.1f}",
            peer=f"bare OpenVINO loop {PICTURES / min(peer[number] for _, peer in pairs):.1f}",
            ratio=f"{min(peer[number] for _, peer in pairs) / min(ours[number] for ours, _ in pairs):.2f}",
        )
        for number, clock in enumerate(("wall", "processor"))
    ]


def _timed(work: Callable[[], object]) -> tuple[float, float]:
    """Return seconds of the clock and of the processor."""
    wall_s, processor_s = time.monotonic(), time.process_time()
    work()
    return time.monotonic() - wall_s, time.process_time() - processor_s
