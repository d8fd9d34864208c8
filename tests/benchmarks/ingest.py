"""Ingest of 200 pictures beside ``yolo predict`` with the same weights on the same files."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path

from engine.settings import go_offline
from engine.training.warm_start import exported_names, exported_weights
from tests.benchmarks.measure import CASEBOOK, CHECKOUT, Row, data_dir, measure

PICTURES_PER_SET = 100
WEIGHTS = CHECKOUT / "resources" / "models" / "lungs" / "lungs.onnx"


def rows() -> list[Row]:
    """Measure both in one run; start-up and model loading are part of both."""
    with tempfile.TemporaryDirectory(prefix="casebook-bench-") as name:
        folder = Path(name)
        pictures = _gather(folder / "pictures")
        case = folder / "bench.casebook"
        measure([*CASEBOOK, "new", case, "--kind", "medical"])
        ours = measure([*CASEBOOK, "ingest", case, pictures, "--device", "cpu", "--json"])
        images = int(json.loads(ours.output)["images"])
        peer = measure(_yolo_predict(WEIGHTS, pictures, folder))
        usual = measure(_yolo_predict(_as_ultralytics_keeps_it(folder), pictures, folder))
    rate, peer_rate = images / ours.seconds, images / peer.seconds
    return [
        Row(
            what=f"ingest of {images} pictures (hash, decode, classify, segment, store), images/s",
            ours=f"{rate:.1f}",
            peer=f"yolo predict {peer_rate:.1f}",
            ratio=f"{rate / peer_rate:.2f}",
        ),
        Row(
            what="  the same, the peer's weights as .pt, on torch",
            ours=f"{rate:.1f}",
            peer=f"yolo predict {images / usual.seconds:.1f}",
            ratio=f"{usual.seconds / ours.seconds:.2f}",
        ),
        Row(
            what="  peak memory of the process tree, MB",
            ours=f"{ours.peak_rss_mb:.0f}",
            peer=f"yolo predict {peer.peak_rss_mb:.0f}",
            ratio=f"{ours.peak_rss_mb / peer.peak_rss_mb:.2f}",
        ),
    ]


def _gather(folder: Path) -> Path:
    folder.mkdir()
    for name in ("flickr8k_sub", "lungs_seg"):
        for path in sorted((data_dir() / name / "images").iterdir())[:PICTURES_PER_SET]:
            shutil.copy(path, folder / f"{name}-{path.name}")
    return folder


def _as_ultralytics_keeps_it(folder: Path) -> Path:
    """Write the weights as a ``.pt``, which ultralytics runs on torch, and return it."""
    go_offline()
    import torch
    from ultralytics.nn.tasks import SegmentationModel

    labels = exported_names(WEIGHTS)
    network = SegmentationModel("yolo11n-seg.yaml", nc=len(labels), verbose=False).eval()
    network.fuse(verbose=False)  # as it was when it was exported
    network.load_state_dict(
        {name: torch.from_numpy(each) for name, each in exported_weights(WEIGHTS).items()}
    )
    network.names, network.task, network.args = dict(enumerate(labels)), "segment", {"task": "segment"}
    torch.save({"model": network, "train_args": network.args}, folder / "lungs.pt")
    return folder / "lungs.pt"


def _yolo_predict(weights: Path, pictures: Path, folder: Path) -> list[object]:
    yolo = CHECKOUT / ".venv" / "bin" / "yolo"
    settings = ["task=segment", "mode=predict", "device=cpu", "save=False", "verbose=False", "imgsz=256"]
    return [yolo, *settings, f"model={weights}", f"source={pictures}", f"project={folder / 'runs'}"]
