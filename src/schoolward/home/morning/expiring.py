"""What runs out: agreements between agencies, memberships of accounts, and initiatives that end."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.initiatives import queries as initiatives
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning
from schoolward.platform.access.models import Agreement, Membership
from schoolward.platform.access.permissions import may

AHEAD_DAYS = 30


def expiring(morning: Morning) -> Block | None:
    """What ends within thirty days, the nearest first, as far as the viewer's role can renew it."""
    ends: list[tuple[date, Line]] = []
    last = morning.today + timedelta(days=AHEAD_DAYS)
    if may(morning.viewer, "access.review"):
        ends += _agreements(morning, last)
        ends += _memberships(morning, last)
    if may(morning.viewer, "initiatives.plan"):
        ends += _initiatives(morning, last)
    elif not ends and not may(morning.viewer, "access.review"):
        return None
    ends.sort(key=lambda pair: (pair[0], pair[1].text))
    count = len(ends)
    return Block(
        key="expiring",
        title=_("Ends within 30 days"),
        lines=tuple(line for _day, line in ends[:SHOWN]),
        count=count,
        headline=ngettext("%(count)s thing ends within 30 days", "%(count)s things end within 30 days", count)
        % {"count": count}
        if count
        else "",
        nothing=_("Nothing that you look after ends within 30 days."),
    )


def _line(text: str, detail: str, day: date, url: str, action: str) -> tuple[date, Line]:
    label = _("Ends %(day)s") % {"day": date_format(day, "M j")}
    return day, Line(text=text, detail=detail, url=url, action=action, label=label, tone="watch")


def _agreements(morning: Morning, last: date) -> list[tuple[date, Line]]:
    ending = Agreement.objects.filter(valid_to__range=(morning.today, last), revoked_at__isnull=True)
    return [
        _line(
            agreement.title,
            _("Agreement between %(owner)s and %(recipient)s")
            % {"owner": agreement.owner, "recipient": agreement.recipient},
            agreement.valid_to,
            reverse("privacy:agreement", args=[agreement.pk]),
            _("Look"),
        )
        for agreement in ending.select_related("owner", "recipient")
    ]


def _memberships(morning: Morning, last: date) -> list[tuple[date, Line]]:
    ending = Membership.objects.filter(
        Q(valid_to__range=(morning.today, last)), revoked_at__isnull=True, account__is_active=True
    )
    return [
        _line(
            membership.account.name,
            str(membership),
            membership.valid_to,
            reverse("people:review"),
            _("Review"),
        )
        for membership in ending.select_related("account", "agency")
        if membership.valid_to
    ]


def _initiatives(morning: Morning, last: date) -> list[tuple[date, Line]]:
    under_way = initiatives.open_on(initiatives.initiatives(morning.viewer), morning.today)
    return [
        _line(
            row.title,
            str(row.get_kind_display()),
            row.due,
            reverse("initiatives:detail", args=[row.key]),
            _("Close or extend"),
        )
        for row in under_way.filter(due__range=(morning.today, last))
        if row.due
    ]
