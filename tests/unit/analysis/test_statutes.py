"""Laws as dated rows: read whole or refused with row and mend; terms counted in either kind of day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.attendance import law
from schoolward.analysis.diversion import sealing_law
from schoolward.analysis.school_days import (
    DayKind,
    NoSchoolDay,
    days_after,
    is_usually_closed,
    months_after,
    school_year,
    weekdays,
)
from schoolward.analysis.statutes import NoStatute, StatuteFault, read_statutes

ROW = '[[rule]]\nkey = "a"\ncitation = "Code 1"\nsays = "Something."\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"no rule: write at least one table \[\[rule\]\]"),
        ("[[rule", "no TOML"),
        ('[[rule]]\nkey = "a"\nsays = "b"\n', r"Rule 1 \(a\): write its citation"),
        ("[[rule]]\n", r"Rule 1 \(without a key\): write its key, citation, says"),
        (ROW + "dayz = 3\n", "dayz is not known; leave it out"),
        (ROW + "due_days = -1\n", "due_days is -1; write a whole number from 0"),
        (ROW + "count = true\n", "count is True; write a whole number"),
        (ROW + 'due_kind = "business"\n', "due_kind is 'business'; write school or calendar"),
        (ROW + "valid_from = 2012-02-01\nvalid_to = 2012-01-31\n", "ends on 2012-01-31, before it begins"),
        (ROW + ROW, "Rule 'a' holds twice"),
        (
            ROW + "valid_to = 2012-06-30\n" + ROW + "valid_from = 2012-06-30\n",
            r"holds twice on 2012-06-30: end the earlier row \(valid_to\) before that day",
        ),
    ],
)
def test_what_cannot_be_a_rule_is_refused_with_row_and_mend(text: str, message: str) -> None:
    with pytest.raises(StatuteFault, match=message):
        read_statutes(text)


def test_the_rule_of_the_day_decides() -> None:
    statutes = read_statutes(
        ROW + "valid_to = 2012-06-30\ncount = 3\n" + ROW + "valid_from = 2012-07-01\ncount = 4\n"
    )
    assert statutes.on("a", date(2012, 6, 30)).count == 3
    assert statutes.on("a", date(2012, 7, 1)).count == 4
    assert statutes.find("b", date(2012, 7, 1)) is None
    with pytest.raises(NoStatute, match="no rule 'b' held on 2012-07-01"):
        statutes.on("b", date(2012, 7, 1))


@pytest.mark.parametrize("shipped", [law, sealing_law])
def test_what_is_shipped_is_cited_and_unconfirmed(shipped: object) -> None:
    rules = list(shipped())  # type: ignore[operator]
    assert rules
    for rule in rules:
        assert any(code in rule.citation for code in ("Education Code", "Welfare", "Rules of Court"))
        assert not rule.confirmed, "counsel has confirmed nothing yet; say who did when this changes"
        assert rule.note or not rule.assumed, "an assumed number says why"


@pytest.mark.parametrize(
    ("day", "first"),
    [
        (date(2012, 6, 30), date(2011, 7, 1)),
        (date(2012, 7, 1), date(2012, 7, 1)),
        (date(2013, 1, 1), date(2012, 7, 1)),
    ],
)
def test_the_school_year_turns_on_the_first_of_july(day: date, first: date) -> None:
    begins, ends = school_year(day)
    assert begins == first
    assert (ends.year, ends.month, ends.day) == (first.year + 1, 6, 30)


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        ((2012, 1, 2), True), ((2012, 1, 16), True), ((2012, 2, 20), True), ((2012, 5, 28), True),
        ((2012, 5, 21), False), ((2012, 7, 4), True), ((2012, 7, 10), True), ((2012, 9, 3), True),
        ((2012, 9, 10), False), ((2012, 11, 12), True), ((2012, 11, 22), True), ((2012, 11, 15), False),
        ((2012, 12, 25), True), ((2011, 11, 11), True), ((2010, 12, 24), True), ((2010, 12, 31), True),
        ((2012, 9, 1), True), ((2012, 9, 5), False),
    ],
)  # fmt: skip
def test_holidays_and_july_are_usually_without_school(day: tuple[int, int, int], closed: bool) -> None:
    assert is_usually_closed(date(*day)) is closed


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(0, 200))
def test_terms_end_where_counting_says(begun: date, days: int) -> None:
    assert days_after(begun, days) == begun + timedelta(days=days)
    ends = days_after(begun, days, DayKind.SCHOOL)
    assert days == 0 or weekdays(ends)
    between = [begun + timedelta(days=n) for n in range(1, (ends - begun).days + 1)]
    assert sum(weekdays(day) for day in between) == days


def test_a_calendar_that_ends_says_so() -> None:
    with pytest.raises(NoSchoolDay, match="no school day in the 400 days"):
        days_after(date(2012, 9, 6), 1, DayKind.SCHOOL, lambda day: day < date(2012, 9, 6))
    with pytest.raises(ValueError, match="a term of -1 days"):
        days_after(date(2012, 9, 6), -1)


@given(st.dates(date(2010, 1, 1), date(2030, 1, 1)), st.integers(-60, 60))
def test_months_are_counted_by_the_calendar(day: date, months: int) -> None:
    found = months_after(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    assert found.day == day.day or (found + timedelta(days=1)).month != found.month
