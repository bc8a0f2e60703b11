"""Match to the cent, and the days by which reports and payments are due."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from schoolward.analysis.grants.clocks import (
    Every,
    ReportKind,
    closeout_due,
    is_said,
    liquidation_due,
    reports_due,
)
from schoolward.analysis.grants.match import MatchKind, MatchTerms
from schoolward.analysis.grants.rules import Funder


@pytest.mark.parametrize(
    ("given", "percent", "waived", "required"),
    [
        (500_000_00, "25", "0", 166_666_67),  # a third of what is given, not a quarter
        (221_182_00, "50", "0", 221_182_00),
        (100_000_00, "25", "25", 0),
        (75_000_00, "25", "5", 18_750_00),
        (0, "50", "0", 0),
        (1, "50", "0", 1),
        (100, "33.33", "0", 50),
    ],
)
def test_match(given: int, percent: str, waived: str, required: int) -> None:
    assert MatchTerms(Decimal(percent), Decimal(waived)).required_cents(given) == required


@pytest.mark.parametrize(("percent", "waived"), [("100", "0"), ("-1", "0"), ("25", "26"), ("25", "-1")])
def test_impossible_terms_are_refused(percent: str, waived: str) -> None:
    with pytest.raises(ValueError, match="match"):
        MatchTerms(Decimal(percent), Decimal(waived))


def test_a_cash_match_takes_no_hours() -> None:
    cash = MatchTerms(Decimal(25), kinds=frozenset({MatchKind.CASH}))
    assert cash.accepts(MatchKind.CASH)
    assert not cash.accepts(MatchKind.IN_KIND)


@pytest.mark.parametrize(
    ("awarded", "funder", "agreed", "due"),
    [
        (date(2009, 9, 1), Funder.FEDERAL, None, date(2012, 11, 28)),
        (date(2020, 11, 11), Funder.FEDERAL, None, date(2012, 11, 28)),
        (date(2020, 11, 12), Funder.FEDERAL, None, date(2012, 12, 28)),
        (date(2020, 11, 11), Funder.PASSED_ON, None, date(2012, 11, 28)),
        (date(2024, 10, 1), Funder.PASSED_ON, None, date(2012, 11, 28)),
        (date(2012, 3, 27), Funder.OTHER, 45, date(2012, 10, 14)),
    ],
)
def test_closeout_and_liquidation(awarded: date, funder: Funder, agreed: int | None, due: date) -> None:
    end = date(2012, 8, 30)
    assert closeout_due(end, awarded_on=awarded, funder=funder, agreed=agreed) == due
    assert liquidation_due(end, awarded_on=awarded, funder=funder, agreed=agreed) == due


def test_a_subrecipient_reports_before_the_recipient_does() -> None:
    end, awarded = date(2023, 8, 30), date(2021, 1, 1)
    assert closeout_due(end, awarded_on=awarded, funder=Funder.PASSED_ON) == date(2023, 11, 28)
    assert liquidation_due(end, awarded_on=awarded, funder=Funder.PASSED_ON) == date(2023, 12, 28)


def test_where_nobody_says_a_day_reports_have_an_assumed_one_and_payments_none() -> None:
    end, awarded = date(2012, 8, 30), date(2012, 3, 27)
    assert closeout_due(end, awarded_on=awarded, funder=Funder.OTHER) == date(2012, 10, 29)
    assert not is_said(awarded_on=awarded, funder=Funder.OTHER)
    assert liquidation_due(end, awarded_on=awarded, funder=Funder.OTHER) is None
    assert is_said(awarded_on=awarded, funder=Funder.OTHER, agreed=45)


def test_quarterly_reports_end_with_the_calendar_and_the_last_is_final() -> None:
    due = reports_due(
        ReportKind.FINANCIAL,
        Every.QUARTER,
        start=date(2011, 11, 15),
        end=date(2012, 5, 31),
        awarded_on=date(2011, 11, 1),
        funder=Funder.FEDERAL,
    )
    assert [(one.start, one.end, one.due, one.is_final) for one in due] == [
        (date(2011, 11, 15), date(2011, 12, 31), date(2012, 1, 30), False),
        (date(2012, 1, 1), date(2012, 3, 31), date(2012, 4, 30), False),
        (date(2012, 4, 1), date(2012, 5, 31), date(2012, 8, 29), True),
    ]


def test_annual_reports_have_ninety_days() -> None:
    due = reports_due(
        ReportKind.PROGRESS,
        Every.YEAR,
        start=date(2010, 7, 1),
        end=date(2011, 12, 31),
        awarded_on=date(2010, 7, 1),
        funder=Funder.FEDERAL,
    )
    assert [one.due for one in due] == [date(2011, 3, 31), date(2012, 3, 30)]
