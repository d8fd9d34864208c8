"""A small convolutional encoder of pictures, for networks that learn pictures and texts together."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

_WIDTHS = (3, 16, 32, 48, 64)


def make_picture_encoder(size: int) -> Any:
    """Return a network from pictures (n, 3, 96, 96) to vectors (n, ``size``)."""
    from torch import nn

    layers: list[Any] = []
    for inputs, outputs in pairwise(_WIDTHS):
        layers += [nn.Conv2d(inputs, outputs, 3, 2, 1, bias=False), nn.GroupNorm(8, outputs), nn.ReLU()]
    return nn.Sequential(*layers, nn.AdaptiveAvgPool2d(2), nn.Flatten(), nn.Linear(4 * _WIDTHS[-1], size))
