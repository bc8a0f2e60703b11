"""What happened at or near the viewer's sites since the last school day ended."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.incidents.queries import since
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning
from schoolward.platform.access.permissions import may

SCHOOL_ENDS = time(16, 0)
SATURDAY = 5
KINDS_SAID = 4


def last_afternoon(morning: Morning) -> datetime:
    """Four o'clock on the last weekday before today: on a Monday the weekend belongs to the night."""
    day = morning.today - timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day -= timedelta(days=1)
    return datetime.combine(day, SCHOOL_ENDS, tzinfo=morning.now.tzinfo)


def overnight(morning: Morning) -> Block | None:
    """Incidents at the viewer's sites first, then those nearby; what kinds they were in one sentence."""
    if not may(morning.viewer, "incidents.view"):
        return None
    begun = last_afternoon(morning)
    rows = since(morning.viewer, begun).filter(occurred_at__lte=morning.now).select_related("campus")
    found = sorted(rows, key=lambda row: (not row.at_campus, -row.occurred_at.timestamp(), row.pk))
    kinds = Counter(str(row.get_category_display()) for row in found)
    lines = tuple(
        Line(
            text=str(row.get_category_display()),
            detail=" · ".join((str(row.campus), _moment(row.occurred_at))),
            url=reverse("incidents:detail", args=[row.pk]),
            action=_("Open"),
            label=_("At the site") if row.at_campus else _("Nearby"),
            tone="watch" if row.at_campus else "plain",
        )
        for row in found[:SHOWN]
    )
    at_sites = sum(row.at_campus for row in found)
    return Block(
        key="overnight",
        title=_("Since %(day)s, 4 p.m.") % {"day": date_format(begun, "l")},
        lines=lines,
        count=len(found),
        headline=_headline(at_sites, len(found)),
        summary=_said(kinds),
        nothing=_("Nothing was recorded at or near your sites."),
        more_url=f"{reverse('incidents:list')}?from={begun:%Y-%m-%d}&where=near",
        more=_("All incidents since then"),
    )


def _moment(moment: datetime) -> str:
    local = timezone.localtime(moment)
    return f"{date_format(local, 'D')} {time_format(local.time(), 'P')}"


def _headline(at_sites: int, total: int) -> str:
    if not total:
        return ""
    if not at_sites:
        text = ngettext(
            "%(count)s incident happened near your sites overnight",
            "%(count)s incidents happened near your sites overnight",
            total,
        )
        return text % {"count": total}
    text = ngettext(
        "%(count)s incident happened at a site overnight",
        "%(count)s incidents happened at sites overnight",
        at_sites,
    )
    return text % {"count": at_sites}


def _said(kinds: Counter[str]) -> str:
    """The commonest kinds with their counts: "Theft 3, Vandalism 2, 4 others"."""
    named = [f"{name} {count}" for name, count in kinds.most_common(KINDS_SAID)]
    others = kinds.total() - sum(count for _name, count in kinds.most_common(KINDS_SAID))
    if others:
        named.append(ngettext("%(count)s other", "%(count)s others", others) % {"count": others})
    return ", ".join(named)
