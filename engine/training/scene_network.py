"""The networks that tell scenes apart: a small residual one, and ResNet-50."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from engine.errors import ModelError, ModelMissing, UsageError
from engine.segmenters.pickle_scan import refuse_unsafe

NETWORKS = ("small", "resnet50")
_FEATURES = {"small": 64, "resnet50": 2048}


def build_network(kind: str, class_count: int, *, start: Path | None = None, last_layer: bool = False) -> Any:
    """Return a torch module with ``describe`` (pictures to features) and ``classify`` (features to logits).

    ``start``: a ``.pth`` with the weights of torchvision's ResNet-50, else random weights.
    ``last_layer``: only that learns. Raises UsageError for an unknown kind, UnsafeModel, ModelError.
    """
    from torch import nn

    class SceneNetwork(nn.Module):  # type: ignore[misc] # torch is not typed here
        def __init__(self, body: Any, head: Any) -> None:
            super().__init__()
            self.body, self.head = body, head

        def describe(self, pictures: Any) -> Any:
            return self.body(pictures)

        def classify(self, features: Any) -> Any:
            return self.head(features)

        def forward(self, pictures: Any) -> Any:
            features = self.describe(pictures)
            return self.classify(features).softmax(1), features

    if kind not in NETWORKS:
        raise UsageError(f"no network {kind!r}; there are: {', '.join(NETWORKS)}")
    body = _resnet50(start) if kind == "resnet50" else _small()
    for parameter in body.parameters():
        parameter.requires_grad = not last_layer
    last = nn.Linear(_FEATURES[kind], class_count)
    return SceneNetwork(body, nn.Sequential(nn.ReLU(), nn.Dropout(0.2), last) if kind == "small" else last)


def _resnet50(start: Path | None) -> Any:
    """Return torchvision's ResNet-50 (He et al. 2015) up to its 2,048 features."""
    try:
        import torch
        from torchvision.models import resnet50
    except ImportError as error:
        raise ModelMissing("ResNet-50 needs torchvision: install casebook[training]") from error
    network = resnet50(weights=None)
    if start is not None:
        refuse_unsafe(start)
        stored = torch.load(start, map_location="cpu", weights_only=True)
        try:
            network.load_state_dict(
                {name: value for name, value in stored.items() if not name.startswith("fc.")}, strict=False
            )
        except RuntimeError as error:
            raise ModelError(f"{start.name} does not fit ResNet-50: {str(error)[:200]}") from error
    network.fc = torch.nn.Identity()
    return network


def _small() -> Any:
    """Return a residual network of 9 convolutions with 64 features."""
    from torch import nn

    class Block(nn.Module):  # type: ignore[misc] # torch is not typed here
        def __init__(self, inputs: int, outputs: int) -> None:
            super().__init__()
            self.path = nn.Sequential(
                nn.Conv2d(inputs, outputs, 3, 2, 1, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(),
                nn.Conv2d(outputs, outputs, 3, 1, 1, bias=False),
                nn.BatchNorm2d(outputs),
            )
            self.shortcut = nn.Sequential(nn.AvgPool2d(2), nn.Conv2d(inputs, outputs, 1, bias=False))
            self.end = nn.ReLU()

        def forward(self, x: Any) -> Any:
            return self.end(self.path(x) + self.shortcut(x))

    return nn.Sequential(
        nn.Conv2d(3, 16, 3, 2, 1, bias=False),
        nn.BatchNorm2d(16),
        nn.ReLU(),
        *(Block(16, 32), Block(32, 64), Block(64, 96), Block(96, 128)),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(128, _FEATURES["small"]),
    )


def export_network(network: Any, weights: Path, input_px: int) -> None:
    """Write ``network`` as ONNX: pictures in, probabilities and features out, any number at a time."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about exporters yet to come
        torch.onnx.export(
            network,
            (torch.zeros(1, 3, input_px, input_px),),
            str(weights),
            input_names=["images"],
            output_names=["probabilities", "features"],
            dynamic_axes={name: {0: "count"} for name in ("images", "probabilities", "features")},
            opset_version=17,
            dynamo=False,
        )
