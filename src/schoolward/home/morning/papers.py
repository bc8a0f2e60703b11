"""Editions of reports that wait for somebody's signature."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.home.morning.blocks import Block, Line, Morning, first_of
from schoolward.platform.access.permissions import may
from schoolward.reports import queries as reports
from schoolward.reports.steps import NEXT, STEPS


def editions_waiting(morning: Morning) -> Block | None:
    """Editions that the viewer's role can move on, the nearest board meeting first."""
    waits = {str(state): STEPS[step] for state, step in NEXT.items()}
    mine = {state: step.waits for state, step in waits.items() if may(morning.viewer, step.permission)}
    if not mine:
        return None
    editions = reports.editions(morning.viewer).filter(state__in=mine)
    waiting, count = first_of(editions.order_by("meeting_date", "pk"))
    lines = tuple(
        Line(
            text=edition.subject,
            detail=_("Board meeting of %(day)s") % {"day": date_format(edition.meeting_date, "F j, Y")},
            url=reverse("reports:edition", args=[edition.pk])
            if edition.state == "draft"
            else reverse("reports:sign", args=[edition.pk]),
            action=str(mine[edition.state]),
            label=edition.get_state_display(),
            tone="info",
        )
        for edition in waiting
    )
    return Block(
        key="editions",
        title=_("Papers that wait for you"),
        lines=lines,
        count=count,
        headline=ngettext("%(count)s paper waits for you", "%(count)s papers wait for you", count)
        % {"count": count}
        if count
        else "",
        nothing=_("No paper waits for your signature."),
        more_url=reverse("reports:list"),
        more=_("All reports"),
    )
