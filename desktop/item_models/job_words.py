"""What jobs, their steps, formats and models are called in plain words."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication

from desktop.item_models.wording import mark

_CONTEXT: Final = "Jobs"

_VERBS = {
    "new": mark("Jobs", "New case"),
    "preflight": mark("Jobs", "A look at the evidence"),
    "ingest": mark("Jobs", "Reading evidence"),
    "export": mark("Jobs", "Export"),
    "verify": mark("Jobs", "Verification"),
    "settings": mark("Jobs", "Case settings"),
    "rekey": mark("Jobs", "Encryption"),
    "upgrade": mark("Jobs", "A newer format"),
    "move_folder": mark("Jobs", "Evidence folder"),
    "sample": mark("Jobs", "Sample case"),
    "self_test": mark("Jobs", "Self-test"),
    "train": mark("Jobs", "Training"),
    "evaluate": mark("Jobs", "Evaluation"),
    "add_model": mark("Jobs", "Adding a model"),
    "remove_model": mark("Jobs", "Removing a model"),
    "choose_model": mark("Jobs", "Choosing a model"),
    "decisions_export": mark("Jobs", "Writing decisions"),
    "decisions_import": mark("Jobs", "Taking in decisions"),
    "decisions_compare": mark("Jobs", "Comparing decisions"),
}
_ENDS = {
    "finished": mark("Jobs", "finished"),
    "cancelled": mark("Jobs", "cancelled"),
    "failed": mark("Jobs", "failed"),
    "running": mark("Jobs", "broken off"),
}
_TASKS = {
    "segmentation": mark("Jobs", "outlines of things in pictures"),
    "detection": mark("Jobs", "boxes around things in pictures"),
    "outlines": mark("Jobs", "finer outlines"),
    "scenes": mark("Jobs", "kinds of pictures"),
    "entities": mark("Jobs", "phrases in texts"),
    "encoder": mark("Jobs", "reading of clinical texts"),
    "syntax": mark("Jobs", "grammar"),
    "sentences": mark("Jobs", "meaning of sentences"),
    "assertion": mark("Jobs", "what is denied or only possible"),
    "pairs": mark("Jobs", "which report belongs to which picture"),
    "relations": mark("Jobs", "how picture and text relate"),
    "links": mark("Jobs", "links between phrases and regions"),
}
_FORMATS = {
    "": mark("Jobs", "not readable"),
    "dicom": mark("Jobs", "DICOM"),
    "text": mark("Jobs", "plain text"),
    "rtf": mark("Jobs", "RTF text"),
    "html": mark("Jobs", "web page"),
    "docx": mark("Jobs", "Word document"),
    "doc": mark("Jobs", "old Word document"),
    "odt": mark("Jobs", "OpenDocument text"),
    "pdf": mark("Jobs", "PDF"),
    "mail": mark("Jobs", "e-mail"),
    "msg": mark("Jobs", "Outlook message"),
    "table": mark("Jobs", "table"),
    "workbook": mark("Jobs", "workbook"),
    "lines": mark("Jobs", "records, one a line"),
    "presentation": mark("Jobs", "presentation"),
    "archive": mark("Jobs", "archive"),
}


def _say(text: str) -> str:
    return QCoreApplication.translate(_CONTEXT, text)


def verb_words(verb: str) -> str:
    return _say(_VERBS[verb]) if verb in _VERBS else verb


def end_words(kind: str) -> str:
    """Return how a job or a Run ended; a Run that never ended was broken off."""
    return _say(_ENDS[kind]) if kind in _ENDS else kind


def task_words(task: str) -> str:
    return _say(_TASKS[task]) if task in _TASKS else task


def format_words(name: str) -> str:
    """Return what a format is called; picture formats keep their own names."""
    return _say(_FORMATS[name]) if name in _FORMATS else name
