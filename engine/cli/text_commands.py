"""The commands about words: keywords of a case, and vocabularies of the user's own."""

from __future__ import annotations

import argparse
from pathlib import Path

from engine.cli.passphrases import opened
from engine.cli.printing import Printer
from engine.errors import UsageError
from engine.left_out import leave_torch_out
from engine.model.evidence import CaseKind


def keywords(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.keywords import KeywordChoice, case_keywords

    with opened(options, read_only=True) as store:
        choice = KeywordChoice(
            method=options.method,
            top=options.top,
            query=options.query,
            against=options.against,
            categories=options.categories,
        )
        found = case_keywords(store, choice, plots=options.plots)
    printer.rows(found, nothing="no keywords: the case has no reports with words")
    return True


def terms(options: argparse.Namespace, printer: Printer) -> bool:
    from engine.jobs.terms import add_terms, list_terms, remove_terms
    from engine.terminologies import FORMATS, Choice

    if options.what == "list":
        printer.rows(list_terms(), nothing="no terms of your own")
        return True
    if not options.source:
        needed = f"a file or folder: {FORMATS}" if options.what == "add" else "the name of terms"
        raise UsageError(f"terms {options.what} needs {needed}")
    if options.what == "remove":
        remove_terms(options.source)
        printer.record({"removed": options.source}, sentence=f"removed {options.source}")
        return True
    choice = Choice(frozenset(filter(None, options.sources.split(","))), options.label)
    kind = CaseKind(options.kind)
    with printer.progress() as progress:
        added = add_terms(
            Path(options.source), name=options.name, kind=kind, choice=choice, progress=progress
        )
    printer.record(added, sentence=f"added {added.name}: {added.concepts} concepts, {added.phrases} phrases")
    return True


def vectors(options: argparse.Namespace, printer: Printer) -> bool:
    leave_torch_out()
    from engine.jobs.embedding import choose_vectors

    with opened(options) as store, printer.progress() as progress:
        done = choose_vectors(store, options.name, progress=progress)
    words = f" of {done.words} words of the case" if done.words else ""
    printer.record(done, sentence=f"{done.sentences} sentences are compared by {done.vectors}{words}")
    return True
