"""The one table of everything that the user can do: menu, toolbar, keys and help sheet come from it."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from desktop.item_models.wording import mark


class Needs(enum.Enum):
    """What must be there for an action to be offered."""

    NOTHING = enum.auto()
    CASE = enum.auto()
    WRITABLE = enum.auto()
    FINDING = enum.auto()
    IMAGE = enum.auto()
    JOB = enum.auto()
    SKIP = enum.auto()
    UNDO = enum.auto()
    REDO = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One action: ``menu`` is where it stands, ``hint`` one sentence for tool tip and help sheet."""

    name: str
    menu: str
    text: str
    hint: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: Needs = Needs.NOTHING
    checkable: bool = False


FILE: Final = mark("Actions", "&Case")
GO: Final = mark("Actions", "&Go")
VIEW: Final = mark("Actions", "&View")
PICTURE: Final = mark("Actions", "&Image")
REVIEW: Final = mark("Actions", "&Review")
MARKS: Final = mark("Actions", "Boo&kmarks")
HELP: Final = mark("Actions", "&Help")
MENUS: Final = (FILE, GO, VIEW, PICTURE, REVIEW, MARKS, HELP)


def _spec(
    name: str,
    menu: str,
    text: str,
    hint: str,
    *keys: str,
    icon: str = "",
    needs: Needs = Needs.NOTHING,
    checkable: bool = False,
) -> ActionSpec:
    return ActionSpec(
        name=name, menu=menu, text=text, hint=hint, keys=keys, icon=icon, needs=needs, checkable=checkable
    )


# fmt: off
SPECS: Final = (
    _spec("new", FILE, mark("Actions", "&New case…"),
          mark("Actions", "Make a new case file"), "Ctrl+N", icon="new"),
    _spec("open", FILE, mark("Actions", "&Open case…"),
          mark("Actions", "Open a case file"), "Ctrl+O", icon="open"),
    _spec("open_reading", FILE, mark("Actions", "Open for &reading only…"),
          mark("Actions", "Open a case without writing anything into it")),
    _spec("ingest_folder", FILE, mark("Actions", "&Add evidence folder…"),
          mark("Actions", "Read a folder of images and reports into the case"),
          "Ctrl+I", icon="ingest", needs=Needs.WRITABLE),
    _spec("ingest_files", FILE, mark("Actions", "Add evidence &files…"),
          mark("Actions", "Read single files into the case"), "Ctrl+Shift+I",
          icon="ingest", needs=Needs.WRITABLE),
    _spec("skip", FILE, mark("Actions", "S&kip this file"),
          mark("Actions", "Go on without the file that takes long; it becomes an issue"),
          "Ctrl+Shift+.", icon="skip", needs=Needs.SKIP),
    _spec("cancel", FILE, mark("Actions", "&Cancel the running job"),
          mark("Actions", "Stop the running job; what is saved stays"),
          "Ctrl+.", icon="cancel", needs=Needs.JOB),
    _spec("export", FILE, mark("Actions", "&Export report…"),
          mark("Actions", "Write the case report, tables or exchange files"),
          "Ctrl+E", icon="export", needs=Needs.CASE),
    _spec("settings", FILE, mark("Actions", "Case se&ttings…"),
          mark("Actions", "Names, examiner, thoroughness and models of this case"),
          icon="settings", needs=Needs.WRITABLE),
    _spec("folders", FILE, mark("Actions", "Evidence fol&ders…"),
          mark("Actions", "Where the evidence lies, and where a moved folder is now"),
          icon="folders", needs=Needs.WRITABLE),
    _spec("encryption", FILE, mark("Actions", "Encr&yption…"),
          mark("Actions", "Give the case file a passphrase, another one, or none"),
          icon="lock", needs=Needs.WRITABLE),
    _spec("close", FILE, mark("Actions", "C&lose case"),
          mark("Actions", "Back to the start page"), "Ctrl+W", needs=Needs.CASE),
    _spec("quit", FILE, mark("Actions", "&Quit"),
          mark("Actions", "Leave Casebook; everything is saved"), "Ctrl+Q"),
    _spec("overview", GO, mark("Actions", "&Overview"),
          mark("Actions", "What the case holds"), "Alt+1", icon="overview", needs=Needs.CASE),
    _spec("images", GO, mark("Actions", "&Images"),
          mark("Actions", "All images as a gallery"), "Alt+2", icon="images", needs=Needs.CASE),
    _spec("reports", GO, mark("Actions", "&Reports"),
          mark("Actions", "All reports"), "Alt+3", icon="reports", needs=Needs.CASE),
    _spec("pair", GO, mark("Actions", "Im&age beside report"),
          mark("Actions", "The selected image beside its report"), "Alt+4", icon="pair", needs=Needs.CASE),
    _spec("contradictions", GO, mark("Actions", "&Contradictions"),
          mark("Actions", "Where pictures and words disagree, worst first"),
          "Alt+5", icon="contradictions", needs=Needs.CASE),
    _spec("marks", GO, mark("Actions", "Boo&kmarks"),
          mark("Actions", "What you put into a category with a digit key"),
          "Alt+B", icon="bookmark", needs=Needs.CASE),
    _spec("results", GO, mark("Actions", "&Search results"),
          mark("Actions", "What the last search found"), "Alt+6", icon="search", needs=Needs.CASE),
    _spec("timeline", GO, mark("Actions", "&Timeline"),
          mark("Actions", "When pictures were taken, reports written, and which days texts name"),
          "Alt+8", icon="timeline", needs=Needs.CASE),
    _spec("graph", GO, mark("Actions", "&Graph"),
          mark("Actions", "Persons, exhibits, images and reports around the selection"),
          "Alt+9", icon="graph", needs=Needs.CASE),
    _spec("places", GO, mark("Actions", "&Places"),
          mark("Actions", "Where pictures were taken, and which places texts name"),
          "Alt+0", icon="places", needs=Needs.CASE),
    _spec("issues", GO, mark("Actions", "Iss&ues"),
          mark("Actions", "Files that could not be read, and why"), "Alt+7", icon="issues", needs=Needs.CASE),
    _spec("jobs", GO, mark("Actions", "&Jobs"),
          mark("Actions", "What runs, what ran, and the engine's log"), "Alt+J", icon="jobs"),
    _spec("models", GO, mark("Actions", "&Models and training"),
          mark("Actions", "What each model can do; train and measure your own"),
          "Alt+M", icon="models"),
    _spec("search", GO, mark("Actions", "S&earch the case…"),
          mark("Actions", "Type into the search box"), "/", "Ctrl+K", icon="search", needs=Needs.CASE),
    _spec("find", GO, mark("Actions", "&Find in the report…"),
          mark("Actions", "Look in the report that is open; where none is, search the whole case"),
          "Ctrl+F", icon="search", needs=Needs.CASE),
    _spec("back", GO, mark("Actions", "&Back"),
          mark("Actions", "The page before this one"), "Alt+Left", icon="back"),
    _spec("zoom_in", VIEW, mark("Actions", "Zoom &in"),
          mark("Actions", "Enlarge the image; also the wheel, towards the pointer"),
          "Ctrl++", "Ctrl+=", icon="zoom-in", needs=Needs.CASE),
    _spec("zoom_out", VIEW, mark("Actions", "Zoom &out"),
          mark("Actions", "Make the image smaller"), "Ctrl+-", icon="zoom-out", needs=Needs.CASE),
    _spec("fit", VIEW, mark("Actions", "&Fit"),
          mark("Actions", "Show the whole image"), "Ctrl+0", icon="fit", needs=Needs.CASE),
    _spec("actual", VIEW, mark("Actions", "&100 %"),
          mark("Actions", "One pixel of the image is one pixel of the screen"),
          "Ctrl+1", icon="actual", needs=Needs.CASE),
    _spec("regions", VIEW, mark("Actions", "Show &regions"),
          mark("Actions", "Show or hide the regions on the image"),
          "Ctrl+R", icon="regions", needs=Needs.CASE, checkable=True),
    _spec("tags", VIEW, mark("Actions", "Show la&bels"),
          mark("Actions", "Show or hide the labels of the regions"),
          "T", icon="tag", needs=Needs.CASE, checkable=True),
    _spec("list", VIEW, mark("Actions", "&List of regions"),
          mark("Actions", "Show or hide the list of regions, with a tick for each"),
          "Ctrl+L", icon="list", needs=Needs.CASE, checkable=True),
    _spec("facets", VIEW, mark("Actions", "Fa&cets"),
          mark("Actions", "Show or hide what the gallery can be narrowed to"),
          "F6", icon="facets", needs=Needs.CASE, checkable=True),
    _spec("blur", VIEW, mark("Actions", "Blur thumb&nails"),
          mark("Actions", "Blur all thumbnails, while others can see the screen"),
          "Ctrl+B", icon="blur", needs=Needs.CASE, checkable=True),
    _spec("alone", VIEW, mark("Actions", "Image &alone"),
          mark("Actions", "Give the image the whole page"), "F8", needs=Needs.CASE, checkable=True),
    _spec("inspector", VIEW, mark("Actions", "Ins&pector"),
          mark("Actions", "Show or hide the facts of the selection"), "F9", checkable=True),
    _spec("outside", VIEW, mark("Actions", "Open the original ou&tside…"),
          mark("Actions", "Open the selected report or image in another program, after a warning"),
          "Ctrl+Shift+O", needs=Needs.CASE),
    _spec("larger", VIEW, mark("Actions", "Lar&ger text"),
          mark("Actions", "Make all text of the window larger"), "Ctrl+Shift+Up"),
    _spec("smaller", VIEW, mark("Actions", "S&maller text"),
          mark("Actions", "Make all text of the window smaller"), "Ctrl+Shift+Down"),
    _spec("theme", VIEW, mark("Actions", "Light or &dark"),
          mark("Actions", "Change between light and dark"), "Ctrl+Shift+L", icon="theme"),
    _spec("theme_system", VIEW, mark("Actions", "Follow the &system's theme"),
          mark("Actions", "Light or dark as the desktop environment is")),
    _spec("draw_outline", PICTURE, mark("Actions", "Draw an &outline"),
          mark("Actions", "Draw a region corner by corner or along its edge"),
          "O", icon="outline", needs=Needs.IMAGE, checkable=True),
    _spec("draw_box", PICTURE, mark("Actions", "Draw a &box"),
          mark("Actions", "Draw a region as a box"), "B", icon="box", needs=Needs.IMAGE, checkable=True),
    _spec("reshape", PICTURE, mark("Actions", "Change the &shape"),
          mark("Actions", "Move, add or take away corners of the selected region"),
          "E", icon="reshape", needs=Needs.FINDING, checkable=True),
    _spec("relabel", PICTURE, mark("Actions", "Change the &label…"),
          mark("Actions", "Give the selected region the right label"),
          "L", icon="tag-edit", needs=Needs.FINDING),
    _spec("erase", PICTURE, mark("Actions", "&Delete the region"),
          mark("Actions", "Reject the selected region: exports leave it out, and undo brings it back"),
          "Del", icon="erase", needs=Needs.FINDING),
    _spec("measure", PICTURE, mark("Actions", "Measure a d&istance"),
          mark("Actions", "Measure between two places, in millimeters where the file knows them"),
          "M", icon="measure", needs=Needs.IMAGE, checkable=True),
    _spec("measure_area", PICTURE, mark("Actions", "Measure an &area"),
          mark("Actions", "Measure what an outline encloses"),
          "Shift+M", icon="measure-area", needs=Needs.IMAGE, checkable=True),
    _spec("magnifier", PICTURE, mark("Actions", "&Magnifier"),
          mark("Actions", "A lens that follows the pointer"),
          "G", icon="magnifier", needs=Needs.IMAGE, checkable=True),
    _spec("compare", PICTURE, mark("Actions", "Two images side b&y side"),
          mark("Actions", "Show a second image instead of the report"),
          "F7", icon="compare", needs=Needs.IMAGE, checkable=True),
    _spec("linked", PICTURE, mark("Actions", "Move both &together"),
          mark("Actions", "Zoom and move two images side by side together"),
          "Shift+F7", icon="linked", needs=Needs.IMAGE, checkable=True),
    _spec("similar", PICTURE, mark("Actions", "&Find similar pictures"),
          mark("Actions", "What looks like this picture, or like the region selected in it"),
          "Ctrl+Shift+F", icon="search", needs=Needs.IMAGE),
    _spec("language", VIEW, mark("Actions", "Lang&uage…"),
          mark("Actions", "The language of the window, from its next start on")),
    _spec("confirm", REVIEW, mark("Actions", "&Confirm"),
          mark("Actions", "The selected finding is right"), "C", icon="confirm", needs=Needs.FINDING),
    _spec("reject", REVIEW, mark("Actions", "&Reject"),
          mark("Actions", "The selected finding is wrong"), "R", icon="reject", needs=Needs.FINDING),
    _spec("note", REVIEW, mark("Actions", "&Note or correct…"),
          mark("Actions", "Decide with a note, or give the right label"),
          "N", icon="note", needs=Needs.FINDING),
    _spec("undo", REVIEW, mark("Actions", "&Undo"),
          mark("Actions", "Take the last decision back, by a decision of its own"),
          "Ctrl+Z", icon="undo", needs=Needs.UNDO),
    _spec("redo", REVIEW, mark("Actions", "R&edo"),
          mark("Actions", "Decide again what was taken back"), "Ctrl+Shift+Z", "Ctrl+Y", needs=Needs.REDO),
    _spec("next", REVIEW, mark("Actions", "Ne&xt"),
          mark("Actions", "The next finding in the list"), "J", icon="next", needs=Needs.CASE),
    _spec("previous", REVIEW, mark("Actions", "&Previous"),
          mark("Actions", "The finding before it"), "K", icon="previous", needs=Needs.CASE),
    _spec("decisions_out", REVIEW, mark("Actions", "Export my decision&s…"),
          mark("Actions", "Write what you decided into a file for a second examiner"), needs=Needs.WRITABLE),
    _spec("decisions_in", REVIEW, mark("Actions", "Compare &with a second examiner…"),
          mark("Actions", "Where two examiners disagree; take the other's decisions in"), needs=Needs.CASE),
    *(
        _spec(f"mark_{digit}", MARKS, mark("Actions", "Category {0}").format(digit),
              mark("Actions", "Put the selection into this category, or take it out"),
              str(digit), needs=Needs.CASE)
        for digit in range(1, 10)
    ),
    _spec("categories", MARKS, mark("Actions", "&Names of the categories…"),
          mark("Actions", "Give the categories of bookmarks their names"), icon="note"),
    _spec("help", HELP, mark("Actions", "&Keys and actions"),
          mark("Actions", "Everything you can do, with its keys"), "F1", icon="help"),
    _spec("self_test", HELP, mark("Actions", "&Self-test…"),
          mark("Actions", "Does this installation work, and what does it compute with?")),
    _spec("about", HELP, mark("Actions", "&About Casebook"),
          mark("Actions", "Version, licenses, components and what it is not")),
)
# fmt: on
