"""M13: the windows are the same days of the year, and the untreated are untreated."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolward.analysis.assessing.fix_effect import (
    LONGEST_DAYS,
    CampusDays,
    Fix,
    Windows,
    fix_effect,
    matched_windows,
)
from schoolward.analysis.false_alarms.ratios import Verdict

FROM, TO = date(2009, 1, 1), date(2012, 8, 31)
DAY = timedelta(days=1)


def spread(first: date, last: date, count: int) -> tuple[date, ...]:
    """Return so many days, evenly from first to last."""
    length = (last - first).days + 1
    return tuple(first + timedelta(days=at * length // count) for at in range(count))


@pytest.mark.parametrize(
    ("begun", "verified", "data_to", "windows"),
    [
        # The year after is cut by the length of the work, so that the year before ends before it.
        (date(2010, 6, 1), date(2010, 6, 20), TO, ("2009-06-21", "2010-05-31", "2010-06-21", "2011-05-31")),
        (date(2010, 6, 20), date(2010, 6, 20), TO, ("2009-06-21", "2010-06-19", "2010-06-21", "2011-06-19")),
        # Data that ends early, and data that begins late, shorten both.
        (date(2012, 6, 1), date(2012, 6, 20), TO, ("2011-06-21", "2011-08-31", "2012-06-21", "2012-08-31")),
        (date(2009, 5, 1), date(2009, 5, 10), TO, ("2009-01-01", "2009-04-30", "2010-01-01", "2010-04-30")),
        # Work of more than a year is held against the year before that.
        (date(2010, 2, 1), date(2011, 3, 1), TO, ("2009-03-02", "2010-01-31", "2011-03-02", "2012-01-31")),
        (date(2012, 8, 1), date(2012, 8, 31), TO, None),
    ],
)
def test_windows_by_hand(
    begun: date, verified: date, data_to: date, windows: tuple[str, str, str, str] | None
) -> None:
    found = matched_windows(begun, verified, data_from=FROM, data_to=data_to)
    expected = None if windows is None else Windows(*(date.fromisoformat(day) for day in windows))
    assert found == expected


@settings(max_examples=300)
@given(st.dates(FROM, TO), st.integers(0, 900), st.dates(FROM, TO), st.dates(FROM, TO))
def test_windows_are_the_same_days_of_the_year_apart_from_the_work(
    begun: date, took: int, data_from: date, data_to: date
) -> None:
    verified = begun + timedelta(days=took)
    found = matched_windows(begun, verified, data_from=data_from, data_to=data_to)
    if found is None:
        return
    assert data_from <= found.before_first <= found.before_last < begun
    assert verified < found.after_first <= found.after_last <= data_to
    assert (found.after_last - found.after_first).days < LONGEST_DAYS
    length = (found.after_last - found.after_first).days - (found.before_last - found.before_first).days
    assert abs(length) <= 1  # a leap day in one of them
    for first, last in ((found.before_first, found.after_first), (found.before_last, found.after_last)):
        assert (first.month, first.day) == (last.month, last.day) or {first.day, last.day} & {28, 29}


def test_a_fix_that_was_verified_before_it_was_begun_is_refused() -> None:
    with pytest.raises(ValueError, match="before it was begun"):
        matched_windows(date(2011, 1, 2), date(2011, 1, 1), data_from=FROM, data_to=TO)


BEGUN, VERIFIED = date(2011, 3, 1), date(2011, 3, 31)
WINDOWS = matched_windows(BEGUN, VERIFIED, data_from=FROM, data_to=TO)
assert WINDOWS is not None
BEFORE = (WINDOWS.before_first, WINDOWS.before_last)
AFTER = (WINDOWS.after_first, WINDOWS.after_last)


def campus(key: str, before: int, after: int, **more: object) -> CampusDays:
    return CampusDays(key, spread(*BEFORE, before) + spread(*AFTER, after), **more)  # type: ignore[arg-type]


OTHERS = [campus(f"other-{number}", 12, 12) for number in range(10)]


def test_by_hand() -> None:
    """24 before and 6 after at one campus, ten others as they were: a fall by three quarters."""
    fix = Fix(campus("mended", 24, 6), BEGUN, VERIFIED)
    found = fix_effect([fix], OTHERS, data_from=FROM, data_to=TO)

    days = (BEFORE[1] - BEFORE[0]).days + 1
    assert (found.before.events, found.after.events) == (24, 6)
    assert found.before.exposure == days
    assert found.after.exposure == (AFTER[1] - AFTER[0]).days + 1
    assert (found.untreated_before.events, found.untreated_before.exposure) == (120, 10 * days)
    assert (found.untreated, found.overlapping, found.left_out) == (10, 0, 0)
    assert found.compared.value == pytest.approx(0.25, rel=0.1)
    assert found.alone.value == pytest.approx(0.25, rel=0.01)
    assert found.compared.verdict is Verdict.FELL
    assert "against untreated campuses of the same season" in found.compared.sentence


def test_what_lies_outside_the_windows_changes_nothing() -> None:
    fix = Fix(campus("mended", 24, 6), BEGUN, VERIFIED)
    between = spread(BEFORE[1] + DAY, AFTER[0] - DAY, 20) + spread(FROM, BEFORE[0] - DAY, 9)
    noisy = Fix(CampusDays("mended", fix.campus.incidents + between), BEGUN, VERIFIED)
    assert fix_effect([fix], OTHERS, data_from=FROM, data_to=TO).compared == (
        fix_effect([noisy], OTHERS, data_from=FROM, data_to=TO).compared
    )


@pytest.mark.parametrize(
    "other",
    [
        campus("x", 90, 0, worked_on=(BEGUN,)),
        campus("x", 90, 0, worked_on=(AFTER[1],)),
        campus("x", 90, 0, worked_on=(BEFORE[0],)),
        campus("x", 90, 0, open_from=BEFORE[0] + DAY),
        campus("x", 90, 0, open_to=AFTER[1] - DAY),
    ],
)
def test_what_was_worked_upon_or_closed_is_not_compared_with(other: CampusDays) -> None:
    fix = Fix(campus("mended", 24, 6), BEGUN, VERIFIED)
    with_it = fix_effect([fix], [*OTHERS, other], data_from=FROM, data_to=TO)
    assert with_it == fix_effect([fix], OTHERS, data_from=FROM, data_to=TO)


def test_work_long_before_is_no_matter() -> None:
    fix = Fix(campus("mended", 24, 6), BEGUN, VERIFIED)
    other = campus(
        "x", 9, 9, worked_on=(BEFORE[0] - DAY, AFTER[1] + DAY), open_from=BEFORE[0], open_to=AFTER[1]
    )
    assert fix_effect([fix], [*OTHERS, other], data_from=FROM, data_to=TO).untreated == 11


def test_other_work_on_the_same_campus_is_counted() -> None:
    mended = campus("mended", 24, 6, worked_on=(BEGUN, VERIFIED, AFTER[0], BEFORE[0], BEFORE[0] - DAY))
    assert fix_effect([Fix(mended, BEGUN, VERIFIED)], OTHERS, data_from=FROM, data_to=TO).overlapping == 2


def test_each_untreated_campus_is_held_against_one_fix_alone() -> None:
    """Three fixes share ten campuses: nobody's incidents count twice, and each fix has its share."""
    fixes = [Fix(campus(f"mended-{number}", 12, 6), BEGUN, VERIFIED) for number in range(3)]
    found = fix_effect(fixes, OTHERS, data_from=FROM, data_to=TO)
    assert (found.untreated, found.untreated_before.events) == (10, 120)
    assert (found.before.events, found.after.events) == (36, 18)
    assert found.compared.value == pytest.approx(0.5, rel=0.1)
    one = fix_effect(fixes[:1], OTHERS, data_from=FROM, data_to=TO)
    assert one.compared.high is not None
    assert found.compared.high is not None
    assert found.compared.high < one.compared.high


def test_a_campus_that_suits_one_fix_alone_goes_to_it() -> None:
    early = Fix(CampusDays("early", ()), date(2010, 3, 1), date(2010, 3, 2))
    late = Fix(CampusDays("late", ()), BEGUN, VERIFIED)
    # Closed before the later fix's window ends.
    only_early = CampusDays("only-early", (), open_to=date(2011, 3, 10))
    both = CampusDays("a-both", ())
    found = fix_effect([early, late], [both, only_early], data_from=FROM, data_to=TO)
    assert found.untreated == 2
    assert found.untreated_before.exposure == found.before.exposure


@pytest.mark.parametrize(
    ("fixes", "others", "data_to", "verdict", "says"),
    [
        ([], OTHERS, TO, Verdict.NO_EXPOSURE, "the data does not cover the same days"),
        (
            [Fix(campus("m", 24, 6), BEGUN, TO)],
            OTHERS,
            TO,
            Verdict.NO_EXPOSURE,
            "does not cover the same days",
        ),
        (
            [Fix(campus("m", 24, 6), BEGUN, VERIFIED)],
            [],
            TO,
            Verdict.NO_EXPOSURE,
            "no campus was open and without",
        ),
        (
            [Fix(campus("m", 24, 6), BEGUN, VERIFIED)],
            OTHERS,
            VERIFIED + 27 * DAY,
            Verdict.TOO_FEW,
            "27 days on each side; at least 28",
        ),
        (
            [Fix(campus("m", 2, 1), BEGUN, VERIFIED)],
            OTHERS,
            TO,
            Verdict.TOO_FEW,
            "Too few to tell: 2 before and 1",
        ),
    ],
)
def test_where_nothing_can_be_said(
    fixes: list[Fix], others: list[CampusDays], data_to: date, verdict: Verdict, says: str
) -> None:
    found = fix_effect(fixes, others, data_from=FROM, data_to=data_to)
    assert found.compared.verdict is verdict
    assert says in found.compared.sentence


def test_a_campus_is_named_once() -> None:
    fix = Fix(campus("other-1", 24, 6), BEGUN, VERIFIED)
    with pytest.raises(ValueError, match="“other-1” is named twice"):
        fix_effect([fix], OTHERS, data_from=FROM, data_to=TO)


def test_a_season_that_the_data_holds_on_one_side_alone_is_no_effect() -> None:
    """Incidents happen in the school year alone: a fix at the end of May takes no credit for the summer."""
    dice = random.Random(38)
    days = [FROM + step * DAY for step in range((TO - FROM).days + 1)]
    school = [day for day in days if day.month not in (6, 7, 8)]

    def lived(key: str) -> CampusDays:
        return CampusDays(key, tuple(day for day in school if dice.random() < 0.05))

    fix = Fix(lived("mended"), date(2011, 5, 20), date(2011, 5, 31))
    summer = fix_effect([fix], [lived(f"o{n}") for n in range(20)], data_from=FROM, data_to=date(2011, 8, 31))
    assert (summer.before.events, summer.after.events) == (0, 0)
    assert summer.compared.verdict is Verdict.TOO_FEW
    year = fix_effect([fix], [lived(f"o{n}") for n in range(20)], data_from=FROM, data_to=TO)
    assert year.compared.verdict is Verdict.NOT_SHOWN


def test_what_has_nothing_to_be_compared_with_does_not_count() -> None:
    """Ratio, interval and counts rest on the same days: a campus without a comparison is in none of them."""
    fix = Fix(campus("mended", 24, 6), BEGUN, VERIFIED)
    # All others were worked upon in its windows, so that none of them is left for it.
    late = Fix(CampusDays("alone", spread(date(2010, 9, 1), TO, 300)), date(2011, 11, 1), date(2011, 11, 2))
    others = [replace(one, worked_on=(AFTER[1] + 30 * DAY,)) for one in OTHERS]
    found = fix_effect([fix, late], others, data_from=FROM, data_to=TO)
    one = fix_effect([fix], others, data_from=FROM, data_to=TO)
    assert len(found.windows) == 2
    assert (found.before, found.after, found.compared) == (one.before, one.after, one.compared)
    assert (found.not_compared, one.not_compared, found.left_out) == (1, 0, 0)
    assert [counted.campus for counted in found.counted] == ["mended"]
    assert found.counted == one.counted


def test_only_months_that_both_windows_hold_count() -> None:
    """What is counted is said by the month of the year, as it is compared."""
    fix = Fix(campus("mended", 24, 6), BEGUN, VERIFIED)
    (counted,) = fix_effect([fix], OTHERS, data_from=FROM, data_to=AFTER[0] + 40 * DAY).counted
    days = [counted.windows.after_first + step * DAY for step in range(counted.windows.days)]
    assert counted.months == {day.month for day in days} == {4, 5}
