"""Scores: what is not seen is never 0, and the interval holds whatever it turns out to be."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.assessing.instrument import BANDS, Answer, Mark
from schoolward.analysis.assessing.scoring import (
    AnswerProblem,
    Score,
    check_answers,
    failed_items,
    items_asked,
    score_of,
    scores,
)
from unit.analysis.assessing.invented import MARKS, MIXED, answers_to, instrument, item
from unit.analysis.assessing.shipped import shipped

SLACK = 1e-9
NEVER, UNSEEN = Mark.DOES_NOT_EXIST, Mark.UNOBSERVED


def total(answers: dict[str, Answer]) -> Score:
    return scores(MIXED, answers).total


@pytest.mark.parametrize(
    ("answers", "value", "low", "high", "coverage"),
    [
        ({}, None, 0, 100, 0),
        ({"A": 3, "B": 3, "C": 3}, 100, 100, 100, 100),
        ({"A": 0, "B": 0, "C": 0}, 0, 0, 0, 100),
        # (3/3 · 1 + 0 · 2) / 3, and C unseen with weight 1: 1/4 to 2/4, seen 3 of 4.
        ({"A": 3, "B": 0, "C": UNSEEN}, 100 / 3, 25, 50, 75),
        ({"A": 3, "B": 0}, 100 / 3, 25, 50, 75),
        ({"A": 3, "B": 0, "C": NEVER}, 100 / 3, 100 / 3, 100 / 3, 100),
        ({"A": NEVER, "B": NEVER, "C": NEVER}, None, None, None, None),
        ({"A": NEVER, "B": NEVER, "C": UNSEEN}, None, 0, 100, 0),
        # D has no weight: whatever stands there, nothing changes.
        ({"A": 3, "B": 3, "C": 3, "D": 0}, 100, 100, 100, 100),
    ],
)
def test_by_hand(
    answers: dict[str, Answer],
    value: float | None,
    low: float | None,
    high: float | None,
    coverage: float | None,
) -> None:
    asked = instrument(item("A"), item("B", weight=2.0), item("C"), item("D", weight=0.0))
    found = scores(asked, answers).total
    assert (found.value, found.low, found.high, found.coverage) == pytest.approx((value, low, high, coverage))
    assert found.asked == 3


@given(answers_to(MIXED))
def test_it_agrees_with_a_slow_exact_formula(answers: dict[str, Answer]) -> None:
    """Fractions, and one pass for each number, in place of sums of floats."""

    def weight(one: str) -> Fraction:
        return Fraction(MIXED.item(one).weight)

    def share(one: str) -> Fraction:
        values = [choice.value for choice in MIXED.scale_of(MIXED.item(one)).choices]
        return Fraction(int(answers[one]) - min(values), max(values) - min(values))

    codes = [one.code for one in MIXED.items if one.weight > 0]
    rated = [code for code in codes if isinstance(answers.get(code), int)]
    exist = [code for code in codes if answers.get(code) is not NEVER]
    gain = sum((weight(code) * share(code) for code in rated), Fraction(0))
    seen = sum((weight(code) for code in rated), Fraction(0))
    whole = sum((weight(code) for code in exist), Fraction(0))
    found = total(answers)
    assert found.value == (pytest.approx(float(100 * gain / seen)) if rated else None)
    assert found.low == (pytest.approx(float(100 * gain / whole)) if exist else None)
    assert found.high == (pytest.approx(float(100 * (gain + whole - seen) / whole)) if exist else None)
    assert found.coverage == (pytest.approx(float(100 * seen / whole)) if exist else None)
    assert (found.rated, found.rated + found.unobserved + found.unanswered) == (len(rated), len(exist))


@given(answers_to(MIXED), st.data())
def test_whatever_the_unseen_turns_out_to_be_the_score_stays_in_the_interval(
    answers: dict[str, Answer], data: st.DataObject
) -> None:
    before = total(answers)
    later = dict(answers)
    for one in MIXED.items:
        if answers.get(one.code) in (None, UNSEEN):
            values = [choice.value for choice in MIXED.scale_of(one).choices]
            found = data.draw(st.sampled_from([*values, NEVER, UNSEEN]))
            later[one.code] = found
    after = total(later)
    if after.value is not None:
        assert before.low is not None
        assert before.high is not None
        assert before.low - SLACK <= after.value <= before.high + SLACK


@given(answers_to(MIXED))
def test_the_interval_is_as_wide_as_what_was_not_covered(answers: dict[str, Answer]) -> None:
    found = total(answers)
    if found.low is not None and found.high is not None and found.coverage is not None:
        assert found.high - found.low == pytest.approx(100 - found.coverage, abs=1e-9)
        if found.value is not None:
            assert found.low - SLACK <= found.value <= found.high + SLACK


@given(answers_to(MIXED), st.sampled_from([one.code for one in MIXED.items]), MARKS)
def test_a_mark_weighs_nothing_in_the_score(answers: dict[str, Answer], code: str, mark: Mark) -> None:
    """Putting either mark on an item is the same to the score as never having asked it."""
    marked = {**answers, code: mark}
    others = [one for one in MIXED.items if one.code != code]
    assert total(marked).value == score_of(MIXED, others, answers).value


@given(answers_to(MIXED))
def test_a_better_rating_never_lowers_a_score(answers: dict[str, Answer]) -> None:
    before = total(answers)
    for one in MIXED.items:
        answer = answers.get(one.code)
        better = [
            c.value for c in MIXED.scale_of(one).choices if isinstance(answer, int) and c.value > answer
        ]
        if better and before.value is not None:
            after = total({**answers, one.code: min(better)}).value
            assert after is not None
            assert after >= before.value - SLACK


@given(answers_to(MIXED), st.sets(st.sampled_from(BANDS)))
def test_parts_hold_the_items_that_name_them(answers: dict[str, Answer], bands: set[str]) -> None:
    asked = items_asked(MIXED, bands)
    found = scores(MIXED, answers, bands)
    assert sum(part.asked for part in found.by_section.values()) == found.total.asked
    assert sum(part.asked for part in found.by_area.values()) == found.total.asked
    for principle, part in found.by_principle.items():
        assert principle
        assert part == score_of(MIXED, [one for one in asked if one.principle == principle], answers)
    for zone, part in found.by_zone.items():
        section = "one" if zone in ("gate", "yard") else "two"
        assert part == found.by_section[section]
    assert found.by_layer == {}


def test_bands_choose_the_items() -> None:
    assert len(items_asked(MIXED)) == 12
    assert [one.code for one in items_asked(MIXED, {"middle"})] == [
        one.code for one in MIXED.items if one.bands == frozenset(BANDS)
    ]
    assert items_asked(MIXED, {"middle", "high"}) == MIXED.items
    assert items_asked(MIXED, set()) == ()
    assert scores(MIXED, {"I0": 1}, {"middle"}).total.rated == 0
    with pytest.raises(ValueError, match="“upper” is no band"):
        items_asked(MIXED, {"upper"})


@pytest.mark.parametrize(
    ("answers", "says"),
    [
        ({"X": 1}, "“X” is no item of invented 1"),
        ({"I1": 4}, "I1 cannot be “4”; write one of 0, 1, 2, 3, dne, uto"),
        ({"I0": 0}, "I0 cannot be “0”; write one of 1, 2"),
    ],
)
def test_an_answer_that_is_none_is_refused(answers: dict[str, Answer], says: str) -> None:
    for call in (check_answers, scores, failed_items):
        with pytest.raises(AnswerProblem, match=says):
            call(MIXED, answers)


def test_what_failed_comes_gravest_first() -> None:
    answers: dict[str, Answer] = {one.code: 1 for one in MIXED.items}
    answers |= {"I1": UNSEEN, "I2": NEVER, "I3": 2}
    failed = failed_items(MIXED, answers)
    assert [one.code for one in failed] == ["I5", "I9", "I6", "I10", "I7", "I11", "I0", "I4", "I8"]
    assert failed_items(MIXED, {}) == ()


def test_an_ideal_school_scores_100_in_every_part() -> None:
    walk = shipped("cpted_school")
    found = scores(walk, {one.code: 3 for one in walk.items}, {"elementary"})
    parts = [found.total, *found.by_section.values(), *found.by_area.values(), *found.by_principle.values()]
    parts += [*found.by_layer.values(), *found.by_zone.values()]
    assert {part.value for part in parts} == {100.0}
    assert failed_items(walk, {one.code: 3 for one in walk.items}) == ()
