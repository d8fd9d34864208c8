"""An exported network in 8 bits: a third of the time on a processor, half of the file.

    python -m engine.training.quantization MODEL PICTURES [--include NAMES]

writes the weights of a model folder anew, in 8 bits, with ranges taken from pictures that it was trained on.
"""

from __future__ import annotations

import argparse
import logging
import re
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import UsageError
from engine.hashing import file_sha256
from engine.weights import ModelCard, read_card, write_card

# What these layers say is read as it is: places to a fraction of a pixel, log-odds, factors of masks.
_LAST_LAYERS = re.compile(r"/cv[234]\.\d/cv[234]\.\d\.2/|/dfl/|^/last/")
_LAYERS = ["Conv", "ConvTranspose"]
_MOST_PICTURES = 64


def quantize(file: Path, inputs: Iterable[NDArray[np.float32]]) -> None:
    """Store convolutions of an ONNX file in 8 bits: weights by channel, values in the range of ``inputs``.

    Each channel's weights are rounded to 127 steps, and what goes into a layer to 256 steps of the range
    that it has for ``inputs``, pictures as the network gets them. The last layers stay float32.
    After Jacob et al. (2018), Quantization and Training of Neural Networks for Efficient
    Integer-Arithmetic-Only Inference.
    """
    import onnx
    from onnxruntime.quantization import CalibrationDataReader, QuantFormat, QuantType, quantize_static

    class Reader(CalibrationDataReader):  # type: ignore[misc] # it has no types
        def __init__(self, name: str) -> None:
            self._rows = ({name: values} for values in inputs)

        def get_next(self) -> dict[str, NDArray[np.float32]] | None:
            return next(self._rows, None)

    with tempfile.TemporaryDirectory(prefix="casebook-") as folder:
        plain = Path(folder) / "plain.onnx"
        model = onnx.load(file)
        widen(model)
        onnx.save(model, plain)
        logging.getLogger().addFilter(_is_no_advice)
        try:
            quantize_static(
                plain,
                file,
                Reader(model.graph.input[0].name),
                quant_format=QuantFormat.QDQ,
                op_types_to_quantize=_LAYERS,
                nodes_to_exclude=_last_layers(model),
                per_channel=True,
                reduce_range=True,  # 7 bits for weights: processors without VNNI add up to 16 bits only
                activation_type=QuantType.QUInt8,
                weight_type=QuantType.QInt8,
                extra_options={"CalibMovingAverage": True, "OpTypesToExcludeOutputQuantization": _LAYERS},
            )
        finally:
            logging.getLogger().removeFilter(_is_no_advice)
    _keep_facts(model, file)


def _is_no_advice(record: logging.LogRecord) -> bool:
    return "pre-processing" not in record.getMessage()


def _last_layers(model: Any) -> list[str]:
    return [
        node.name
        for node in model.graph.node
        if node.op_type in _LAYERS and _LAST_LAYERS.search(node.name) is not None
    ]


def _keep_facts(model: Any, file: Path) -> None:
    """Write what the exporter said about the model (labels, sizes) into the new file."""
    import onnx

    written = onnx.load(file)
    facts = {entry.key: entry.value for entry in model.metadata_props}
    onnx.helper.set_model_props(written, facts)
    onnx.save(written, file)


def widen(model: Any) -> None:
    """Turn weights in float16 or 8 bits into float32 again, in place; nothing is rounded any more."""
    from onnx import numpy_helper

    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    same: dict[str, str] = {}
    wide: dict[str, NDArray[np.float32]] = {}
    kept = []
    for node in model.graph.node:
        source = same.get(node.input[0], node.input[0]) if node.input else ""
        if node.op_type == "Cast" and source in stored:
            wide[node.output[0]] = stored[source].astype(np.float32)
        elif node.op_type == "DequantizeLinear" and source in stored:
            same[node.output[0]] = source.removesuffix("_quantized")
            wide[same[node.output[0]]] = _dequantized(node, stored)
        elif node.op_type in ("QuantizeLinear", "DequantizeLinear"):
            same[node.output[0]] = source
        else:
            names = [same.get(name, name) for name in node.input]
            node.ClearField("input")
            node.input.extend(names)
            kept.append(node)
    del model.graph.node[:]
    model.graph.node.extend(kept)
    used = {name for node in kept for name in node.input}
    arrays = {name: values for name, values in {**stored, **wide}.items() if name in used}
    del model.graph.initializer[:]
    model.graph.initializer.extend(numpy_helper.from_array(values, name) for name, values in arrays.items())


def _dequantized(node: Any, stored: Mapping[str, NDArray[Any]]) -> NDArray[np.float32]:
    """Return what the values of a DequantizeLinear on weights stand for (ONNX, operator set 13)."""
    values, scale = (stored[name].astype(np.float32) for name in node.input[:2])
    if scale.ndim:
        axis = next((item.i for item in node.attribute if item.name == "axis"), 1)
        scale = scale.reshape([-1 if number == axis else 1 for number in range(values.ndim)])
    return values * scale  # ONNX Runtime's weights have no zero point


def quantize_model(card: ModelCard, pictures: Sequence[Path]) -> ModelCard:
    """Store a YOLO or outlines model in 8 bits and note it in its card; return the card as read."""
    quantize(card.path, _inputs(card, pictures[:_MOST_PICTURES]))
    parameters = (*(item for item in card.parameters if item[0] != "bits"), ("bits", "8"))
    folder = card.path.parent
    write_card(folder, replace(card, sha256=file_sha256(card.path), parameters=parameters))
    return read_card(folder, origin=card.origin)


def _inputs(card: ModelCard, pictures: Sequence[Path]) -> Iterator[NDArray[np.float32]]:
    import cv2

    from engine.segmenters.detections import letterbox
    from engine.segmenters.planes import as_planes

    size_px = int(card.number("input_px", 0))
    if not size_px:
        raise UsageError(f"the card of {card.name!r} does not say input_px")
    for file in pictures:
        view = cv2.cvtColor(cv2.imread(str(file)), cv2.COLOR_BGR2RGB)
        if card.task == "outlines":
            gray = cv2.cvtColor(view, cv2.COLOR_RGB2GRAY)
            square = cv2.resize(gray, (size_px, size_px), interpolation=cv2.INTER_AREA)
            yield np.asarray(square[None, None] / 255, np.float32)
        else:
            pixels, _ = letterbox(np.asarray(view, np.uint8), size_px, gray=card.parameter("gray") == "yes")
            yield as_planes(pixels, 3)


def main(arguments: Sequence[str] | None = None) -> None:
    from engine.segmenters.yolo_folder import read_folder

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", type=Path)
    parser.add_argument("pictures", type=Path, help="a YOLO folder")
    parser.add_argument("--include", type=Path, default=None, help="names of the pictures to take")
    parser.add_argument("--exclude", type=Path, default=None, help="names of the pictures to leave out")
    chosen = parser.parse_args(arguments)
    folder = read_folder(chosen.pictures, include=chosen.include)
    left_out = set(chosen.exclude.read_text(encoding="utf-8").split()) if chosen.exclude else set()
    pictures = [picture for picture in folder.pictures if picture.name not in left_out]
    card = quantize_model(read_card(chosen.model, origin="path"), pictures)
    sys.stdout.write(f"{card.path}: {card.path.stat().st_size:,} bytes, SHA-256 {card.sha256}\n")


if __name__ == "__main__":
    main()
