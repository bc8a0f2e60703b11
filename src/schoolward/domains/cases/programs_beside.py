"""What programs lead to here: pages beside a program's own, and the seats of a class that was changed."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.seat_queue import class_changed
from schoolward.domains.cases.program_work import program_work
from schoolward.domains.programs.hooks import Door, follows_offerings, knows_doors
from schoolward.domains.programs.queries import with_figures
from schoolward.platform.access.permissions import may
from schoolward.platform.access.viewer import Viewer

follows_offerings(class_changed)


@knows_doors
def doors(viewer: Viewer, key: str) -> list[Door]:
    """The pages on which the program of this key is worked, as far as the viewer may open them."""
    work = program_work()
    wanted = (
        (work.class_days, "cases.view", "classes:list", _("Seats and classes")),
        (work.tracked, "cases.view", "outreach:due", _("Monthly tracking")),
        (work.tracked, "cases.results", "outreach:cohorts", _("What monthly tracking came to")),
        (work.service_goals, "academies.view", "academies:list", _("Academies")),
        (work.service_goals, "cases.results", "academies:completion", _("What became of cohorts")),
    )
    found = []
    if with_figures(viewer).filter(key=key).exists():
        found.append(Door(_("Dashboard"), reverse("dashboards:program", args=[key])))
    return found + [
        Door(title, reverse(url))
        for rows, permission, url, title in wanted
        if may(viewer, permission) and any(row.program == key for row in rows)
    ]
