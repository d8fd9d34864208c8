"""Explainable features of an Image and a Report: what they share, what contradicts, how the text speaks."""

from __future__ import annotations

from collections.abc import Sequence

from engine.model.findings import Assertion, Link
from engine.model.ids import RegionId
from engine.protocols import Pair
from engine.relations.likeness import Likeness
from engine.relations.manner import defines, manner
from engine.relations.statements import ERRORS, Statement, read_statements


def features(pair: Pair, links: Sequence[Link], likeness: Likeness | None = None) -> dict[str, float]:
    """Return the named features of a pair; those of ``likeness`` are left out where there is no encoder."""
    statements = read_statements(pair, links)
    text = pair.report_side.report.text
    shares = shares_of(pair)
    return {
        **_agreement(statements),
        **_coverage(pair, statements, shares),
        **manner(text),
        "defines": float(bool(statements) and defines(text, statements[0].start)),
        "denied": float(sum(each.assertion is Assertion.ABSENT for each in pair.report_side.entities)),
        **(likeness.measure(text, shares) if likeness else {}),
    }


def shares_of(pair: Pair) -> dict[str, float]:
    """Return the share of each kind of thing in all that was found, by the root of its area."""
    areas: dict[str, float] = {}
    for region in pair.image_side.regions:
        if region.polygons:
            areas[region.label] = areas.get(region.label, 0.0) + sum(each.area_px for each in region.polygons)
    roots = {label: area**0.5 for label, area in areas.items()}
    total = sum(roots.values()) or 1.0
    return {label: root / total for label, root in roots.items()}


def _agreement(statements: Sequence[Statement]) -> dict[str, float]:
    """Return how many statements agree and contradict, how surely, and about what."""
    against = [each for each in statements if each.against]
    agreeing = [each for each in statements if not each.against]
    sure = [each.score for each in agreeing]
    found = {
        "against": float(len(against)),
        "against-share": len(against) / max(len(statements), 1),
        "against-sum": sum(each.score for each in against),
        "against-most": max((each.score for each in against), default=0.0),
        "against-two": float(len(against) > 1),
        "agreeing-mean": sum(sure) / max(len(sure), 1),
        "agreeing-least": min(sure, default=0.0),
        "agreeing-fits": float(sum(each.fits for each in agreeing)),
    }
    for name in ERRORS:
        wrong = [each.score for each in against if name in each.errors]
        found[f"sure-{name}"] = max(wrong, default=0.0)
        found[f"doubt-{name}"] = float(sum(name in each.errors for each in agreeing))
    return found


def _coverage(pair: Pair, statements: Sequence[Statement], shares: dict[str, float]) -> dict[str, float]:
    """Return how much of the picture is spoken of, and what of it is contradicted."""
    named = _labels(statements, shares)
    agreed = _labels([each for each in statements if not each.against], shares)
    wrong = _labels([each for each in statements if each.against], shares)
    main = max(sorted(shares), key=lambda label: shares[label], default="")
    regions: frozenset[RegionId] = frozenset().union(*(each.regions for each in statements))
    return {
        "covered": sum(shares[label] for label in named),
        "covered-agreed": sum(shares[label] for label in agreed),
        "covered-wrong": sum(shares[label] for label in wrong),
        "kinds": len(named) / max(len(shares), 1),
        "kinds-shown": float(len(shares)),
        "regions": len(regions) / max(len(pair.image_side.regions), 1),
        "main-named": float(main in named),
        "main-against": float(main in wrong),
        "first-against": float(bool(statements) and statements[0].against),
    }


def _labels(statements: Sequence[Statement], known: dict[str, float]) -> set[str]:
    return {label for each in statements for label in each.labels if label in known}
