"""Giving tables of counts: a cohort's next edition where it tells of no child, and a half-year's only one."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from schoolward.domains.cases.models import CountEdition, CountedTable
from schoolward.domains.cases.queries.academies import count_academies
from schoolward.domains.cases.queries.editions import follows
from schoolward.domains.cases.queries.outreach import count_cohorts
from schoolward.domains.cases.queries.performance_counting import count_half, given_halves, kept
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record


@transaction.atomic
def give_tables(*, on: date, by: Viewer, at: datetime) -> dict[str, int]:
    """Give each table as it stands, where its cohort has none of the month of a day yet.

    A cohort keeps its last edition where one of its counts, or what those that are hidden have together, has
    changed by 1 to 10 against any edition before: whoever looks twice has no child, not by a seal either.
    Returns how many cohorts were given, and how many keep what they had.
    """
    told = {"given": 0, "kept": 0}
    counted = {CountedTable.COHORTS: count_cohorts(by), CountedTable.ACADEMIES: count_academies(by, on)}
    for table, cohorts in counted.items():
        for one in cohorts:
            before = list(CountEdition.objects.filter(table=table, cohort=one.cohort))
            if any(edition.counted_on >= on.replace(day=1) for edition in before):
                continue
            if not any(one.counts.values()) or not all(follows(one, edition) for edition in before):
                told["kept"] += 1
                continue
            CountEdition.objects.create(
                table=table,
                cohort=one.cohort,
                counted_on=on,
                counts={":".join(name): number for name, number in one.counts.items()},
                told={":".join(name): number for name, number in one.told.items()},
                about=one.about,
                invented=one.invented,
            )
            told["given"] += 1
    record("cases.tables_given", by=by, at=at, subject="cases.CountEdition", detail=told)
    return told


@transaction.atomic
def give_half_years(*, on: date, by: Viewer, at: datetime) -> int:
    """Count the performance measures of each of the last half-years that has no table yet and is due one.

    Each is counted once, the earliest first, because the next carries over what it left. Returns how many.
    """
    due = [(first, last) for first, last in reversed(given_halves(on)) if kept(first) is None]
    for first, last in due:
        counted = count_half(first, last)
        CountEdition.objects.create(
            table=CountedTable.HALVES,
            cohort=first.isoformat(),
            counted_on=on,
            counts=counted.counts,
            told=counted.told,
            invented=counted.invented,
        )
    if due:
        told = {"half_years": [str(first) for first, _last in due]}
        record("cases.half_years_given", by=by, at=at, subject="cases.CountEdition", detail=told)
    return len(due)
