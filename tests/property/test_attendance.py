"""What holds of every pupil's days, whatever was done about them."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.attendance import (
    Deeds,
    DutyKind,
    Mark,
    Series,
    State,
    Status,
    Truancy,
    law,
    truancy,
)

FIRST = date(2012, 8, 1)
ORDER = [State.NONE, State.TRUANT, State.HABITUAL, State.CHRONIC]
DAYS = st.integers(0, 120).map(lambda number: FIRST + timedelta(days=number))
MARKS = st.dictionaries(
    DAYS,
    st.one_of(
        st.tuples(st.sampled_from([Status.EXCUSED, Status.UNEXCUSED]), st.just(0)),
        st.tuples(st.just(Status.PRESENT), st.integers(0, 90)),
    ),
    max_size=60,
).map(lambda kept: [Mark(day, *told) for day, told in kept.items()])
SOME = st.lists(DAYS, max_size=6).map(tuple)
DEEDS = st.builds(Deeds, SOME, SOME, SOME, SOME, SOME)


def _standing(marks: list[Mark], deeds: Deeds, on: date) -> Truancy:
    return truancy(Series(marks), deeds, law(), on=on)


@given(MARKS, DEEDS, DAYS)
def test_nothing_is_known_before_its_day(marks: list[Mark], deeds: Deeds, on: date) -> None:
    earlier = [mark for mark in marks if mark.on <= on]
    assert _standing(marks, deeds, on) == _standing(earlier, deeds.within(FIRST, on), on)


@given(MARKS, DEEDS, DAYS, DAYS)
def test_what_a_pupil_was_called_is_not_taken_back_by_a_later_day(
    marks: list[Mark], deeds: Deeds, one: date, other: date
) -> None:
    """Up to habitual: a share of days may fall again, three reports do not."""
    early, late = (_standing(marks, deeds, day) for day in sorted((one, other)))
    capped = [min(ORDER.index(found.state), 2) for found in (early, late)]
    assert capped[0] <= capped[1]
    assert set(early.occasions) <= set(late.occasions)


@given(MARKS, DEEDS, DAYS)
def test_habitual_has_its_conditions_and_every_report_a_ground(
    marks: list[Mark], deeds: Deeds, on: date
) -> None:
    found = _standing(marks, deeds, on)
    days = sorted(one.on for one in found.occasions)
    if found.may_be_referred:
        assert len(found.reports) >= 3
        assert len(days) >= 5  # three for the first report, one for each further
        assert any(day >= found.reports[0] for day in deeds.conferences)
    for duty in found.duties:
        if duty.kind is DutyKind.REPORT:
            assert duty.arises_on in days
        assert duty.done_on is None or duty.done_on >= duty.arises_on
        assert duty.due_on is None or duty.due_on >= duty.arises_on
        assert duty.statute.holds_on(duty.arises_on)
    assert sorted([*found.reports, *found.unfounded_reports]) == sorted(d for d in deeds.reports if d <= on)


@given(MARKS, DEEDS, DAYS)
def test_an_excuse_never_makes_it_worse(marks: list[Mark], deeds: Deeds, on: date) -> None:
    excused = [
        Mark(mark.on, Status.EXCUSED if mark.status is Status.UNEXCUSED else mark.status) for mark in marks
    ]
    found = _standing(excused, deeds, on)
    assert found.occasions == ()
    assert found.state is State.NONE
