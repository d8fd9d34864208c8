"""Side, position, count, color, size and date of a phrase come from the words that belong to it."""

from __future__ import annotations

import pytest

from engine.model.evidence import Laterality, Span
from engine.model.findings import EntityAttributes
from engine.recognizers.attributes import SentenceWords, attributes_of


def attributes(text: str, phrase: str) -> EntityAttributes:
    start = text.index(phrase)
    sentence = SentenceWords.of(text, Span(start=0, end=len(text)))
    return attributes_of(sentence, Span(start=start, end=start + len(phrase)))


@pytest.mark.parametrize(
    ("text", "phrase", "side"),
    [
        ("Opacity in the left lower lobe.", "Opacity", Laterality.LEFT),
        ("Small right pleural effusion and left nodule.", "pleural effusion", Laterality.RIGHT),
        ("Small right pleural effusion and left nodule.", "nodule", Laterality.LEFT),
        ("Bilateral pleural effusions.", "pleural effusions", Laterality.BILATERAL),
        ("Effusions bilaterally.", "Effusions", Laterality.BILATERAL),
        ("On the left, beside the car, stands a man.", "man", Laterality.LEFT),
        ("The heart is normal.", "heart", None),
        ("The car turned right at the light.", "car", None),
    ],
)
def test_laterality(text: str, phrase: str, side: Laterality | None) -> None:
    assert attributes(text, phrase).laterality is side


@pytest.mark.parametrize(
    ("text", "phrase", "colors"),
    [
        ("A dark blue car.", "car", ("blue",)),
        ("A grey and white cat.", "cat", ("gray", "white")),
        ("The car is red.", "car", ("red",)),
        ("The car is not red.", "car", ()),
        ("A man in a red jacket.", "man", ()),
        ("A man in a red jacket.", "jacket", ("red",)),
    ],
)
def test_colors(text: str, phrase: str, colors: tuple[str, ...]) -> None:
    assert attributes(text, phrase).colors == colors


@pytest.mark.parametrize(
    ("text", "phrase", "count"),
    [
        ("Two small red cups stand there.", "cups", 2),
        ("A pair of gloves.", "gloves", 2),
        ("3 bottles.", "bottles", 3),
        ("A single nodule.", "nodule", 1),
        ("A nodule.", "nodule", None),
    ],
)
def test_count(text: str, phrase: str, count: int | None) -> None:
    assert attributes(text, phrase).count == count


@pytest.mark.parametrize(
    ("text", "phrase", "values_mm"),
    [
        ("A 3.2 x 4.1 cm mass.", "mass", (41.0, 32.0)),
        ("A nodule measuring 8 mm.", "nodule", (8.0,)),
        ("A knife 6 inches long.", "knife", (152.4,)),
        ("A 2-cm nodule and a 5 mm cyst.", "cyst", (5.0,)),
    ],
)
def test_measurements_are_in_millimeters(text: str, phrase: str, values_mm: tuple[float, ...]) -> None:
    measured = attributes(text, phrase).measurement
    assert measured is not None
    assert measured.values_mm == pytest.approx(values_mm)


def test_position_and_date() -> None:
    found = attributes("Nodule in the right upper lobe, seen on 2021-03-04.", "Nodule")
    assert (found.position, found.date) == ("upper", "2021-03-04")
