"""Pictures inside documents: their captions, their pages, and the text that names them."""

from __future__ import annotations

import io
import json
import os
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest
from PIL import Image as Picture

from engine.hashing import bytes_sha256
from engine.jobs.ingest import IngestOptions, ingest
from engine.jobs.reading import read_file
from engine.model.evidence import Case, CaseKind
from engine.protocols import Content, ReadOptions, Source
from engine.readers.figures import caption_title, nearby_caption
from engine.store import create_case, open_case


def png(seed: int = 0, size: tuple[int, int] = (160, 120)) -> bytes:
    target = io.BytesIO()
    noise = np.random.default_rng(seed).integers(0, 255, (size[1] // 8, size[0] // 8, 3), dtype=np.uint8)
    Picture.fromarray(noise).resize(size, Picture.Resampling.NEAREST).save(target, "PNG")
    return target.getvalue()


def read(folder: Path, name: str, data: bytes) -> Content:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    source = Source(path=path, relative_path=name, sha256=bytes_sha256(data), size_bytes=len(data))
    return read_file(source, ReadOptions()).content


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("Figure 3. Axial CT of the chest", "Figure 3"),
        ("Fig. 2A: the wound", "Fig. 2A"),
        ("FIGURE 12 Knife on the table", "FIGURE 12"),
        ("Fig 4 - Knife", "Fig 4"),
        ("Abbildung 2: Messer", "Abbildung 2"),
        ("Figure 7", "Figure 7"),
        ("Figure 3 shows a nodule", ""),
        ("Figures 1 and 2 are alike", ""),
        ("As Fig. 3 shows", ""),
        ("Image quality is poor.", ""),
    ],
)
def test_captions_are_told_from_sentences(line: str, title: str) -> None:
    assert caption_title(line) == title


def test_a_caption_stands_below_its_picture_before_it_stands_above() -> None:
    lines = ["Figure 1. First", "", "", "Figure 2. Second"]
    assert nearby_caption(lines, 2) == "Figure 2. Second"
    assert nearby_caption(lines[:3], 2) == "Figure 1. First"
    assert nearby_caption(["words", "", "more words"], 1) == ""


@pytest.mark.parametrize("above", [False, True])
def test_pictures_of_a_pdf_have_their_captions(tmp_path: Path, above: bool) -> None:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    target = io.BytesIO()
    canvas = Canvas(target)
    for number, bottom in ((1, 560), (2, 320)):
        canvas.drawImage(ImageReader(io.BytesIO(png(number))), 72, bottom, 200, 150)
        at = bottom + 156 if above else bottom - 14
        canvas.drawString(72, at, f"Figure {number}. The wound, seen from angle {number}")
        if not above:
            canvas.drawString(72, at - 13, "and drawn to scale.")
    canvas.drawString(72, 120, "Figure 2 shows more than Figure 1.")
    canvas.save()
    content = read(tmp_path, "a.pdf", target.getvalue())
    captions = [item.caption for item in content.attachments]
    assert [caption[:9] for caption in captions] == ["Figure 1.", "Figure 2."]
    assert above or captions[0].endswith("angle 1 and drawn to scale.")
    (report,) = content.reports
    assert [(section.kind, section.title) for section in report.sections] == [
        ("caption", "Figure 1"),
        ("caption", "Figure 2"),
    ]
    first = report.sections[0].span
    assert report.text[first.start : first.end].startswith("Figure 1. The wound")


def test_pictures_of_a_word_file_have_their_captions(tmp_path: Path) -> None:
    import docx

    document = docx.Document()
    for number in (1, 2):
        document.add_picture(io.BytesIO(png(number)))
        document.add_paragraph(f"Figure {number}: picture {number}")
        document.add_paragraph("Words between the pictures.")
    target = io.BytesIO()
    document.save(target)
    content = read(tmp_path, "a.docx", target.getvalue())
    found = {item.data: item.caption for item in content.attachments}
    assert found == {png(1): "Figure 1: picture 1", png(2): "Figure 2: picture 2"}
    assert [section.title for section in content.reports[0].sections] == ["Figure 1", "Figure 2"]


def test_pictures_of_an_odt_have_their_captions(tmp_path: Path) -> None:
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
        for name, full in (("office", "office"), ("text", "text"), ("draw", "drawing"))
    )
    frame = (
        "<text:p><draw:frame><draw:text-box><text:p><draw:frame><draw:image "
        'xlink:href="Pictures/1.png"/></draw:frame>Illustration <text:sequence>1</text:sequence>: A knife'
        "</text:p></draw:text-box></draw:frame></text:p>"
    )
    content = (
        f'<office:document-content {spaces} xmlns:xlink="http://www.w3.org/1999/xlink"><office:body>'
        f"<office:text>{frame}</office:text></office:body></office:document-content>"
    )
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", content)
        packed.writestr("Pictures/1.png", png())
    (only,) = read(tmp_path, "a.odt", target.getvalue()).attachments
    assert only.caption == "Illustration 1: A knife"


PAGE = (
    '<html><body><figure><img src="img/one.png"><figcaption>Figure 1. A knife</figcaption></figure>'
    '<p><img alt="the door" src="img/two%20b.png?x=1"></p><img src="https://example.org/far.png">'
    '<img src="../outside.png"><img src="/etc/hostname"><img src="img/link.png"></body></html>'
)


@pytest.mark.skipif(os.name == "nt", reason="needs symbolic links")
def test_pictures_beside_a_page_are_its_own_and_nothing_outside_the_evidence_is(tmp_path: Path) -> None:
    folder = tmp_path / "evidence"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "one.png").write_bytes(png(1))
    (folder / "img" / "two b.png").write_bytes(png(2))
    (tmp_path / "outside.png").write_bytes(png(3))
    (folder / "img" / "link.png").symlink_to(tmp_path / "outside.png")
    content = read(folder, "a.html", PAGE.encode())
    assert [(item.name, item.data, item.caption) for item in content.attachments] == [
        ("img/one.png", png(1), "Figure 1. A knife"),
        ("img/two b.png", png(2), "the door"),
    ]


def test_a_page_in_a_folder_sees_the_folder_beside_it(tmp_path: Path) -> None:
    (tmp_path / "img").mkdir()
    (tmp_path / "img" / "one.png").write_bytes(png(1))
    page = '<html><body>See the picture.<img src="../img/one.png"></body></html>'
    (only,) = read(tmp_path, "pages/a.html", page.encode()).attachments
    assert only.data == png(1)


@pytest.mark.data
@pytest.mark.slow
def test_figures_of_papers_are_tied_to_what_the_text_calls_them(data_dir: Path, tmp_path: Path) -> None:
    """medicat_sample as PDFs: every mention of a figure links to its picture, and to no other."""
    folder, figures = tmp_path / "papers", papers(data_dir / "medicat_sample")
    folder.mkdir()
    for name, (data, _) in figures.items():
        (folder / name).write_bytes(data)
    case = Case(kind=CaseKind.MEDICAL, name="papers", created_at=datetime(2026, 1, 1, tzinfo=UTC))
    create_case(tmp_path / "papers.casebook", case, clock=lambda: datetime.now(UTC))
    with open_case(tmp_path / "papers.casebook", clock=lambda: datetime.now(UTC)) as store:
        ingest(
            store,
            [folder],
            options=IngestOptions(profile="fast"),
            clock=lambda: datetime.now(UTC),
            progress=lambda _: None,
        )
        mentioned: set[tuple[str, str]] = set()
        for entity in store.entities(label="figure"):
            if not entity.text.lower().startswith("fig"):
                continue  # "images 4 years after" is no mention of a figure
            (paper,) = store.files_of_report(entity.report_id)
            links = [link for link in store.links(report_id=entity.report_id) if link.entity_id == entity.id]
            shown = {file for link in links for file in store.files_of_image(link.image_id)}
            number = "".join(filter(str.isdigit, entity.text.split("-")[0]))
            assert shown, f"{entity.text} of {paper.relative_path} links to nothing"
            for file in shown:
                assert file.parent_id == paper.id
                assert f" {number}." in file.caption[:12], (entity.text, file.caption)
            mentioned |= {(paper.relative_path, number)}
    assert len(mentioned) == sum(count for _, count in figures.values())


def papers(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return each paper as a PDF, first the sentences that refer to figures, then those with captions."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Image, Paragraph, SimpleDocTemplate, Spacer

    style = getSampleStyleSheet()["Normal"]
    rows = [json.loads(line) for line in (folder / "sample.jsonl").read_text("utf-8").splitlines()]
    made = {}
    for paper in dict.fromkeys(row["pdf_hash"] for row in rows):
        own = [row for row in rows if row["pdf_hash"] == paper]
        story = []
        for sentence in (each for row in own for each in row["s2orc_references"] or ()):
            story += [Paragraph(sentence.replace("<", "&lt;"), style), Spacer(1, 12)]
        for row in own:
            path = folder / "figures" / f"{paper}_{row['fig_uri']}"
            story += [Image(path, 300, 250, kind="proportional")]
            story += [Paragraph(row["s2_caption"].replace("<", "&lt;"), style), Spacer(1, 24)]
        target = io.BytesIO()
        SimpleDocTemplate(target, invariant=1).build(story)
        made[f"{paper[:8]}.pdf"] = (target.getvalue(), len(own))
    return made
