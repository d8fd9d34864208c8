"""Exported networks on torch: each operation as ONNX Runtime computes it, in batches, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from engine.errors import ModelError, ModelMismatch, UnfitForBackend
from engine.evaluation.segmentation import read_frame
from engine.jobs.device import ready_device
from engine.segmenters.backends import CUDA, OPENVINO, TORCH
from engine.segmenters.network import load_network
from engine.segmenters.yolo import YoloSegmenter
from engine.weights import find_model

torch = pytest.importorskip("torch")
onnx = pytest.importorskip("onnx")
onnxruntime = pytest.importorskip("onnxruntime")

Arrays = dict[str, NDArray[Any]]
SHAPE = (1, 4, 9, 11)
_RNG = np.random.default_rng(3)


def _floats(*shape: int) -> NDArray[np.float32]:
    return _RNG.normal(size=shape).astype(np.float32)


def _whole(*numbers: int) -> NDArray[np.int64]:
    return np.array(numbers, np.int64)


def _network(path: Path, operation: str, constants: Arrays, outputs: int = 1, **given: Any) -> Path:
    """Write a network of one operation on a picture; an array without a name stands for what is left out."""
    names = [f"y{number}" for number in range(outputs)]
    graph = onnx.helper.make_graph(
        [onnx.helper.make_node(operation, ["x", *constants], names, **given)],
        "one operation",
        [onnx.helper.make_tensor_value_info("x", onnx.TensorProto.FLOAT, SHAPE)],
        [onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in names],
        [onnx.numpy_helper.from_array(array, name) for name, array in constants.items() if name],
    )
    model = onnx.helper.make_model(graph, opset_imports=[onnx.helper.make_opsetid("", 17)], ir_version=8)
    onnx.save(model, path)
    return path


FILTERS = {"w": _floats(6, 4, 3, 3), "b": _floats(6)}
OPERATIONS: list[tuple[str, Arrays, dict[str, Any]]] = [
    ("Conv", FILTERS, {"pads": [1, 1, 1, 1]}),
    ("Conv", FILTERS, {"pads": [0, 1, 2, 1], "strides": [2, 2]}),
    ("Conv", {"w": _floats(4, 1, 3, 3)}, {"group": 4, "dilations": [2, 2]}),
    ("ConvTranspose", {"w": _floats(4, 5, 2, 2)}, {"strides": [2, 2]}),
    ("MaxPool", {}, {"kernel_shape": [2, 2], "strides": [2, 2], "ceil_mode": 1}),
    ("MaxPool", {}, {"kernel_shape": [5, 5], "pads": [2, 2, 2, 2]}),
    ("MaxPool", {}, {"kernel_shape": [3, 3], "pads": [1, 0, 0, 1], "strides": [2, 1]}),
    ("AveragePool", {}, {"kernel_shape": [2, 2], "strides": [2, 2]}),
    ("AveragePool", {}, {"kernel_shape": [3, 3], "pads": [1, 1, 1, 1]}),
    ("GlobalAveragePool", {}, {}),
    (
        "Resize",
        {"": _whole(), "s": np.array([1, 1, 2, 2], np.float32)},
        {"mode": "nearest", "nearest_mode": "floor", "coordinate_transformation_mode": "asymmetric"},
    ),
    ("Resize", {"": _whole(), "s": np.array([1, 1, 2, 2], np.float32)}, {"mode": "linear"}),
    ("DepthToSpace", {}, {"blocksize": 2}),
    ("DepthToSpace", {}, {"blocksize": 2, "mode": "CRD"}),
    ("Reshape", {"n": _whole(1, 2, -1, 11)}, {}),
    ("Reshape", {"n": _whole(0, 4, -1)}, {}),
    ("Slice", {"a": _whole(1, 2), "o": _whole(3, -1), "d": _whole(1, 3), "p": _whole(1, 3)}, {}),
    ("Gather", {"i": np.array([[2, 0], [1, 1]], np.int64)}, {"axis": 1}),
    ("Transpose", {}, {"perm": [0, 2, 3, 1]}),
    ("Flatten", {}, {"axis": 1}),
    ("Softmax", {}, {"axis": 1}),
    ("LeakyRelu", {}, {"alpha": 0.2}),
    ("Add", {"n": _floats(1, 4, 1, 1)}, {}),
    ("Sub", {"n": _floats(1, 4, 1, 1)}, {}),
    ("Mul", {"n": _floats(4, 1, 11)}, {}),
    ("Div", {"n": _floats(4, 1, 1)}, {}),
    ("Pow", {"n": np.array(2, np.float32)}, {}),
    ("MatMul", {"n": _floats(11, 3)}, {}),
    ("Sigmoid", {}, {}),
    ("Relu", {}, {}),
    ("Tanh", {}, {}),
    ("Exp", {}, {}),
    ("Identity", {}, {}),
    ("Cast", {}, {"to": 1}),
]
ALSO = {"Concat", "Gemm", "QuantizeLinear", "DequantizeLinear", "Shape", "Split", "Sqrt"}


@pytest.mark.parametrize(("operation", "constants", "given"), OPERATIONS)
def test_an_operation_computes_what_onnx_runtime_computes(
    tmp_path: Path, operation: str, constants: Arrays, given: dict[str, Any]
) -> None:
    from engine.segmenters.torch_graph import TorchGraph

    file = _network(tmp_path / "network.onnx", operation, constants, **given)
    pictures = [_floats(*SHAPE) for _ in range(3)]
    session = onnxruntime.InferenceSession(file, providers=["CPUExecutionProvider"])
    expected = np.concatenate([session.run(None, {"x": picture})[0] for picture in pictures])
    (found,) = TorchGraph(file)(torch.from_numpy(np.concatenate(pictures)))
    np.testing.assert_allclose(found.numpy(), expected, rtol=1e-4, atol=1e-5)


def test_every_operation_is_tried_here_or_in_the_shipped_networks() -> None:
    from engine.segmenters.torch_operations import OPERATIONS as KNOWN

    assert set(KNOWN) == {operation for operation, _, _ in OPERATIONS} | ALSO


def test_splits_are_uneven_where_the_network_says_so(tmp_path: Path) -> None:
    from engine.segmenters.torch_graph import TorchGraph

    file = _network(tmp_path / "network.onnx", "Split", {"n": _whole(1, 3)}, outputs=2, axis=1)
    picture = _floats(*SHAPE)
    first, second = TorchGraph(file)(torch.from_numpy(picture))
    assert np.array_equal(first, picture[:, :1]) and np.array_equal(second, picture[:, 1:])


@pytest.mark.parametrize(
    ("operation", "constants", "given", "reason"),
    [
        ("Erf", {}, {}, "operation Erf is not known"),
        ("Softmax", {}, {"axis": 0}, "depends on the other pictures"),
        ("Flatten", {}, {"axis": 0}, "one picture at a time only"),
        ("Resize", {"": _whole(), "s": np.array([1, 1, 2, 2], np.float32)}, {"mode": "cubic"}, "mode cubic"),
        ("Slice", {"a": _whole(3), "o": _whole(0), "d": _whole(2), "p": _whole(-1)}, {}, "runs backwards"),
        ("Cast", {}, {"to": 11}, "to type 11"),
        ("AveragePool", {}, {"kernel_shape": [2, 2], "pads": [0, 1, 0, 0]}, "uneven pads"),
    ],
)
def test_what_torch_cannot_compute_says_why_and_runs_on_the_cpu(
    tmp_path: Path, operation: str, constants: Arrays, given: dict[str, Any], reason: str
) -> None:
    from engine.segmenters.torch_graph import TorchGraph

    file = _network(tmp_path / "network.onnx", operation, constants, **given)
    with pytest.raises(UnfitForBackend, match=reason):
        TorchGraph(file)
    assert load_network(file, backend=TORCH).backend != TORCH


def test_a_file_that_is_no_network_is_refused(tmp_path: Path) -> None:
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no network")
    with pytest.raises(ModelMismatch, match=r"broken\.onnx"):
        load_network(broken, backend=TORCH)


@pytest.mark.parametrize(
    ("name", "score_error", "px_error"),
    # Where 8 bits round, what differs in the last digit may come out as the next whole number.
    [("blood-cells", 1e-4, 1e-2), ("objects", 2e-3, 0.5), ("fractures", 2e-3, 0.5), ("lungs", 2e-3, 0.5)],
)
def test_shipped_networks_answer_as_on_the_usual_backend(
    name: str, score_error: float, px_error: float
) -> None:
    card = find_model(name)
    usual, other = load_network(card.path, backend=OPENVINO), load_network(card.path, backend=TORCH)
    scores = slice(4, 4 + len(card.labels))
    assert (other.backend, other.size_px) == (TORCH, usual.size_px)
    size = (1, 3, usual.size_px, usual.size_px)
    pictures = [np.random.default_rng(seed).random(size, dtype=np.float32) for seed in range(2)]
    for left, right in zip(usual.stream(pictures), other.stream(pictures), strict=True):
        boxes, boxes_there = left[0], right[0]
        assert [each.shape for each in left] == [each.shape for each in right]
        assert float(np.abs(boxes[:, scores] - boxes_there[:, scores]).mean()) < score_error
        assert float(np.abs(boxes[:, :4] - boxes_there[:, :4]).mean()) < px_error


def test_an_answer_does_not_depend_on_the_batch_it_came_in() -> None:
    from engine.segmenters.torch_network import open_on_torch

    size_px, stream = open_on_torch(find_model("blood-cells").path, device="cpu", batch=4)
    size = (1, 3, size_px, size_px)
    pictures = [np.random.default_rng(seed).random(size, dtype=np.float32) for seed in range(6)]
    together = list(stream(pictures))
    alone = [next(stream([picture])) for picture in pictures]
    assert len(together) == 6
    for left, right in zip(together, alone, strict=True):
        for a, b in zip(left, right, strict=True):
            np.testing.assert_allclose(
                a, b, rtol=1e-4, atol=1e-3
            )  # px, of 416; its place in the batch rounds


def test_radiographs_get_the_same_lungs_as_on_the_usual_backend(
    sample_evidence: Callable[[str], Path],
) -> None:
    files = sorted(sample_evidence("chest_radiographs").rglob("*.png"))[:3]
    frames = [read_frame(file) for file in files]
    card = find_model("lungs")
    usual = YoloSegmenter.load(card, backend=OPENVINO).segment(frames)
    other = YoloSegmenter.load(card, backend=TORCH).segment(frames)
    assert any(usual)
    for left, right in zip(usual, other, strict=True):
        assert [each.label for each in left] == [each.label for each in right]
        for a, b in zip(left, right, strict=True):
            assert abs(a.score - b.score) < 0.05
            assert abs(a.attributes.area_px - b.attributes.area_px) < 0.03 * a.attributes.area_px


@pytest.mark.skipif(torch.cuda.is_available(), reason="there is a graphics card here")
def test_cuda_that_is_not_there_is_refused_with_the_reason() -> None:
    with pytest.raises(ModelError, match=r"no driver of an NVIDIA graphics card|can use no NVIDIA"):
        ready_device(CUDA)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="needs an NVIDIA graphics card")
def test_cuda_answers_as_the_cpu() -> None:
    file = find_model("lungs").path
    usual, other = load_network(file, backend=OPENVINO), load_network(file, backend=CUDA)
    size = (1, 3, usual.size_px, usual.size_px)
    pictures = [np.random.default_rng(seed).random(size, dtype=np.float32) for seed in range(20)]
    for left, right in zip(usual.stream(pictures), other.stream(pictures), strict=True):
        assert float(np.abs(left[0][:, 4:6] - right[0][:, 4:6]).mean()) < 2e-3
