"""The models on this workstation: a folder each, with a ``model.toml`` that pins its weights.

    resources/models/lungs/
        model.toml    name, version, task, format, weights, sha256, labels, domain, licence, …
        CARD.md       data, split, figures, limits, training command, for people
        lungs.onnx

A model that the user added comes before a shipped one of the same name.
"""

from __future__ import annotations

import json
import threading
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import ModelMismatch, ModelMissing
from engine.hashing import bytes_sha256, file_sha256
from engine.settings import config_dir, shipped_models_dir, user_models_dir

CARD_FILE = "model.toml"
CHOICE_FILE = "models.json"
_compiling = threading.Lock()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCard:
    """What ``model.toml`` says about one model.

    ``task``: segmentation, detection, entities, syntax, scenes, links, … ``format``: onnx, spacy,
    json, npz, pt. ``scenes``: the scene labels it is meant for (empty: all). ``parameters``: what
    the task needs, as strings (input size, thresholds).
    """

    name: str
    version: str
    task: str
    format: str
    path: Path
    sha256: str
    labels: tuple[str, ...] = ()
    scenes: tuple[str, ...] = ()
    licence: str = ""
    origin: str = "shipped"
    summary: str = ""
    parameters: tuple[tuple[str, str], ...] = ()

    def parameter(self, name: str, default: str = "") -> str:
        return dict(self.parameters).get(name, default)

    def number(self, name: str, default: float) -> float:
        """Return a parameter as a number; raises ModelMismatch where it is none."""
        text = self.parameter(name, str(default))
        try:
            return float(text)
        except ValueError as error:
            raise ModelMismatch(f"parameter {name} of model {self.name!r} is no number: {text!r}") from error

    def verify(self) -> None:
        """Raise ModelMismatch when the weights are not those of the card."""
        actual = weights_sha256(self.path)
        if actual != self.sha256:
            raise ModelMismatch(
                f"the weights of model {self.name!r} have SHA-256 {actual[:12]}…, "
                f"its card says {self.sha256[:12]}…; add the model again"
            )


def weights_sha256(path: Path) -> str:
    """Return the SHA-256 of a weights file, or of a folder's names and contents in order."""
    if path.is_file():
        return file_sha256(path)
    if not path.is_dir():
        raise ModelMissing(f"no weights at {path}")
    listing = "".join(
        f"{file_sha256(item)}  {item.relative_to(path).as_posix()}\n"
        for item in sorted(path.rglob("*"))
        if item.is_file()
    )
    return bytes_sha256(listing.encode())


def read_card(folder: Path, *, origin: str) -> ModelCard:
    """Read ``folder/model.toml``; raises ModelMismatch where a field is missing or wrong."""
    try:
        fields: dict[str, Any] = tomllib.loads((folder / CARD_FILE).read_text(encoding="utf-8"))
        return ModelCard(
            name=fields["name"],
            version=fields["version"],
            task=fields["task"],
            format=fields["format"],
            path=folder / fields["weights"],
            sha256=fields["sha256"],
            labels=tuple(fields.get("labels", ())),
            scenes=tuple(fields.get("scenes", ())),
            licence=fields.get("licence", ""),
            origin=origin,
            summary=fields.get("summary", ""),
            parameters=tuple(
                (key, str(value)) for key, value in sorted(fields.get("parameters", {}).items())
            ),
        )
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError) as error:
        raise ModelMismatch(f"{folder / CARD_FILE} is not a model card: {error}") from error


def write_card(folder: Path, card: ModelCard) -> None:
    """Write ``folder/model.toml``; the weights must lie in ``folder``."""
    fields: dict[str, object] = {
        "name": card.name,
        "version": card.version,
        "task": card.task,
        "format": card.format,
        "weights": card.path.relative_to(folder).as_posix(),
        "sha256": card.sha256,
        "labels": list(card.labels),
        "scenes": list(card.scenes),
        "licence": card.licence,
        "summary": card.summary,
    }
    # A JSON string or array of strings is a TOML one too.
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()]
    table = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in card.parameters]
    (folder / CARD_FILE).write_text("\n".join([*lines, "", "[parameters]", *table, ""]), encoding="utf-8")


def all_models() -> tuple[ModelCard, ...]:
    """Return every model on this workstation by name, the user's before the shipped."""
    found: dict[str, ModelCard] = {}
    for folder, origin in _model_folders():
        card = read_card(folder, origin=origin)
        found.setdefault(card.name, card)
    return tuple(found[name] for name in sorted(found))


def find_model(name: str) -> ModelCard:
    """Return the model called ``name``; raises ModelMissing with the names there are."""
    for folder, origin in _model_folders():
        if folder.name == name:
            return read_card(folder, origin=origin)
    for card in all_models():
        if name in card.parameter("known_as").split(", "):  # what it was called before two became one
            return card
    names = ", ".join(card.name for card in all_models()) or "none"
    raise ModelMissing(f"no model named {name!r}; there are: {names}")


def model_for(role: str) -> ModelCard:
    """Return the model that the user chose for ``role``, else the one of that name; raises ModelMissing.

    A chosen model that is no longer on this workstation is passed over.
    """
    chosen = chosen_models().get(role, role)
    try:
        return find_model(chosen)
    except ModelMissing:
        return find_model(role)


def chosen_models() -> dict[str, str]:
    """Return which model stands in for which: the names that the user chose, by the role they have."""
    try:
        stored = json.loads((config_dir() / CHOICE_FILE).read_text(encoding="utf-8"))
        return {str(role): str(name) for role, name in stored.items()}
    except (OSError, ValueError, AttributeError):
        return {}


def choose_model(role: str, name: str) -> None:
    """Let the model ``name`` stand in for ``role``; the role's own name takes the choice back.

    Raises ModelMissing where there is no such model, ModelMismatch where it does other work.
    """
    task, chosen = find_model(role).task, find_model(name)
    if chosen.task != task:
        raise ModelMismatch(f"{name!r} is a model of {chosen.task}, {role!r} needs one of {task}")
    others = {each: model for each, model in chosen_models().items() if each != role}
    folder = config_dir()
    folder.mkdir(parents=True, exist_ok=True)
    choice = others if name == role else {**others, role: name}
    (folder / CHOICE_FILE).write_text(json.dumps(choice, indent=1), encoding="utf-8")


def card_at(model: str) -> ModelCard:
    """Return the model in the folder ``model``, or the one of that name; raises ModelMissing."""
    folder = Path(model)
    return read_card(folder, origin="path") if (folder / CARD_FILE).is_file() else find_model(model)


def _model_folders() -> Iterator[tuple[Path, str]]:
    for shelf, origin in ((user_models_dir(), "added"), (shipped_models_dir(), "shipped")):
        if shelf.is_dir():
            for folder in sorted(shelf.iterdir()):
                if (folder / CARD_FILE).is_file():
                    yield folder, origin


def open_network(weights: Path, *, threads: int = 1) -> Any:
    """Open an ONNX file on ONNX Runtime's CPU; raises what ONNX Runtime raises where it is none.

    No thread spins while it waits: it would take a core from the database and the decoders.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.log_severity_level = 3
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def compile_on_openvino(core: Any, network: Any, settings: Mapping[str, Any]) -> Any:
    """Make a network (an OpenVINO model, or the path of a file) ready for the CPU; ``core``: OpenVINO's.

    One at a time: meanwhile OpenVINO sets the locale of the process to "C" and puts it back after, and two
    threads that do so at once leave it "C". Raises RuntimeError, as OpenVINO does, where it cannot run.
    """
    with _compiling:
        return core.compile_model(network, "CPU", dict(settings))
