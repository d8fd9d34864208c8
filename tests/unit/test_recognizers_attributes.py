"""Side, position, count, color, size and date of a phrase come from the words that belong to it."""

from __future__ import annotations

import pytest

from engine.model.evidence import Laterality, Span
from engine.model.findings import EntityAttributes
from engine.recognizers.attributes import attributes_of
from engine.recognizers.measured import measurements
from engine.recognizers.sentence_words import SentenceWords


def attributes(text: str, phrase: str) -> EntityAttributes:
    start = text.index(phrase)
    sentence = SentenceWords.of(text, Span(start=0, end=len(text)))
    span = Span(start=start, end=start + len(phrase))
    return attributes_of(sentence, span, measurement=measurements(sentence, [span]).get(span))


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
    assert (found.position, found.date) == ("upper lobe", "2021-03-04")


@pytest.mark.parametrize(
    ("text", "phrase", "values_mm"),
    [
        ("A 2 x 3 cm mass.", "mass", (30.0, 20.0)),
        ("A 4cm x 3cm x 2cm lesion.", "lesion", (40.0, 30.0, 20.0)),
        ("The mass measures 2 to 3 cm.", "mass", (30.0,)),
        ("The nodule has grown from 4 mm to 7 mm.", "nodule", (7.0,)),
        ("A half inch cut.", "cut", (12.7,)),
        ("A five-inch knife.", "knife", (127.0,)),
        ("A 2 1/2 inch nail.", "nail", (63.5,)),
        ('A 6" pipe.', "pipe", (152.4,)),
        ("A scar about 3,5 cm long.", "scar", (35.0,)),
        ("A man 1.8 m tall.", "man", (1800.0,)),
        ("12 bags of 5 g.", "bags", ()),
        ("A call at 10 in the evening.", "call", ()),
        ("A 0/0 inch slip.", "slip", ()),
    ],
)
def test_sizes_in_millimeters(text: str, phrase: str, values_mm: tuple[float, ...]) -> None:
    found = attributes(text, phrase).measurement
    assert (found.values_mm if found else ()) == values_mm


@pytest.mark.parametrize(
    ("text", "phrase", "count"),
    [
        ("Unchanged 4-mm nodule.", "nodule", None),
        ("On 3 May 2024 a wallet was found.", "wallet", None),
        ("Two dozen cartridges.", "cartridges", 24),
        ("Twenty-one bags.", "bags", 21),
        ("2 dozen eggs.", "eggs", 24),
    ],
)
def test_a_number_of_a_size_or_date_counts_nothing(text: str, phrase: str, count: int | None) -> None:
    assert attributes(text, phrase).count == count


@pytest.mark.parametrize(
    ("text", "phrase", "comparison"),
    [
        ("Stable cardiomegaly.", "cardiomegaly", "unchanged"),
        ("The effusion is unchanged.", "effusion", "unchanged"),
        ("The effusion has not increased.", "effusion", "unchanged"),
        ("No change in the right effusion.", "effusion", "unchanged"),
        ("Interval increase in the right pleural effusion.", "pleural effusion", "larger"),
        ("Effusion smaller than on the prior.", "Effusion", "smaller"),
        ("New opacity at the left base.", "opacity", "new"),
        ("Effusion has resolved.", "Effusion", "resolved"),
        ("Persistent pneumothorax.", "pneumothorax", "persistent"),
        ("A large effusion.", "effusion", ""),
    ],
)
def test_comparison_with_an_earlier_time(text: str, phrase: str, comparison: str) -> None:
    assert attributes(text, phrase).comparison == comparison


def test_degree_and_material() -> None:
    assert attributes("Mildly tortuous aorta.", "aorta").degree == "mild"
    assert attributes("The effusion is small.", "effusion").degree == "small"
    assert attributes("A pair of leather gloves.", "gloves").materials == ("leather",)
    assert attributes("A knife made of stainless steel.", "knife").materials == ("steel",)
    assert attributes("RLQ pain.", "pain").position == "lower quadrant"


def sizes(text: str, *phrases: str) -> list[tuple[float, ...]]:
    """Return the size of each phrase where all of them share the sizes of the sentence."""
    sentence = SentenceWords.of(text, Span(start=0, end=len(text)))
    spans = [Span(start=text.index(each), end=text.index(each) + len(each)) for each in phrases]
    found = measurements(sentence, spans)
    return [found[span].values_mm if span in found else () for span in spans]


@pytest.mark.parametrize(
    ("text", "measured", "others"),
    [
        ("A knife with a black handle, 20 cm long, lay on the seat.", "knife", ("handle", "seat")),
        ("The victim had a laceration of 20 cm on the left forearm.", "laceration", ("victim", "forearm")),
        ("An opacity in the left lower lobe measuring 20 cm.", "opacity", ("lobe",)),
        ("A 20 cm mass in the right upper lobe.", "mass", ("lobe",)),
        ("The liver measures 20 cm and the spleen is normal.", "liver", ("spleen",)),
        ("The spleen is normal; the liver measures 20 cm.", "liver", ("spleen",)),
        ("Bruising around the eye, and a scar of 20 cm.", "scar", ("Bruising", "eye")),
        ("A mass of the lung, measuring approximately 20 cm in diameter.", "mass", ("lung",)),
        ("A lucency in the apex which measures about 20 cm.", "lucency", ("apex",)),
        ("A density measuring 20 cm projecting over the lung.", "density", ("lung",)),
        ("A hole in the fence, about 20 cm across.", "hole", ("fence",)),
        ("Two nodules in the apex measuring 3 mm and one measuring 20 cm.", "nodules", ("apex",)),
        ("One 20 cm knife and two forks.", "knife", ("forks",)),
        ("Two cysts, the largest 20 cm.", "cysts", ()),
        (
            "Two scratches go from the lock to the hinge, the widest of them 20 cm.",
            "scratches",
            ("lock", "hinge"),
        ),
        (
            "Two masses within the chest, largest over the right heart border measuring 20 cm.",
            "masses",
            ("border",),
        ),
        ("Multiple fibroids, the larger of which measures approximately 20 cm.", "fibroids", ()),
        ("Stones in the kidney (largest 20 cm).", "Stones", ("kidney",)),
        ("Cysts of the liver with the smallest 3 mm and the largest about 20 cm.", "Cysts", ("liver",)),
        ("Cysts of the liver, the largest 20 cm, the smallest 3 mm.", "Cysts", ("liver",)),
        ("Two cysts, the largest node 20 cm.", "node", ("cysts",)),
    ],
)
def test_a_size_is_of_one_phrase(text: str, measured: str, others: tuple[str, ...]) -> None:
    assert sizes(text, measured, *others) == [(200.0,), *[()] * len(others)]


@pytest.mark.parametrize(
    ("text", "phrases"),
    [
        ("The tube ends 4 cm above the carina.", ("tube", "carina")),
        ("A nodule 2 cm from the hilum.", ("nodule", "hilum")),
        ("The cars stood 3 m apart.", ("cars",)),
        ("A man with an 8 inch blade.", ("man",)),
        ("Largest in the left base measuring 3 cm.", ("base",)),
    ],
)
def test_a_distance_or_a_size_of_something_else_is_nobodys(text: str, phrases: tuple[str, ...]) -> None:
    assert sizes(text, *phrases) == [()] * len(phrases)


@pytest.mark.parametrize(
    ("first", "then", "size_mm"),
    [
        ("A mass is seen near the hilum.", "It measures approximately 3 cm in diameter.", (30.0,)),
        ("In the lung there is a mass.", "This is up to 3 x 2 cm.", (30.0, 20.0)),
        ("Three nodules of the lobe.", "The largest of these measures 4 mm.", (4.0,)),
        ("A mark over the hilum and lung.", "It measures 3 cm.", ()),
        ("A mass is seen.", "It is 3 cm above the door.", ()),
        ("A mass is seen.", "It was seen 3 cm deep.", ()),
        ("A mass of 1 cm is seen.", "It measures 3 cm.", (10.0,)),
    ],
)
def test_a_size_may_be_said_of_it_in_the_next_sentence(
    first: str, then: str, size_mm: tuple[float, ...]
) -> None:
    sentence = SentenceWords.of(f"{first} {then}", Span(start=0, end=len(first)))
    words = ("nodules", "lobe") if "nodules" in first else ("mass", "hilum", "lung")
    spans = [
        Span(start=first.index(word), end=first.index(word) + len(word)) for word in words if word in first
    ]
    found = measurements(sentence, spans)
    assert [found[span].values_mm if span in found else () for span in spans] == [
        size_mm,
        *[()] * (len(spans) - 1),
    ]


def test_the_place_in_an_order_counts_nothing_and_what_holds_a_thing_lends_it_nothing() -> None:
    assert attributes("Fracture of the right 7th rib.", "rib").count is None
    powder = attributes("Two white plastic bags containing brown powder.", "powder")
    assert (powder.colors, powder.count, powder.materials) == (("brown",), None, ())


def test_a_change_is_of_what_lies_in_a_place_not_of_the_place() -> None:
    text = "The nodule in the right upper lobe, previously 9 mm, is larger than before."
    assert attributes(text, "nodule").comparison == "larger"
    assert attributes(text, "right upper lobe").comparison == ""


def test_an_age_counts_nobody() -> None:
    assert attributes("The victim, a 34-year-old man, fell.", "man").count is None
