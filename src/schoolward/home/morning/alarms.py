"""Alarms of the night: what waits at the desk, and what set off alarms since the last school day ended."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.alarms import queries as alarms
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning
from schoolward.home.morning.overnight import last_afternoon
from schoolward.platform.access.permissions import may

_KINDS_SAID = 3
_OPEN = ("waiting", "claimed")


def alarms_of_the_night(morning: Morning) -> Block | None:
    """Cases at the viewer's sites: those that are open first, then those of the night, the newest first."""
    if not may(morning.viewer, "alarms.view"):
        return None
    begun = last_afternoon(morning)
    queue = alarms.queue(morning.viewer, limit=SHOWN, begun_until=morning.now)
    night = alarms.cases(morning.viewer).filter(opened_at__gte=begun, opened_at__lte=morning.now)
    count = night.count()
    ended = list(night.exclude(state__in=_OPEN)[: max(0, SHOWN - len(queue.shown))])
    lines = []
    for case in [*queue.cases, *ended]:
        is_open = case.state in _OPEN
        local = timezone.localtime(case.opened_at)
        moment = f"{date_format(local, 'D')} {time_format(local.time(), 'P')}"
        how = "" if is_open else f"{case.get_disposition_display()}, {case.get_cause_display()}"
        lines.append(
            Line(
                text=case.title or str(case.get_kind_display()),
                detail=" · ".join(part for part in (str(case.campus or ""), moment, how) if part),
                url=reverse("alarms:case", args=[case.number]),
                action=_("Answer") if is_open and may(morning.viewer, "alarms.answer") else _("Open"),
                label=str(case.get_state_display()) if is_open else "",
                tone="bad" if is_open else "plain",
            )
        )
    return Block(
        key="alarms",
        title=_("Alarms of the night"),
        lines=tuple(lines),
        count=count,
        headline=_headline(queue.open, count),
        summary=_said(alarms.causes_of(night)),
        nothing=_("No alarm came in the night, and nothing waits at the desk."),
        more_url=reverse("alarms:desk") if queue.open else _list_of(begun, morning.now),
        more=_("The desk") if queue.open else _all_of(count),
        counted_url=_list_of(begun, morning.now) if queue.open else "",
        counted=_all_of(count),
    )


def _list_of(begun: datetime, until: datetime) -> str:
    """The list of the cases of the night, neither more nor fewer than are counted."""
    moments = {"began_from": begun.isoformat(), "began_until": until.isoformat()}
    return f"{reverse('alarms:cases')}?{urlencode(moments)}"


def _all_of(count: int) -> str:
    return ngettext("The %(count)s alarm of the night", "All %(count)s alarms of the night", count) % {
        "count": f"{count:,}"
    }


def _headline(open_count: int, count: int) -> str:
    if open_count:
        text = ngettext("%(count)s alarm is not closed", "%(count)s alarms are not closed", open_count)
        return text % {"count": f"{open_count:,}"}
    if count:
        text = ngettext("%(count)s alarm came in the night", "%(count)s alarms came in the night", count)
        return text % {"count": f"{count:,}"}
    return ""


def _said(causes: list[tuple[str, int]]) -> str:
    """What set them off, the commonest first."""
    return ", ".join(f"{name} {count}" for name, count in causes[:_KINDS_SAID])
