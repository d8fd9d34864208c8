"""Start a training from an exported network, so that a shipped model can be taught more."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.errors import ModelMismatch
from engine.training.quantization import widen

_BATCHES = 4


def begin_from(file: Path) -> Callable[[Any], None]:
    """Return what to call with ultralytics' trainer once its network and data are ready.

    ``file``: an ONNX export of the same architecture; what it knows of labels of the same name is
    kept, layers of another shape stay random. Raises ModelMismatch where they have nothing in common.
    """
    weights, names = exported_weights(file), exported_names(file)

    def begin(trainer: Any) -> None:
        fit_labels(trainer.model, weights, names, list(trainer.data["names"].values()))
        batches = [batch for batch, _ in zip(trainer.train_loader, range(_BATCHES), strict=False)]
        pictures = [trainer.preprocess_batch(batch)["img"] for batch in batches]
        if not take_over(trainer.model, weights, pictures):
            raise ModelMismatch(f"{file.name} has no layer in common with this architecture")
        trainer.ema.ema.load_state_dict(trainer.model.state_dict())

    return begin


def exported_weights(file: Path) -> dict[str, NDArray[np.float32]]:
    """Return the arrays of an ONNX file by the name of their layer, as float32."""
    import onnx
    from google.protobuf.message import DecodeError  # type: ignore[import-untyped]
    from onnx import numpy_helper

    try:
        model = onnx.load(file)
    except (DecodeError, OSError) as error:
        raise ModelMismatch(f"{file.name} is not an ONNX network: {error}") from error
    widen(model)
    return {
        tensor.name: numpy_helper.to_array(tensor).astype(np.float32) for tensor in model.graph.initializer
    }


def exported_names(file: Path) -> list[str]:
    """Return the labels that ultralytics wrote into an export; none where it wrote none."""
    import onnx

    facts = {entry.key: entry.value for entry in onnx.load(file).metadata_props}
    names: dict[int, str] = ast.literal_eval(facts.get("names", "{}"))
    return [names[number] for number in sorted(names)]


def fit_labels(
    network: Any, weights: dict[str, NDArray[np.float32]], known: list[str], wanted: list[str]
) -> None:
    """Put the rows of the last layers, one per label, in the order of ``wanted``, in place.

    A label that is new starts from the network's own random row.
    """
    for name, parameter in network.named_parameters():
        if not re.fullmatch(r"model\.\d+\.cv3\.\d+\.2\.(weight|bias)", name) or name not in weights:
            continue
        rows = parameter.detach().cpu().numpy().copy()
        if len(weights[name]) != len(known) or len(rows) != len(wanted):
            continue
        for number, label in enumerate(wanted):
            if label in known:
                rows[number] = weights[name][known.index(label)]
        weights[name] = rows


def take_over(network: Any, weights: Mapping[str, NDArray[np.float32]], pictures: list[Any]) -> int:
    """Copy ``weights`` into ``network``, in training mode, and return how many layers fitted.

    An export has its batch normalizations folded into the convolutions before them. Each is made
    neutral again: with the statistics of ``pictures`` (float32, shape (n, 3, height, width)) it
    passes on what the exported layer would have computed.
    """
    import torch

    fitted = 0
    shifts: dict[Any, Any] = {}
    modules = dict(network.named_modules())
    with torch.no_grad():
        for name, module in modules.items():
            weight = weights.get(f"{name}.weight")
            if (
                not isinstance(module, torch.nn.Conv2d)
                or weight is None
                or weight.shape != module.weight.shape
            ):
                continue
            bias = torch.from_numpy(weights.get(f"{name}.bias", np.zeros(len(weight), np.float32)))
            bias = bias.to(module.weight.device)
            module.weight.copy_(torch.from_numpy(weight))
            fitted += 1
            if module.bias is not None:
                module.bias.copy_(bias)
            elif (norm := modules.get(f"{name.removesuffix('.conv')}.bn")) is not None:
                shifts[norm] = bias
        hooks = [
            norm.register_forward_pre_hook(
                lambda module, inputs: _neutralize(module, inputs[0], shifts[module])
            )
            for norm in shifts
        ]
        network.train()
        network(torch.cat(pictures))
        for hook in hooks:
            hook.remove()
    return fitted


def _neutralize(norm: Any, values: Any, shift: Any) -> None:
    """Make a batch normalization return ``values + shift``."""
    variance, mean = values.var(dim=(0, 2, 3), correction=0), values.mean(dim=(0, 2, 3))
    norm.weight.copy_((variance + norm.eps).sqrt())
    norm.bias.copy_(mean + shift)
    norm.running_mean.copy_(mean)
    norm.running_var.copy_(variance)
