"""The streets around the site: collisions within 402 m that hurt somebody on foot or by bike."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.routes import queries as routes
from schoolward.reports.content import long_date
from schoolward.reports.sheets.shape import Column, Part, Row
from schoolward.reports.sheets.values import count, listed, words
from schoolward.reports.site_profile.composing.asked import Asked


def collisions(asked: Asked) -> Part:
    """Year by year over the five years that the records end with, as the site's page of collisions has them.

    The state publishes each of them, so that no count is withheld.
    """
    columns = (
        Column("years", _("Time"), width="1.6"),
        Column("grave", _("Killed or seriously injured"), "right", "1.1"),
        Column("moving", _("All on foot or by bike"), "right"),
        *(
            Column(f"position_{one.name.lower()}", str(one.label), "right", "1.1")
            for one in routes.POSITION_QUALITIES
        ),
    )
    first, last = routes.five_years_to(asked.day)
    rows = [
        _row(asked, max(first, date(year, 1, 1)), min(last, date(year, 12, 31)))
        for year in range(first.year, last.year + 1)
    ]
    return Part(
        "collisions",
        _("Collisions within 402 m, on foot or by bike"),
        columns,
        (*rows, _row(asked, first, last, name=_("All five years")))
        if routes.known_days(asked.day) is not None
        else (),
        missing=_("Not collected: no collision records of the state were imported."),
        note=_(
            "Collisions, not people, as California publishes them, and how sure each place is. A collision "
            "near two sites stands with both; one without a position stands with none."
        ),
    )


def _row(asked: Asked, first: date, last: date, *, name: str = "") -> Row:
    campus = asked.campus.pk
    moving = routes.near_sites(routes.collisions(asked.viewer).filter(day__range=(first, last)), campus)

    def opened(**more: object) -> str:
        return listed("collisions:list", **{"from": first, "to": last, "campus": campus, **more})

    row = {
        "years": words(
            name or _("%(first)s to %(last)s") % {"first": long_date(first), "last": long_date(last)},
            reverse("collisions:site", args=[asked.campus.slug]),
        ),
        "grave": count(routes.grave_near(first, last, campus).count(), opened(grave="on")),
        "moving": count(moving.count(), opened()),
    }
    found = routes.by_quality(moving)
    places = {
        f"position_{one.name.lower()}": count(found[one], opened(quality=one.value))
        for one in routes.POSITION_QUALITIES
    }
    return row | places


def are_invented(asked: Asked) -> bool:
    """Whether a collision that the part counts is invented."""
    moving = routes.collisions(asked.viewer).filter(day__range=routes.five_years_to(asked.day), invented=True)
    return routes.near_sites(moving, asked.campus.pk).exists()
