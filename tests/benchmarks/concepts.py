"""Concept recall of search terms: how many of the reports that answer a term speak of its concept.

    python -m tests.benchmarks.concepts DATA/iu_retrieval [--misses N]

For each term of ``queries.jsonl``: recall and precision of "the report has a present, possible or historical
Entity of the term's concept or of one below it" against the reports listed as relevant, which the
collection's MeSH headings assign. Nothing is tuned on the terms.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from engine.hashing import bytes_sha256
from engine.model.evidence import CaseKind, Report
from engine.model.findings import Assertion, Entity
from engine.model.ids import report_id
from engine.recognizers.pipeline import TextPipeline
from engine.vocabulary import Vocabulary, load_vocabulary

_COUNTED = frozenset({Assertion.PRESENT, Assertion.POSSIBLE, Assertion.HISTORICAL})


def main(folder: Path, misses: int) -> None:
    vocabulary = load_vocabulary(CaseKind.MEDICAL)
    pipeline = TextPipeline.load(CaseKind.MEDICAL, with_models=False)
    files = sorted((folder / "reports").glob("*.txt"))
    found = {path.name: _concepts(pipeline, path) for path in files}
    queries = [
        json.loads(line) for line in (folder / "queries.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    totals = [0, 0, 0]
    for query in queries:
        relevant = set(query["relevant"])
        wanted = _ids(query["query"], vocabulary)
        hits = {
            name
            for name, ids in found.items()
            if any(vocabulary.is_a(each, id_) for each in ids for id_ in wanted)
        }
        right = len(hits & relevant)
        totals = [totals[0] + right, totals[1] + len(relevant), totals[2] + len(hits)]
        names = ", ".join(sorted(wanted)) or "no concept"
        recall, precision = right / len(relevant), right / len(hits) if hits else 0.0
        print(
            f"{query['query']:36} recall {recall:.3f} precision {precision:.3f} "
            f"({right}/{len(relevant)}, {names})"
        )
        for name in sorted(relevant - hits)[:misses]:
            print("    misses", name)
    print(f"all terms: recall {totals[0] / totals[1]:.3f} precision {totals[0] / totals[2]:.3f}")


def _concepts(pipeline: TextPipeline, path: Path) -> set[str]:
    text = path.read_text(encoding="utf-8")
    sha256 = bytes_sha256(text.encode())
    (analyzed,) = pipeline.analyze([Report(id=report_id(sha256, 0), sha256=sha256, text=text)])
    return {_id(entity) for entity in analyzed.entities if entity.assertion in _COUNTED and entity.concept}


def _id(entity: Entity) -> str:
    return entity.concept.partition(" ")[0]


def _ids(words: str, vocabulary: Vocabulary) -> set[str]:
    """Return the concepts of the whole term, or of its last words where the whole is none."""
    parts = words.split()
    for start in range(len(parts)):
        concepts = vocabulary.concepts(" ".join(parts[start:]))
        if concepts:
            return {concept.id for concept in concepts if concept.label == concepts[0].label}
    return set()


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[3]) if "--misses" in sys.argv else 0)
