"""A user's ``.pt`` becomes an ONNX file once, cached by the SHA-256 of the weights."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
import warnings
from pathlib import Path

from engine.errors import ModelError, ModelMismatch, ModelMissing
from engine.hashing import file_sha256
from engine.segmenters.pickle_scan import refuse_unsafe
from engine.settings import cache_dir, go_offline
from engine.weights import ModelCard

_OPSET = 17


def runnable_file(card: ModelCard) -> Path:
    """Return what the CPU network can read for ``card``: its own file, or its cached conversion."""
    if card.format in ("onnx", "openvino"):
        return card.path
    if card.format == "pt":
        return converted(card.path, size_px=int(card.number("input_px", 0)))
    raise ModelMismatch(f"model {card.name!r} has format {card.format!r}; known are onnx, openvino and pt")


def converted(weights: Path, *, size_px: int = 0) -> Path:
    """Return the ONNX conversion of a ``.pt``, made on first use.

    ``size_px`` 0 takes the size it was trained at. Raises UnsafeModel before anything is loaded,
    ModelMissing where ultralytics is not installed.
    """
    sha256 = file_sha256(weights)
    target = cache_dir() / "models" / f"{sha256}-{size_px or 'own'}.onnx"
    if not target.is_file():
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
            # What was inspected is what is loaded: a copy that nobody else can exchange meanwhile.
            copy = Path(folder) / "model.pt"
            shutil.copyfile(weights, copy)
            refuse_unsafe(copy)
            if file_sha256(copy) != sha256:
                raise ModelMismatch(f"{weights.name} changed while it was read; add it again")
            exported = export_onnx(copy, size_px=size_px)
            partial = target.with_suffix(f".{os.getpid()}.partial")
            shutil.copyfile(exported, partial)
            partial.replace(target)
    return target


def export_onnx(weights: Path, *, size_px: int = 0) -> Path:
    """Export a trusted ``.pt`` to ONNX beside it: float32, one picture at a time, no suppression inside."""
    go_offline()
    try:
        from ultralytics import YOLO
        from ultralytics.utils import LOGGER
    except ImportError as error:
        raise ModelMissing(
            "reading a .pt needs ultralytics, which is not installed; add an ONNX export instead"
        ) from error
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about exporters yet to come
            LOGGER.setLevel(logging.ERROR)
            network = YOLO(weights)
            size = size_px or int(network.overrides.get("imgsz", 640))
            exported = network.export(format="onnx", imgsz=size, opset=_OPSET, simplify=False, device="cpu")
    except (RuntimeError, ValueError, KeyError, AttributeError, TypeError, ImportError) as error:
        raise ModelError(f"{weights.name} could not be converted to ONNX: {error}") from error
    return Path(exported)
