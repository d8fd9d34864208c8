"""A figure in HTML: one embedded JPEG, its outlines over it as SVG, with a switch to hide them."""

from __future__ import annotations

import base64

from engine.exporters import words
from engine.exporters.contents import FigureContent
from engine.exporters.html import text as html_text
from engine.exporters.html.text import cell, identity
from engine.exporters.outlines import Outline, legend, mark_places, outlines, thinned
from engine.exporters.pictures import Picture


def figure_html(figure: FigureContent, shot: Picture) -> str:
    """Return the figure with its caption."""
    image = figure.image
    key = f"figure-{figure.number}"
    note = f"<p><b>Note:</b> {cell(shot.remark)}</p>" if shot.remark else ""
    found = ", ".join(f"{row.number} {cell(row.region.label)}" for row in figure.regions[:12]) or "no region"
    caption = (
        f"Figure {figure.number} — {html_text.paths(figure.files)}{words.frame(image)}: {found}. "
        f"SHA-256 {identity(image.sha256[:16])}…; {image.width_px} × {image.height_px} px. {legend(figure)}"
    )
    return (
        f'<figure id="{key}"><h3>Figure {figure.number}</h3><input type="checkbox" class="switch" checked '
        f'id="{key}-switch"><label for="{key}-switch"> outlines</label><br>{_picture(figure, shot)}'
        f"<figcaption>{caption}</figcaption>{note}</figure>\n"
    )


def _picture(figure: FigureContent, shot: Picture) -> str:
    if not shot.jpeg:
        return "<p>picture not available</p>"
    data = base64.b64encode(shot.jpeg).decode("ascii")
    words_for_it = ", ".join(sorted({cell(row.region.label) for row in figure.regions})) or "no finding"
    described = words_for_it.replace("<bdi>", "").replace("</bdi>", "")
    return (
        f'<div class="shot"><img src="data:image/jpeg;base64,{data}" width="{shot.width_px}" '
        f'height="{shot.height_px}" alt="Evidence picture; found in it: {described}">{_overlay(figure)}</div>'
    )


def _overlay(figure: FigureContent) -> str:
    image = figure.image
    shapes = outlines(figure)
    size = max(image.width_px, image.height_px)
    stroke, radius = size / 320, size / 60
    places = mark_places(shapes, image.width_px, image.height_px, radius)
    drawn = "".join(_outline(shape, stroke) for shape in shapes)
    marks = "".join(_mark(shape, x, y, radius) for shape, (x, y) in zip(shapes, places, strict=True))
    view = f"0 0 {image.width_px} {image.height_px}"
    return f'<svg viewBox="{view}" preserveAspectRatio="none" aria-hidden="true">{drawn}{marks}</svg>'


def _outline(shape: Outline, stroke: float) -> str:
    path = " ".join(
        "M" + " L".join(f"{point.x:.1f} {point.y:.1f}" for point in thinned(polygon, stroke / 2)) + " Z"
        for polygon in shape.polygons
    )
    dash = " ".join(f"{part * stroke:.1f}" for part in shape.dash) or "none"
    line = f'<path d="{path}" fill="none" '
    return (
        f'{line}stroke="#fff" stroke-width="{stroke * 2:.2f}"/>'
        f'{line}stroke="{shape.color}" stroke-width="{stroke:.2f}" stroke-dasharray="{dash}"/>'
    )


def _mark(shape: Outline, x: float, y: float, radius: float) -> str:
    width = 2 * radius
    ground = (
        f'<rect x="{x - radius:.1f}" y="{y - radius:.1f}" width="{width:.1f}" height="{width:.1f}" '
        if shape.square
        else f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}" '
    )
    place = f'x="{x:.1f}" y="{y + radius * 0.4:.1f}" font-size="{radius * 1.1:.1f}"'
    look = 'fill="#fff" font-weight="bold" text-anchor="middle"'
    return f'{ground}fill="{shape.color}" stroke="#fff"/><text {place} {look}>{shape.mark}</text>'
