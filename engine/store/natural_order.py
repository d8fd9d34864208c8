"""The order in which a person expects names: numbers by their value, letters without their case."""

from __future__ import annotations

import re

_DIGITS = re.compile("[0-9]+")
_WIDTH = 20


def natural_key(name: str) -> str:
    """Return text that sorts as names should, "IMG_2" before "img_10"; in statements too."""
    return _DIGITS.sub(lambda digits: digits[0].zfill(_WIDTH), name.casefold())
