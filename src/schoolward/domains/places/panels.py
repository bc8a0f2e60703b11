"""The panels of a site's profile. Higher domains register theirs; the page loads each one by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

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
    if viewer.campus_ids is not None and campus_id not in viewer.campus_ids:
        return []
    allowed = [panel for panel in _panels.values() if may(viewer, panel.permission)]
    return sorted(allowed, key=lambda panel: (panel.order, panel.key))
