"""Training makes model folders that the engine then uses: small, but the real trainers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from engine.classifiers.modality import ModalityClassifier
from engine.errors import Cancelled, UsageError
from engine.evaluation.scenes import evaluate as evaluate_scenes
from engine.evaluation.segmentation import evaluate as evaluate_segmentation
from engine.evaluation.segmentation import read_frame
from engine.jobs.train import train_model
from engine.model.geometry import Box, Point
from engine.progress import Progress
from engine.segmenters.contours import as_contour
from engine.segmenters.detections import Found
from engine.segmenters.network import load_network
from engine.segmenters.outliner import Outliner
from engine.segmenters.yolo import YoloSegmenter
from engine.segmenters.yolo_folder import has_polygons, read_folder, read_rows
from engine.training.phantoms import draw_ct_slice
from engine.training.renderings import draw_chart, draw_page
from engine.training.warm_start import exported_names, exported_weights, fit_labels, take_over
from engine.training.weak_masks import grow_mask
from engine.training.yolo_data import split
from engine.weights import find_model, read_card


def make_folder(root: Path, count: int = 6) -> Path:
    """Write a YOLO folder of dark disks on a bright ground, with boxes."""
    import cv2

    for kind in ("images", "labels"):
        (root / kind).mkdir(parents=True)
    (root / "classes.txt").write_text("disk\n")
    rng = np.random.default_rng(0)
    for number in range(count):
        picture = rng.normal(220, 4, (96, 96, 3)).clip(0, 255).astype(np.uint8)
        center = tuple(int(value) for value in rng.integers(30, 66, 2))
        cv2.circle(picture, center, 20, (60, 50, 120), -1)
        cv2.imwrite(str(root / "images" / f"{number}.png"), picture)
        box = f"0 {center[0] / 96:.5f} {center[1] / 96:.5f} {41 / 96:.5f} {41 / 96:.5f}\n"
        (root / "labels" / f"{number}.txt").write_text(box)
    return root


def test_masks_are_grown_inside_boxes(tmp_path: Path) -> None:
    folder = read_folder(make_folder(tmp_path, 1))
    assert not has_polygons(folder)
    picture = folder.pictures[0]
    rows = read_rows(folder.label_file(picture))
    ((label, outline),) = grow_mask(picture, rows)
    points = outline.reshape(-1, 2) * 96
    center = rows[0][1][:2] * 96
    assert label == 0
    assert np.linalg.norm(points - center, axis=1) == pytest.approx(20, abs=2.5)


def test_the_split_is_seeded_and_whole() -> None:
    pictures = tuple(Path(f"{number}.png") for number in range(20))
    seen, held_out = split(pictures, 0.15, 3)
    assert len(held_out) == 3
    assert sorted([*seen, *held_out]) == sorted(pictures)
    assert split(pictures, 0.15, 3) == (seen, held_out)
    assert split(pictures, 0.15, 4)[1] != held_out


@pytest.mark.parametrize(
    ("text", "message"), [("0 0.1 0.2 0.3\n", "3 numbers"), ("x 1 1 1 1\n", "not a YOLO label")]
)
def test_a_wrong_label_line_is_named(tmp_path: Path, text: str, message: str) -> None:
    (tmp_path / "a.txt").write_text(text)
    with pytest.raises(UsageError, match=message):
        read_rows(tmp_path / "a.txt")


def test_a_folder_without_its_parts_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="needs images/"):
        read_folder(tmp_path)
    root = make_folder(tmp_path / "set", 2)
    (tmp_path / "list.txt").write_text("other.png\n")
    with pytest.raises(UsageError, match="no pictures"):
        read_folder(root, include=tmp_path / "list.txt")


@pytest.mark.slow
def test_a_trained_segmentation_model_runs_and_is_measured(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("ultralytics")
    pytest.importorskip("onnx")
    monkeypatch.chdir(tmp_path)
    news: list[Progress] = []
    settings = ("shape=mask", "input_px=64", "epochs=1", "batch=2", "held_out=0.34", "scenes=photograph")
    card = train_model(
        "segmentation",
        make_folder(tmp_path / "disks"),
        tmp_path / "out",
        settings=settings,
        progress=news.append,
    )
    assert (card.task, card.labels, card.scenes) == ("segmentation", ("disk",), ("photograph",))
    assert read_card(tmp_path / "out", origin="x").sha256 == card.sha256
    assert [(item.done, item.total) for item in news if item.step == "train"] == [(1, 1)]
    assert len((tmp_path / "out" / "held_out.txt").read_text().split()) == 2
    said = (tmp_path / "out" / "CARD.md").read_text()
    assert "weak" in said
    assert "On the 2 held-out pictures" in said
    assert {path.name for path in (tmp_path / "out" / "plots").iterdir()} >= {
        "operating_points.csv",
        "confusion.csv",
        "reliability.csv",
    }
    assert YoloSegmenter.load(card).component.labels == ("disk",)
    figures = evaluate_segmentation(tmp_path / "disks", model=str(tmp_path / "out"))
    assert figures["mask_iou"] is None  # the labels are boxes
    assert sorted(path.name for path in tmp_path.iterdir()) == ["disks", "out"]


@pytest.mark.slow
def test_training_that_is_cancelled_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("ultralytics")
    monkeypatch.chdir(tmp_path)

    def stop(_: Progress) -> None:
        raise Cancelled

    settings = ("shape=box", "input_px=64", "epochs=2", "batch=4")
    with pytest.raises(Cancelled):
        train_model(
            "segmentation",
            make_folder(tmp_path / "disks"),
            tmp_path / "out",
            settings=settings,
            progress=stop,
        )
    assert [path.name for path in tmp_path.iterdir()] == ["disks"]


def test_an_exported_network_can_be_taught_more() -> None:
    """Its layers compute the same as before, though its normalizations were folded away."""
    torch = pytest.importorskip("torch")
    pytest.importorskip("ultralytics")
    from ultralytics.nn.tasks import DetectionModel

    card = find_model("blood-cells")
    exported = load_network(card.path, threads=1)
    network = DetectionModel("yolo11n.yaml", nc=4, verbose=False)
    weights, names = exported_weights(card.path), exported_names(card.path)
    assert names == list(card.labels)
    fit_labels(network, weights, names, ["Platelets", "other", "WBC", "RBC"])
    size_px = exported.size_px
    pictures = torch.rand(4, 3, size_px, size_px, generator=torch.Generator().manual_seed(0))
    assert take_over(network, weights, [pictures[:2], pictures[2:]]) > 80
    network.eval()
    with torch.no_grad():
        ours = network(pictures)[0].numpy()
    for mine, (theirs,) in zip(ours, exported.stream([p[None].numpy() for p in pictures]), strict=True):
        assert np.allclose(mine[:4], theirs[0, :4], atol=1.5)
        assert np.allclose(mine[[7, 6, 4]], theirs[0, 4:7], atol=2e-3)


@pytest.mark.slow
def test_outlines_are_learned_and_drawn(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    root = make_folder(tmp_path / "disks", 8)
    for file in (root / "labels").iterdir():
        _, x, y, *_ = map(float, file.read_text().split())
        turns = np.linspace(0, 2 * np.pi, 24, endpoint=False)
        points = np.stack([x + 20.5 / 96 * np.cos(turns), y + 20.5 / 96 * np.sin(turns)], axis=1)
        file.write_text("0 " + " ".join(f"{value:.5f}" for value in points.reshape(-1)) + "\n")
    settings = ("input_px=64", "epochs=40", "threads=1", "batch=4")
    card = train_model("outlines", root, tmp_path / "outlines", settings=settings, progress=lambda _: None)
    assert (card.task, card.labels) == ("outlines", ("disk",))
    losses = (tmp_path / "outlines" / "training.csv").read_text().splitlines()
    assert len(losses) == 41
    frame = read_frame(root / "images" / "0.png")
    _, x, y, *_ = map(float, (root / "labels" / "0.txt").read_text().split())
    center = Point((x - 20.5 / 96) * 96, y * 96)
    coarse = Box(center.x - 17, center.y - 23, center.x + 23, center.y + 17).as_polygon()
    found = Found(label_number=0, score=0.5, outlines=(as_contour(coarse),))
    views = [frame.pixels.view] * 3
    none, one, again = Outliner.load(card).redraw(views, [(), (found,), (found,)])
    assert none == ()
    assert all(map(np.array_equal, one[0].outlines, again[0].outlines))
    distances = np.hypot(*(one[0].outlines[0] - (center.x, center.y)).T)
    assert distances == pytest.approx([20.5] * len(distances), abs=3)


@pytest.mark.slow
def test_a_trained_scene_model_runs_and_is_measured(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("onnx")
    from engine.training.scenes import train

    for label, draw in (("chart", draw_chart), ("ct", draw_ct_slice), ("document", draw_page)):
        (tmp_path / "data" / label).mkdir(parents=True)
        for number in range(4):
            draw(np.random.default_rng(number)).resize((128, 128)).save(
                tmp_path / "data" / label / f"{number}.png"
            )
    card = train(tmp_path / "data", tmp_path / "scene", epochs=1, threads=1)
    assert card.labels == ("chart", "ct", "document")
    figures = evaluate_scenes(tmp_path / "data", model=str(tmp_path / "scene"))
    assert figures["pca_accuracy"] == 1  # these are the pictures that it was fitted on
    classifier = ModalityClassifier.load(card)
    view = np.asarray(draw_chart(np.random.default_rng(0)))
    assert classifier.probabilities([view]).sum() == pytest.approx(1, abs=1e-4)
    assert np.linalg.norm(classifier.features([view, view]), axis=1) == pytest.approx(1, abs=1e-5)


def test_one_folder_is_no_classification(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from engine.training.scenes import train

    (tmp_path / "a").mkdir()
    with pytest.raises(UsageError, match="at least two"):
        train(tmp_path, tmp_path / "out")
