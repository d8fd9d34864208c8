"""Write ``srgb.icc``: sRGB (IEC 61966-2-1) as a matrix profile of ICC version 2.1, which every reader knows.

The primaries are those of Rec. ITU-R BT.709 adapted to D50 (Bradford), the curve has 1,024 points.
"""

from __future__ import annotations

import struct
from pathlib import Path

_PRIMARIES = {
    "rXYZ": (0.43607, 0.22249, 0.01392),
    "gXYZ": (0.38515, 0.71687, 0.09708),
    "bXYZ": (0.14307, 0.06061, 0.71410),
}
_D50 = (0.96420, 1.0, 0.82491)
_POINTS = 1024
_MADE = (2026, 1, 1, 0, 0, 0)


def profile() -> bytes:
    """Return the profile: header, table of tags, tags (ICC.1:1998-09)."""
    curve = struct.pack(f">4s4xI{_POINTS}H", b"curv", _POINTS, *map(_level, range(_POINTS)))
    tags = {
        "desc": _description("sRGB IEC61966-2.1"),
        "cprt": b"text\0\0\0\0No copyright, use freely\0",
        "wtpt": _xyz(_D50),
        **{name: _xyz(values) for name, values in _PRIMARIES.items()},
        **dict.fromkeys(("rTRC", "gTRC", "bTRC"), curve),
    }
    table, body, places = b"", b"", {}
    start = 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        if data not in places:
            places[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", name.encode(), places[data], len(data))
    size = start + len(body)
    header = struct.pack(
        ">I4sI4s4s4s6H4s4sI4s4sQI3i4s44x",
        *(size, b"\0\0\0\0", 0x02100000, b"mntr", b"RGB ", b"XYZ ", *_MADE, b"acsp", b"\0\0\0\0", 0),
        *(b"\0\0\0\0", b"\0\0\0\0", 0, 0, *map(_fixed, _D50), b"\0\0\0\0"),
    )
    return header + struct.pack(">I", len(tags)) + table + body


def _level(point: int) -> int:
    value = point / (_POINTS - 1)
    linear = value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
    return round(linear * 65535)


def _fixed(value: float) -> int:
    return round(value * 65536)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return struct.pack(">4s4x3i", b"XYZ ", *map(_fixed, values))


def _description(text: str) -> bytes:
    plain = text.encode() + b"\0"
    return struct.pack(f">4s4xI{len(plain)}sIIHB67x", b"desc", len(plain), plain, 0, 0, 0, 0)


if __name__ == "__main__":
    Path(__file__).with_name("srgb.icc").write_bytes(profile())
