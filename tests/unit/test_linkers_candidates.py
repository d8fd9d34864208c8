"""Candidates come from shared keys; their number grows with the case, not with its square."""

from __future__ import annotations

from engine.linkers.candidates import ImageKeys, ReportKeys, find_candidates, image_keys, report_keys
from engine.model.ids import ImageId, ReportId
from engine.protocols import ImageSide, ReportSide
from tests.unit.linking_scene import note, picture, region, source_file


def image_side(name: str, *labels: str, **fields: object) -> ImageSide:
    image = picture(name, **fields)
    regions = tuple(region(image, label, (10 * n, 10, 10 * n + 9, 30)) for n, label in enumerate(labels, 1))
    return ImageSide(
        image=image, files=(source_file(image.sha256, name),), regions=regions, looked_for=frozenset()
    )


def report_side(text: str, path: str, **fields: object) -> ReportSide:
    report = note(text, **fields)
    return ReportSide(report=report, files=(source_file(report.sha256, path),), entities=())


def found(sides: list[ImageSide], text: ReportSide) -> list[str]:
    names = {side.image.id: side.files[0].relative_path for side in sides}
    candidates = find_candidates(map(image_keys, sides), [report_keys(text)])
    return [names[each.image_id] for each in candidates.get(text.report.id, ())]


def test_about_mention_stem_and_number_tie_firmly() -> None:
    sides = [image_side("a/IMG_2043.jpg"), image_side("a/photo_12.jpg"), image_side("b/scan.png")]
    assert found(sides, report_side("x", "n.csv", about=("scan.png",))) == ["b/scan.png"]
    assert found(sides, report_side("see IMG_2043.jpg", "z/n.txt")) == ["a/IMG_2043.jpg"]
    assert found(sides, report_side("x", "c/scan.txt")) == ["b/scan.png"]
    assert found(sides, report_side("see photograph 12", "a/n.txt"))[0] == "a/photo_12.jpg"


def test_the_same_study_ties_and_the_cue_says_so() -> None:
    side = image_side("x.dcm", study_ref="1.2.840.1")
    text = report_side("x", "n.txt", study_ref="1.2.840.1")
    (candidates,) = find_candidates([image_keys(side)], [report_keys(text)]).values()
    assert [cue.rule for cue in candidates[0].cues] == ["tied-by-study", "tied-by-folder"]
    assert "same study" in candidates[0].cues[0].detail


def test_nothing_shared_means_no_candidate() -> None:
    assert found([image_side("a/x.jpg")], report_side("y", "b/n.txt")) == []


def test_a_key_shared_by_the_whole_case_says_nothing() -> None:
    keys = [frozenset({"folder:all", f"stem:{n}"}) for n in range(2000)]
    images = [ImageKeys(image_id=ImageId(f"{n:016x}"), keys=keys[n]) for n in range(2000)]
    reports = [ReportKeys(report_id=ReportId(f"{n:016x}"), keys=keys[n]) for n in range(2000)]
    candidates = find_candidates(images, reports)
    assert all([each.image_id for each in chosen] == [report] for report, chosen in candidates.items())
    assert len(candidates) == 2000
