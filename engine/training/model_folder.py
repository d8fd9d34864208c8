"""A model folder as ``engine.weights`` reads it: ``model.toml``, ``CARD.md`` and the weights."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from engine.settings import ENGINE_VERSION
from engine.weights import CARD_FILE, ModelCard, read_card

_LARGE = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class CardText:
    """What a model card says; ``training`` is the command that makes the weights again."""

    name: str
    task: str
    labels: tuple[str, ...]
    summary: str
    data: str
    training: str
    version: str = ENGINE_VERSION
    format: str = "onnx"
    licence: str = ""
    scenes: tuple[str, ...] = ()
    figures: str = "Not evaluated yet: run `casebook evaluate`."
    limits: str = "Research and triage support, not a diagnosis and not an identification."
    parameters: tuple[tuple[str, str], ...] = ()


def write_model_folder(folder: Path, text: CardText, *, weights: Path, sha256: str) -> ModelCard:
    """Write ``model.toml`` and ``CARD.md`` beside ``weights`` in ``folder``; return the card as read."""
    fields: dict[str, str | tuple[str, ...]] = {
        "name": text.name,
        "version": text.version,
        "task": text.task,
        "format": text.format,
        "weights": weights.name,
        "sha256": sha256,
        "labels": text.labels,
        "scenes": text.scenes,
        "licence": text.licence,
        "summary": text.summary,
    }
    lines = [f"{key} = {_toml(value)}" for key, value in fields.items()]
    if text.parameters:
        lines += ["", "[parameters]", *(f"{key} = {_toml(value)}" for key, value in text.parameters)]
    (folder / CARD_FILE).write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "CARD.md").write_text(_markdown(text), encoding="utf-8")
    return read_card(folder, origin="trained")


def _toml(value: str | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    return f'"{escaped}"'


def _markdown(text: CardText) -> str:
    return f"""# {text.name}

{text.summary}

| | |
|---|---|
| Task | {text.task} |
| Labels | {", ".join(text.labels)} |
| Runs on | {", ".join(text.scenes) or "all pictures"} |
| Licence | {text.licence or "not stated"} |

## Data

{text.data}

## Training

    {text.training}

## Figures

{text.figures}

## Limits

{text.limits}
"""


def halve_weights(file: Path) -> None:
    """Store an ONNX file's large weights as float16 with a cast behind them: half the size, same network.

    The runtimes undo the casts when they load the file, so that everything is computed in float32.
    """
    import numpy as np
    import onnx
    from onnx import numpy_helper

    model = onnx.load(file)
    graph = model.graph
    casts = []
    for tensor in graph.initializer:
        values = numpy_helper.to_array(tensor)
        if values.dtype != np.float32 or values.size < _LARGE:
            continue
        name = tensor.name
        tensor.CopyFrom(numpy_helper.from_array(values.astype(np.float16), f"{name}_half"))
        casts.append(onnx.helper.make_node("Cast", [f"{name}_half"], [name], to=onnx.TensorProto.FLOAT))
    nodes = [*casts, *graph.node]
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, file)
