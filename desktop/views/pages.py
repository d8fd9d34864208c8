"""The pages of the window, each by the name of the action that leads to it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop.item_models.thumbnails import Thumbnails
from desktop.session.marks import Marks
from desktop.session.seen import Seen
from desktop.session.session import Session
from desktop.views.actions import Actions
from desktop.views.board_page import BoardPage
from desktop.views.context_menus import offer_context_menus
from desktop.views.gallery_page import GalleryPage
from desktop.views.graph_page import GraphPage
from desktop.views.issue_page import IssuePage
from desktop.views.job_page import JobPage
from desktop.views.marks_page import MarksPage
from desktop.views.models_page import ModelsPage
from desktop.views.overview_page import OverviewPage
from desktop.views.pair_page import PairPage
from desktop.views.places_page import PlacesPage
from desktop.views.report_page import ReportPage
from desktop.views.search_page import SearchPage
from desktop.views.timeline_page import TimelinePage


def make_pages(session: Session, actions: Actions, thumbnails: Thumbnails) -> dict[str, QWidget]:
    """Return a new page for every place that one can go to; a page with ``opened`` leads to the pair."""
    marks = Marks(session)
    seen = Seen(session)
    gallery = GalleryPage(session, thumbnails, seen, actions)
    pair = PairPage(session, thumbnails, seen, actions)
    gallery.compared.connect(pair.compare)
    pages: dict[str, QWidget] = {
        "overview": OverviewPage(session, actions),
        "images": gallery,
        "reports": ReportPage(session),
        "pair": pair,
        "contradictions": BoardPage(session, marks),
        "marks": MarksPage(session, marks, actions),
        "results": SearchPage(session, marks),
        "timeline": TimelinePage(session),
        "graph": GraphPage(session),
        "places": PlacesPage(session),
        "issues": IssuePage(session),
        "jobs": JobPage(session, actions),
        "models": ModelsPage(session),
    }
    offer_context_menus(pages, actions)
    return pages
