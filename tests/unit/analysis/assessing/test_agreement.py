"""Weighted kappa by definition, by a worked example, by its own derivative, and where it says nothing."""

from __future__ import annotations

import math
import random
from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.assessing.agreement import (
    FEWEST_FOR_INTERVAL,
    DisputeKind,
    Weighting,
    agreement,
    weighted_kappa,
    word_for,
)
from schoolward.analysis.assessing.instrument import Answer, Mark
from schoolward.analysis.assessing.scoring import AnswerProblem
from unit.analysis.assessing.invented import MIXED, answers_to, instrument, item

SCALE = (0, 1, 2, 3)
PAIRS = st.lists(st.tuples(st.sampled_from(SCALE), st.sampled_from(SCALE)), min_size=1, max_size=40)
WEIGHTINGS = pytest.mark.parametrize("weighting", Weighting)


def disagreement(one: int, two: int, weighting: Weighting) -> float:
    return abs(one - two) ** (1 if weighting is Weighting.LINEAR else 2)


def slow_kappa(pairs: list[tuple[int, int]], weighting: Weighting) -> float | None:
    """One less the mean disagreement of the pairs, over that of everybody's rating with everybody's."""
    found = sum(disagreement(one, two, weighting) for one, two in pairs) / len(pairs)
    chance = sum(disagreement(one, two, weighting) for (one, _), (_, two) in product(pairs, pairs))
    return None if chance == 0 else 1 - found / (chance / len(pairs) ** 2)


@WEIGHTINGS
@given(pairs=PAIRS)
def test_it_agrees_with_the_slow_definition(weighting: Weighting, pairs: list[tuple[int, int]]) -> None:
    found = weighted_kappa(pairs, SCALE, weighting)
    slow = slow_kappa(pairs, weighting)
    assert found.value == (None if slow is None else pytest.approx(slow))
    assert found.value is None or found.value <= 1 + 1e-12


@WEIGHTINGS
@given(pairs=PAIRS)
def test_neither_the_order_nor_the_direction_of_the_scale_matters(
    weighting: Weighting, pairs: list[tuple[int, int]]
) -> None:
    found = weighted_kappa(pairs, SCALE, weighting).value
    swapped = [(two, one) for one, two in pairs]
    mirrored = [(3 - one, 3 - two) for one, two in pairs]
    wider = [(10 * one, 10 * two) for one, two in pairs]
    for same, scale in ((swapped, SCALE), (mirrored, SCALE), (pairs[::-1], SCALE), (wider, (0, 10, 20, 30))):
        assert weighted_kappa(same, scale, weighting).value == (
            None if found is None else pytest.approx(found)
        )


@WEIGHTINGS
def test_two_categories_are_cohens_own_kappa(weighting: Weighting) -> None:
    """20 times both yes, 15 both no, 5 and 10 split: agreement 0.7, by chance 0.5, kappa 0.4."""
    pairs = [(1, 1)] * 20 + [(1, 0)] * 5 + [(0, 1)] * 10 + [(0, 0)] * 15
    found = weighted_kappa(pairs, (0, 1), weighting)
    assert (found.value, found.observed, found.expected) == pytest.approx((0.4, 0.7, 0.5))
    assert "fair: kappa 0.40 over 50 items, 95 % interval" in found.sentence


@WEIGHTINGS
@pytest.mark.parametrize("seed", range(5))
def test_the_interval_is_that_of_the_delta_method(weighting: Weighting, seed: int) -> None:
    """The variance of a function of shares is that of its slope: taken here by small steps."""
    dice = random.Random(seed)
    pairs = [(one, min(3, max(0, one + dice.choice((-1, 0, 0, 1, 2))))) for one in dice.choices(SCALE, k=60)]
    cells = {pair: count / 60 for pair, count in Counter(pairs).items()}

    def kappa(shares: dict[tuple[int, int], float]) -> float:
        # As a function of shares that need not add up to 1: its slope along the total is taken out below.
        rows, columns = Counter[int](), Counter[int]()
        for (one, two), share in shares.items():
            rows[one] += share  # type: ignore[assignment]
            columns[two] += share  # type: ignore[assignment]
        found = sum(disagreement(one, two, weighting) * share for (one, two), share in shares.items())
        chance = sum(
            disagreement(one, two, weighting) * rows[one] * columns[two] for one, two in product(SCALE, SCALE)
        )
        return 1 - found / chance

    step = 1e-6
    slopes = {
        cell: (kappa({**cells, cell: share + step}) - kappa({**cells, cell: share - step})) / (2 * step)
        for cell, share in cells.items()
    }
    mean = sum(slopes[cell] * share for cell, share in cells.items())
    variance = sum(slopes[cell] ** 2 * share for cell, share in cells.items()) - mean**2
    found = weighted_kappa(pairs, SCALE, weighting)
    assert found.value is not None
    assert found.low == pytest.approx(found.value - 1.959964 * math.sqrt(variance / 60), abs=1e-5)
    assert found.high == pytest.approx(min(1.0, found.value + 1.959964 * math.sqrt(variance / 60)), abs=1e-5)


@WEIGHTINGS
@pytest.mark.parametrize(
    ("pairs", "value", "says"),
    [
        ([], None, "no item was rated by both"),
        ([(2, 2)] * 30, None, "says nothing: both gave all 30 items the same one rating"),
        ([(2, 2), (1, 1)] * 15, 1.0, "almost perfect: kappa 1.00 over 30 items."),
        ([(2, one) for one in SCALE] * 2, 0.0, "as always where one of the two gave every item the same"),
        ([(0, 3), (3, 0)], -1.0, "poor: kappa -1.00 over 2 items; too few for an interval."),
    ],
)
def test_where_it_says_little(
    weighting: Weighting, pairs: list[tuple[int, int]], value: float | None, says: str
) -> None:
    found = weighted_kappa(pairs, SCALE, weighting)
    assert found.value == (None if value is None else pytest.approx(value))
    assert (found.low, found.high) == (None, None)
    assert says in found.sentence
    assert found.items == len(pairs)


def test_an_interval_needs_items() -> None:
    pairs = [(0, 1), (1, 1), (2, 2), (3, 2)] * 5
    assert len(pairs) == FEWEST_FOR_INTERVAL
    assert weighted_kappa(pairs, SCALE, Weighting.LINEAR).low is not None
    assert weighted_kappa(pairs[1:], SCALE, Weighting.LINEAR).low is None


@pytest.mark.parametrize(("pairs", "scale"), [([(0, 4)], SCALE), ([(0, 0)], (0,))])
def test_what_is_no_rating_is_refused(pairs: list[tuple[int, int]], scale: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="not of the scale"):
        weighted_kappa(pairs, scale, Weighting.LINEAR)


@pytest.mark.parametrize(
    ("kappa", "word"),
    [
        (-0.1, "poor"),
        (0.0, "slight"),
        (0.2, "slight"),
        (0.21, "fair"),
        (0.41, "moderate"),
        (0.61, "substantial"),
        (0.81, "almost perfect"),
        (1.0, "almost perfect"),
    ],
)
def test_the_customary_words(kappa: float, word: str) -> None:
    assert word_for(kappa) == word


def test_disputes_come_in_the_order_in_which_to_settle_them() -> None:
    asked = instrument(
        item("A", severity="low"),
        item("B", severity="low"),
        item("C", severity="urgent"),
        item("D", severity="high"),
        item("E"),
        item("F"),
        item("G"),
        item("H", fails_at=None, severity=""),
    )
    first: dict[str, Answer] = {"A": 1, "B": 3, "C": 3, "D": 1, "E": 2, "F": 2, "G": 3, "H": 0}
    second: dict[str, Answer] = {
        "A": 2,
        "B": 2,
        "C": 2,
        "D": Mark.DOES_NOT_EXIST,
        "E": 2,
        "F": Mark.UNOBSERVED,
    }
    second["H"] = 3

    found = agreement(asked, first, second)

    assert [(one.item.code, one.decides) for one in found.disputes] == [
        ("D", True),
        ("A", True),
        ("C", False),
        ("B", False),
        ("H", False),
    ]
    assert [one.kind for one in found.disputes[:2]] == [DisputeKind.EXISTENCE, DisputeKind.RATING]
    assert found.disputes[1].distance == pytest.approx(1 / 3)
    assert [one.code for one in found.seen_by_one] == ["F", "G"]
    assert found.linear["s"].items == 5
    assert found.linear["ten"].value is None
    assert (
        found.linear["s"].value
        == weighted_kappa([(1, 2), (3, 2), (3, 2), (2, 2), (0, 3)], SCALE, Weighting.LINEAR).value
    )


@given(answers_to(MIXED), answers_to(MIXED))
def test_two_assessors_are_compared_alike_from_both_sides(
    first: dict[str, Answer], second: dict[str, Answer]
) -> None:
    one, two = agreement(MIXED, first, second), agreement(MIXED, second, first)
    assert [(found.item, found.distance) for found in one.disputes] == [
        (found.item, found.distance) for found in two.disputes
    ]
    assert one.seen_by_one == two.seen_by_one
    for mine, theirs in ((one.linear, two.linear), (one.quadratic, two.quadratic)):
        for key, kappa in mine.items():
            assert kappa.value == (None if theirs[key].value is None else pytest.approx(theirs[key].value))
    assert sum(kappa.items for kappa in one.linear.values()) == sum(
        isinstance(first.get(i.code), int) and isinstance(second.get(i.code), int) for i in MIXED.items
    )


@given(answers_to(MIXED))
def test_nobody_disputes_with_himself(answers: dict[str, Answer]) -> None:
    found = agreement(MIXED, answers, answers)
    assert (found.disputes, found.seen_by_one) == ((), ())
    assert {kappa.value for kappa in found.quadratic.values()} <= {None, 1.0}


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(AnswerProblem, match="cannot be “9”"):
        agreement(MIXED, {}, {"I1": 9})
