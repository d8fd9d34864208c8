"""Adding models of one's own, and checking that all are what their cards say."""

from __future__ import annotations

import ast
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from engine.errors import EngineError, ModelMismatch, UsageError
from engine.progress import Progress, ReportProgress
from engine.segmenters.conversion import converted
from engine.settings import user_models_dir
from engine.weights import ModelCard, all_models, read_card, weights_sha256, write_card

# What ultralytics calls a task, and what a model card calls it.
_TASKS = {"segment": "segmentation", "detect": "detection"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelCheck:
    """Whether one model is what its card says."""

    name: str
    ok: bool
    detail: str


def check_models() -> tuple[ModelCheck, ...]:
    """Hash the weights of every model and compare with the card."""
    return tuple(_check(card) for card in all_models())


def _check(card: ModelCard) -> ModelCheck:
    try:
        card.verify()
        if inner := card.parameter("outlines"):
            read_card(card.path.parent / inner, origin=card.origin).verify()
    except EngineError as error:
        return ModelCheck(name=card.name, ok=False, detail=str(error))
    return ModelCheck(name=card.name, ok=True, detail=f"SHA-256 {card.sha256[:16]}…")


def add_model(
    file: Path, *, name: str = "", scenes: tuple[str, ...] = (), task: str = "", progress: ReportProgress
) -> ModelCard:
    """Copy a model onto this workstation's shelf.

    Takes an ultralytics ``.pt`` (inspected first, then converted), an ONNX export of one, the folder
    of a spaCy package, or a model folder made by ``casebook train``. ``task`` says what a spaCy package
    that can do both is for: "entities" (default) or "syntax". Raises UsageError for anything else,
    UnsafeModel for a file that could run code, ModelMismatch for one that is no such model.
    """
    if not file.exists():
        raise UsageError(f"there is no file or folder {file}")
    progress(Progress(step="add model", done=0, total=1, item=file.name))
    folder = user_models_dir() / (name or file.stem)
    if folder.exists():
        raise UsageError(f"there is a model {folder.name!r} already; choose another --name")
    folder.mkdir(parents=True)
    try:
        return _fill(folder, file, scenes, task)
    except BaseException:
        shutil.rmtree(folder)
        raise


def _fill(folder: Path, file: Path, scenes: tuple[str, ...], task: str) -> ModelCard:
    if (file / "model.toml").is_file():
        shutil.copytree(file, folder, dirs_exist_ok=True)
        # It is asked for by the name that it got here.
        write_card(folder, replace(read_card(folder, origin="added"), name=folder.name))
    elif (config := _spacy_config(file)) is not None:
        _add_spacy(folder, config.parent, task)
    elif file.suffix.lower() == ".pt":
        _add_network(folder, converted(file), scenes)
    elif file.suffix.lower() == ".onnx":
        _add_network(folder, file, scenes)
    else:
        raise UsageError(f"{file.name} is no model: .pt, .onnx, a spaCy folder or a model folder")
    card = read_card(folder, origin="added")
    card.verify()
    return card


def _add_network(folder: Path, network: Path, scenes: tuple[str, ...]) -> None:
    """Add an ONNX file that ultralytics exported; it says itself what it is for."""
    import onnxruntime

    try:
        session = onnxruntime.InferenceSession(str(network), providers=["CPUExecutionProvider"])
    except (RuntimeError, ValueError) as error:
        raise ModelMismatch(f"{network.name} is not an ONNX network that can run here: {error}") from error
    facts = session.get_modelmeta().custom_metadata_map
    task = _TASKS.get(facts.get("task", ""))
    if task is None or "names" not in facts:
        raise ModelMismatch(
            f"{network.name} is no ultralytics segment or detect network: its metadata has no task and names"
        )
    names: dict[int, str] = ast.literal_eval(facts["names"])
    weights = folder / f"{folder.name}.onnx"
    shutil.copyfile(network, weights)
    write_card(
        folder,
        ModelCard(
            name=folder.name,
            version=facts.get("version", "0"),
            task=task,
            format="onnx",
            path=weights,
            sha256=weights_sha256(weights),
            labels=tuple(names[number] for number in sorted(names)),
            scenes=scenes,
            licence=facts.get("license", ""),
            summary=facts.get("description", ""),
            parameters=(("input_px", str(max(ast.literal_eval(facts.get("imgsz", "[640, 640]"))))),),
        ),
    )


def _spacy_config(file: Path) -> Path | None:
    """Return the config of a spaCy pipeline folder, or of the one inside an installed package's folder."""
    if not file.is_dir():
        return None
    return next(
        (found for found in sorted(file.rglob("config.cfg")) if (found.parent / "meta.json").is_file()), None
    )


def _add_spacy(folder: Path, pipeline: Path, task: str) -> None:
    meta = json.loads((pipeline / "meta.json").read_text(encoding="utf-8"))
    able = _spacy_tasks(meta)
    if not able or (task and task not in able):
        wanted = {"syntax": "'tagger' and 'parser'"}.get(task, "'ner' component with labels")
        raise ModelMismatch(f"the spaCy package {pipeline.name} has no {wanted}")
    labels = able[task or next(iter(able))]
    shutil.copytree(pipeline, folder / "pipeline")
    write_card(
        folder,
        ModelCard(
            name=folder.name,
            version=str(meta.get("version", "0")),
            task=task or next(iter(able)),
            format="spacy",
            path=folder / "pipeline",
            sha256=weights_sha256(folder / "pipeline"),
            labels=labels,
            licence=str(meta.get("license", "")),
            summary=str(meta.get("description", "")),
        ),
    )


def _spacy_tasks(meta: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    """Return what a spaCy pipeline can do, with the labels it gives, entities first."""
    labels: Mapping[str, list[str]] = meta.get("labels", {})
    entities = tuple(label for name, found in labels.items() if name.startswith("ner") for label in found)
    syntax = tuple(labels.get("parser", ())) if labels.get("tagger") else ()
    return {task: found for task, found in (("entities", entities), ("syntax", syntax)) if found}
