"""Checks that tell a number from its look-alikes: Luhn, ISO 7064 modulo 97, the check digit of a VIN."""

from __future__ import annotations

import re

# Lengths of IBANs by country (SWIFT IBAN registry); of other countries any length that ISO 13616 allows.
_IBAN_LENGTHS = {
    country: length
    for length, countries in (
        (15, "NO"),
        (16, "BE"),
        (18, "DK FI NL"),
        (20, "AT LU"),
        (21, "CH"),
        (22, "DE GB IE"),
        (24, "CZ ES RO SE"),
        (25, "PT"),
        (26, "TR"),
        (27, "FR GR IT"),
        (28, "HU PL"),
    )
    for country in countries.split()
}
_VIN_VALUES = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", map(int, "12345678123457923456789"), strict=True))
_VIN_WEIGHTS = (8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2)
_VIN = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


def passes_luhn(digits: str) -> bool:
    """Tell whether the last digit is the Luhn check digit (ISO/IEC 7812-1, annex B): cards, IMEI, ICCID."""
    total = 0
    for index, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if index % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def is_iban(compact: str) -> bool:
    """Tell whether an account number without blanks has the length and check digits of ISO 13616."""
    if not _IBAN.fullmatch(compact) or len(compact) != _IBAN_LENGTHS.get(compact[:2], len(compact)):
        return False
    turned = compact[4:] + compact[:4]
    return int("".join(str(int(mark, 36)) for mark in turned)) % 97 == 1


def is_imei(digits: str) -> bool:
    """Tell whether 15 digits are an International Mobile Equipment Identity (3GPP TS 23.003, section 6.2)."""
    return len(digits) == 15 and len(set(digits)) > 1 and passes_luhn(digits)


def is_vehicle_number(compact: str) -> bool:
    """Tell whether 17 marks are a vehicle identification number with a check digit (49 CFR 565.15)."""
    if not _VIN.fullmatch(compact) or compact.isdigit() or compact.isalpha():
        return False
    values = (int(mark) if mark.isdigit() else _VIN_VALUES[mark] for mark in compact)
    rest = sum(value * weight for value, weight in zip(values, _VIN_WEIGHTS, strict=True)) % 11
    return compact[8] == ("X" if rest == 10 else str(rest))
