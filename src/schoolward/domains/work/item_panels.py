"""The panels of a piece of work's page. Higher domains register theirs; the page loads each one by itself."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise

from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class ItemPanel:
    """A part of the page, fetched from ``reverse(url_name, args=[item.pk])`` and put in as it is.

    ``source``: how the source of work begins that alone has the panel, as ``"app.Model:"``.
    """

    key: str
    title: str | Promise
    order: int
    permission: str
    url_name: str
    source: str = ""


_panels: dict[str, ItemPanel] = {}


def register_item_panel(panel: ItemPanel) -> ItemPanel:
    """Add a panel. Raises ``ValueError`` when its key is taken."""
    if panel.key in _panels:
        raise ValueError(f"the panel {panel.key} is registered twice")
    _panels[panel.key] = panel
    return panel


def item_panels_for(viewer: Viewer, item: WorkItem) -> list[tuple[ItemPanel, str]]:
    """The panels that the viewer may open, in order, each with its address for this piece of work."""
    allowed = [
        panel
        for panel in _panels.values()
        if item.source.startswith(panel.source) and may(viewer, panel.permission)
    ]
    ordered = sorted(allowed, key=lambda panel: (panel.order, panel.key))
    return [(panel, reverse(panel.url_name, args=[item.pk])) for panel in ordered]
