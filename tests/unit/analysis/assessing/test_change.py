"""Change is told over what was rated twice, across versions too."""

from __future__ import annotations

import pytest
from hypothesis import given

from schoolward.analysis.assessing.change import Direction, Walk, change
from schoolward.analysis.assessing.crosswalk import Crosswalk, Edition, Link, Place, Relation, Threads
from schoolward.analysis.assessing.instrument import Answer, Mark
from schoolward.analysis.assessing.scoring import AnswerProblem, scores
from unit.analysis.assessing.invented import MIXED, answers_to, instrument, item

NONE = Threads([])
ONE, TWO = Edition("invented", "1"), Edition("invented", "2")


def test_by_hand_within_one_edition() -> None:
    asked = instrument(*(item(code) for code in "ABCDEFG"), item("H", weight=3.0, area="buildings"))
    then: dict[str, Answer] = {"A": 0, "B": 2, "C": 3, "D": 3, "E": 2, "F": Mark.UNOBSERVED, "G": 1, "H": 0}
    now: dict[str, Answer] = {
        "A": 2,
        "B": 3,
        "C": 3,
        "D": 2,
        "E": 1,
        "F": 3,
        "G": Mark.DOES_NOT_EXIST,
        "H": 1,
    }

    found = change(Walk(asked, then), Walk(asked, now), NONE)

    assert [one.direction for one in found.items] == [
        Direction.MENDED,
        Direction.BETTER,
        Direction.UNCHANGED,
        Direction.WORSE,
        Direction.NEWLY_FAILED,
        Direction.NOT_COMPARED,
        Direction.NOT_COMPARED,
        Direction.BETTER,
    ]
    # Thirds: then 0 2 3 3 2 and three times 0; now 2 3 3 2 1 and three times 1; over weights of 8.
    assert (found.score.then, found.score.now) == pytest.approx((100 * 10 / 24, 100 * 14 / 24))
    assert found.score.difference == pytest.approx(100 * 4 / 24)
    assert found.score.items == 6
    assert found.by_area["buildings"].difference == pytest.approx(100 / 3)
    assert found.by_section["one"] == found.score
    assert (found.ended, found.begun) == ((), ())
    assert found.count(Direction.NOT_COMPARED) == 2


def test_a_trend_survives_a_change_of_version() -> None:
    """B becomes B2 on a scale of ten, C ends, D begins; that A is A, the crosswalk says too."""
    old = instrument(item("A"), item("B"), item("C"))
    new = instrument(item("A"), item("B2", scale="ten", fails_at=5, weight=2.0), item("D"), version="2")
    same = Crosswalk(
        "one-two",
        "From one to two",
        (),
        (
            Link(Place(ONE, "A"), Relation.SAME, Place(TWO, "A")),
            Link(Place(ONE, "B"), Relation.SAME, Place(TWO, "B2")),
            Link(Place(ONE, "C"), Relation.RELATED, Place(TWO, "D")),
        ),
        (),
        (),
    )

    found = change(Walk(old, {"A": 3, "B": 1, "C": 3}), Walk(new, {"A": 3, "B2": 7, "D": 3}), Threads([same]))

    assert [(one.item_then.code, one.item.code, one.direction) for one in found.items] == [
        ("A", "A", Direction.UNCHANGED),
        ("B", "B2", Direction.MENDED),
    ]
    assert found.items[1].step == pytest.approx(6 / 9 - 1 / 3)
    assert (found.score.then, found.score.now) == pytest.approx(
        (100 * (1 + 2 / 3) / 3, 100 * (1 + 4 / 3) / 3)
    )
    assert ([one.code for one in found.ended], [one.code for one in found.begun]) == (["C"], ["D"])


def test_an_equal_code_is_not_the_same_unless_it_is_said() -> None:
    old, new = instrument(item("A")), instrument(item("A"), version="2")
    found = change(Walk(old, {"A": 0}), Walk(new, {"A": 3}), NONE)
    assert (found.items, found.score.difference, found.score.items) == ((), None, 0)
    assert ([one.code for one in found.ended], [one.code for one in found.begun]) == (["A"], ["A"])


def test_bands_are_those_of_each_time() -> None:
    then, now = Walk(MIXED, {}, {"high"}), Walk(MIXED, {}, {"middle"})
    found = change(then, now, NONE)
    assert [one.code for one in found.ended] == ["I0", "I4", "I8"]
    assert len(found.items) == 9


@given(answers_to(MIXED), answers_to(MIXED))
def test_it_turns_around_with_time(then: dict[str, Answer], now: dict[str, Answer]) -> None:
    forth = change(Walk(MIXED, then), Walk(MIXED, now), NONE)
    back = change(Walk(MIXED, now), Walk(MIXED, then), NONE)
    opposite = {
        Direction.MENDED: Direction.NEWLY_FAILED,
        Direction.NEWLY_FAILED: Direction.MENDED,
        Direction.BETTER: Direction.WORSE,
        Direction.WORSE: Direction.BETTER,
    }
    for one, other in zip(forth.items, back.items, strict=True):
        assert opposite.get(one.direction, one.direction) is other.direction
        assert one.step == (None if other.step is None else -other.step)
    assert (forth.score.then, forth.score.now) == (back.score.now, back.score.then)
    assert sum(forth.count(direction) for direction in Direction) == len(MIXED.items)


@given(answers_to(MIXED))
def test_what_is_compared_with_itself_has_its_own_score(answers: dict[str, Answer]) -> None:
    found = change(Walk(MIXED, answers), Walk(MIXED, answers), NONE)
    value = scores(MIXED, answers).total.value
    assert found.score.then == found.score.now == (None if value is None else pytest.approx(value))
    assert {one.direction for one in found.items} <= {Direction.UNCHANGED, Direction.NOT_COMPARED}


def test_an_answer_that_is_none_is_refused() -> None:
    with pytest.raises(AnswerProblem):
        change(Walk(MIXED, {"I1": 9}), Walk(MIXED, {}), NONE)
