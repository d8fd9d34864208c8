"""A word cloud and a histogram of categories, as PNG and SVG; equal input gives equal bytes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from engine.errors import UsageError
from engine.keywords.categories import CategoryCount
from engine.keywords.keyword import Keyword
from engine.settings import go_offline, resources_dir

_WIDTH_PX, _HEIGHT_PX = 960, 600
_MOST_WORDS = 150
_MOST_CATEGORIES = 25
_COLOR = "#2b6c99"


def write_pictures(
    folder: Path, keywords: Sequence[Keyword], categories: Sequence[CategoryCount]
) -> tuple[Path, ...]:
    """Write the pictures and ``categories.csv`` into ``folder``; returns the files."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = [*_write_cloud(folder, keywords), *_write_histogram(folder, categories)]
        table = folder / "categories.csv"
        with table.open("w", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream)
            writer.writerow(("category", "count", "texts", "words"))
            for each in categories:
                writer.writerow((each.category, each.count, each.texts, " ".join(each.words)))
    except OSError as error:
        raise UsageError(f"cannot write pictures into {folder}: {error}") from error
    return (*files, table)


def _write_cloud(folder: Path, keywords: Sequence[Keyword]) -> list[Path]:
    """Draw each word as large as its score; all by chance of a fixed seed."""
    best = keywords[:_MOST_WORDS]
    lowest = min((each.score for each in best), default=0.0)
    # Only positive sizes can be drawn; a method may give a word nothing.
    sizes = {each.term: each.score - min(lowest, 0.0) for each in best}
    drawn = {term: size for term, size in sizes.items() if size > 0}
    if not drawn:
        return []
    from wordcloud import WordCloud

    cloud = WordCloud(
        width=_WIDTH_PX,
        height=_HEIGHT_PX,
        font_path=str(resources_dir() / "fonts" / "DejaVuSansCondensed.ttf"),
        background_color="white",
        colormap="viridis",
        random_state=0,
        max_words=_MOST_WORDS,
    ).generate_from_frequencies(drawn)
    png, svg = folder / "word_cloud.png", folder / "word_cloud.svg"
    cloud.to_file(str(png))
    svg.write_text(cloud.to_svg(embed_font=False), encoding="utf-8")
    return [png, svg]


def _write_histogram(folder: Path, categories: Sequence[CategoryCount]) -> list[Path]:
    chosen = categories[:_MOST_CATEGORIES]
    if not chosen:
        return []
    go_offline()
    import matplotlib as mpl
    from matplotlib.figure import Figure

    with mpl.rc_context({"svg.hashsalt": "casebook", "svg.fonttype": "none"}):
        figure: Any = Figure(figsize=(8, 1 + 0.32 * len(chosen)), layout="constrained")
        axes = figure.subplots()
        names = [each.category for each in reversed(chosen)]
        bars = axes.barh(names, [each.count for each in reversed(chosen)], color=_COLOR)
        axes.bar_label(bars, padding=3)
        axes.set_xlabel("words of the category in the reports")
        axes.spines[["top", "right"]].set_visible(False)
        png, svg = folder / "categories.png", folder / "categories.svg"
        figure.savefig(png, dpi=120, metadata={"Software": None})
        figure.savefig(svg, metadata={"Date": None})
    return [png, svg]
