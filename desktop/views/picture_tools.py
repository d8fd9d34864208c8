"""The tools of the image view: drawing, changing and measuring, from the action to the saved decision."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Signal
from PySide6.QtWidgets import QMenu

from desktop.session.labels import known_labels
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.label_bar import LabelBar
from desktop.views.picture_view import PictureView
from desktop.views.reshape_tool import ReshapeTool
from desktop.views.stroke_tool import Stroke, StrokeTool
from engine.model.findings import Region, Verdict
from engine.model.geometry import Polygon
from engine.model.ids import RegionId

_STROKES = {
    "draw_outline": Stroke.OUTLINE,
    "draw_box": Stroke.BOX,
    "measure": Stroke.DISTANCE,
    "measure_area": Stroke.AREA,
}
_MODES = (*_STROKES, "reshape")


class PictureTools(QObject):
    """Holds the tool that is at work; one at a time, named by its action, which stays checked.

    ``busy_changed`` says whether one is at work.
    """

    busy_changed = Signal(bool)

    def __init__(
        self,
        session: Session,
        actions: Actions,
        view: PictureView,
        bar: LabelBar,
        region_of: Callable[[RegionId], Region | None],
    ) -> None:
        super().__init__(view)
        self._session, self._actions, self._view, self._bar = session, actions, view, bar
        self._region_of = region_of
        self._tool: StrokeTool | ReshapeTool | None = None
        self._mode = ""
        self._waiting: Polygon | None = None
        self._last_label = ""
        for name in _MODES:
            actions[name].triggered.connect(lambda checked, name=name: self._on_action(name, checked))
        actions.on("relabel", self._relabel)
        actions.on("erase", self._erase)
        bar.named_it.connect(self._on_label)
        bar.given_up.connect(self._give_up)
        bar.done.connect(self._on_done)
        view.canvas.menu_wanted.connect(self._show_menu)

    @property
    def tool(self) -> StrokeTool | ReshapeTool | None:
        return self._tool

    def stop(self) -> None:
        """Put the tool away: another Image is shown, or the user has had enough."""
        if self._tool is not None:
            self._tool.remove()
        self._tool, self._mode, self._waiting = None, "", None
        self._view.canvas.take_tool(None)
        self._bar.hide()
        for name in _MODES:
            self._actions[name].setChecked(False)
        self.busy_changed.emit(False)

    def _on_action(self, name: str, checked: bool) -> None:
        had_focus = self._view.isVisible()
        self.stop()
        if not checked or self._view.found is None or not had_focus:
            return
        if name == "reshape":
            self._begin_reshape()
        else:
            self._begin_stroke(name)

    def _begin_stroke(self, name: str) -> None:
        image = self._view.found.image if self._view.found else None
        tool = StrokeTool(self._view.canvas, _STROKES[name], image.spacing_mm if image else None)
        tool.drawn.connect(self._on_drawn)
        self._begin(name, tool)
        self._bar.tell(self._hint(name))

    def _begin_reshape(self) -> None:
        region = self._chosen()
        if region is None:
            self._session.noted.emit(
                self.tr("Select a region first: click on it, or in the list of regions.")
            )
            return
        tool = ReshapeTool(self._view.canvas, region.polygons)
        tool.changed.connect(self._on_reshaped)
        self._begin("reshape", tool)
        said = self.tr(
            "Pull a corner, or choose it with Tab and move it with the arrows (Ctrl moves all). "
            "Double-click adds one, Delete takes one away. Enter saves, Escape leaves it as it was."
        )
        if tool.taken_away:
            said += " " + self.tr("{0} of its corners lie too close and are left out.").format(
                tool.taken_away
            )
        self._bar.tell(said, done=self.tr("Save"))

    def _begin(self, name: str, tool: StrokeTool | ReshapeTool) -> None:
        self._tool, self._mode = tool, name
        tool.left.connect(self.stop)
        self._view.canvas.take_tool(tool)
        self._view.canvas.setFocus()
        self._actions[name].setChecked(True)
        self.busy_changed.emit(True)

    def _hint(self, name: str) -> str:
        return {
            "draw_outline": self.tr(
                "Click corner by corner, or draw along the edge. Enter or a double click closes it, "
                "Backspace takes a corner back. By keys: arrows and Space."
            ),
            "draw_box": self.tr("Pull from corner to corner. By keys: arrows, Space for each corner."),
            "measure": self.tr("Pull along what you want to measure. By keys: arrows, Space for each end."),
            "measure_area": self.tr("Click around the area; Enter or a double click closes it."),
        }[name] + self._spacing_words(name)

    def _spacing_words(self, name: str) -> str:
        image = self._view.found.image if self._view.found else None
        if name not in ("measure", "measure_area") or image is None or image.spacing_mm is not None:
            return ""
        return " " + self.tr("The file does not say how large a pixel is, so there are no millimeters.")

    def _on_drawn(self, polygon: Polygon) -> None:
        self._waiting = polygon
        self._ask(self.tr("Which label does it have?"), self._last_label)

    def _on_reshaped(self, polygons: tuple[Polygon, ...]) -> None:
        region = self._chosen()
        self.stop()
        if region is not None:
            self._decide(Verdict.CORRECTED, label=region.label, polygons=polygons)

    def _on_done(self) -> None:
        if isinstance(self._tool, ReshapeTool):
            self._tool.finish()
        else:
            self.stop()

    def _relabel(self) -> None:
        region = self._chosen()
        if region is not None:
            self.stop()
            self._ask(self.tr("Which label is right for “{0}”?").format(region.label), region.label)

    def _ask(self, hint: str, suggested: str) -> None:
        store = self._session.store
        if store is not None:
            self._bar.ask(hint, known_labels(store), suggested)

    def _on_label(self, label: str) -> None:
        found, waiting = self._view.found, self._waiting
        if waiting is None:
            self._bar.hide()
            self._decide(Verdict.CORRECTED, label=label)
            self._view.canvas.setFocus()
        elif found is not None:
            mode, self._last_label = self._mode, label
            self.stop()
            self._session.draw(found.image.id, label, (waiting,))
            self._begin_stroke(mode)  # whoever draws one often draws the next

    def _give_up(self) -> None:
        """Drop what was drawn and begin anew, or leave the label as it was."""
        mode = self._mode
        self.stop()
        if mode in _STROKES:
            self._begin_stroke(mode)
        self._view.canvas.setFocus()

    def _erase(self) -> None:
        if self._chosen() is not None:
            self.stop()
            self._decide(Verdict.REJECTED)

    def _decide(self, verdict: Verdict, *, label: str = "", polygons: tuple[Polygon, ...] = ()) -> None:
        """Decide about the selected Region itself, even where a Link of it is selected."""
        self._session.refine(link_id=None, entity_id=None)
        self._session.decide(verdict, label=label, polygons=polygons)

    def _chosen(self) -> Region | None:
        """Return the selected Region, as it was decided; None where none with an outline is in view."""
        region_id = self._session.selection.region_id if self._view.isVisible() else None
        region = self._region_of(region_id) if region_id is not None else None
        return region if region is not None and region.polygons else None

    def _show_menu(self, region_id: str, place: QPoint) -> None:
        if self._tool is not None:
            return
        if region_id:
            self._session.refine(region_id=RegionId(region_id), entity_id=None, link_id=None)
        menu = QMenu(self._view)
        names = ("confirm", "erase", "relabel", "reshape", "note") if region_id else ()
        for name in (*names, "draw_outline", "draw_box", "measure", "magnifier", "similar"):
            menu.addAction(self._actions[name])
        menu.popup(place)
        menu.aboutToHide.connect(menu.deleteLater)
