"""Identifiers, dates and numbers that have a form of their own: exhibits, files, plates, phones, cards."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from engine.model.ids import ComponentId
from engine.model.runs import Component, make_component
from engine.recognizers.check_digits import is_iban, is_imei, is_vehicle_number, passes_luhn
from engine.recognizers.dates import normal_date, normal_time
from engine.recognizers.found import Found
from engine.recognizers.makes import find_makes

VERSION = "2"
_RANK = 90
_MEDIA = "jpe?g|png|tiff?|bmp|webp|heic|heif|gif|dcm|dicom|raw|cr2|nef|arw|dng|mp4|mov|avi|mkv"
_PAPERS = "pdf|docx?|txt|rtf|eml|msg|xlsx?|csv|html?"
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_CASE = r"case|file|incident|report|crime|reference|ref|occurrence|docket|fir|cad|claim|policy|urn"
_STUDY = r"accession|study|exam(?:ination)?|order|mrn|medical record|patient id|specimen|sample|lab"
_SERIAL = r"serial|s/n|sn|imei|vin|iccid|mac|seal|asset|chassis"
_PLATE_WORDS = r"license|licence|number|registration|reg(?:istration)?\.?|vehicle|rear|front|index"
_PICTURE = r"photograph|photo|picture|image|plate|frame|still|view|slide|print|exposure|panel"
_EXHIBIT = r"exhibits?|exh?\.|items?|evidence (?:item|marker|no\.?|number)|markers?"
_TITLE = (
    r"Mr|Mrs|Ms|Miss|Dr|Prof|Professor|Sgt|Sergeant|Officer|Constable|Detective|Inspector|Captain|Lieutenant|"
    r"Superintendent|PC|DC|DS|DI|Nurse|Judge|Examiner|Investigator|Technician|Agent|Trooper|Deputy"
)
_ROAD = (
    r"Street|St|Road|Rd|Avenue|Ave|Lane|Drive|Boulevard|Blvd|Square|Court|Terrace|Close|Way|Crescent|Highway|"
    r"Bridge|Quay|Wharf|Row|Alley|Parade|Gardens|Park"
)
_BODY = (
    r"Ltd|Limited|Inc|LLC|GmbH|plc|Corp|Company|Police|Police Department|Constabulary|University|Hospital|"
    r"Council|Bank|Laboratory|Laboratories|Insurance|Agency|Authority|Clinic|Institute|Department"
)
_NAME = r"(?:(?!(?:The|A|An|In|On|At|From|To|Near|By|This|That|Our|His|Her|Its)\b)[A-Z][\w'’&-]*\.?\s+)"
_NO = r"\s{0,3}(?:no\.?|number|num|ref(?:erence)?|id|address|#)?\s{0,3}[:.#]?\s{0,3}"
_SAYS = r"(?:no\.?|number|reading|reads?|bearing|is|was|:|#|marked|\s)*[\"“']?"
_PLATE = r"(?-i:[A-Z0-9]{1,4}(?:[\s-][A-Z0-9]{1,4}){1,2}|(?=[A-Z]*\d)(?=\d*[A-Z])[A-Z0-9]{5,8})"


_FOURS = re.compile(r"\d{4}[ -]\d{4}[ -]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression (group ``value``: the part that counts), and how its canonical value is made.

    ``normal`` returns an empty string where the match is not what it looks like.
    """

    label: str
    expression: re.Pattern[str]
    normal: Callable[[str], str]
    score: float = 0.95


def _compact(value: str) -> str:
    return re.sub(r"[\s.]+", "", value).upper()


def _spaced(value: str) -> str:
    return " ".join(value.split()).upper()


def _file_name(value: str) -> str:
    return value.replace("\\", "/").rsplit("/", 1)[-1].lower()


def _digits(value: str) -> str:
    return re.sub(r"\D", "", value)


def _phone(value: str) -> str:
    digits = _digits(value)
    # Longer runs in groups of four are cards and accounts with a wrong check digit.
    if _FOURS.search(value):
        return ""
    return ("+" if value.lstrip().startswith("+") else "") + digits if 7 <= len(digits) <= 15 else ""


def _iban(value: str) -> str:
    compact = _compact(value)
    return compact if is_iban(compact) else ""


def _imei(value: str) -> str:
    digits = _digits(value)
    return digits if is_imei(digits) else ""


def _vehicle_number(value: str) -> str:
    compact = value.upper()
    return compact if is_vehicle_number(compact) else ""


def _network(value: str) -> str:
    return value if all(int(part) < 256 for part in value.split(".")) else ""


def _card(value: str) -> str:
    digits = _digits(value)
    known = digits.startswith(("34", "37")) if len(digits) == 15 else digits[:1] in ("2", "3", "4", "5", "6")
    good = 13 <= len(digits) <= 19 and known and passes_luhn(digits) and len(set(digits)) > 1
    return digits if good else ""


def _plate(value: str) -> str:
    compact = re.sub(r"[\s-]+", "", value).upper()
    mixed = any(mark.isdigit() for mark in compact) and any(mark.isalpha() for mark in compact)
    return compact if mixed and 4 <= len(compact) <= 9 else ""


def _with_digit(value: str) -> str:
    return _compact(value) if any(mark.isdigit() for mark in value) else ""


def _as_written(value: str) -> str:
    return " ".join(value.split())


def _figure(value: str) -> str:
    return re.sub(r"\s+", "", value).lower().lstrip("0") or "0"


def _pattern(label: str, expression: str, normal: Callable[[str], str], score: float = 0.95) -> Pattern:
    return Pattern(label, re.compile(expression, re.IGNORECASE), normal, score)


def _after(label: str, words: str, value: str, normal: Callable[[str], str], score: float = 0.9) -> Pattern:
    """Return the pattern of an identifier that stands behind a word for it: "serial no. 4711"."""
    return _pattern(label, rf"\b(?:{words}){_NO}(?P<value>{value})\b", normal, score)


PATTERNS: tuple[Pattern, ...] = (
    _pattern("email", r"(?<![\w.+-])[\w.+-]{1,64}@[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,4}\b", str.lower),
    _pattern(
        "file-name",
        rf"(?<![\w/\\.-])(?:[\w-]{{1,60}}[/\\]){{0,8}}\w[\w()+.-]{{0,80}}\.(?:{_MEDIA}|{_PAPERS})\b",
        _file_name,
    ),
    _pattern(
        "file-name",
        r"\b(?:IMG|DSCF?|DSCN|PXL|MVIMG|VID|SAM|DJI|P|CIMG)_?\d{4,8}(?:_\d{1,9})?\b(?!\.\w)",
        _file_name,
        0.9,
    ),
    _after(
        "exhibit",
        _EXHIBIT,
        r"[a-z]{0,4}\s?[-/]?\s?\d{1,5}(?:[-/.]\d{1,4})?[a-z]?(?!\s{0,3}(?:%|mm|cm))",
        _compact,
    ),
    _pattern("exhibit", r"\b(?:exhibits?|exh?\.)\s+(?P<value>(?-i:[A-Z]))\b", _compact),
    _pattern("exhibit", r"\b(?-i:[A-Z]{2,4}/\d{1,4}(?:/\d{1,4})?)\b", _compact, 0.8),
    _after("case-number", _CASE, r"(?=[\w/-]*\d)[a-z0-9]{1,8}(?:[-/][a-z0-9]{1,10}){1,4}", _compact, 0.95),
    _pattern(
        "case-number",
        r"\b(?:case|incident|crime|report|claim|docket)\s{0,3}(?:no\.?|number|#)\s{0,3}:?\s{0,3}"
        r"(?P<value>(?=[a-z]*\d)[a-z0-9]{3,16})\b",
        _compact,
    ),
    _after(
        "study-number", _STUDY, r"(?=[a-z-]{0,6}\d)[a-z0-9]{1,6}-?[a-z0-9]{0,12}\d[\w-]{1,18}", _with_digit
    ),
    _after("serial-number", _SERIAL, r"(?=[a-z:-]{0,12}\d)[a-z0-9][a-z0-9:-]{3,24}", _with_digit),
    _pattern(
        "figure", r"\b(?:figures?|figs?\.?)\s{0,3}(?P<value>\d{1,4}(?:[-.]\d{1,3})?\s?[a-z]?)\b", _figure
    ),
    _pattern(
        "figure",
        rf"\b(?:{_PICTURE})s?\s{{0,3}}(?:no\.?|number|#)?\s{{0,3}}(?P<value>\d{{1,4}}[a-z]?)\b"
        r"(?!\s{0,3}(?:x|by|%|mm|cm))",
        _figure,
        0.9,
    ),
    _pattern(
        "plate",
        rf"\b(?:{_PLATE_WORDS})\s{{0,3}}(?:plate|no\.?|number|mark)?s?\s{{0,3}}{_SAYS}(?P<value>{_PLATE})\b",
        _plate,
        0.9,
    ),
    _pattern("plate", rf"\b(?:plates?|registered|registration)\s+{_SAYS}(?P<value>{_PLATE})\b", _plate, 0.9),
    _pattern("plate", r"(?<![\w/-])(?-i:[A-Z]{2}\d{2}\s?[A-Z]{3})(?![\w/-])", _plate, 0.85),
    _pattern(
        "card-number",
        r"(?<![\d.-])\d{4}(?:[ -]?\d{4}){2,3}(?:[ -]?\d{1,3})?(?![\d.-])|"
        r"(?<!\d)3[47]\d{2}[ -]?\d{6}[ -]?\d{5}(?!\d)",
        _card,
        0.97,
    ),
    _pattern(
        "account-number",
        r"(?<![\w-])(?-i:[A-Z]{2}\d{2}(?:(?: [A-Z0-9]{4}){2,7}(?: [A-Z0-9]{1,3})?|[A-Z0-9]{11,30}))(?![\w-])",
        _iban,
        0.97,
    ),
    _pattern("serial-number", r"(?<![\d-])\d{2}[ -]?\d{6}[ -]?\d{6}[ -]?\d(?![\d-])", _imei, 0.9),
    _pattern("serial-number", r"(?<![\w-])(?-i:[A-HJ-NPR-Z0-9]{17})(?![\w-])", _vehicle_number, 0.95),
    _pattern("serial-number", r"(?<![\w:-])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:-])", _compact, 0.95),
    _pattern("network-address", r"(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d.]*\d)", _network, 0.9),
    _pattern(
        "phone",
        r"(?<![\w.-])(?:(?:\+\d{1,3}[\s.-]?)?(?:\(\d{1,5}\)[\s.-]?)?\d{2,5}(?:[\s.-]\d{2,5}){1,4}|"
        r"\+\d{1,3}[\s.-]?(?:\(\d{1,5}\)[\s.-]?)?\d{2,12}(?:[\s.-]\d{2,8}){0,4}|"
        r"\(?0\d{2,5}\)?[\s.-]\d{5,8})(?![\w-]|\.\d)",
        _phone,
        0.6,
    ),
    _pattern(
        "person",
        rf"(?-i:\b(?:{_TITLE})\.?\s+(?P<value>(?:[A-Z]\.?\s+)?[A-Z][\w'’-]+(?:\s+[A-Z][\w'’-]+){{0,2}}))\b",
        _as_written,
        0.9,
    ),
    _pattern("place", rf"(?-i:\b(?:\d{{1,5}}[a-z]?\s+)?{_NAME}{{1,3}}(?:{_ROAD})\b)", _as_written, 0.85),
    _pattern("organization", rf"(?-i:\b{_NAME}{{1,4}}(?:{_BODY})\b)", _as_written, 0.85),
    _pattern("date", r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})\b", normal_date),
    _pattern(
        "date", rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:{_MONTHS})\.?,?(?:\s+\d{{4}})?\b", normal_date
    ),
    _pattern("date", rf"\b(?:{_MONTHS})\.?\s+\d{{1,2}}(?:st|nd|rd|th)?(?:,?\s+\d{{4}})?\b(?!:)", normal_date),
    _pattern("date", rf"\b(?:{_MONTHS})\.?,?\s+(?:19|20)\d{{2}}\b", normal_date),
    _pattern(
        "time",
        r"(?<![\d:.])(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?(?:\s?[ap]\.?m\b\.?)?(?![\d:])",
        normal_time,
    ),
    _pattern("time", r"(?<![\d:.])(?:1[0-2]|0?[1-9])\s?[ap]\.?m\b", normal_time),
    _pattern("time", r"\b(?:[01]\d|2[0-3])[0-5]\d\s?(?:hrs|hours|h)\b", normal_time),
)
# What looks like a phone number is often something else that was recognized better.
_WEAK = frozenset({"phone"})


def pattern_component() -> Component:
    """Return what the case file records about the patterns."""
    labels = tuple(
        sorted({pattern.label for pattern in PATTERNS} | {"device", "object", "vehicle", "weapon"})
    )
    return make_component("recognizer", "patterns", VERSION, labels=labels)


def find_patterns(text: str, component_id: ComponentId) -> Iterator[Found]:
    """Yield every identifier, date and number in ``text`` with its canonical value."""
    for pattern in PATTERNS:
        named = "value" in pattern.expression.groupindex
        for match in pattern.expression.finditer(text):
            normal = pattern.normal(match.group("value") if named else match.group())
            if normal:
                rank = _RANK - 30 if pattern.label in _WEAK else _RANK
                yield Found(
                    match.start(), match.end(), pattern.label, pattern.score, rank, component_id, "", normal
                )
    yield from find_makes(text, component_id)
