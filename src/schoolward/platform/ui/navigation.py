"""Navigation: each part registers its own pages; the frame shows what the viewer may open."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from django.db import models
from django.urls import get_script_prefix, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer


class Section(models.TextChoices):
    """The sections of the site, in the order in which they stand in the page's head."""

    TODAY = "Today", _("Today")
    SITES = "Sites", _("Sites")
    ALARMS = "Alarms", _("Alarms")
    INCIDENTS = "Incidents", _("Incidents")
    WORK = "Work", _("Work")
    PROGRAMS = "Programs", _("Programs")
    ROUTES = "Routes", _("Routes")
    GRANTS = "Grants", _("Grants")
    RESULTS = "Results", _("Results")
    DATA = "Data", _("Data")
    ADMINISTRATION = "Administration", _("Administration")


@dataclass(frozen=True)
class NavItem:
    """One page that a viewer can go to. ``order`` sorts within the section, then registration does."""

    section: str
    label: str | Promise
    url_name: str
    permission: str
    order: int = 50


@dataclass(frozen=True)
class Destination:
    """A navigation item as one viewer sees it on one page."""

    label: str | Promise
    url: str
    current: bool = False


@dataclass(frozen=True)
class NavSection:
    """A section with the pages that one viewer may open; ``url`` leads to the first of them."""

    label: str
    url: str
    current: bool
    items: list[Destination] = field(default_factory=list)


_items: list[NavItem] = []


def register(*items: NavItem) -> None:
    """Add pages to the navigation. Raises ``ValueError`` for an unknown section or a page given twice."""
    for item in items:
        if item.section not in Section.values:
            raise ValueError(f"{item.url_name}: {item.section!r} is not one of {', '.join(Section.values)}")
        if any(item.url_name == known.url_name and item.section == known.section for known in _items):
            raise ValueError(f"{item.url_name} stands in the navigation already")
        _items.append(item)


@cache
def _address(url_name: str, below: str) -> str:
    """Where a page lies under a prefix: the same for everybody, and asked for thirty times a page."""
    return reverse(url_name)


def items_for(viewer: Viewer, path: str = "") -> list[NavSection]:
    """The sections and pages that the viewer may open; the one that ``path`` lies under is current.

    The current page is the one whose address is the longest prefix of the path, so that
    ``/work/42/`` lights up "All work" and not the morning page at ``/``.
    """
    below = get_script_prefix()
    allowed = [(item, _address(item.url_name, below)) for item in _items if may(viewer, item.permission)]
    matching = [url for _item, url in allowed if path == url or (url != "/" and path.startswith(url))]
    current_url = max(matching, key=len, default=None)
    found_current = False
    sections = []
    for section in Section:
        here = [pair for pair in allowed if pair[0].section == section]
        mine = sorted(here, key=lambda pair: pair[0].order)
        if not mine:
            continue
        destinations = []
        for item, url in mine:
            current = url == current_url and not found_current
            found_current = found_current or current
            destinations.append(Destination(item.label, url, current))
        is_current = any(destination.current for destination in destinations)
        sections.append(NavSection(str(section.label), destinations[0].url, is_current, destinations))
    return sections
