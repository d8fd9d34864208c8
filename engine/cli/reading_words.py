"""The words of the command line that ask a case."""

from __future__ import annotations

from pathlib import Path

from engine.cli import commands, show_command, text_commands
from engine.cli.verb import Verbs, add_verb, count

_SHOWABLE = (
    "files",
    "images",
    "reports",
    "regions",
    "entities",
    "links",
    "relations",
    "issues",
    "coverage",
    "duplicates",
    "runs",
    "audit",
)


def add_reading_verbs(verbs: Verbs) -> None:
    search = add_verb(verbs, "search", commands.search, "find images and reports")
    search.add_argument("case", type=Path)
    search.add_argument("terms", nargs="?", default="")
    search.add_argument("--assertion", choices=("present", "any", "absent"), default="present")
    search.add_argument("--limit", type=count, default=20)
    search.add_argument("--report", default="", help="pictures by the keywords of this report (id or path)")
    search.add_argument("--image", default="", help="reports about this picture (id or path)")
    search.add_argument("--no-expand", action="store_true", help="the words as typed: no synonyms, no sense")
    search.add_argument("--facets", action="store_true", help="how the hits are spread, instead of the hits")

    similar = add_verb(verbs, "similar", commands.similar, "find pictures that look like one of the case")
    similar.add_argument("case", type=Path)
    similar.add_argument("image", help="id, or path inside the evidence folder")
    similar.add_argument("--region", default="", metavar="ID", help="regions that look like this one of it")
    similar.add_argument("--limit", type=count, default=20)

    show = add_verb(verbs, "show", show_command.show, "list what is in a case")
    show.add_argument("case", type=Path)
    show.add_argument("what", choices=_SHOWABLE)
    show.add_argument("--limit", type=count, default=None)

    words = add_verb(verbs, "keywords", text_commands.keywords, "list the keywords of a case's reports")
    words.add_argument("case", type=Path)
    words.add_argument("--method", choices=("tfidf", "chi2", "pmi", "hmm"), default="tfidf")
    words.add_argument("--top", type=count, default=20)
    words.add_argument("--query", default="", help="only of the reports that this search finds")
    words.add_argument("--against", default="", metavar="LABEL", help="chi2: what parts the reports in two")
    words.add_argument("--categories", type=Path, default=None, metavar="FILE", help="a table of your own")
    words.add_argument("--plots", type=Path, default=None, metavar="DIR", help="a word cloud and a histogram")

    vectors = add_verb(verbs, "vectors", text_commands.vectors, "choose what search compares sentences by")
    vectors.add_argument("case", type=Path)
    vectors.add_argument("name", choices=("minilm", "word2vec"), help="word2vec: trained on this case")
