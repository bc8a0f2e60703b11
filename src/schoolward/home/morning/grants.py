"""Grant money: what ends soon and what of it will lapse, what waits, and how much spending has a purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.funding import queries as funding
from schoolward.domains.funding.queries import FundNow
from schoolward.domains.grants import queries as grants
from schoolward.domains.grants.queries import Standing
from schoolward.domains.grants.wording import dollars, set_aside_of
from schoolward.home.morning.blocks import SHOWN, Block, Line, Morning
from schoolward.platform.access.permissions import may
from schoolward.platform.measures.display import display, shown
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read

AHEAD_DAYS = 180
_NEAR_DAYS = 30


def grant_money(morning: Morning) -> Block | None:
    """Awards that end within half a year with money left, late reports and requests; and M20."""
    if not may(morning.viewer, "grants.manage") and not may(morning.viewer, "grants.approve"):
        return None
    ending = grants.ends_within(morning.viewer, on=morning.today, days=AHEAD_DAYS)
    left = [stood for stood in grants.standings(ending, on=morning.today) if stood.unspent > 0]
    funds = _funds(morning)
    held: Counter[int] = Counter()
    for fund in funds:
        held[fund.award.pk] += fund.allocated
    lines = [
        *_requests(morning),
        *_plans(morning),
        *_lacks(funds),
        *(_award(stood, held[stood.award.pk]) for stood in left),
        *(_transfers(morning) if any(fund.moved_in for fund in funds) else ()),
        *_late(morning),
    ]
    near = sum(stood.unspent for stood in left)
    return Block(
        key="grants",
        title=_("Grant money"),
        lines=tuple(lines[:SHOWN]),
        count=len(lines),
        headline=_("%(money)s of grants ends within 180 days") % {"money": display(near, "cents")}
        if near
        else "",
        summary=_traced(morning),
        nothing=_("No grant with money left ends within 180 days, and nothing waits."),
        more_url=reverse("grants:list"),
        more=_("All grants"),
    )


def _funds(morning: Morning) -> tuple[FundNow, ...]:
    """The lines of which approved plans hold something; nothing is asked of them where none was approved."""
    if not may(morning.viewer, "funding.view") or not funding.allocations(morning.viewer).exists():
        return ()
    return funding.funds_now(morning.viewer, on=morning.today).funds


def _award(stood: Standing, held: int) -> Line:
    days = ngettext("in %d day", "in %d days", stood.days_left) % stood.days_left
    lapse = stood.lapse
    detail = _("%(left)s not spent, ends %(days)s") % {"left": display(stood.unspent, "cents"), "days": days}
    if lapse is not None and lapse.expected > 0:
        detail = _("%(detail)s; at the present pace %(lapse)s will lapse") % {
            "detail": detail,
            "lapse": display(lapse.expected, "cents"),
        }
    if held:
        detail = f"{detail}. {set_aside_of(held, lapse.expected if lapse else 0)}"
    return Line(
        text=stood.award.title,
        detail=detail,
        url=reverse("grants:award", args=[stood.award.key]),
        action=_("Open"),
        label=_("Ends %(day)s") % {"day": date_format(stood.award.end, "M j")},
        tone="bad" if stood.days_left <= _NEAR_DAYS else "watch",
    )


def _requests(morning: Morning) -> list[Line]:
    """Requests that this viewer can decide: not the viewer's own."""
    if not may(morning.viewer, "grants.approve"):
        return []
    waiting = grants.overrides_waiting(morning.viewer).exclude(asked_by_id=morning.viewer.account_id)
    return [
        Line(
            text=_("A request to let by what a rule blocks"),
            detail=f"{one.award} · {one.citation}",
            url=reverse("grants:decide", args=[one.pk]),
            action=_("Decide"),
            label=_("Waits"),
            tone="info",
        )
        for one in waiting
    ]


def _plans(morning: Morning) -> list[Line]:
    """Funding plans that this viewer can approve a scenario of: one that somebody else asked for."""
    if not may(morning.viewer, "funding.approve"):
        return []
    waiting = funding.plans_waiting(morning.viewer, asked_by_others=True)
    return [
        Line(
            text=_("A funding plan: %(title)s") % {"title": plan.title},
            detail=_("Made %(day)s by %(who)s; a scenario waits for your approval")
            % {"day": date_format(plan.on, "F j"), "who": plan.by_name},
            url=reverse("funding:plan", args=[plan.pk]),
            action=_("Look at it"),
            label=_("Waits"),
            tone="info",
        )
        for plan in waiting
    ]


def _lacks(funds: Iterable[FundNow]) -> list[Line]:
    """Budget lines that have less left than approved plans have set aside on them."""
    return [
        Line(
            text=_("Approved works lack %(cents)s") % {"cents": dollars(fund.lacks)},
            detail=_("Line %(line)s has less left than an approved plan has set aside on it")
            % {"line": fund.key},
            url=reverse("funding:allocations"),
            action=_("Open"),
            label=_("Lacks money"),
            tone="bad",
        )
        for fund in sorted(funds, key=lambda fund: fund.key)
        if fund.lacks
    ]


def _transfers(morning: Morning) -> list[Line]:
    """Transfers that an approved plan counts on and nobody has entered yet."""
    if not may(morning.viewer, "grants.manage"):
        return []
    return [
        Line(
            text=_("A transfer of %(cents)s to ask for") % {"cents": display(one.open, "cents")},
            detail=f"{one.need.award}: {one.need.from_line} → {one.need.to_line}",
            url=reverse("funding:approval", args=[one.need.approval_id]),
            action=_("Open"),
            label=_("To do"),
            tone="watch",
        )
        for one in funding.needs_now(morning.viewer)
        if one.open
    ]


def _late(morning: Morning) -> list[Line]:
    if not may(morning.viewer, "grants.manage"):
        return []
    late = grants.reports_due(morning.viewer).filter(submitted_on__isnull=True, due__lt=morning.today)
    return [
        Line(
            text=f"{one.get_kind_display()}: {one.award}",
            detail=_("Was due %(day)s") % {"day": date_format(one.due, "F j, Y")},
            url=reverse("grants:report_sent", args=[one.pk]),
            action=_("Mark as sent"),
            label=_("Late"),
            tone="bad",
        )
        for one in late
    ]


def _traced(morning: Morning) -> str:
    """M20 of the school year to date, in a sentence."""
    reading = read("grants.traceability", Period.school_year(morning.today))
    if not reading.collected or reading.value is None:
        return ""
    return _("%(share)s of this school year's spending is tied to what it was for") % {
        "share": shown(reading)
    }
