"""The panels of an award's page. Higher domains register theirs; the page loads each one by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class AwardPanel:
    """A part of the page, fetched from ``reverse(url_name, args=[award.key])`` and put in as it is."""

    key: str
    title: str | Promise
    order: int
    permission: str
    url_name: str


_panels: dict[str, AwardPanel] = {}


def register_award_panel(panel: AwardPanel) -> AwardPanel:
    """Add a panel. Raises ``ValueError`` when its key is taken."""
    if panel.key in _panels:
        raise ValueError(f"the panel {panel.key} is registered twice")
    _panels[panel.key] = panel
    return panel


def award_panels_for(viewer: Viewer, key: str) -> list[tuple[AwardPanel, str]]:
    """The panels that the viewer may open, in order, each with its address for this award."""
    allowed = [panel for panel in _panels.values() if may(viewer, panel.permission)]
    ordered = sorted(allowed, key=lambda panel: (panel.order, panel.key))
    return [(panel, reverse(panel.url_name, args=[key])) for panel in ordered]
