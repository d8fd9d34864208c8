"""Which triangle is seen at which pixel: a depth buffer over numpy arrays.

Triangles of about the same size on the screen are tested together, so that thousands of small
ones cost a few array operations; only the large ones are drawn one by one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sample_cases.scene_photographs.mesh import Array

_SIZES_PX = (2, 4, 8, 16, 32)
_NEAR_M = 0.05
_FAR_M = 1_000.0


@dataclass(slots=True)
class Buffer:
    """What each pixel sees: triangle (-1: none), weights of its corners 1 and 2, and nearness."""

    which: NDArray[np.int32]
    second: Array
    third: Array
    near: Array

    @classmethod
    def empty(cls, width: int, height: int) -> Buffer:
        size = width * height
        return cls(
            np.full(size, -1, np.int32),
            np.zeros(size, np.float32),
            np.zeros(size, np.float32),
            np.zeros(size, np.float32),
        )


@dataclass(frozen=True, slots=True)
class Screen:
    """Triangles on the screen: corner columns, rows and nearness, each of shape (n, 3)."""

    x: Array
    y: Array
    near: Array
    area: Array


def project(seen: Array, focal: float, width: int, height: int) -> tuple[Screen, NDArray[np.bool_]]:
    """Return triangles in perspective from camera coordinates (right, down, forward)."""
    inverse = 1.0 / np.maximum(seen[..., 2], _NEAR_M)
    x, y = seen[..., 0] * inverse * focal + width / 2, seen[..., 1] * inverse * focal + height / 2
    return _screen(x, y, inverse), (seen[..., 2] > _NEAR_M).all(axis=1)


def project_parallel(seen: Array) -> tuple[Screen, NDArray[np.bool_]]:
    """Return triangles in a parallel view whose x and y are pixels already and z is a distance."""
    return _screen(seen[..., 0], seen[..., 1], 1.0 - seen[..., 2] / _FAR_M), np.ones(len(seen), bool)


def parallel_distance(buffer: Buffer) -> Array:
    """Return the distance that ``project_parallel`` was given, of what each pixel sees."""
    return (1.0 - buffer.near) * _FAR_M


def _screen(x: Array, y: Array, near: Array) -> Screen:
    area: Array = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    return Screen(*(np.ascontiguousarray(a, np.float32) for a in (x, y, near, area)))


def rasterize(screen: Screen, usable: NDArray[np.bool_], width: int, height: int) -> Buffer:
    """Return the buffer of the nearest triangles."""
    buffer = Buffer.empty(width, height)
    left, right = np.floor(screen.x.min(1)).clip(0, width), np.ceil(screen.x.max(1)).clip(0, width)
    top, bottom = np.floor(screen.y.min(1)).clip(0, height), np.ceil(screen.y.max(1)).clip(0, height)
    usable = usable & (right > left) & (bottom > top) & (np.abs(screen.area) > 1e-6)
    extent = np.maximum(right - left, bottom - top)
    smallest = 0
    for size in _SIZES_PX:
        group = np.flatnonzero(usable & (extent > smallest) & (extent <= size))
        for part in np.array_split(group, 1 + len(group) * size * size // 1_500_000):
            _small(screen, part, left, top, size, width, height, buffer)
        smallest = size
    bounds = np.stack([left, right, top, bottom], 1).astype(int)
    for triangle in np.flatnonzero(usable & (extent > smallest)):
        _large(screen, triangle, bounds[triangle], width, buffer)
    return buffer


def _small(
    screen: Screen,
    group: NDArray[np.intp],
    left: Array,
    top: Array,
    size: int,
    width: int,
    height: int,
    buffer: Buffer,
) -> None:
    steps = np.arange(size, dtype=np.float32)
    px = left[group, None, None] + steps[None, None, :] + 0.5
    py = top[group, None, None] + steps[None, :, None] + 0.5
    second, third = _weights(screen, group, px, py)
    first = 1.0 - second - third
    inside = (first >= 0) & (second >= 0) & (third >= 0) & (px < width) & (py < height)
    item, row, column = np.nonzero(inside)
    triangle = group[item]
    pixel = (top[triangle].astype(int) + row) * width + left[triangle].astype(int) + column
    first, second, third = first[inside], second[inside], third[inside]
    corner = screen.near[triangle]
    near = first * corner[:, 0] + second * corner[:, 1] + third * corner[:, 2]
    # In ascending order, the nearest is written last and stays.
    order = np.argsort(near, kind="stable")
    order = order[near[order] > buffer.near[pixel[order]]]
    target = pixel[order]
    buffer.which[target], buffer.near[target] = triangle[order], near[order]
    buffer.second[target], buffer.third[target] = second[order], third[order]


def _large(screen: Screen, triangle: int, bounds: NDArray[np.int_], width: int, buffer: Buffer) -> None:
    x0, x1, y0, y1 = bounds
    px = np.arange(x0, x1, dtype=np.float32)[None, None, :] + 0.5
    py = np.arange(y0, y1, dtype=np.float32)[None, :, None] + 0.5
    second, third = (w[0] for w in _weights(screen, np.array([triangle]), px, py))
    first = 1.0 - second - third
    a, b, c = screen.near[triangle]
    near = first * a + second * b + third * c
    window = np.s_[y0:y1, x0:x1]
    best = buffer.near.reshape(-1, width)[window]
    win = (first >= 0) & (second >= 0) & (third >= 0) & (near > best)
    best[win] = near[win]
    buffer.which.reshape(-1, width)[window][win] = triangle
    buffer.second.reshape(-1, width)[window][win] = second[win]
    buffer.third.reshape(-1, width)[window][win] = third[win]


def _weights(screen: Screen, group: NDArray[np.intp], px: Array, py: Array) -> tuple[Array, Array]:
    (ax, bx, cx), (ay, by, cy) = (v[group].T[:, :, None, None] for v in (screen.x, screen.y))
    size = screen.area[group][:, None, None]
    second = ((px - ax) * (cy - ay) - (cx - ax) * (py - ay)) / size
    third = ((bx - ax) * (py - ay) - (px - ax) * (by - ay)) / size
    return second, third
