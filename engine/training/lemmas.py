"""Tables for spaCy's rule lemmatizer: forms seen in the treebank, and suffix rules for the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from engine.recognizers.conllu import Word

if TYPE_CHECKING:
    from spacy.lookups import Lookups

# Detachment rules after WordNet's morphy; the first that fits is taken where no form is known.
RULES: dict[str, list[list[str]]] = {
    "noun": [
        ["sses", "ss"],
        ["ies", "y"],
        ["ches", "ch"],
        ["shes", "sh"],
        ["xes", "x"],
        ["zes", "ze"],
        ["men", "man"],
        ["ss", "ss"],
        ["us", "us"],
        ["is", "is"],
        ["s", ""],
    ],
    "verb": [
        ["ies", "y"],
        ["ied", "y"],
        ["sses", "ss"],
        ["ches", "ch"],
        ["shes", "sh"],
        ["xes", "x"],
        ["es", "e"],
        ["s", ""],
        ["ated", "ate"],
        ["ating", "ate"],
        ["ized", "ize"],
        ["izing", "ize"],
        ["ved", "ve"],
        ["ving", "ve"],
        ["ced", "ce"],
        ["cing", "ce"],
        ["sed", "se"],
        ["sing", "se"],
        ["ged", "ge"],
        ["ging", "ge"],
        ["red", "re"],
        ["ring", "re"],
        ["ed", ""],
        ["ed", "e"],
        ["ing", ""],
        ["ing", "e"],
    ],
    "adj": [["ier", "y"], ["iest", "y"], ["er", ""], ["er", "e"], ["est", ""], ["est", "e"]],
    "adv": [["er", ""], ["est", ""]],
}


def lemma_tables(sentences: Iterable[Sequence[Word]]) -> Lookups:
    """Return the tables ``lemma_rules``, ``lemma_exc`` and ``lemma_index`` for the treebank's words.

    The most frequent lemma of a form and part of speech wins; proper nouns are left as they are
    written unless their lemma differs from the form.
    """
    from spacy.lookups import Lookups

    counts: dict[str, dict[str, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    lemmas: dict[str, set[str]] = defaultdict(set)
    for sentence in sentences:
        for word in sentence:
            kind = word.upos.lower()
            counts[kind][word.text.lower()][word.lemma] += 1
            lemmas[kind].add(word.lemma.lower())
    tables = Lookups()
    tables.add_table("lemma_rules", RULES)
    tables.add_table(
        "lemma_exc",
        {
            kind: {form: [_most_frequent(found)] for form, found in forms.items()}
            for kind, forms in counts.items()
            if kind not in ("propn", "x", "num", "punct", "sym")
        },
    )
    tables.add_table(
        "lemma_index",
        {kind: sorted(found) for kind, found in lemmas.items() if kind in RULES},
    )
    return tables


def _most_frequent(found: Counter[str]) -> str:
    return min(found, key=lambda lemma: (-found[lemma], lemma))
