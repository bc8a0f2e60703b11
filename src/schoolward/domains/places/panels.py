"""The panels of a site's profile. Higher domains register theirs; the page loads each one by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404
from django.utils.functional import Promise

from schoolward.domains.places import queries
from schoolward.domains.places.models import Campus
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Panel:
    """A part of the profile, fetched from ``reverse(url_name, args=[campus.pk])`` and put in as it is."""

    key: str
    title: str | Promise
    order: int
    permission: str
    url_name: str


_panels: dict[str, Panel] = {}


def register_panel(panel: Panel) -> Panel:
    """Add a panel. Raises ``ValueError`` when its key is taken."""
    if panel.key in _panels:
        raise ValueError(f"the panel {panel.key} is registered twice")
    _panels[panel.key] = panel
    return panel


def panels_for(viewer: Viewer, campus_id: int) -> list[Panel]:
    """The panels of a site that the viewer may open, in order: none where the site is not the viewer's."""
    if not _is_own(viewer, campus_id):
        return []
    allowed = [panel for panel in _panels.values() if may(viewer, panel.permission)]
    return sorted(allowed, key=lambda panel: (panel.order, panel.key))


def campus_of_panel(viewer: Viewer, campus_id: int) -> Campus:
    """The site that a panel is asked about. Raises ``Http404`` where it is not the viewer's, or is none."""
    campus = queries.campus_by_pk(campus_id) if _is_own(viewer, campus_id) else None
    if campus is None:
        raise Http404
    return campus


def _is_own(viewer: Viewer, campus_id: int) -> bool:
    return viewer.campus_ids is None or campus_id in viewer.campus_ids
