"""Matching: the rules decide, and nothing about the child orders what fits alike."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date

import pytest

from schoolward.domains.cases.matching import Answer, Candidate, Facts, find, of_age, to_be_asked

TODAY = date(2012, 9, 6)
PLAIN = Candidate("a", "A", (), None, None, None, ("en",), True, True, 3, None, TODAY, None)
FACTS = Facts(14, "es")


def order(*candidates: Candidate, facts: Facts = FACTS) -> list[str]:
    found = find(candidates, facts, today=TODAY)
    return [match.candidate.key for match in (*found.best, *found.further)]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"min_age": 15}, "It is for those from 15 on."),
        ({"max_age": 13}, "It is for those up to 13."),
        ({"is_running": False}, "It does not run at the moment."),
        ({"takes_new": False}, "It takes nobody new at the moment."),
    ],
)
def test_what_does_not_fit_says_why(change: dict[str, object], why: str) -> None:
    found = find([replace(PLAIN, **change)], FACTS, today=TODAY)  # type: ignore[arg-type]
    assert (found.best, found.not_these[0].against) == ((), (why,))


@pytest.mark.parametrize("age", [10, 14, 17])
def test_the_ends_of_the_ages_fit(age: int) -> None:
    (match,) = find([replace(PLAIN, min_age=10, max_age=17)], Facts(age, "en"), today=TODAY).best
    assert match.met == ("The age fits.", "It speaks the family's language.")


@pytest.mark.parametrize(
    ("answer", "fits", "to_ask"), [(Answer.YES, True, 0), (Answer.NO, False, 0), (None, True, 1)]
)
def test_a_requirement_is_met_not_met_or_to_be_asked(answer: Answer | None, fits: bool, to_ask: int) -> None:
    ruled = replace(PLAIN, requirements=("A parent comes along",))
    answers = {} if answer is None else {"A parent comes along": answer}
    found = find([ruled], Facts(14, "en", answers), today=TODAY)
    (match,) = found.best or found.not_these
    assert (match.fits, len(match.to_ask)) == (fits, to_ask)


def test_order_is_by_open_questions_place_beginning_nearness_and_name() -> None:
    ruled = replace(PLAIN, requirements=("Is 10 to 17 years old.",))
    worst = replace(PLAIN, key="asks", requirements=("A question",))
    full = replace(ruled, key="full", vacant=0)
    unknown = replace(ruled, key="unknown", vacant=None)
    later = replace(ruled, key="later", starts_on=date(2012, 10, 1))
    far = replace(ruled, key="far", metres=900.0)
    near = replace(ruled, key="near", metres=100.0)
    assert order(worst, full, unknown, later, far, near) == [
        "near",
        "far",
        "later",
        "unknown",
        "full",
        "asks",
    ]


def test_three_are_shown_first_and_none_is_lost() -> None:
    many = [replace(PLAIN, key=str(n), title=str(n)) for n in range(5)]
    found = find(many, FACTS, today=TODAY)
    assert [len(found.best), len(found.further), len(found.not_these)] == [3, 2, 0]


def test_no_fact_of_the_child_is_more_than_an_age_a_language_and_answers() -> None:
    assert {field.name for field in fields(Facts)} == {"age", "language", "answers"}
    same = [replace(PLAIN, key="x", title="X"), replace(PLAIN, key="y", title="Y")]
    assert order(*same, facts=Facts(11, "vi")) == order(*same, facts=Facts(17, "en")) == ["x", "y"]


@pytest.mark.parametrize(
    ("requirement", "age", "answer"),
    [
        ("Is 10 to 17 years old.", 10, Answer.YES),
        ("Is 10 to 17 years old.", 18, Answer.NO),
        ("Is 10 to 17 years old and comes along.", 14, None),
        ("Is in grade 9, 10 or 11.", 14, None),
    ],
)
def test_an_age_in_a_rule_is_not_asked_for(requirement: str, age: int, answer: Answer | None) -> None:
    assert of_age(requirement, age) == answer


def test_nothing_is_asked_for_a_program_that_cannot_be() -> None:
    ruled = replace(PLAIN, requirements=("A question", "Is 10 to 17 years old."))
    too_old = replace(PLAIN, key="old", min_age=16, requirements=("Another question",))
    assert to_be_asked([ruled, too_old, ruled], FACTS, today=TODAY) == ["A question"]


def test_no_written_rules_is_no_yes() -> None:
    free = replace(PLAIN, key="free", metres=1.0)
    asks = replace(PLAIN, key="asks", requirements=("A question", "Another"), vacant=0)
    assert order(free, asks) == ["asks", "free"]
    found = find([free], FACTS, today=TODAY)
    assert [match.is_ruled for match in found.best] == [False]
