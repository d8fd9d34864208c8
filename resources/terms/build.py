"""Make the tables of this folder from public vocabularies: ``python build.py VOCAB TREEBANK``.

VOCAB holds hpo.tsv, doid.tsv, uberon.tsv and wordnet_nouns.tsv (SOURCES.md says where they come from),
TREEBANK is a CoNLL-U file that tells which words are rarely nouns. Equal input gives equal bytes.
"""

from __future__ import annotations

import csv
import itertools
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from engine.recognizers.conllu import read_conllu
from engine.terminologies.term_row import keyed, numbered, pack
from engine.word_forms import forget_nouns, normal_form, stem, word_forms

HERE = Path(__file__).parent
# "Forearm" stands among HPO's terms to say where a finding is; alone it is none.
PLACES_OF_HPO = frozenset({"HP:6000299"})
# Classical plurals of clinical words: vertebra, hilum, bronchus, diagnosis.
CLASSICAL_PLURALS = (
    ("sis", "ses"),
    ("um", "a"),
    ("us", "i"),
    ("a", "ae"),
    ("ax", "aces"),
    ("ix", "ices"),
    ("ex", "ices"),
)


@dataclass(frozen=True)
class Row:
    """A concept on its way into a table; ``rank`` orders the concepts of one phrase, highest first."""

    id: str
    label: str
    name: str
    synonyms: tuple[str, ...] = ()
    parents: tuple[str, ...] = ()
    rank: float = 0.0
    phrases: tuple[str, ...] = field(default=())


def main(vocabularies: Path, treebank: Path) -> None:
    wordnet = list(read_wordnet(vocabularies / "wordnet_nouns.tsv"))
    clinical = clinical_rows(vocabularies)
    roots = read_csv("roots.csv")
    own = [Row(row["id"], "", row["name"], split(row["synonyms"])) for row in read_csv("additions.csv")]
    words = {
        word.lower()
        for row in [*own, *clinical, *wordnet]
        for name in (row.name, *row.synonyms)
        for word in name.split()
    }
    clinical_words = {
        word.lower()
        for row in [*clinical, *own]
        for name in (row.name, *row.synonyms)
        for word in name.split()
    }
    pack(HERE / "irregular_nouns.tsv.gz", irregular_nouns(words, clinical_words))
    forget_nouns()  # from here on phrases are normalized with the new table
    clinical = with_disease_parents(clinical)
    pack(HERE / "rarely_nouns.tsv.gz", sorted(rarely_nouns(treebank)))
    for table, base in (("clinical", clinical), ("objects", [])):
        labels = {f"WN:{row['synset']}": row["label"] for row in roots if row["table"] == table}
        chosen = labelled(wordnet, labels, with_ancestors=table == "objects")
        rows = with_additions(
            [*base, *chosen], [row for row in read_csv("additions.csv") if row["table"] == table]
        )
        rows = with_head_parents(rows)
        adjectives = read_csv("adjectives.csv") if table == "clinical" else []
        write_table(table, rows, {row["adjective"]: row["id"] for row in adjectives})


def read_wordnet(path: Path) -> Iterator[Row]:
    rows = [
        Row(f"WN:{line['synset'][:8]}", "", lemmas[0], lemmas[1:], parents)
        for line in read_tsv(path)
        for lemmas in [tuple(line["lemmas"].split("|"))]
        for parents in [tuple(f"WN:{parent[:8]}" for parent in split(line["hypernyms"]))]
    ]
    parents_of = {row.id: row.parents for row in rows}
    below = Counter(ancestor for row in rows for ancestor in climb(row.id, parents_of))
    for row in rows:
        # No sense frequencies come with the table; a meaning with much below it is the everyday one.
        yield replace(row, rank=below[row.id] + 2.0 * len(row.synonyms))


def clinical_rows(vocabularies: Path) -> list[Row]:
    hpo = [
        Row(line["id"], "finding", line["label"], split(line["lay_synonyms"]), (), 3.0)
        for line in read_tsv(vocabularies / "hpo.tsv")
        if line["id"] not in PLACES_OF_HPO
    ]
    doid = [
        Row(line["id"], "finding", line["label"], split(line["exact_synonyms"]), split(line["parents"]), 2.0)
        for line in read_tsv(vocabularies / "doid.tsv")
    ]
    uberon = [
        Row(line["id"], "anatomy", line["label"], split(line["exact_synonyms"]), split(line["parents"]), 1.0)
        for line in read_tsv(vocabularies / "uberon.tsv")
    ]
    return [*hpo, *doid, *uberon]


def with_disease_parents(rows: list[Row]) -> list[Row]:
    """Place a phenotype, whose table has no hierarchy, below the disease of the same name."""
    disease = {normal_form(row.name): row.id for row in rows if row.id.startswith("DOID:")}
    return [
        replace(row, parents=(disease[normal_form(row.name)],))
        if row.id.startswith("HP:") and normal_form(row.name) in disease
        else row
        for row in rows
    ]


def with_head_parents(rows: list[Row]) -> list[Row]:
    """Place a phenotype below the finding that its name narrows.

    "Acute pancreatitis" goes below "pancreatitis"; "clavicle fracture", "fractured femur" and "fracture of
    the femur" below "fracture".
    """
    named = {normal_form(row.name): row.id for row in reversed(rows) if row.id.startswith(("HP:", "CB:"))}
    return [
        replace(row, parents=(*row.parents, head)) if head else row
        for row in rows
        for head in [head_parent(row, named) if row.id.startswith("HP:") else ""]
    ]


def head_parent(row: Row, named: Mapping[str, str]) -> str:
    words = normal_form(row.name).split()
    heads = [" ".join(words[start:]) for start in range(1, len(words))]
    if words[0] in word_forms().states:
        heads.append(stem(words[0]))
    if "of" in words:
        heads.append(" ".join(words[: words.index("of")]))
    return next((named[head] for head in heads if named.get(head, row.id) != row.id), "")


def labelled(rows: list[Row], labels: Mapping[str, str], *, with_ancestors: bool) -> list[Row]:
    """Keep what lies below a root, with the label of the nearest; ancestors stay without a label."""
    parents_of = {row.id: row.parents for row in rows}
    kept = {row.id: label for row in rows if (label := nearest_label(row.id, parents_of, labels))}
    needed = {above for row_id in kept for above in climb(row_id, parents_of)} if with_ancestors else set()
    return [
        replace(row, label=kept.get(row.id, ""), parents=row.parents if with_ancestors else ())
        for row in rows
        if row.id in kept or row.id in needed
    ]


def nearest_label(row_id: str, parents_of: Mapping[str, tuple[str, ...]], labels: Mapping[str, str]) -> str:
    level, seen = [row_id], set[str]()
    while level:
        found = [labels[item] for item in level if item in labels]
        if found:
            return found[0]
        seen.update(level)
        level = [parent for item in level for parent in parents_of.get(item, ()) if parent not in seen]
    return ""


def climb(row_id: str, parents_of: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    waiting, seen = [row_id], {row_id}
    while waiting:
        for parent in parents_of.get(waiting.pop(), ()):
            if parent not in seen:
                seen.add(parent)
                waiting.append(parent)
                yield parent


def with_additions(rows: list[Row], additions: Iterable[Mapping[str, str]]) -> list[Row]:
    """Add our own concepts, and synonyms and parents to those of others."""
    by_id = {row.id: row for row in rows}
    for line in additions:
        # Written-out alternatives can be found in a text but are no names to show.
        listed = re.split(r"\|(?![^()]*\))", line["synonyms"])
        synonyms = tuple(name for name in listed if name and "(" not in name)
        phrases = tuple(phrase for name in listed if "(" in name for phrase in written_out(name))
        parents = split(line["parents"])
        known = by_id.get(line["id"])
        if known is None and not line["name"]:
            raise SystemExit(f"additions.csv: no concept {line['id']} to add to")
        row = known or Row(line["id"], line["label"], line["name"])
        by_id[row.id] = replace(
            row,
            synonyms=(*row.synonyms, *synonyms),
            parents=(*row.parents, *parents),
            phrases=(*row.phrases, *phrases),
            rank=1e6 if known else 5e5,
        )
    return list(by_id.values())


def written_out(phrase: str) -> Iterator[str]:
    """Yield a phrase with its alternatives written out: ``(heart|aorta) is (wide|large)`` gives four."""
    parts = re.split(r"\(([^()]*)\)", phrase)
    choices = [part.split("|") if index % 2 else [part] for index, part in enumerate(parts)]
    return ("".join(chosen) for chosen in itertools.product(*choices))


def write_table(table: str, rows: list[Row], adjectives: Mapping[str, str]) -> None:
    numbers = {row.id: number for number, row in enumerate(rows)}
    named: dict[str, list[tuple[float, int]]] = defaultdict(list)
    for number, row in enumerate(rows):
        if row.label:
            for position, name in enumerate((row.name, *row.synonyms, *row.phrases)):
                normal = normal_form(name)
                if 1 < len(normal) <= 80:
                    named[normal].append((-likelihood(row, position), number))
    for adjective, concept_id in adjectives.items():
        named[normal_form(adjective)].insert(0, (-1e9, numbers[concept_id]))
    lines = [
        "\t".join((row.id, row.label, row.name, "|".join(row.synonyms), "|".join(row.parents)))
        for row in rows
    ]
    pack(HERE / f"{table}.tsv.gz", lines)
    pack(HERE / f"{table}_phrases.tsv.gz", numbered(named))
    pack(HERE / f"{table}_keys.tsv.gz", numbered(keyed(named)))
    sys.stdout.write(f"{table}: {len(lines)} concepts, {len(named)} phrases\n")


def likelihood(row: Row, position: int) -> float:
    """Order the concepts of one phrase: a first name counts more, a person less (a "hand", a "light")."""
    return row.rank / (1 + position) * (0.2 if row.label == "person" else 1.0)


def irregular_nouns(words: set[str], clinical_words: set[str]) -> list[str]:
    """Return ``form, singular`` lines: classical plurals, and words that only look like plurals."""
    table: dict[str, str] = {}
    for word in sorted(clinical_words):
        for singular, plural in CLASSICAL_PLURALS:
            form = word.removesuffix(singular) + plural
            if word.endswith(singular) and len(word) > 5 and word.isalpha() and form not in words:
                table.setdefault(form, word)
    for word in sorted(words):
        if (
            word.isalpha()
            and word.endswith("s")
            and len(word) > 3
            and word[:-1] not in words
            and not word.endswith(("ss", "us", "is", "ies", "es"))
        ):
            table.setdefault(word, word)
    table.update((row["form"], row["singular"]) for row in read_csv("irregular.csv"))
    return [f"{form}\t{singular}" for form, singular in sorted(table.items())]


def rarely_nouns(treebank: Path) -> Iterator[str]:
    """Yield the words that the treebank uses as something else than a noun most of the time."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for sentence in read_conllu(treebank):
        for word in sentence:
            counts[word.text.lower()][word.upos == "NOUN"] += 1
    for written, found in counts.items():
        if written.isalpha() and found[False] > found[True] and found.total() >= 3:
            yield written


def read_tsv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))


def read_csv(name: str) -> list[dict[str, str]]:
    with (HERE / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def split(joined: str) -> tuple[str, ...]:
    return tuple(part for part in joined.split("|") if part)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
