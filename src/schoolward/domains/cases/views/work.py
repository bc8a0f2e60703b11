"""One page that leads to class days, monthly tracking and academies, with what waits in each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from schoolward.domains.cases.queries import academies, outreach, seats
from schoolward.domains.cases.views.centre import has_purpose
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import requires, viewer_of
from schoolward.platform.demo.clock import today


@dataclass(frozen=True)
class Part:
    """A part of the work: where it opens, what it is, and what waits in it."""

    title: str
    url: str
    about: str
    waits: str = ""


@require_safe
@requires("cases.work")
def work(request: HttpRequest) -> HttpResponse:
    """What waits in class days, monthly tracking and academies."""
    viewer = viewer_of(request)
    context: dict[str, Any] = {"parts": _parts(viewer), "has_purpose": has_purpose(viewer)}
    return render(request, "cases/work.html", context)


def _parts(viewer: Viewer) -> list[Part]:
    day = today(viewer.at)
    found = []
    if may(viewer, "cases.view"):
        late = len(seats.due_duties(viewer, day))
        found.append(
            Part(
                _("Class days with a parent"),
                reverse("classes:list"),
                _("Seats, waiting list, reminders, who came."),
                ngettext("%(n)d call is due", "%(n)d calls are due", late) % {"n": late} if late else "",
            )
        )
        months = sum(len(row.months) for row in outreach.overdue(viewer, day))
        found.append(
            Part(
                _("Monthly tracking"),
                reverse("outreach:due"),
                _("Four words a month for each young person in outreach."),
                ngettext("%(n)d month is missing", "%(n)d months are missing", months) % {"n": months}
                if months
                else "",
            )
        )
    if may(viewer, "academies.view"):
        waiting = len(academies.to_approve(viewer)) if may(viewer, "academies.approve") else 0
        found.append(
            Part(
                _("Academies"),
                reverse("academies:list"),
                _("Cohorts, students, hours of service."),
                ngettext("%(n)d entry waits for you", "%(n)d entries wait for you", waiting) % {"n": waiting}
                if waiting
                else "",
            )
        )
    if may(viewer, "cases.results"):
        found += [
            Part(
                _("What monthly tracking came to"),
                reverse("outreach:cohorts"),
                _("How many went better, as before and harder, by area."),
            ),
            Part(
                _("What became of academies' cohorts"),
                reverse("academies:completion"),
                _("Who completed, moved or left, and who reached the hours of service."),
            ),
        ]
    return found
