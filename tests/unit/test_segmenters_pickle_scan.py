"""A weights file that could run code is refused, and nothing of it has run."""

from __future__ import annotations

import os
import pickle
import zipfile
from collections import OrderedDict
from pathlib import Path
from typing import Any

import pytest

from engine.errors import UnsafeModel
from engine.segmenters.conversion import converted
from engine.segmenters.pickle_scan import refuse_unsafe, scan_pickle


class Bomb:
    """Writes a file when it is unpickled."""

    def __init__(self, victim: Path) -> None:
        self.victim = victim

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {self.victim}",)


def write_pt(path: Path, *members: tuple[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_malicious_file_is_refused_and_has_not_run(tmp_path: Path, protocol: int) -> None:
    victim = tmp_path / "ran"
    bomb = pickle.dumps({"model": Bomb(victim)}, protocol=protocol)
    weights = write_pt(tmp_path / "bad.pt", ("bad/data.pkl", bomb))
    with pytest.raises(UnsafeModel, match=r"(posix|nt)\.system"):
        converted(weights)
    assert not victim.exists()
    pickle.loads(bomb)  # the bomb is live: loading it would have run it
    assert victim.exists()


def test_names_hidden_behind_pops_marks_and_memo_are_found() -> None:
    hidden = [
        b"\x80\x04\x8c\x02os\x8c\x06system\x8c\x0bcollections\x8c\x0bOrderedDict00\x93.",
        b"\x80\x04\x8c\x02os\x8c\x06system(\x8c\x0bcollections\x8c\x0bOrderedDict1\x93.",
        b"\x80\x04\x8c\x02os\x94\x8c\x06system\x940\x30h\x00h\x01\x93.",
        b"\x80\x02cos\nsystem\n.",
        b"(cbuiltins\neval\n.",
    ]
    for data in hidden:
        with pytest.raises(UnsafeModel, match=r"os\.system|builtins\.eval"):
            scan_pickle(data, "x.pt")


def test_a_layer_may_not_be_called_with_arguments() -> None:
    # SegmentationModel(cfg) would evaluate text of the configuration that it is given.
    data = b"\x80\x02cultralytics.nn.tasks\nSegmentationModel\nX\x01\x00\x00\x00x\x85R."
    with pytest.raises(UnsafeModel, match="SegmentationModel"):
        scan_pickle(data, "x.pt")


@pytest.mark.parametrize(
    "name",
    [
        b"ultralytics.nn.tasks\nattempt_load_weights",
        b"ultralytics.nn.modules.block\ntorch.load",
        b"torch.nn.modules.module\nwarnings.sys",
        b"ultralytics.nn.modules.block\nTorchVision.__init__",
        b"torch\nload",
        b"torch.hub\nload",
        b"builtins\ngetattr",
        b"functools\npartial",
        b"operator\nattrgetter",
    ],
)
def test_functions_of_allowed_packages_are_refused(name: bytes) -> None:
    with pytest.raises(UnsafeModel, match="not a part of a network"):
        scan_pickle(b"\x80\x02c" + name + b"\n.", "x.pt")


def test_computed_names_and_torn_pickles_are_refused() -> None:
    for data in (b"\x80\x04K\x01K\x02\x93.", b"\x80\x04\x8c", b"\x80\x02R.", b"\x80\x02h\x07.", b"", b"abc"):
        with pytest.raises(UnsafeModel):
            scan_pickle(data, "x.pt")


def test_archives_that_two_readers_could_read_differently_are_refused(tmp_path: Path) -> None:
    good = pickle.dumps({}, protocol=2)
    with pytest.warns(UserWarning, match="Duplicate name"):
        doubled = write_pt(tmp_path / "a.pt", ("x/data.pkl", good), ("x/data.pkl", good))
    script = write_pt(tmp_path / "b.pt", ("x/data.pkl", good), ("x/constants.pkl", good))
    empty = write_pt(tmp_path / "c.pt", ("x/readme", b""))
    bare = tmp_path / "d.pt"
    bare.write_bytes(good)
    for weights in (doubled, script, empty, bare):
        with pytest.raises(UnsafeModel, match="not loaded"):
            refuse_unsafe(weights)


def test_a_malicious_file_in_torchs_old_format_is_refused_and_has_not_run(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    victim, weights = tmp_path / "ran", tmp_path / "old.pt"
    torch.save({"model": Bomb(victim)}, weights, _use_new_zipfile_serialization=False)
    with pytest.raises(UnsafeModel, match="not a zip file"):
        converted(weights)
    assert not victim.exists()
    torch.load(weights, weights_only=False)  # the bomb is live
    assert victim.exists()


@pytest.mark.parametrize("depth", [1, 3])
def test_a_malicious_object_deep_inside_lists_and_layers_is_refused(tmp_path: Path, depth: int) -> None:
    victim = tmp_path / "ran"
    inner: object = Bomb(victim)
    for _ in range(depth):
        inner = OrderedDict(layers=[inner, {"weights": (inner,)}])
    weights = write_pt(tmp_path / "deep.pt", ("deep/data.pkl", pickle.dumps(inner, protocol=2)))
    with pytest.raises(UnsafeModel, match=r"(posix|nt)\.system"):
        converted(weights)
    assert not victim.exists()


def test_plain_tensors_pass(tmp_path: Path) -> None:
    torch = pytest.importorskip("torch")
    weights = tmp_path / "plain.pt"
    torch.save({"a": torch.zeros(3), "epoch": 4}, weights)
    refuse_unsafe(weights)


def test_an_own_yolo_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fresh ultralytics model passes the scan, becomes ONNX, and comes from the cache after that."""
    pytest.importorskip("ultralytics")
    pytest.importorskip("onnx")
    monkeypatch.chdir(tmp_path)
    from ultralytics import YOLO

    YOLO("yolo11n-seg.yaml").save(tmp_path / "own.pt")
    first = converted(tmp_path / "own.pt", size_px=64)
    written = first.stat().st_mtime_ns
    assert converted(tmp_path / "own.pt", size_px=64).stat().st_mtime_ns == written
