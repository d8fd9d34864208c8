"""ONNX operations on torch tensors: those that exported YOLO and residual networks are made of.

Each takes the node's inputs (None where one is left out) and its attributes, and returns a tensor or
several. Names and meanings are those of the ONNX operator reference, version 17. The first axis of a
picture's tensor is the batch, which an export fixed at 1 and which may be longer here.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from typing import Any

import torch
import torch.nn.functional as layers
from torch import Tensor

from engine.errors import UnfitForBackend

Attributes = Mapping[str, Any]
Operation = Callable[[list[Any], Attributes], Any]


def _conv(inputs: list[Any], given: Attributes) -> Tensor:
    picture, weight, *bias = inputs
    picture, padding = _padded(picture, given)
    return layers.conv2d(
        picture,
        weight,
        bias[0] if bias else None,
        stride=given.get("strides", 1),
        padding=padding,
        dilation=given.get("dilations", 1),
        groups=given.get("group", 1),
    )


def _conv_transpose(inputs: list[Any], given: Attributes) -> Tensor:
    picture, weight, *bias = inputs
    top, left, bottom, right = given.get("pads", (0, 0, 0, 0))
    if (top, left) != (bottom, right):
        raise UnfitForBackend("a ConvTranspose with uneven pads is not known here")
    return layers.conv_transpose2d(
        picture,
        weight,
        bias[0] if bias else None,
        stride=given.get("strides", 1),
        padding=(top, left),
        output_padding=given.get("output_padding", 0),
        groups=given.get("group", 1),
        dilation=given.get("dilations", 1),
    )


def _max_pool(inputs: list[Any], given: Attributes) -> Tensor:
    picture, padding = _padded(inputs[0], given, with_value=float("-inf"))
    return layers.max_pool2d(
        picture,
        given["kernel_shape"],
        stride=given.get("strides", 1),
        padding=padding,
        dilation=given.get("dilations", 1),
        ceil_mode=bool(given.get("ceil_mode", 0)),
    )


def _average_pool(inputs: list[Any], given: Attributes) -> Tensor:
    top, left, bottom, right = given.get("pads", (0, 0, 0, 0))
    if (top, left) != (bottom, right):
        raise UnfitForBackend("an AveragePool with uneven pads is not known here")
    return layers.avg_pool2d(
        inputs[0],
        given["kernel_shape"],
        stride=given.get("strides", 1),
        padding=(top, left),
        ceil_mode=bool(given.get("ceil_mode", 0)),
        count_include_pad=bool(given.get("count_include_pad", 0)),
    )


def _padded(picture: Tensor, given: Attributes, with_value: float = 0.0) -> tuple[Tensor, tuple[int, int]]:
    """Return the picture and the padding that is left to do, the same on both sides."""
    top, left, bottom, right = given.get("pads", (0, 0, 0, 0))
    if (top, left) == (bottom, right):
        return picture, (top, left)
    return layers.pad(picture, (left, right, top, bottom), value=with_value), (0, 0)


def _resize(inputs: list[Any], given: Attributes) -> Tensor:
    picture, _, scales, *sizes = inputs
    size = tuple(int(n) for n in sizes[0][2:]) if sizes else None
    factor = None if size else tuple(float(n) for n in scales[2:])
    mode, place = given.get("mode", "nearest"), given.get("coordinate_transformation_mode", "half_pixel")
    if mode == "nearest" and place == "asymmetric" and given.get("nearest_mode") == "floor":
        return layers.interpolate(picture, size=size, scale_factor=factor, mode="nearest")
    if mode == "linear" and place in ("half_pixel", "pytorch_half_pixel"):
        return layers.interpolate(
            picture, size=size, scale_factor=factor, mode="bilinear", align_corners=False
        )
    raise UnfitForBackend(f"a Resize of mode {mode} by {place} is not known here")


def _reshape(tensor: Tensor, wanted: Tensor) -> Tensor:
    shape = [tensor.shape[axis] if n == 0 else n for axis, n in enumerate(wanted.tolist())]
    # The batch stays the batch; a network that folds it into another axis is found out at loading.
    if shape and shape[0] == 1 and tensor.ndim > 1:
        shape[0] = tensor.shape[0]
    return tensor.reshape(shape)


def _slice(
    tensor: Tensor, starts: Tensor, ends: Tensor, axes: Tensor | None = None, steps: Tensor | None = None
) -> Tensor:
    count = len(starts)
    along = range(count) if axes is None else axes.tolist()
    strides = [1] * count if steps is None else steps.tolist()
    if min(strides) < 1:
        raise UnfitForBackend("a Slice that runs backwards is not known here")
    cut = [slice(None)] * tensor.ndim
    for axis, start, end, step in zip(along, starts.tolist(), ends.tolist(), strides, strict=True):
        cut[axis] = slice(start, end, step)
    return tensor[tuple(cut)]


def _split(inputs: list[Any], given: Attributes) -> tuple[Tensor, ...]:
    tensor, *sizes = inputs
    axis = given.get("axis", 0)
    if sizes:
        return tuple(tensor.split(sizes[0].tolist(), dim=axis))
    return tuple(tensor.chunk(given["outputs"], dim=axis))


def _gather(inputs: list[Any], given: Attributes) -> Tensor:
    tensor, index = inputs
    axis = given.get("axis", 0)
    picked = tensor.index_select(axis, index.reshape(-1).to(tensor.device))
    return picked.reshape((*tensor.shape[:axis], *index.shape, *tensor.shape[axis:][1:]))


def _gemm(inputs: list[Any], given: Attributes) -> Tensor:
    left, right, *bias = inputs
    left = left.T if given.get("transA") else left
    right = right.T if given.get("transB") else right
    product: Tensor = given.get("alpha", 1.0) * (left @ right)
    return product + given.get("beta", 1.0) * bias[0] if bias else product


def _quantize(inputs: list[Any], given: Attributes) -> Tensor:
    """Return the whole numbers of 8 bits, as float32: that is what the other side multiplies with."""
    tensor, scale, zero = inputs
    range_of = torch.iinfo(zero.dtype)
    scale, zero = _along(scale, tensor, given), _along(zero, tensor, given).float()
    return (torch.round(tensor / scale) + zero).clamp(range_of.min, range_of.max)


def _dequantize(inputs: list[Any], given: Attributes) -> Tensor:
    tensor, scale, *zero = inputs
    numbers = tensor.to(scale.device).float()
    if zero:
        numbers = numbers - _along(zero[0].to(scale.device), tensor, given).float()
    return numbers * _along(scale, tensor, given)


def _along(numbers: Tensor, tensor: Tensor, given: Attributes) -> Tensor:
    """Lay one number per channel along the axis it is meant for."""
    if numbers.ndim == 0 or numbers.numel() == 1:
        return numbers.reshape(())
    shape = [1] * tensor.ndim
    shape[given.get("axis", 1)] = -1
    return numbers.reshape(shape)


def _depth_to_space(inputs: list[Any], given: Attributes) -> Tensor:
    block = given["blocksize"]
    if given.get("mode", "DCR") == "CRD":
        return layers.pixel_shuffle(inputs[0], block)
    count, depth, height, width = inputs[0].shape
    parts = inputs[0].reshape(count, block, block, depth // block**2, height, width)
    return parts.permute(0, 3, 4, 1, 5, 2).reshape(count, depth // block**2, height * block, width * block)


def _cast(inputs: list[Any], given: Attributes) -> Tensor:
    if given["to"] not in _TYPES:
        raise UnfitForBackend(f"a Cast to type {given['to']} is not known here")
    return inputs[0].to(_TYPES[given["to"]])


def _shape(tensor: Tensor) -> Tensor:
    return torch.tensor([1, *tensor.shape[1:]])  # as the export saw it, with one picture


def _quotient(left: Tensor, right: Tensor) -> Tensor:
    whole = not (left.is_floating_point() or right.is_floating_point())
    return torch.div(left, right, rounding_mode="trunc") if whole else left / right


def _plain(compute: Callable[..., Any]) -> Operation:
    """Return an operation that has no attributes."""
    return lambda inputs, _: compute(*inputs)


_TYPES = {1: torch.float32, 6: torch.int32, 7: torch.int64, 9: torch.bool, 10: torch.float32}

# What an operation needs beside its inputs is in the attributes of the node.
OPERATIONS: Mapping[str, Operation] = {
    "Add": _plain(operator.add),
    "AveragePool": _average_pool,
    "Cast": _cast,
    "Concat": lambda inputs, given: torch.cat(inputs, dim=given["axis"]),
    "Conv": _conv,
    "ConvTranspose": _conv_transpose,
    "DepthToSpace": _depth_to_space,
    "DequantizeLinear": _dequantize,
    "Div": _plain(_quotient),
    "Exp": _plain(torch.exp),
    "Flatten": lambda inputs, given: inputs[0].flatten(given.get("axis", 1)),
    "Gather": _gather,
    "Gemm": _gemm,
    "GlobalAveragePool": _plain(lambda picture: picture.mean(dim=(2, 3), keepdim=True)),
    "Identity": _plain(lambda tensor: tensor),
    "LeakyRelu": lambda inputs, given: layers.leaky_relu(inputs[0], given.get("alpha", 0.01)),
    "MatMul": _plain(operator.matmul),
    "MaxPool": _max_pool,
    "Mul": _plain(operator.mul),
    "Pow": _plain(operator.pow),
    "QuantizeLinear": _quantize,
    "Relu": _plain(torch.relu),
    "Reshape": _plain(_reshape),
    "Resize": _resize,
    "Shape": _plain(_shape),
    "Sigmoid": _plain(torch.sigmoid),
    "Slice": _plain(_slice),
    "Softmax": lambda inputs, given: inputs[0].softmax(dim=given.get("axis", -1)),
    "Split": _split,
    "Sqrt": _plain(torch.sqrt),
    "Sub": _plain(operator.sub),
    "Tanh": _plain(torch.tanh),
    "Transpose": lambda inputs, given: inputs[0].permute(given["perm"]),
}
