"""An ONNX file as a function on torch tensors, on the CPU or on CUDA, for batches of any length."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import onnx
import torch
from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
from onnx import numpy_helper

from engine.errors import ModelMismatch, UnfitForBackend
from engine.segmenters.torch_operations import OPERATIONS, Attributes, Operation

# How far a picture's outputs may depend on its neighbors in a batch: by rounding only.
_ALIKE = 1e-3


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """One node: what it computes, from which tensors, under which names its results go on."""

    compute: Operation
    given: Attributes
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]


class TorchGraph:
    """A network that was exported for one picture at a time, computed in float32 for whole batches.

    What does not depend on the picture is computed once, at loading. Raises ModelMismatch where the
    file is no ONNX network, UnfitForBackend where it has an operation that is not known here or mixes the
    pictures of a batch.
    """

    def __init__(self, file: Path, *, device: str = "cpu") -> None:
        model = _read(file)
        self.device = torch.device(device)
        self._known = {each.name: self._placed(each) for each in model.graph.initializer}
        self._input = next(each for each in model.graph.input if each.name not in self._known)
        self._outputs = tuple(each.name for each in model.graph.output)
        self._steps: tuple[_Step, ...] = ()
        with torch.inference_mode():
            self._steps = tuple(step for node in model.graph.node if (step := self._step(node)) is not None)
            self._last_use = _last_uses(self._steps, self._outputs)
            self._refuse_mixing()

    @property
    def input_shape(self) -> tuple[int, int, int]:
        """Channels, height and width of one picture."""
        _, *shape = (axis.dim_value for axis in self._input.type.tensor_type.shape.dim)
        channels, height, width = shape
        return channels, height, width

    def __call__(self, pictures: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """Return the outputs for float32 pictures, shape (n, channels, height, width), on this device."""
        values = {**self._known, self._input.name: pictures}
        for number, step in enumerate(self._steps):
            results = step.compute([values.get(name) for name in step.inputs], step.given)
            values.update(zip(step.outputs, _several(results), strict=True))
            for name in self._last_use.get(number, ()):
                del values[name]  # a batch of large pictures need not be kept at every depth
        return tuple(values[name] for name in self._outputs)

    def _step(self, node: Any) -> _Step | None:
        """Return what is to be computed for each batch; None where it was computed for good."""
        given = {each.name: onnx.helper.get_attribute_value(each) for each in node.attribute}
        given = {name: value.decode() if isinstance(value, bytes) else value for name, value in given.items()}
        if node.op_type == "Constant":
            self._known[node.output[0]] = self._placed(given["value"])
            return None
        if node.op_type not in OPERATIONS:
            raise UnfitForBackend(f"the operation {node.op_type} is not known here")
        step = _Step(
            compute=OPERATIONS[node.op_type],
            given={**given, "outputs": len(node.output)},
            inputs=_inputs(node),
            outputs=tuple(node.output),
        )
        if node.op_type == "Resize":  # its scales are read by the CPU, at each batch
            self._known.update({n: self._known[n].cpu() for n in step.inputs[1:] if n in self._known})
        if not all(name == "" or name in self._known for name in step.inputs):
            return step
        results = step.compute([self._known.get(name) for name in step.inputs], step.given)
        self._known.update(zip(step.outputs, _several(results), strict=True))
        return None

    def _placed(self, array: Any) -> torch.Tensor:
        """Whole numbers are shapes and places and stay with the CPU; all else goes to the device."""
        tensor = torch.from_numpy(numpy_helper.to_array(array).copy())
        if tensor.dtype in (torch.int64, torch.int32):
            return tensor
        return (tensor.float() if tensor.dtype == torch.float16 else tensor).to(self.device)

    def _refuse_mixing(self) -> None:
        generator = torch.Generator().manual_seed(0)
        two = torch.rand((2, *self.input_shape), generator=generator).to(self.device)
        together, alone = self(two), self(two[1:])
        for left, right in zip(together, alone, strict=True):
            if left.shape[1:] != right.shape[1:] or len(left) != 2:
                raise UnfitForBackend("it looks at one picture at a time only")
            if (left[1:] - right).abs().mean() > _ALIKE * max(1.0, float(right.abs().mean())):
                raise UnfitForBackend("its answer depends on the other pictures of a batch")


def _read(file: Path) -> Any:
    try:
        return onnx.load(file)
    except (DecodeError, OSError) as error:
        raise ModelMismatch(f"{file.name} cannot be read as a network: {error}") from error


def _inputs(node: Any) -> tuple[str, ...]:
    names = list(node.input)
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def _several(results: Any) -> tuple[torch.Tensor, ...]:
    return (results,) if isinstance(results, torch.Tensor) else tuple(results)


def _last_uses(steps: tuple[_Step, ...], kept: tuple[str, ...]) -> dict[int, list[str]]:
    """Return after which step a tensor is needed no more."""
    made = {name for step in steps for name in step.outputs} - set(kept)
    last = {name: number for number, step in enumerate(steps) for name in step.inputs if name in made}
    ends: dict[int, list[str]] = {}
    for name, number in last.items():
        ends.setdefault(number, []).append(name)
    return ends
