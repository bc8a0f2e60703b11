"""Reads of monthly tracking: whose month is due, how months went, and what a cohort came to as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from schoolward.analysis.school_days import months_after, school_year
from schoolward.domains.cases.models import Area, CountedTable, Going, MonthlyTrack, Referral, Youth
from schoolward.domains.cases.program_work import Tracked, program_work, tracking
from schoolward.domains.cases.queries.editions import Counted, latest
from schoolward.domains.cases.queries.hiding import hidden
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

VIEW, RESULTS = "cases.view", "cases.results"
_WHO = frozenset({"legal_name", "preferred_name"})
_OF_REFERRAL = frozenset({"youth", "program", "state", "started_on", "ended_on"})


def due_day(month: date, rule: Tracked) -> date:
    """The day by which a month is to be written down: a day of the month after."""
    return months_after(month.replace(day=1), 1).replace(day=rule.due_day)


def months_tracked(started_on: date, ended_on: date | None, rule: Tracked, on: date) -> list[date]:
    """The months that are due by a day, as their first days, the first first.

    They begin with the month of the start, are as many as the rule says, and stop with the month of the end.
    """
    found: list[date] = []
    for number in range(rule.months):
        month = months_after(started_on.replace(day=1), number)
        if (ended_on is not None and month > ended_on) or due_day(month, rule) > on:
            break
        found.append(month)
    return found


def missing_months(
    started_on: date, ended_on: date | None, there: Iterable[date], rule: Tracked, on: date
) -> list[date]:
    """Months that are past their day and not written down, the oldest first."""
    held = set(there)
    return [month for month in months_tracked(started_on, ended_on, rule, on) if month not in held]


def tracked_referrals() -> QuerySet[Referral]:
    """Referrals to tracked programs that have started, not yet narrowed to a viewer, by their start."""
    keys = {row.program for row in program_work().tracked}
    rows = Referral.objects.select_related("program").filter(program__key__in=keys)
    rows = rows.filter(started_on__isnull=False, youth__sealed_at__isnull=True)
    return rows.order_by("started_on", "pk")


@dataclass(frozen=True)
class Overdue:
    """Somebody of whom months are missing; ``months`` are their first days, the oldest first."""

    referral: Referral
    youth: Youth
    months: list[date]


def overdue(viewer: Viewer, on: date) -> list[Overdue]:
    """Whose months are missing in the viewer's caseload, the oldest month first and by nothing else."""
    check(viewer, VIEW)
    with within(viewer):
        rows = read(tracked_referrals(), viewer, fields=_OF_REFERRAL)
        kept = _months_of(rows, viewer)
        found = {}
        for row in rows:
            if row.started_on is None or row.program is None:
                continue
            rule = tracking(row.program.key, row.started_on)
            missing = rule and missing_months(
                row.started_on, row.ended_on, (one.month for one in kept.get(row.pk, [])), rule, on
            )
            if missing:
                found[row.pk] = (row, missing)
        wanted = {row.youth_id for row, _missing in found.values()}
        youths = read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer, fields=_WHO)
    named = {youth.pk: youth for youth in youths}
    listed = [
        Overdue(row, named[row.youth_id], missing) for row, missing in found.values() if row.youth_id in named
    ]
    return sorted(listed, key=lambda one: (one.months[0], one.referral.pk))


def _months_of(rows: list[Referral], viewer: Viewer) -> dict[int, list[MonthlyTrack]]:
    tracks = visible(MonthlyTrack.objects.filter(referral__in=[row.pk for row in rows]), viewer)
    found: dict[int, list[MonthlyTrack]] = {}
    for track in tracks.order_by("month", "pk"):
        found.setdefault(track.referral_id, []).append(track)
    return found


@dataclass(frozen=True)
class MonthsPage:
    """The months of one referral, the first first, and those that are missing."""

    referral: Referral
    youth: Youth
    months: list[MonthlyTrack]
    missing: list[date]

    def next_month(self, on: date) -> date:
        """The month to write down first: the oldest that is missing, else this one."""
        return self.missing[0] if self.missing else on.replace(day=1)


def months_page(viewer: Viewer, referral_id: int, on: date) -> MonthsPage | None:
    """The months of a referral that the viewer has to do with; ``None`` where it is not tracked by them."""
    with within(viewer):
        rows = read(tracked_referrals().filter(pk=referral_id), viewer, fields=_OF_REFERRAL)
        if not rows or rows[0].started_on is None or rows[0].program is None:
            return None
        row = rows[0]
        youths = read(Youth.objects.filter(pk=row.youth_id).order_by("pk"), viewer, fields=_WHO)
        rule = tracking(rows[0].program.key, rows[0].started_on)
        if not youths or rule is None:
            return None
        months = read(MonthlyTrack.objects.filter(referral=referral_id).order_by("month", "pk"), viewer)
        there = [one.month for one in months if one.month is not None]
    return MonthsPage(
        row, youths[0], months, missing_months(rows[0].started_on, row.ended_on, there, rule, on)
    )


@dataclass(frozen=True)
class CohortRow:
    """What a cohort came to in an area. ``None`` is a number that may not be told."""

    cohort: str
    area: str
    better: int | None
    same: int | None
    worse: int | None
    not_told: int | None
    everybody: int | None
    counted_on: date

    @property
    def numbers(self) -> tuple[int | None, ...]:
        """Its numbers, in the order in which they are shown."""
        return self.better, self.same, self.worse, self.not_told, self.everybody


@dataclass(frozen=True)
class CohortTable:
    """Cohorts by the school year of the start, in each area; ``hidden`` says whether a number is not told."""

    rows: list[CohortRow]
    hidden: bool
    is_invented: bool


TOLD = (Going.BETTER, Going.SAME, Going.WORSE)
NOT_TOLD = "not_told"
_WORDS = (*map(str, TOLD), NOT_TOLD)


def cohort_table(viewer: Viewer) -> CohortTable:
    """How many went better, as before and harder in each area by the last month that tells of it.

    Counted once a month, each cohort by the last edition that may be given (``actions.editions``): so no
    child is had by looking twice. No number of 1 to 10 is told, nor what would give one away.
    """
    check(viewer, RESULTS)
    editions = latest(CountedTable.COHORTS)
    rows = [
        CohortRow(
            one.cohort,
            str(Area(area).label),
            **{word: one.told[f"{area}:{word}"] for word in _WORDS},
            everybody=one.told["everybody"],
            counted_on=one.counted_on,
        )
        for area in map(str, Area)
        for one in editions
    ]
    is_hidden = any(value is None for one in editions for value in one.told.values())
    return CohortTable(rows, is_hidden, any(one.invented for one in editions))


def count_cohorts(system: Viewer) -> list[Counted]:
    """Every cohort as it stands now, over every caseload: each young person once in the school year in which
    they first started. For the installation itself: what a reader gets is :func:`cohort_table`."""
    with within(system):
        began: dict[int, date] = {}
        for youth, day in visible(tracked_referrals(), system).values_list("youth", "started_on"):
            if day is not None:
                began.setdefault(youth, day)
        last: dict[int, dict[str, str]] = {youth: {} for youth in began}
        is_invented = False
        for track in visible(MonthlyTrack.objects.all(), system).order_by("month", "pk"):
            is_invented |= track.invented
            for area in Area:
                word = getattr(track, area)
                if word in TOLD and track.youth_id in last:
                    last[track.youth_id][area] = word
    cohorts = {youth: _cohort_of(day) for youth, day in began.items()}
    counts = Counter(
        (cohorts[youth], str(area), last[youth].get(area, NOT_TOLD)) for youth in began for area in Area
    )
    return [_counted(cohort, counts, is_invented) for cohort in sorted(set(cohorts.values()))]


def _cohort_of(day: date) -> str:
    first, last = school_year(day)
    return f"{first.year}-{last.year % 100:02d}"


def _counted(cohort: str, counts: Counter[tuple[str, str, str]], is_invented: bool) -> Counted:
    """One cohort with its small numbers hidden. The areas share its total, so they are hidden together."""
    areas = [str(area) for area in Area]
    values: dict[tuple[str, ...], int] = {
        (area, word): counts[cohort, area, word] for area in areas for word in _WORDS
    }
    values["everybody",] = sum(values[areas[0], word] for word in _WORDS)
    sums = [(("everybody",), tuple((area, word) for word in _WORDS)) for area in areas]
    return Counted(cohort, values, hidden(values, sums), is_invented)
