"""Identifiers, dates and names with a form of their own, and the checks that keep look-alikes out."""

from __future__ import annotations

import time

import pytest

from engine.recognizers.check_digits import is_iban, is_imei, is_vehicle_number, passes_luhn
from engine.recognizers.dates import normal_date, normal_time
from engine.recognizers.overlap import without_overlaps
from engine.recognizers.patterns import find_patterns, pattern_component


def found(text: str) -> list[tuple[str, str, str]]:
    kept = without_overlaps(find_patterns(text, pattern_component().id))
    return [(item.label, text[item.start : item.end], item.normal) for item in kept]


@pytest.mark.parametrize(
    ("text", "label", "normal"),
    [
        ("Case number 24-00871 was opened", "case-number", "24-00871"),
        ("our file 22/118 refers", "case-number", "22/118"),
        ("Exhibit A-12 is a hammer", "exhibit", "A-12"),
        ("the bag, exhibit DPR/2, was sealed", "exhibit", "DPR/2"),
        ("marker 7 stands by the door", "exhibit", "7"),
        ("see (IMG_2043.jpg)", "file-name", "img_2043.jpg"),
        (r"copied to D:\scene\day 1\DSC_0042.NEF", "file-name", "dsc_0042.nef"),
        ("photograph 14 shows it", "figure", "14"),
        ("as in Fig. 2b above", "figure", "2b"),
        ("a sedan, plate KV21 XYZ,", "plate", "KV21XYZ"),
        ("registration number ABC-1234", "plate", "ABC1234"),
        ("call +44 20 7946 0958", "phone", "+442079460958"),
        ("write to Jo.Doe@Example.org now", "email", "jo.doe@example.org"),
        ("card 4111 1111 1111 1111", "card-number", "4111111111111111"),
        ("serial no. 8FA-22331", "serial-number", "8FA-22331"),
        ("Accession 1234567", "study-number", "1234567"),
        ("on 12 March 2024", "date", "2024-03-12"),
        ("at 9:05 pm", "time", "21:05"),
        ("Ms Okafor signed", "person", "Okafor"),
        ("near 14 Brewer Street", "place", "14 Brewer Street"),
        ("IBAN GB82 WEST 1234 5698 7654 32", "account-number", "GB82WEST12345698765432"),
        ("paid to DE89370400440532013000 today", "account-number", "DE89370400440532013000"),
        ("a phone (490154203237518) was", "serial-number", "490154203237518"),
        ("chassis 1HGCM82633A004352 matched", "serial-number", "1HGCM82633A004352"),
        ("adapter 00:1B:44:11:3A:B7", "serial-number", "00:1B:44:11:3A:B7"),
        ("from 192.168.10.24 at", "network-address", "192.168.10.24"),
        ("a Ford Focus was parked", "vehicle", "ford focus"),
        ("a black Glock 17 handgun", "weapon", "glock 17"),
        ("an iPhone 12 Pro lay", "device", "iphone 12 pro"),
        ("sent to Fairlight Ltd", "organization", "Fairlight Ltd"),
    ],
)
def test_each_form_is_found_with_its_canonical_value(text: str, label: str, normal: str) -> None:
    assert (label, normal) in [(kind, value) for kind, _, value in found(text)]


@pytest.mark.parametrize(
    "text",
    [
        "card 4111 1111 1111 1112",
        "GB82 WEST 1234 5698 7654 33",
        "1HGCM82633A004353",
        "they ford the river",
        "The Street was dark.",
        "no plates were seen on the table",
        "32/13/2020",
        "an image of 3 by 4 cm",
        "25:61",
    ],
)
def test_look_alikes_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_luhn_tells_a_wrong_digit() -> None:
    assert passes_luhn("4111111111111111")
    assert is_imei("490154203237518") and not is_imei("490154203237519") and not is_imei("0" * 15)
    assert is_vehicle_number("1M8GDM9AXKP042788") and not is_vehicle_number("1M8GDM9A1KP042788")
    assert not is_vehicle_number("1" * 17)
    assert is_iban("DE89370400440532013000") and not is_iban("DE8937040044053201300")
    assert not passes_luhn("4111111111111117")


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("2024-02-30", ""),
        ("03/04/2024", "2024-03-04"),
        ("23/04/2024", "2024-04-23"),
        ("1.2.99", "1999-01-02"),
        ("March 2021", "2021-03"),
        ("3rd of May", "--05-03"),
        ("nonsense", ""),
    ],
)
def test_dates_are_as_exact_as_said(written: str, normal: str) -> None:
    assert normal_date(written) == normal


@pytest.mark.parametrize(("written", "normal"), [("12:30 am", "00:30"), ("2359 hrs", "23:59"), ("24:10", "")])
def test_times_of_day(written: str, normal: str) -> None:
    assert normal_time(written) == normal


@pytest.mark.parametrize(
    "piece", ["a", "1 ", "1-", "a/", "x@", "case ", "\n", " ", "A b", "Mr. ", "plate ", "1 jan "]
)
def test_no_pattern_is_quadratic(piece: str) -> None:
    def seconds(length: int) -> float:
        text = piece * (length // len(piece))
        started = time.process_time()
        sum(1 for _ in find_patterns(text, pattern_component().id))
        return time.process_time() - started

    seconds(1000)
    small, large = seconds(20_000), seconds(160_000)
    assert large < 8 * small * 4 + 0.2, (
        f"eight times the text took {large / max(small, 1e-6):.0f} times as long"
    )
