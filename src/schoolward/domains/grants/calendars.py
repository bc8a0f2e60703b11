"""What is due of grants, as events of a calendar."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.grants import queries
from schoolward.domains.grants.queries import standings
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.icalendar import WholeDay, calendar, uid

PRODUCT = "-//Schoolward//Grants//EN"


def calendar_of(viewer: Viewer, *, on: date, at: datetime, root: str) -> bytes:
    """The calendar of what the viewer may see. ``root`` is the site's address, for the links."""
    return calendar(_events(viewer, on, root), name=_("Grants: what is due"), product=PRODUCT, at=at)


def _events(viewer: Viewer, on: date, root: str) -> Iterator[WholeDay]:
    for report in queries.reports_due(viewer).filter(submitted_on__isnull=True):
        yield WholeDay(
            uid(f"report-{report.pk}", settings.SITE_URL or root),
            report.due,
            _("Due: %(report)s, %(award)s") % {"report": report.get_kind_display(), "award": report.award},
            _("For %(start)s to %(end)s") % {"start": report.start, "end": report.end},
            urljoin(root, reverse("grants:reports")),
        )
    for stood in standings(queries.awards(viewer).filter(closed_on__isnull=True), on=on):
        url = urljoin(root, reverse("grants:award", args=[stood.award.key]))
        for name, day, words in (
            ("end", stood.award.end, _("Period ends: %(award)s")),
            ("paid", stood.liquidation_due, _("Last day to pay obligations: %(award)s")),
        ):
            if day is not None:
                yield WholeDay(
                    uid(f"award-{name}-{stood.award.pk}", settings.SITE_URL or root),
                    day,
                    words % {"award": stood.award},
                    url=url,
                )
    for opportunity in queries.opportunities(viewer).filter(application__isnull=True, closes__gte=on):
        yield WholeDay(
            uid(f"opportunity-{opportunity.pk}", settings.SITE_URL or root),
            opportunity.closes,
            _("Closes: %(title)s") % {"title": opportunity},
            url=urljoin(root, reverse("grants:opportunity", args=[opportunity.key])),
        )
