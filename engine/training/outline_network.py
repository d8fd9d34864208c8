"""The network that draws outlines: a small U-Net, and its export."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

WIDTHS = (16, 32, 64, 96, 128)
_OPSET = 17


def build_network(label_count: int) -> Any:
    """Return a U-Net (Ronneberger, Fischer, Brox 2015) that computes at half the picture's size.

    In: float32, shape (n, 1, height, width). Out: logits, shape (n, labels, height, width), of
    which the last layer makes four neighbors at once.
    """
    import torch
    from torch import nn
    from torch.nn import functional

    def block(inputs: int, outputs: int) -> nn.Sequential:
        layers: list[nn.Module] = []
        for width in (inputs, outputs):
            layers += [
                nn.Conv2d(width, outputs, 3, padding=1, bias=False),
                nn.BatchNorm2d(outputs),
                nn.ReLU(inplace=True),
            ]
        return nn.Sequential(*layers)

    class OutlineNetwork(nn.Module):  # type: ignore[misc] # torch is not typed here
        def __init__(self) -> None:
            super().__init__()
            self.down = nn.ModuleList(block(i, o) for i, o in zip((4, *WIDTHS), WIDTHS, strict=False))
            self.up = nn.ModuleList(block(i + o, o) for i, o in zip(WIDTHS[1:], WIDTHS, strict=False))
            self.last = nn.Conv2d(WIDTHS[0], label_count * 4, 3, padding=1)

        def forward(self, pictures: Any) -> Any:
            values = functional.pixel_unshuffle(pictures, 2)
            kept: list[Any] = []
            for number, layers in enumerate(self.down):
                values = layers(functional.max_pool2d(values, 2) if number else values)
                kept.append(values)
            for layers, wider in zip(reversed(self.up), reversed(kept[:-1]), strict=True):
                enlarged = functional.interpolate(values, scale_factor=2.0, mode="nearest")
                values = layers(torch.cat([wider, enlarged], dim=1))
            return functional.pixel_shuffle(self.last(values), 2)

    return OutlineNetwork()


def export_network(network: Any, file: Path, input_px: int) -> None:
    """Write an ONNX file that takes one picture of ``input_px``."""
    import torch

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about exporters yet to come
        torch.onnx.export(
            network,
            (torch.zeros(1, 1, input_px, input_px),),
            str(file),
            opset_version=_OPSET,
            dynamo=False,
            input_names=["picture"],
            output_names=["outlines"],
        )
