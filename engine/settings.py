"""Where things lie on this workstation, and the switches that keep libraries offline and quiet."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

from engine.network_guard import refuse_networks

ENGINE_VERSION = "0.1.0"

_OFFLINE = {
    "YOLO_OFFLINE": "true",
    "YOLO_AUTOINSTALL": "false",
    "YOLO_VERBOSE": "false",
    "HF_HUB_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
    "TOKENIZERS_PARALLELISM": "false",
    "DO_NOT_TRACK": "1",
    "ORT_DISABLE_TELEMETRY": "1",  # ONNX Runtime 1.31 reports home unless this is set before it is imported
}

# No variable switches this off: on each import OpenVINO forks a process that reports the import to its
# makers' collector, and a fork of a process with threads can hang, with the case's file open. Barred, a stub
# of OpenVINO's own takes its place.
_BARRED = ("openvino_telemetry",)

# What build.py makes of each entry.
_INSTALLED = {"engine.worker": ("casebook", "worker"), "desktop.app": ("casebook-desktop",)}


def go_offline() -> None:
    """Switch off the libraries' online checks and refuse what they still try; to run before their import."""
    refuse_networks()
    os.environ.update(_OFFLINE)
    for name in _BARRED:
        sys.modules.setdefault(name, None)  # type: ignore[arg-type]
    os.environ.setdefault("YOLO_CONFIG_DIR", str(cache_dir() / "ultralytics"))
    os.environ.setdefault("MPLCONFIGDIR", str(cache_dir() / "matplotlib"))
    for name in ("YOLO_CONFIG_DIR", "MPLCONFIGDIR"):
        Path(os.environ[name]).mkdir(parents=True, exist_ok=True)


def keep_temporary_files() -> None:
    """Let temporary files, which may hold evidence, lie in the user's cache folder and not among everybody's.

    Where TMPDIR is set, it stays; on Windows the folder is the user's own anyway.
    """
    if os.name == "posix" and "TMPDIR" not in os.environ:
        folder = cache_dir() / "temporary"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.environ["TMPDIR"] = str(folder)


def program(module: str) -> tuple[str, ...]:
    """Return how the command line of one of Casebook's programs begins: in the source tree, or installed.

    ``module``: engine.worker or desktop.app. An installed Casebook has its programs in one folder.
    """
    if not getattr(sys, "frozen", False):
        return (sys.executable, "-m", module)
    name, *words = _INSTALLED[module]
    here = Path(sys.executable)
    return (str(here.with_name(name + here.suffix)), *words)


def resources_dir() -> Path:
    """Return the folder of shipped terms, models, icons and fonts."""
    return Path(__file__).resolve().parent.parent / "resources"


def shipped_models_dir() -> Path:
    return resources_dir() / "models"


def user_models_dir() -> Path:
    """Return the folder of models that the user added; it need not exist."""
    return _user_dir("CASEBOOK_DATA_HOME", platformdirs.user_data_path("casebook")) / "models"


def user_terms_dir() -> Path:
    """Return the folder of vocabularies that the user added; it need not exist."""
    return _user_dir("CASEBOOK_DATA_HOME", platformdirs.user_data_path("casebook")) / "terms"


def samples_dir() -> Path:
    """Return the folder where the window builds the sample cases; it need not exist."""
    return _user_dir("CASEBOOK_DATA_HOME", platformdirs.user_data_path("casebook")) / "samples"


def cache_dir() -> Path:
    """Return the folder of what can be made again: previews, converted models."""
    return _user_dir("CASEBOOK_CACHE_HOME", platformdirs.user_cache_path("casebook"))


def config_dir() -> Path:
    return _user_dir("CASEBOOK_CONFIG_HOME", platformdirs.user_config_path("casebook"))


def _user_dir(variable: str, default: Path) -> Path:
    chosen = os.environ.get(variable)
    return Path(chosen) if chosen else default
