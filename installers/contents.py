"""What goes into an installed Casebook, and what of the packages it is built from stays out.

The lists are data, so that a test can hold them against the source tree; ``app.spec`` applies them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

FLAVORS = ("cpu", "gpu")

# Found by name while it runs, by ``module:Class`` or by an entry point: no import statement shows them.
FOUND_BY_NAME = (
    "spacy.lang.en",
    "spacy.pipeline",
    "spacy.lookups",
    "spacy_legacy",
    "spacy_loggers",
    "thinc.backends.numpy_ops",
    "pylibjpeg",
    "openjpeg",
    "libjpeg",
    "rle",
    "jpeg_ls",
    "openvino",
    "onnxruntime",
    "rapidocr_onnxruntime",
    "gensim.models.word2vec",
    "wordcloud",
    "highdicom",
    "pyhanko",
    "sqlcipher3",
)
# Their own files that are no Python: networks, lookups, fonts, character sets.
WITH_DATA = ("rapidocr_onnxruntime", "spacy_legacy", "reportlab", "wordcloud", "docx", "highdicom", "pyhanko")

TRAINING_ONLY = (
    "torch",
    "torchvision",
    "ultralytics",
    "transformers",
    "sentence_transformers",
    "onnx",
    "polars",
    "sympy",
    "setuptools",
)
# Imported somewhere inside a package for a purpose that Casebook has not.
NEVER = (
    "tkinter",
    "IPython",
    "jupyter",
    "notebook",
    "pytest",
    "hypothesis",
    "mypy",
    "pip",
    "pkg_resources",
    "PyInstaller",
    "cyclonedx",
    "cupy",
    "tensorflow",
    "jax",
    "mxnet",
    "pandas",
    "pyarrow",
    "numba",
    "openvino.tools",
    "openvino.torch",
    "openvino.frontend.pytorch",
    "openvino.frontend.tensorflow",
    "openvino.frontend.jax",
    "openvino.frontend.paddle",
    "openvino.preprocess.torchvision",
    "openvino_telemetry",
    "onnxruntime.transformers",
    "onnxruntime.quantization",
    "onnxruntime.tools",
    "cv2.gapi",
    "aiohttp",
    "fsspec",
    "huggingface_hub",
    "hf_xet",
    "PySide6.QtNetwork",
    "matplotlib.backends.backend_qtagg",
    "matplotlib.backends.backend_tkagg",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtTest",
    "PySide6.QtSql",
)
# The window reads cases and shows pictures; all else happens in the engine's processes.
NOT_IN_THE_WINDOW = (
    "spacy",
    "scispacy",
    "thinc",
    "cv2",
    "openvino",
    "onnxruntime",
    "pydicom",
    "gensim",
    "sklearn",
    "matplotlib",
    "scipy",
    "reportlab",
    "rapidocr_onnxruntime",
    "tokenizers",
    "highdicom",
    "pyhanko",
)

# Files of packages, by their place in the program folder.
_LEFT_OUT = tuple(
    re.compile(pattern)
    for pattern in (
        r"\.(pyx|pxd|pyi|cpp|c|h|hpp|cmake|pc|a|lib)$",
        r"(^|/)tests?(/|$)",
        # OpenVINO: the CPU plug-in and what reads ONNX and its own format.
        r"openvino/libs/(lib)?openvino_(intel_gpu|intel_npu|auto|auto_batch|hetero|c)(_plugin)?\.",
        r"openvino/libs/(lib)?openvino_(tensorflow|tensorflow_lite|pytorch|paddle|gguf|jax)_frontend",
        r"openvino/libs/cache\.json$",  # kernels of the GPU plug-in
        r"openvino/(include|cmake)/",
        # ONNX Runtime for other languages; Python's own library is complete.
        r"onnxruntime/capi/libonnxruntime\.so",
        r"onnxruntime/(transformers|quantization|tools|datasets)/",
        # OpenCV: face cascades, and the plug-ins of the Qt that its windows would use.
        r"(^|/)cv2/(data|qt)/",
        # Qt: what neither paints widgets nor SVG.
        r"PySide6/Qt/(qml|metatypes|libexec|resources)/",
        r"(lib)?Qt6(Network|Egl|Quick|Qml|LabsQml|Pdf|VirtualKeyboard|WebEngine|Multimedia|3D|Charts"
        r"|Designer|Test|Sql)\w*\.(so|dll)",
        r"PySide6/(Qt/)?plugins/(tls|networkinformation|generic|egldeviceintegrations|qmltooling|sqldrivers|"
        r"platforminputcontexts/libqtvirtualkeyboard|"
        r"platforms/libq(eglfs|linuxfb|minimalegl|vkkhrdisplay|vnc)|"
        r"platformthemes/libqgtk3|"
        r"imageformats/libq(pdf|tga|wbmp))",
        r"PySide6/(Qt/)?translations/(?!qtbase_)",
        # matplotlib draws plots into files: no sample data, no icons of its windows.
        r"matplotlib/mpl-data/(sample_data|images)/",
        r"pydicom/data/(test_files|test_rp|test_sr)/",
        r"highdicom/_?docs?/",
    )
)
# Languages of spaCy: English, those that it imports at its start, and what any language builds upon.
_SPACY_LANGUAGES = re.compile(
    r"spacy[./]lang[./](?!(en|xx|ja|ko|th|vi|zh|char_classes|lex_attrs|norm_exceptions|punctuation"
    r"|tokenizer_exceptions|__init__)\b)\w+"
)
# Of others, modules that are named like tests may be a part of the program (jinja2.tests, numpy.testing).
_TESTS = re.compile(
    r"(spacy|thinc|blis|cymem|preshed|srsly|murmurhash|highdicom|gensim|wordcloud|sklearn|pydicom|contourpy)"
    r"\.(\w+\.)*tests?(\.|$)"
)


def modules_of(source: Path, package: str) -> Iterator[str]:
    """Yield the dotted name of every module of one of our own packages under ``source``."""
    for path in sorted((source / package).rglob("*.py")):
        parts = path.relative_to(source).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def excluded_modules(flavor: str) -> tuple[str, ...]:
    """Return the top-level and other modules that no import may bring in."""
    return NEVER if flavor == "gpu" else (*NEVER, *TRAINING_ONLY)


def keeps_file(place: str) -> bool:
    """Tell whether a file goes in; ``place`` is its path in the program folder."""
    posix = PurePosixPath(place.replace("\\", "/")).as_posix()
    return not (_SPACY_LANGUAGES.search(posix) or any(pattern.search(posix) for pattern in _LEFT_OUT))


def keeps_module(name: str) -> bool:
    """Tell whether a Python module goes in."""
    return not (_SPACY_LANGUAGES.match(name) or _TESTS.match(name))


def kept(entries: Iterable[tuple[str, str, str]]) -> list[tuple[str, str, str]]:
    """Return the entries ``(place, source, kind)`` of PyInstaller's tables whose files go in."""
    return [entry for entry in entries if keeps_file(entry[0])]
