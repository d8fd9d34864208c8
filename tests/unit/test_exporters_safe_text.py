"""Text from evidence must come out visible and harmless."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfgen.canvas import Canvas

from engine.card_text import section_lines
from engine.exporters.pdf.fonts import HAN, HANGUL, draw_line, drawable, markup
from engine.exporters.safe_text import one_line, shortened, spreadsheet_cell, visible


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("a\x00b", "a[U+0000]b"),
        ("exe\u202egpj", "exe[U+202E]gpj"),
        ("zero\u200bwidth", "zero[U+200B]width"),
        ("lone \ud800 surrogate", "lone [U+D800] surrogate"),
        ("Zoë Çelik, Ωμέγα, Привет", "Zoë Çelik, Ωμέγα, Привет"),
        ("two\nlines", "two\nlines"),
    ],
)
def test_what_is_hidden_is_shown(hostile: str, shown: str) -> None:
    assert visible(hostile) == shown


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "\u00a0=1"]
)
def test_a_cell_never_starts_a_formula(formula: str) -> None:
    assert spreadsheet_cell(formula).startswith("'")


def test_harmless_cells_stay_as_they_are() -> None:
    assert spreadsheet_cell("left lung, 12 mm") == "left lung, 12 mm"


@given(st.text(max_size=60))
def test_any_text_survives_a_csv_file_and_can_be_told_apart(text: str) -> None:
    stream = io.StringIO()
    csv.writer(stream).writerow([spreadsheet_cell(text), "next"])
    (row,) = csv.reader(io.StringIO(stream.getvalue(), newline=""))
    assert row == [spreadsheet_cell(text), "next"]
    assert "\x00" not in row[0]


@settings(deadline=None)
@given(st.text(alphabet=st.characters(), max_size=40))
def test_any_text_becomes_markup_that_reportlab_takes(text: str) -> None:
    from engine.exporters.pdf.layout import para

    made = para(markup(text))
    width, height = made.wrap(200, 10_000)
    assert width <= 200
    assert height >= 0


def test_markup_is_not_taken_as_markup() -> None:
    assert markup("<img src='http://x/y.png'/> & <b>") == (
        "&lt;img src=&#x27;http://x/y.png&#x27;/&gt; &amp; &lt;b&gt;"
    )


def test_chinese_japanese_korean_have_a_font_and_emoji_a_code_point() -> None:
    assert markup("王芳 様 한국") == (
        f'<font name="{HAN}">王芳</font> <font name="{HAN}">様</font> <font name="{HANGUL}">한국</font>'
    )
    assert drawable("gun 🔫") == "gun [U+1F52B]"


def test_long_names_are_cut_in_their_middle_and_say_so() -> None:
    cut = shortened("a" * 5000 + "b" * 5000, 100)
    assert len(cut) <= 100
    assert cut.startswith("aaa")
    assert cut.endswith("bbb")
    assert "characters…" in cut


class _Page(Canvas):
    """A page that remembers what was written on it, and where."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO())
        self.drawn: list[tuple[float, str]] = []

    def drawString(self, x: float, y: float, text: str, **options: object) -> None:
        self.drawn.append((x, text))
        super().drawString(x, y, text, **options)


def test_a_drawn_line_fits_its_width() -> None:
    from reportlab.pdfbase.pdfmetrics import stringWidth

    from engine.exporters.pdf.fonts import TEXT

    page = _Page()
    draw_line(page, (10, 20), "Case " + "W" * 10_000, 8, 120)
    shown = "".join(text for _, text in page.drawn)
    assert stringWidth(shown, TEXT, 8) <= 120
    assert shown.endswith("…")
    page.drawn.clear()
    draw_line(page, (300, 20), "right", 8, 120, right=True)
    ((left, text),) = page.drawn
    assert text == "right" and left == pytest.approx(300 - stringWidth("right", TEXT, 8))


def test_one_line_has_no_line_ends() -> None:
    assert one_line("a\r\nb\u2028c\td") == "a[U+000D] b c d"


def test_a_card_section_becomes_plain_lines() -> None:
    card = (
        "# m\n\n## Figures\n\nOn 86\npictures:\n\n| figure | value |\n|---|---|\n| F1 | 0.99 |\n\n"
        "## Limits\n\n* Adults\n  only.\n* `x`\n"
    )
    assert section_lines(card, "Figures") == ("On 86 pictures:", "F1: 0.99")
    assert section_lines(card, "Limits") == ("Adults only.", "x")
    assert section_lines(card, "Data") == ()


def test_pictures_and_empty_heads_of_a_card_stay_out_of_plain_lines() -> None:
    card = (
        "## Figures\n\n| figure | guns | cars |\n|---|---|---|\n| mAP50 | 0.6 | 0.3 |\n| broken |\n"
        "![Curves](plots/curves.png)\nMore.\n\n| |\n|---|\n"
    )
    assert section_lines(card, "Figures") == ("mAP50: guns 0.6, cars 0.3",)
    item = "* **Figures** F1\n  0.8 (`x`).\n* **Limits** English.\n"
    assert section_lines(item, "Figures") == ("F1 0.8 (x).",)
    assert section_lines(item, "Limits") == ("English.",)
