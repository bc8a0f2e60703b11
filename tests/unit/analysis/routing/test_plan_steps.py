"""Two plans of one school year laid side by side tell nothing of a child who moved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolward.analysis.routing.plan_steps import Earlier, stepped, street_key
from schoolward.analysis.routing.school_plans import FixShown, SchoolFigures, StreetShown, StreetWalked

LINE = [(0.0, 0.0), (1.0, 1.0), (2.0, 1.0)]
SIGNAL, ISLAND = ("signal", 1.0, 2.0), ("island", 3.0, 4.0)
KEYS = [SIGNAL, ISLAND]


def street(
    walked: int, *, line: list[tuple[float, float]] = LINE, hidden: bool = False, suggested: bool = False
) -> StreetWalked:
    shown = None if hidden or walked < 11 else walked
    return StreetWalked(StreetShown(line, 0, 10.0, 1.0, 0.0, shown), walked, suggested)


FOUND = SchoolFigures(
    pupils=300,
    shortest_m=900.0,
    route_m=950.0,
    shortest_stress_m=1200.0,
    stress_m=1100.0,
    sheds=[(5, 40), (10, 120), (15, 200), (20, 260)],
    trade_off=[],
    can_walk=180,
    cannot_walk=120,
    streets=[street(60).shown],
    fixes=[FixShown(0, 50)],
    tried=frozenset((0, 1)),
    walked=[street(60)],
)


def earlier(**changes: object) -> Earlier:
    told: dict[str, object] = {
        "pupils": 300,
        "sheds": dict(FOUND.sheds),
        "can_walk": 180,
        "streets": {street_key(LINE): 60},
        "fixes": {SIGNAL: 50},
    }
    return Earlier(**(told | changes))  # type: ignore[arg-type]


def numbers(found: SchoolFigures | None) -> list[int | None]:
    assert found is not None
    return [one.pupils for one in found.streets]


def test_a_first_plan_shows_all_and_the_same_again_as_well() -> None:
    assert stepped(FOUND, [], KEYS) == FOUND
    assert stepped(FOUND, [earlier()], KEYS) == FOUND


@pytest.mark.parametrize("before", [299, 301, 290, 310])
def test_the_earlier_plan_stands_where_few_came_or_went(before: int) -> None:
    assert stepped(FOUND, [earlier(pupils=before)], KEYS) is None
    # The last plan is not the only one that somebody may have kept.
    assert stepped(FOUND, [earlier(pupils=before), earlier(pupils=400)], KEYS) is None


@pytest.mark.parametrize("before", [289, 311, 100])
def test_a_step_of_enough_pupils_is_a_new_plan(before: int) -> None:
    assert stepped(FOUND, [earlier(pupils=before)], KEYS) is not None


@pytest.mark.parametrize(
    ("told", "walked", "shown"),
    [(60, 60, 60), (59, 60, 59), (70, 60, 70), (71, 60, 60), (49, 60, 60), (14, 3, None), (14, 4, 14)],
)
def test_a_number_stays_until_enough_came_or_went(told: int, walked: int, shown: int | None) -> None:
    found = replace(FOUND, walked=[street(walked)])
    after = stepped(found, [earlier(streets={street_key(LINE): told})], KEYS)
    assert numbers(after) == ([] if shown is None else [shown])


def test_what_one_child_hides_on_other_streets_stays_shown() -> None:
    found = replace(FOUND, walked=[street(60, hidden=True)])
    assert numbers(stepped(found, [earlier()], KEYS)) == [60]


def test_a_street_without_a_number_gets_none_while_the_pupils_are_the_same() -> None:
    for walked in (11, 60, 250):
        for suggested, shown in ((False, []), (True, [None])):
            found = replace(FOUND, walked=[street(walked, suggested=suggested)])
            assert numbers(stepped(found, [earlier(streets={})], KEYS)) == shown
    anew = earlier(pupils=150, streets={}, sheds={}, can_walk=None, fixes={})
    assert numbers(stepped(FOUND, [anew], KEYS)) == [60]


def test_a_number_is_held_against_all_that_were_told() -> None:
    told = [earlier(streets={street_key(LINE): 59}), earlier(streets={street_key(LINE): 100})]
    assert numbers(stepped(FOUND, told, KEYS)) == []
    assert numbers(stepped(FOUND, [earlier(), *told[1:]], KEYS)) == [60]


def test_counts_of_minutes_move_together_or_not_at_all() -> None:
    few = earlier(sheds=dict(FOUND.sheds) | {5: 41})
    after = stepped(FOUND, [few], KEYS)
    assert after is not None
    assert dict(after.sheds) == few.sheds
    # Within 5 minutes 11 more; within 10 it would be 12 more, which is one between 5 and 10.
    told = replace(FOUND, pupils=330, sheds=[(5, 51), (10, 132), (15, 230), (20, 290)])
    after = stepped(told, [earlier()], KEYS)
    assert after is not None
    assert after.sheds == [(5, None), (10, None), (15, None), (20, None)]


def test_a_count_of_minutes_that_appears_makes_all_stay() -> None:
    before = earlier(sheds=dict(FOUND.sheds) | {5: None})
    after = stepped(FOUND, [before], KEYS)
    assert after is not None
    assert dict(after.sheds) == before.sheds


@pytest.mark.parametrize(
    "changes",
    [
        {"can_walk": 181},
        {"can_walk": None},
        {"fixes": {SIGNAL: 49}},
        {"fixes": {SIGNAL: None}},
        {"fixes": {SIGNAL: 50, ISLAND: 20}},
    ],
)
def test_who_can_walk_and_what_frees_them_move_together(changes: dict[str, object]) -> None:
    before = earlier(**changes)
    after = stepped(FOUND, [before], KEYS)
    assert after is not None
    assert (after.can_walk, after.cannot_walk) == (before.can_walk, before.cannot_walk)
    assert {KEYS[one.fix]: one.frees for one in after.fixes} == before.fixes
    other = stepped(FOUND, [replace(before, pupils=320, sheds={})], KEYS)
    assert other is not None
    if changes != {"can_walk": 181}:  # beside 320 pupils that is a step on one side and none on the other
        assert (other.can_walk, other.cannot_walk, other.fixes) == (None, None, [])


def test_a_fix_that_surely_frees_enough_more_is_told() -> None:
    found = replace(FOUND, fixes=[FixShown(0, 50), FixShown(1, 21)])
    after = stepped(found, [earlier()], KEYS)
    assert after is not None
    assert after.fixes == found.fixes
    after = stepped(replace(found, fixes=[FixShown(0, 50), FixShown(1, 20)]), [earlier()], KEYS)
    assert after is not None
    assert after.fixes == FOUND.fixes


@pytest.mark.parametrize(("tried", "gone"), [((0, 1), True), ((0,), False)])
def test_a_fix_that_nobody_tried_this_time_is_told_as_it_was(tried: tuple[int, ...], gone: bool) -> None:
    before = earlier(fixes={SIGNAL: 50, ISLAND: 21})
    after = stepped(replace(FOUND, tried=frozenset(tried)), [before], KEYS)
    assert after is not None
    assert after.fixes == ([FixShown(0, 50)] if gone else [FixShown(0, 50), FixShown(1, 21)])


def test_a_fix_that_was_made_is_told_no_more() -> None:
    found = replace(FOUND, fixes=[], tried=frozenset((0,)))
    after = stepped(found, [earlier(fixes={ISLAND: 15})], [SIGNAL])
    assert after is not None
    assert after.fixes == []
