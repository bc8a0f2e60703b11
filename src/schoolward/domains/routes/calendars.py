"""Education and encouragement as events of a calendar: what, where and when, and nothing of who comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from urllib.parse import urljoin

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.places.queries import school_year
from schoolward.domains.routes import queries
from schoolward.platform.access.viewer import Viewer
from schoolward.protocols.icalendar import WholeDay, calendar, uid

PRODUCT = "-//Schoolward//Safe Routes//EN"


def calendar_of_events(viewer: Viewer, *, on: date, at: datetime, root: str) -> bytes:
    """The events of this school year and later that the viewer may see. ``root`` is the site's address, for
    the links.

    A session has a day and a length and no hour, so that each stands as a whole day. No count of heads is
    in it.
    """
    begins = date(school_year(on), 7, 1)
    return calendar(
        _events(viewer, begins, root), name=_("The way to school: events"), product=PRODUCT, at=at
    )


def _events(viewer: Viewer, begins: date, root: str) -> Iterator[WholeDay]:
    for session in queries.event_sessions(viewer).filter(on__gte=begins).order_by("on", "pk"):
        offering = session.offering
        yield WholeDay(
            uid(f"session-{session.pk}", settings.SITE_URL or root),
            session.on,
            str(offering.program.title),
            _("%(minutes)d minutes") % {"minutes": session.minutes_planned},
            urljoin(root, reverse("programs:session", args=[session.pk])),
            location=offering.campus.name if offering.campus is not None else offering.place,
            cancelled=session.state == "cancelled",
        )
