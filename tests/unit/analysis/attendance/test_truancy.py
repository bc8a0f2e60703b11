"""Truancy, by cases written from the sections: days on one side, what the district did on the other."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from schoolward.analysis.attendance import (
    Deeds,
    DutyKind,
    DutyState,
    Mark,
    Series,
    State,
    Status,
    Truancy,
    law,
    truancy,
)
from schoolward.analysis.school_days import weekdays

FIRST = date(2012, 9, 3)  # a Monday
ON = date(2012, 12, 14)


def school_day(number: int) -> date:
    """The day of that number of the year, the first being 1."""
    day = FIRST
    for _step in range(number - 1):
        day += timedelta(days=3 if day.weekday() == 4 else 1)
    return day


def marks(days: str) -> Series:
    """One letter a school day: p present, x unexcused, e excused, l 31 minutes late, t 30 minutes late."""
    made = {
        "p": (Status.PRESENT, 0),
        "x": (Status.UNEXCUSED, 0),
        "e": (Status.EXCUSED, 0),
        "l": (Status.PRESENT, 31),
        "t": (Status.PRESENT, 30),
    }
    return Series(Mark(school_day(n), *made[letter]) for n, letter in enumerate(days, start=1))


def at(*numbers: int) -> tuple[date, ...]:
    return tuple(school_day(number) for number in numbers)


def standing(days: str, deeds: Deeds | None = None, on: date = ON) -> Truancy:
    return truancy(marks(days), deeds or Deeds(), law(), on=on)


@pytest.mark.parametrize(
    ("days", "state", "since"),
    [
        ("pppppp", State.NONE, None),
        ("xxp", State.NONE, None),
        ("xxx", State.TRUANT, 3),
        ("xpexplpx", State.TRUANT, 6),  # any combination
        ("lll", State.TRUANT, 3),
        ("ttttt", State.NONE, None),  # 30 minutes are not more than 30
        ("eeeeee", State.NONE, None),
        ("xxxxxxxxxxxxxxxx", State.TRUANT, 3),  # never more than truant on absences alone
    ],
)
def test_days_make_a_truant_and_nothing_more(days: str, state: State, since: int | None) -> None:
    found = standing(days)
    assert found.state is state
    assert found.since == (None if since is None else school_day(since))
    assert not found.may_be_referred


def test_the_first_classification_is_reported_and_the_parent_told() -> None:
    found = standing("xxx")
    report, notice = found.duties
    assert (report.kind, report.arises_on, report.due_on) == (
        DutyKind.REPORT,
        school_day(3),
        school_day(4),
    )
    assert (notice.kind, notice.due_on) == (DutyKind.NOTICE, school_day(8))
    assert report.statute.citation.startswith("Education Code 48260(a)")
    assert notice.statute.citation == "Education Code 48260.5"
    assert report.statute.assumed, "the section names no day"
    assert [duty.kind for duty in found.open_duties] == [DutyKind.REPORT, DutyKind.NOTICE]


@pytest.mark.parametrize(
    ("filed", "on", "state"),
    [
        ((), 4, DutyState.OPEN),
        ((), 5, DutyState.LATE),
        ((4,), 5, DutyState.DONE),
        ((5,), 5, DutyState.DONE_LATE),
        ((6,), 5, DutyState.LATE),  # what is done later is not known yet
    ],
)
def test_how_a_duty_stands(filed: tuple[int, ...], on: int, state: DutyState) -> None:
    report = standing("xxxpppp", Deeds(reports=at(*filed)), school_day(on)).duties[0]
    assert report.state(school_day(on)) is state


def test_reported_again_only_after_a_report() -> None:
    """48261: who "has once been reported" and is absent again. Days before the report are in that report."""
    assert len(standing("xxxxxx").duties) == 2
    found = standing("xxxxpxpxp", Deeds(reports=at(4, 7)))
    reports = [duty for duty in found.duties if duty.kind is DutyKind.REPORT]
    assert [(duty.arises_on, duty.done_on) for duty in reports] == [
        (school_day(3), school_day(4)),
        (school_day(6), school_day(7)),
        (school_day(8), None),
    ]
    assert reports[1].statute.citation == "Education Code 48261"


@pytest.mark.parametrize(
    ("reports", "conferences", "habitual"),
    [
        ((3, 5, 7), (), None),  # no effort, no habitual truant
        ((3, 5), (4,), None),
        ((3, 5, 7), (4,), 7),
        ((3, 5, 7), (9,), 9),  # the later of the two
        ((3, 5, 7), (2,), None),  # an effort before any report is none under 48262
        ((3, 3, 3), (4,), None),  # three papers of one day report one thing
    ],
)
def test_habitual_needs_three_reports_and_an_effort(
    reports: tuple[int, ...], conferences: tuple[int, ...], habitual: int | None
) -> None:
    found = standing("xxxpxpxppp", Deeds(reports=at(*reports), conferences=at(*conferences)))
    assert found.habitual_on == (None if habitual is None else school_day(habitual))
    assert found.may_be_referred == (habitual is not None)


def test_a_report_without_ground_counts_for_nothing() -> None:
    found = standing("xxpppp", Deeds(reports=at(3, 4, 5), conferences=at(4)))
    assert found.state is State.NONE
    assert found.reports == ()
    assert found.unfounded_reports == at(3, 4, 5)


def test_referral_to_the_board_is_a_choice_and_its_notice_a_duty() -> None:
    deeds = Deeds(reports=at(3, 5, 7), notices=at(4), conferences=at(4))
    assert all(duty.kind is not DutyKind.SARB_NOTICE for duty in standing("xxxpxpxppp", deeds).duties)
    deeds = Deeds(deeds.reports, deeds.notices, deeds.conferences, sarb_referrals=at(8))
    (notice,) = [d for d in standing("xxxpxpxppp", deeds).duties if d.kind is DutyKind.SARB_NOTICE]
    assert (notice.arises_on, notice.due_on, notice.done_on) == (school_day(8), school_day(13), None)


@pytest.mark.parametrize(
    ("deeds", "state", "wanting"),
    [
        (Deeds(), State.TRUANT, {DutyKind.REPORT, DutyKind.NOTICE, DutyKind.CONFERENCE}),
        (Deeds(reports=at(3, 5, 7), conferences=at(4)), State.HABITUAL, {DutyKind.NOTICE}),
        (Deeds(reports=at(3, 5, 7), notices=at(4), conferences=at(4)), State.CHRONIC, set()),
        (
            Deeds(reports=at(3, 5, 7), notices=at(4), conferences=at(4), sarb_referrals=at(8)),
            State.HABITUAL,
            {DutyKind.SARB_NOTICE},
        ),
    ],
)
def test_chronic_truant_only_if_the_district_did_its_part(
    deeds: Deeds, state: State, wanting: set[DutyKind]
) -> None:
    found = standing("xxxpxpxppp", deeds)
    assert found.reaches_chronic
    assert (found.state, set(found.wanting)) == (state, wanting)


def test_before_2011_nobody_was_a_chronic_truant() -> None:
    days = [date(2010, 9, 6) + timedelta(days=n) for n in range(20)]
    series = Series(Mark(day, Status.UNEXCUSED) for day in days if weekdays(day))
    assert not truancy(series, Deeds(), law(), on=date(2010, 12, 31)).reaches_chronic
    assert truancy(series, Deeds(), law(), on=date(2011, 1, 3)).reaches_chronic


def test_a_new_school_year_begins_from_nothing() -> None:
    series = Series(Mark(date(2013, 6, day), Status.UNEXCUSED) for day in (10, 11, 12))
    assert truancy(series, Deeds(), law(), on=date(2013, 6, 30)).state is State.TRUANT
    assert truancy(series, Deeds(), law(), on=date(2013, 7, 1)).state is State.NONE


def test_the_notice_says_what_its_day_asks() -> None:
    before, after = law().on("notice", date(2025, 6, 30)), law().on("notice", date(2025, 7, 1))
    assert any("infraction" in line for line in before.contents)
    assert not any("infraction" in line for line in after.contents)
