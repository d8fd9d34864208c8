"""The pixels of a picture become the planes of numbers that networks take."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

# Pixels, uint8, shape (1, height, width, channels), gray ones (one channel) also for a network that takes
# three; or planes, float32 in [0, 1], shape (1, channels, height, width).
Picture = NDArray[np.uint8] | NDArray[np.float32]
_PER_LEVEL = np.float32(1 / 255)


def as_planes(picture: Picture, channels: int) -> NDArray[np.float32]:
    """Return a picture as planes, as many as the network takes."""
    if picture.dtype != np.uint8:
        return np.asarray(picture, np.float32)
    planes = np.multiply(picture.transpose(0, 3, 1, 2), _PER_LEVEL, dtype=np.float32)
    return np.repeat(planes, channels // planes.shape[1], axis=1)


def taking_pixels(openvino: Any, model: Any, channels: int) -> Any:
    """Return an OpenVINO model that takes pixels of so many channels, and makes the same planes of them.

    OpenVINO does so beside the caller, and in the caches of the core that uses them next.
    """
    operations = openvino.opset13
    taking = model.clone()
    planes = taking.get_parameters()[0]
    _, wanted, height, width = planes.shape
    pixels = operations.parameter([1, height, width, channels], np.uint8)
    levels = operations.multiply(operations.convert(pixels, "f32"), operations.constant(_PER_LEVEL))
    made = operations.transpose(levels, operations.constant([0, 3, 1, 2]))
    if channels < wanted:
        made = operations.concat([made] * wanted, 1)
    made = operations.convert(made, planes.get_element_type())
    for target in planes.output(0).get_target_inputs():
        target.replace_source_output(made.output(0))
    # Else a counter names it, and the cache takes it for another network.
    pixels.output(0).set_names({"pixels"})
    return openvino.Model(taking.get_results(), [pixels], taking.get_friendly_name())
