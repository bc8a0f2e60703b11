"""Deadlines: when reports fall due, when obligations must be paid, when an award must be closed."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schoolward.analysis.grants.rules import Funder, RuleKey, rule_for

#: Days for reports where no text of law sets them and the agreement is silent: assumed, so that a day stands
#: in the calendar, and never held against an entry.
ASSUMED_FINAL_DAYS = 60
ASSUMED_REPORT_DAYS = 30


class Every(StrEnum):
    """How often a report is due."""

    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class ReportKind(StrEnum):
    """What is reported."""

    FINANCIAL = "financial"
    PROGRESS = "progress"


_MONTHS = {Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12}
#: Annual reports have 90 days in the common rule and since.
ANNUAL_DAYS = 90


@dataclass(frozen=True)
class Due:
    """One report: what it covers and the last day for it."""

    kind: ReportKind
    start: date
    end: date
    due: date
    is_final: bool = False


def closeout_days(*, awarded_on: date, funder: Funder, agreed: int | None = None) -> int:
    """Days after the period's end by which final reports are due; ``agreed`` is the award's own number.

    Where neither the award nor a law says one, ``ASSUMED_FINAL_DAYS``.
    """
    said = _days(RuleKey.CLOSEOUT, awarded_on=awarded_on, funder=funder, agreed=agreed)
    return ASSUMED_FINAL_DAYS if said is None else said


def closeout_due(end: date, *, awarded_on: date, funder: Funder, agreed: int | None = None) -> date:
    """The last day for the final reports of an award whose period ends on ``end``."""
    return end + timedelta(days=closeout_days(awarded_on=awarded_on, funder=funder, agreed=agreed))


def is_said(*, awarded_on: date, funder: Funder, agreed: int | None = None) -> bool:
    """Whether the award or a law says when final reports are due, so that the day is not assumed."""
    return _days(RuleKey.CLOSEOUT, awarded_on=awarded_on, funder=funder, agreed=agreed) is not None


def liquidation_due(end: date, *, awarded_on: date, funder: Funder, agreed: int | None = None) -> date | None:
    """The last day on which what was obligated in the period may be paid; ``None`` where nobody says one."""
    days = _days(RuleKey.LIQUIDATION, awarded_on=awarded_on, funder=funder, agreed=agreed)
    return None if days is None else end + timedelta(days=days)


def _days(key: RuleKey, *, awarded_on: date, funder: Funder, agreed: int | None) -> int | None:
    """What the award says, else what the law of its day says, else nothing."""
    return agreed if agreed is not None else rule_for(key, awarded_on=awarded_on, funder=funder).days


def reports_due(
    kind: ReportKind,
    every: Every,
    *,
    start: date,
    end: date,
    awarded_on: date,
    funder: Funder,
    final_agreed: int | None = None,
) -> list[Due]:
    """Every report of an award, the final one last. Periods end with calendar quarters, halves and years.

    The last period's report is the final one, due with the closeout.
    """
    if end < start:
        raise ValueError(f"the period ends ({end}) before it starts ({start})")
    law = rule_for(RuleKey.REPORTS, awarded_on=awarded_on, funder=funder).days or ASSUMED_REPORT_DAYS
    days = ANNUAL_DAYS if every is Every.YEAR else law
    made: list[Due] = []
    first = start
    while first <= end:
        last = min(_period_end(first, _MONTHS[every]), end)
        is_final = last == end
        due = (
            closeout_due(end, awarded_on=awarded_on, funder=funder, agreed=final_agreed)
            if is_final
            else last + timedelta(days=days)
        )
        made.append(Due(kind, first, last, due, is_final))
        first = last + timedelta(days=1)
    return made


def _period_end(day: date, months: int) -> date:
    """The last day of the calendar quarter, half or year that the day lies in."""
    month = -(-day.month // months) * months
    return date(day.year, month, monthrange(day.year, month)[1])
