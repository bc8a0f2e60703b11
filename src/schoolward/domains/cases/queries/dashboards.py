"""Programs at a glance: what is offered, delivered and reached of each, what it costs, what is late today.

A page about one program and an overview of all. Numbers of young people are readings of the registry
(``dashboard_figures``); seats and places are told as far as the policy of programs shows them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from schoolward.domains.cases.queries.caseload import referrals, stalled
from schoolward.domains.cases.queries.dashboard_figures import (
    Figure,
    FigureGroup,
    Heads,
    figure,
    figure_groups,
    heads_by_step,
    trace_url,
    years,
)
from schoolward.domains.grants.queries import spent_for
from schoolward.domains.initiatives.queries import initiatives
from schoolward.domains.programs import queries as of_programs
from schoolward.domains.programs.hooks import Companion, companion
from schoolward.domains.programs.kinds import shape_of
from schoolward.platform.access.permissions import check, may
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.together import together

PERMISSION = "programs.figures"
STALE_AFTER = timedelta(days=31)
"""After so many days a report of places says too little of today."""
SOON = timedelta(days=30)
OVERVIEW = ("programs.sessions_held", "programs.minutes_delivered", "programs.fidelity")


@dataclass(frozen=True)
class Late:
    """Something about a program that is late or stands still today, and where it is mended or opened."""

    text: str
    url: str


@dataclass(frozen=True)
class Offered:
    """An offering with how many of its sessions were held, cancelled, are not reported, and are ahead."""

    offering: Any
    held: int = 0
    cancelled: int = 0
    not_reported: int = 0
    ahead: int = 0
    planned: int | None = None

    @property
    def sessions(self) -> int:
        """How many it has in all."""
        return self.held + self.cancelled + self.not_reported + self.ahead


@dataclass(frozen=True)
class Change:
    """Means of an instrument before and after, over a whole group; ``None`` where it was not filled in."""

    instrument: str
    before: Any
    after: Any


@dataclass(frozen=True)
class Overview:
    """A program's line: how it stands, what is offered now, its figures of twelve months, what is late."""

    program: Any
    state: Any
    capacity: Any
    offered: int
    figures: tuple[Figure, ...]
    late: tuple[Late, ...]


@dataclass(frozen=True)
class Dashboard:
    """Everything about one program; ``spent`` is by year in cents, ``None`` for who sees no money."""

    program: Any
    state: Any
    plan: Any
    capacity: Any
    offered: list[Offered]
    periods: tuple[Period, Period]
    groups: list[FigureGroup]
    heads: list[Heads]
    ratings: list[Any]
    disagree: bool
    changes: list[Change]
    spent: tuple[int | None, ...] | None
    beside: Companion | None
    late: tuple[Late, ...] = field(default=())


def overview(viewer: Viewer, on: date) -> list[Overview]:
    """A line for each program whose figures are the viewer's to see, by title. Raises ``AccessDenied``."""
    check(viewer, PERMISSION)
    programs = list(of_programs.with_figures(viewer).order_by("title"))
    capacity = of_programs.latest_capacity(viewer, on=on)
    running = of_programs.running_on(viewer, on).order_by()
    offered = dict(running.values_list("program").annotate(number=Count("pk")))
    late = late_today(viewer, programs, on)
    twelve_months = Period(on.replace(day=1) - timedelta(days=364), on, on)
    with together():
        return [
            Overview(
                program=one,
                state=one.state_on(on),
                capacity=capacity.get(one.pk),
                offered=offered.get(one.pk, 0),
                figures=tuple(figure(key, twelve_months, one.key) for key in OVERVIEW),
                late=tuple(late[one.pk]),
            )
            for one in programs
        ]


def dashboard(viewer: Viewer, key: str, on: date) -> Dashboard | None:
    """One program; ``None`` where there is none whose figures are the viewer's to see.

    Raises ``AccessDenied``.
    """
    program = program_of(viewer, key)
    if program is None:
        return None
    periods = years(on)
    with together():
        groups = figure_groups(program.kind, key, periods)
        heads = heads_by_step(program.kind, key, periods)
    ratings = list(of_programs.ratings(viewer).filter(program=program))
    return Dashboard(
        program=program,
        state=program.state_on(on),
        plan=of_programs.plan_on(program, on),
        capacity=of_programs.latest_capacity(viewer, on=on).get(program.pk),
        offered=_offered(viewer, program, on),
        periods=periods,
        groups=groups,
        heads=heads,
        ratings=ratings,
        disagree=of_programs.disagree(ratings),
        changes=_changes(of_programs.results(viewer).filter(program=program)),
        spent=_spent(viewer, key, periods),
        beside=companion(viewer, key),
        late=tuple(late_today(viewer, [program], on)[program.pk]),
    )


def program_of(viewer: Viewer, key: str) -> Any:
    """The program of a key, if its figures are the viewer's to see. Raises ``AccessDenied``."""
    check(viewer, PERMISSION)
    return of_programs.with_figures(viewer).filter(key=key).first()


def _offered(viewer: Viewer, program: Any, on: date) -> list[Offered]:
    """What runs now or begins later, with its sessions."""
    if not shape_of(program.kind).sessions:
        return []
    rows = of_programs.offerings(viewer).filter(program=program, ends_on__gte=on, cancelled_on__isnull=True)
    found = of_programs.shown_offerings(viewer, rows.order_by("starts_on", "pk"))
    told = of_programs.sessions(viewer).filter(offering__in=[one.pk for one in found]).order_by()
    is_planned = Q(state="planned")
    counts: dict[int, dict[str, Any]] = {
        row["offering"]: dict(row)
        for row in told.values("offering").annotate(
            held=Count("pk", filter=Q(state="held")),
            cancelled=Count("pk", filter=Q(state="cancelled")),
            not_reported=Count("pk", filter=is_planned & Q(on__lte=on)),
            ahead=Count("pk", filter=is_planned & Q(on__gt=on)),
        )
    }
    names = ("held", "cancelled", "not_reported", "ahead")
    return [
        Offered(
            one,
            **{name: counts[one.pk][name] if one.pk in counts else 0 for name in names},
            planned=plan.sessions if (plan := of_programs.plan_on(program, one.starts_on)) else None,
        )
        for one in found
    ]


def _changes(results: QuerySet[Any]) -> list[Change]:
    """Instruments with their last means before and after."""
    found: dict[str, dict[str, Any]] = defaultdict(dict)
    for one in results.order_by("starts_on", "pk"):
        found[one.instrument][one.wave] = one
    return [Change(name, waves.get("pre"), waves.get("post")) for name, waves in sorted(found.items())]


def money(viewer: Viewer, key: str, period: Period) -> QuerySet[Any] | None:
    """The parts of expenditures that the ledger ties to the program's initiative; ``None`` without one."""
    followed = initiatives(viewer).filter(key=key).first()
    if followed is None or not may(viewer, "grants.view"):
        return None
    end = min(period.end or period.as_of, period.as_of)
    return visible(spent_for([f"initiatives.Initiative:{followed.pk}"], start=period.start, end=end), viewer)


def _spent(viewer: Viewer, key: str, periods: Iterable[Period]) -> tuple[int | None, ...] | None:
    found = [money(viewer, key, period) for period in periods]
    if any(rows is None for rows in found):
        return None
    return tuple(rows.aggregate(total=Sum("amount_cents"))["total"] for rows in found if rows is not None)


def late_today(viewer: Viewer, programs: Iterable[Any], on: date) -> dict[int, list[Late]]:
    """What is late or stands still today, by program. Of referrals it tells those that the viewer sees."""
    found: dict[int, list[Late]] = defaultdict(list)
    unreported = _uncounted(viewer, on)
    contested = Counter(of_programs.unanswered(viewer).values_list("rule__program", flat=True))
    capacity = of_programs.latest_capacity(viewer, on=on)
    waiting = _stalled(viewer, on)
    until_today = Period(None, on, on)
    for one in programs:
        lines = found[one.pk]
        page = reverse("programs:detail", args=[one.key])
        if number := unreported.get(one.pk, 0):
            told = ngettext("%(n)d session is not reported", "%(n)d sessions are not reported", number)
            url = trace_url("programs.sessions_uncounted", until_today, one.key)
            lines.append(Late(told % {"n": number}, url))
        if number := waiting.get(one.pk, 0):
            told = ngettext(
                "%(n)d referral that you see is past its day",
                "%(n)d referrals that you see are past their day",
                number,
            )
            board = reverse("cases:board")
            lines.append(Late(told % {"n": number}, f"{board}?program={one.key}&late=late"))
        report = capacity.get(one.pk)
        if report is not None and report.on < on - STALE_AFTER and one.state_on(on) != "ended":
            days = (on - report.on).days
            lines.append(Late(_("Places were reported %(n)d days ago") % {"n": days}, page))
        if number := contested.get(one.pk, 0):
            told = ngettext("%(n)d contest of its rule waits", "%(n)d contests of its rule wait", number)
            lines.append(Late(told % {"n": number}, page))
        if one.pilot_until is not None and on <= one.pilot_until <= on + SOON:
            days = (one.pilot_until - on).days
            lines.append(Late(_("The pilot ends by itself in %(n)d days") % {"n": days}, page))
    return found


def _uncounted(viewer: Viewer, on: date) -> dict[int, int]:
    rows = of_programs.sessions(viewer).filter(state="planned", on__lte=on).order_by()
    return dict(rows.values_list("offering__program").annotate(number=Count("pk")))


def _stalled(viewer: Viewer, on: date) -> dict[int, int]:
    """Referrals past their day that the board shows to the viewer, by program."""
    if not may(viewer, "cases.view"):
        return {}
    with within(viewer):
        rows = stalled(referrals(viewer), on=on).order_by()
        return dict(Counter(rows.exclude(program=None).values_list("program", flat=True)))
