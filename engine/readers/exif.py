"""What the camera wrote into a picture: time, place, maker, words."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

from engine.model.evidence import Location
from engine.readers.opening import PARSER_ERRORS, reason
from engine.readers.prose import normalize

# Tag numbers of Exif 2.32 (CIPA DC-008), sections 4.6.4 to 4.6.6.
_MAKE, _MODEL, _SOFTWARE, _ARTIST, _COPYRIGHT, _DESCRIPTION = 0x010F, 0x0110, 0x0131, 0x013B, 0x8298, 0x010E
_CHANGED = 0x0132
_EXIF_IFD, _GPS_IFD = 0x8769, 0x8825
_TAKEN, _DIGITIZED, _OFFSET_TAKEN, _OFFSET_DIGITIZED, _OFFSET_CHANGED = 0x9003, 0x9004, 0x9011, 0x9012, 0x9010
_USER_COMMENT, _SERIAL, _LENS = 0x9286, 0xA431, 0xA434

_TIMES = (
    (_TAKEN, _OFFSET_TAKEN, "taken"),
    (_DIGITIZED, _OFFSET_DIGITIZED, "digitized"),
    (_CHANGED, _OFFSET_CHANGED, "file changed"),
)
_WORDS = (
    (_SOFTWARE, "software"),
    (_ARTIST, "artist"),
    (_COPYRIGHT, "copyright"),
    (_DESCRIPTION, "description"),
    (_SERIAL, "camera_serial"),
    (_LENS, "lens"),
)
UNVERIFIED = "camera local, unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraFacts:
    """What Exif tells. ``captured_at`` without a zone in the file carries the camera's wall clock
    under UTC, and ``metadata`` says so under ``captured_at_zone``."""

    captured_at: datetime | None = None
    location: Location | None = None
    metadata: tuple[tuple[str, str], ...] = ()
    remarks: tuple[str, ...] = ()

    @property
    def has_camera(self) -> bool:
        return any(key == "camera" for key, _ in self.metadata)


def camera_facts(exif: Any) -> CameraFacts:
    """Read a ``PIL.Image.Exif``; damaged parts become remarks and the rest is kept."""
    try:
        main, detail, gps = dict(exif), dict(exif.get_ifd(_EXIF_IFD)), dict(exif.get_ifd(_GPS_IFD))
    except PARSER_ERRORS as error:
        return CameraFacts(remarks=(f"its Exif data is damaged: {reason(error)}",))
    merged = {**detail, **main}
    captured_at, time_words = _capture_time({**main, **detail})
    location, remarks = _location(gps)
    return CameraFacts(
        captured_at=captured_at,
        location=location,
        metadata=(*_camera(merged), *time_words, *_descriptions(merged)),
        remarks=remarks,
    )


def _camera(tags: Mapping[int, Any]) -> tuple[tuple[str, str], ...]:
    make, model = _text(tags.get(_MAKE)), _text(tags.get(_MODEL))
    if make and model.lower().startswith(make.lower()):
        make = ""
    camera = f"{make} {model}".strip()
    return (("camera", camera),) if camera else ()


def _descriptions(tags: Mapping[int, Any]) -> tuple[tuple[str, str], ...]:
    found = [(name, _text(tags.get(tag))) for tag, name in _WORDS]
    found.append(("comment", _comment(tags.get(_USER_COMMENT))))
    return tuple((name, words) for name, words in found if words)


def _capture_time(tags: Mapping[int, Any]) -> tuple[datetime | None, tuple[tuple[str, str], ...]]:
    for time_tag, offset_tag, what in _TIMES:
        wall = parse_exif_time(_text(tags.get(time_tag)))
        if wall is None:
            continue
        zone = _zone(_text(tags.get(offset_tag)))
        words = _text(tags.get(offset_tag)) if zone else UNVERIFIED
        at = wall.replace(tzinfo=zone or UTC)
        try:
            return at.astimezone(UTC), (("captured_at_zone", words), ("captured_at_source", f"Exif, {what}"))
        except OverflowError:
            continue
    return None, ()


def parse_exif_time(text: str) -> datetime | None:
    """Return the wall-clock time of ``2024:05:01 13:37:00`` and its usual variants, or None."""
    match = re.match(r"(\d{4})[:\-/](\d{2})[:\-/](\d{2})[ T](\d{2}):(\d{2})(?::(\d{2}))?", text)
    if match is None:
        return None
    try:
        return datetime(*(int(part or 0) for part in match.groups()))  # type: ignore[arg-type]  # noqa: DTZ001
    except ValueError:  # 0000:00:00 of a camera whose clock was never set
        return None


def _zone(text: str) -> timezone | None:
    match = re.fullmatch(r"([+-])(\d{2}):(\d{2})", text)
    if match is None:
        return UTC if text == "Z" else None
    sign, hours, minutes = match.groups()
    shift = timedelta(hours=int(hours), minutes=int(minutes))
    return timezone(-shift if sign == "-" else shift) if shift < timedelta(hours=24) else None


def _location(gps: Mapping[int, Any]) -> tuple[Location | None, tuple[str, ...]]:
    if not {1, 2, 3, 4} <= gps.keys():
        return None, ()
    try:
        latitude = _degrees(gps[2], _text(gps[1]), "S")
        longitude = _degrees(gps[4], _text(gps[3]), "W")
        altitude = _altitude(gps)
    except PARSER_ERRORS as error:
        return None, (f"its GPS position is damaged: {reason(error)}",)
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return None, (f"its GPS position is not on Earth: {latitude:.4f}, {longitude:.4f}",)
    if latitude == longitude == 0:  # what receivers write that had no fix
        return None, ("its GPS position is 0, 0: no fix",)
    return Location(latitude_deg=latitude, longitude_deg=longitude, altitude_m=altitude), ()


def _degrees(parts: Any, reference: str, negative: str) -> float:
    degrees, minutes, seconds = (*(float(part) for part in parts), 0.0, 0.0)[:3]
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError("not a number")
    return round(-value if reference.upper().startswith(negative) else value, 7)


def _altitude(gps: Mapping[int, Any]) -> float | None:
    if 6 not in gps:
        return None
    altitude = float(gps[6])
    below_sea = gps.get(5) in (1, b"\x01")
    return round(-altitude if below_sea else altitude, 2) if math.isfinite(altitude) else None


def _comment(value: Any) -> str:
    """Exif UserComment: eight bytes name the character code, the rest is the comment."""
    if not isinstance(value, bytes):
        return _text(value)
    code, words = value[:8], value[8:]
    if code.startswith(b"UNICODE"):
        return _text(words.decode("utf-16-le" if words[1:2] == b"\0" else "utf-16-be", "replace"))
    return _text(words.decode("utf-8", "replace")) if code.startswith(b"ASCII") else ""


def _text(value: Any) -> str:
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    if isinstance(value, bytes):
        value = value.decode("utf-8", "replace")
    return " ".join(normalize(value).split())[:1000] if isinstance(value, str) else ""
