"""``/help`` and ``/about``: how the pages hang together, who does what, and where the data come from."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from schoolward.platform.access.roles import DESCRIPTIONS, Role
from schoolward.platform.access.views import requires, viewer_of


@dataclass(frozen=True)
class Source:
    """One source of what the demonstration shows."""

    title: str | Promise
    holder: str | Promise
    use: str | Promise


@dataclass(frozen=True)
class Part:
    """One part of the product that somebody else made."""

    name: str
    use: str | Promise
    licence: str


SOURCES: tuple[Source, ...] = (
    Source(
        _("School directory: codes, addresses, points, opening and closing dates"),
        _("California Department of Education"),
        _("Used as published. The 95 rows of one district are shipped with Schoolward."),
    ),
    Source(
        _("Police records of January 2006 and of the year 2021"),
        _("Sacramento Police Department, open data"),
        _(
            "Not shipped. Counts by category, weekday, hour and grid are, and from them the "
            "demonstration's incidents are generated."
        ),
    ),
    Source(
        _("Names, dates and amounts of the partnership's programs"),
        _("Board papers, grant awards and press of 2009 to 2018"),
        _("Public facts, each with its source. Progress, work items and costs are invented and say so."),
    ),
)

PARTS: tuple[Part, ...] = (
    Part("Django", _("pages, records, forms"), "BSD-3-Clause"),
    Part("htmx", _("parts of a page that answer at once"), "0BSD"),
    Part("U.S. Web Design System", _("form controls and tables"), "CC0-1.0"),
    Part("MapLibre GL JS", _("maps"), "BSD-3-Clause"),
    Part("Vega-Lite, vl-convert", _("charts, drawn on the server"), "BSD-3-Clause"),
    Part("Typst", _("accessible PDF"), "Apache-2.0"),
    Part("Source Sans", _("the typeface"), "OFL-1.1"),
)


@require_safe
@requires("home.view")
def help_page(request: HttpRequest) -> HttpResponse:
    """How a finding becomes a number in the board's paper, the words used, and every role's five jobs."""
    viewer = viewer_of(request)
    own = DESCRIPTIONS.get(Role(viewer.role))
    return render(request, "home/help.html", {"own": own, "roles": list(DESCRIPTIONS.values())})


@require_safe
@requires("home.view")
def about(request: HttpRequest) -> HttpResponse:
    """Version, licence, the sources of the data and the parts made by others."""
    return render(
        request, "home/about.html", {"version": version("schoolward"), "sources": SOURCES, "parts": PARTS}
    )
