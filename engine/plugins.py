"""The one table of plug-ins, and how they are found: built in, or by entry point.

Each row is ``name: "module:Class"``; nothing is imported before it is asked for. A package of
someone else adds its own through the entry point groups ``casebook.readers``,
``casebook.segmenters``, and so on.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from engine.linkers.shelf import BUILT_IN as LINKERS

BUILT_IN: Mapping[str, Mapping[str, str]] = {
    "readers": {
        "raster": "engine.readers.raster:RasterReader",
        "dicom": "engine.readers.dicom:DicomReader",
        "text": "engine.readers.text:TextReader",
        "rtf": "engine.readers.rtf:RtfReader",
        "pdf": "engine.readers.pdf:PdfReader",
        "docx": "engine.readers.docx:DocxReader",
        "html": "engine.readers.html:HtmlReader",
        "mail": "engine.readers.mail:MailReader",
        "table": "engine.readers.table:TableReader",
        "workbook": "engine.readers.workbook:WorkbookReader",
        "presentation": "engine.readers.presentation:PresentationReader",
        "lines": "engine.readers.lines:LinesReader",
        "odt": "engine.readers.odt:OdtReader",
        "doc": "engine.readers.doc:DocReader",
        "msg": "engine.readers.msg:MsgReader",
        "archive": "engine.readers.archive:ArchiveReader",
    },
    "classifiers": {
        "modality": "engine.classifiers.modality:ModalityClassifier",
    },
    "segmenters": {
        "yolo": "engine.segmenters.yolo:YoloSegmenter",
        "ct_windows": "engine.segmenters.ct_windows:CtWindowSegmenter",
        "otsu": "engine.segmenters.otsu:OtsuSegmenter",
    },
    # Segmenters that cost half a second a picture: only in the full analysis of forensic cases.
    "text_areas": {
        "lettering": "engine.segmenters.reading:TextAreaSegmenter",
    },
    "linkers": LINKERS,
}


def plugin_names(kind: str) -> tuple[str, ...]:
    """Return the names of all plug-ins of ``kind``, built-in ones first."""
    others = (point.name for point in _others().select(group=f"casebook.{kind}"))
    return tuple(dict.fromkeys([*BUILT_IN.get(kind, {}), *others]))


@cache  # each search reads what is written about every package that is installed
def _others() -> Any:
    return entry_points()


def load_plugin(kind: str, name: str) -> Any:
    """Return the class of a plug-in; raises KeyError where there is none of that name."""
    target = BUILT_IN.get(kind, {}).get(name)
    if target is not None:
        module, _, attribute = target.partition(":")
        return getattr(import_module(module), attribute)
    for point in _others().select(group=f"casebook.{kind}", name=name):
        return point.load()
    raise KeyError(f"no plug-in {name!r} among the {kind}")


def load_available(kind: str, *, device: str = "cpu") -> tuple[Any, ...]:
    """Return ready instances of every plug-in of ``kind`` that can run on this workstation."""
    classes = (load_plugin(kind, name) for name in plugin_names(kind))
    usable = (plugin for plugin in classes if plugin.availability() is None)
    return tuple(instance for plugin in usable for instance in plugin.load_all(device=device))
