"""The rules about the shape of the code that no linter knows."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
MODULES = sorted(
    path for package in ("engine", "desktop", "installers") for path in (CHECKOUT / package).rglob("*.py")
)
FORBIDDEN_NAMES = {"utils", "helpers", "helper", "manager", "common", "misc", "handler"}
# Around one file in its child process, and around the worker loop: see docs/architecture.md.
BROAD_EXCEPTS = {"engine/worker.py", "engine/jobs/reading.py"}


def _name(path: Path) -> str:
    return path.relative_to(CHECKOUT).as_posix()


def test_a_module_is_one_noun_of_at_most_300_lines() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in MODULES}
    assert {name: lines for name, lines in lengths.items() if lines > 300} == {}
    assert [_name(path) for path in MODULES if path.stem in FORBIDDEN_NAMES] == []


def test_broad_excepts_stand_only_around_a_file_and_the_worker_loop() -> None:
    broad = {_name(path): [node.lineno for node in _handlers(path) if _is_broad(node)] for path in MODULES}
    assert {name: lines for name, lines in broad.items() if lines and name not in BROAD_EXCEPTS} == {}


def _handlers(path: Path) -> Iterator[ast.ExceptHandler]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return (node for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler))


def _is_broad(node: ast.ExceptHandler) -> bool:
    """Tell whether a handler swallows everything; one that ends in a bare ``raise`` does not."""
    name = node.type.id if isinstance(node.type, ast.Name) else ""
    swallows = not (isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None)
    return (node.type is None or name in {"Exception", "BaseException"}) and swallows


def test_tracked_files_name_no_registry_and_no_path_of_a_machine() -> None:
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, check=True).stdout
    texts = [CHECKOUT / name for name in listing.decode().split("\0") if name]
    for path in texts:
        if (
            path.suffix in {".py", ".toml", ".txt", ".md", ".csv", ".json", ""}
            and path.is_file()
            and path.name != "LICENSE"
        ):
            text = path.read_text(encoding="utf-8", errors="ignore")
            for forbidden in ("pypi" + ".org", "index" + "-url =", "/wo" + "rk/", "/ro" + "ot/"):
                assert forbidden not in text, f"{_name(path)} names {forbidden}"


def _loaded_after(statement: str) -> set[str]:
    listing = "print('\\n'.join(name for name, module in sys.modules.items() if module is not None))"
    program = f"import sys; {statement}; {listing}"
    answer = subprocess.run(
        [sys.executable, "-c", program], cwd=CHECKOUT, capture_output=True, encoding="utf-8", check=True
    )
    return {name.partition(".")[0] for name in answer.stdout.split()}


HEAVY = {
    "torch",
    "torchvision",
    "ultralytics",
    "transformers",
    "spacy",
    "thinc",
    "pydicom",
    "cv2",
    "openvino",
    "onnxruntime",
}


def test_the_window_loads_nothing_heavy() -> None:
    loaded = _loaded_after("import desktop.app")
    assert not loaded & (HEAVY | {"numpy", "sqlite_utils", "pandas", "PIL", "reportlab"})


def test_the_command_line_loads_nothing_heavy_before_it_knows_the_command() -> None:
    assert not _loaded_after("import engine.cli.parser") & (HEAVY | {"sqlite_utils", "reportlab"})
