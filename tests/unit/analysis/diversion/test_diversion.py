"""Eligibility by written rules, contracts and sealing clocks, by cases and for all facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.diversion import (
    Answer,
    Facts,
    Level,
    Proof,
    RulesFault,
    SealingPath,
    Step,
    Term,
    TermKind,
    TermState,
    confidential_since,
    contract_standing,
    eligibility,
    read_rules,
    sealing_clocks,
    sealing_law,
    terms_of,
)
from schoolward.analysis.offences import Category

HEAD = """
key = "invented"
title = "Invented rules"
invented = true
"""
EDITION = """
[[edition]]
number = {number}
valid_from = {begins}
{ends}
written_by = "Invented board"
source = "Invented manual"
months = 6
[[edition.rule]]
key = "age"
says = "Between 10 and 17 years old."
test = "age_between"
low = 10
high = 17
[[edition.rule]]
key = "kinds"
says = "What it was about is on the list."
test = "offence_in"
names = ["vandalism", "theft", "disorder"]
[[edition.rule]]
key = "level"
says = "No felony."
test = "level_in"
names = ["infraction", "misdemeanor"]
[[edition.rule]]
key = "first"
says = "The first or second time."
test = "diverted_fewer_than"
count = 2
[[edition.rule]]
key = "recent"
says = "Not within a year of another."
test = "not_diverted_within"
months = 12
[[edition.rule]]
key = "accepts"
says = "The youth accepts responsibility."
test = "accepts_responsibility"
[[edition.term]]
kind = "service_hours"
amount = 20
days = 120
[[edition.term]]
kind = "essay"
days = 30
"""
ONE = EDITION.format(number=1, begins="2010-09-01", ends="valid_to = 2012-06-30")
TWO = EDITION.format(number=2, begins="2012-07-01", ends="").replace("high = 17", "high = 16")
RULES = read_rules(HEAD + ONE + TWO)
DAY = date(2012, 9, 6)
GOOD = Facts(DAY, 15, Category.VANDALISM, Level.MISDEMEANOR, (), accepts_responsibility=True)


def _answer(facts: Facts) -> Answer:
    edition = RULES.on(facts.on)
    assert edition is not None
    return eligibility(facts, edition).answer


@pytest.mark.parametrize(
    ("change", "answer", "reason"),
    [
        ({}, Answer.YES, None),
        ({"age": 17}, Answer.NO, "Age 17 on the day; the rule says 10 to 16."),
        ({"age": 17, "on": date(2012, 6, 30)}, Answer.YES, None),  # the edition of the day of the event
        ({"age": None}, Answer.NOT_KNOWN, "The age on the day is not known."),
        ({"offence": Category.ROBBERY}, Answer.NO, "“Robbery” is not on the list."),
        ({"level": Level.FELONY}, Answer.NO, "The law calls it a felony."),
        ({"level": Level.INFRACTION}, Answer.YES, None),
        ({"diverted_on": (date(2011, 9, 5),)}, Answer.YES, None),
        (
            {"diverted_on": (date(2011, 9, 6),)},
            Answer.NO,
            "An earlier diversion on 2011-09-06, within 12 months.",
        ),
        (
            {"diverted_on": (date(2010, 1, 1), date(2011, 1, 1))},
            Answer.NO,
            "2 earlier diversions; the rule says fewer than 2.",
        ),
        ({"diverted_on": (DAY, DAY + timedelta(days=3))}, Answer.YES, None),  # none of them earlier
        ({"diverted_on": None}, Answer.NOT_KNOWN, "Whether there was an earlier diversion is not known."),
        ({"accepts_responsibility": False}, Answer.NO, "The youth accepts responsibility: no."),
        ({"accepts_responsibility": None, "level": Level.FELONY}, Answer.NO, "The law calls it a felony."),
    ],
)
def test_each_rule_answers_with_its_reason(change: dict, answer: Answer, reason: str | None) -> None:
    facts = replace(GOOD, **change)
    edition = RULES.on(facts.on)
    assert edition is not None
    found = eligibility(facts, edition)
    assert found.answer is answer
    told = [one.reason for one in (*found.against, *found.to_ask)]
    assert (reason in told) if reason else not told
    assert len(found.answers) == len(edition.rules)


def test_no_edition_no_answer() -> None:
    assert RULES.on(date(2010, 8, 31)) is None
    assert RULES.numbered(2) is RULES.on(DAY)
    assert RULES.numbered(9) is None


UNKNOWN = {
    "age": st.integers(8, 19),
    "offence": st.sampled_from(Category),
    "level": st.sampled_from(Level),
    "diverted_on": st.lists(st.dates(date(2009, 1, 1), DAY), max_size=3).map(tuple),
    "accepts_responsibility": st.booleans(),
}


@given(st.fixed_dictionaries(UNKNOWN), st.sets(st.sampled_from(sorted(UNKNOWN))))
def test_learning_more_never_turns_an_answer(facts: dict, unknown: set[str]) -> None:
    """Yes and no stay what they are; only "not known yet" becomes one of them."""
    whole = _answer(Facts(DAY, **facts))
    assert whole is not Answer.NOT_KNOWN
    partly = _answer(Facts(DAY, **{name: None if name in unknown else facts[name] for name in facts}))
    assert partly in (whole, Answer.NOT_KNOWN)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "The file has no key"),
        ("key = [", "This is no TOML"),
        (HEAD, "has no edition"),
        (HEAD + ONE.replace("number = 1", ""), "Edition without a number has no number"),
        (HEAD + ONE.replace('source = "Invented manual"', ""), "Edition 1 has no source"),
        (HEAD + ONE.replace('"age_between"', '"looks_bad"'), "rule age: there is no test 'looks_bad'"),
        (HEAD + ONE.replace("low = 10\n", ""), "rule age: age_between takes high, low"),
        (HEAD + ONE.replace("low = 10", "low = 18"), "the highest age is below the lowest"),
        (HEAD + ONE.replace('"theft"', '"stealing"'), "rule kinds: stealing is not known"),
        (HEAD + ONE.replace("count = 2", "count = -2"), "rule first: write whole numbers from 0"),
        (HEAD + ONE.replace('key = "level"', 'key = "age"'), "two rules of one key"),
        (HEAD + ONE.replace('kind = "essay"', 'kind = "song"'), "no kind of term 'song'"),
        (HEAD + ONE.replace("days = 30", "days = 0"), "write an amount and days from 1"),
        (HEAD + TWO + ONE, "Edition 1 begins on 2010-09-01: end edition 2 before"),
        (HEAD + ONE.replace('written_by = "Invented board"', "score = 3"), "has no written_by"),
    ],
)
def test_a_file_that_cannot_be_rules_is_refused(text: str, message: str) -> None:
    with pytest.raises(RulesFault, match=message):
        read_rules(text)


SIGNED = date(2012, 9, 6)
TERMS = terms_of(RULES.editions[1].terms, SIGNED)


def test_terms_run_from_the_signature() -> None:
    assert (
        Term(TermKind.ESSAY, 1, SIGNED + timedelta(days=30)),
        Term(TermKind.SERVICE_HOURS, 20, SIGNED + timedelta(days=120)),
    ) == TERMS


def test_proofs_add_up_and_lateness_is_by_the_day() -> None:
    due = TERMS[0].due_on
    proofs = [Proof(1, 12, SIGNED), Proof(1, 8, SIGNED + timedelta(days=40)), Proof(0, 1, due)]
    early = contract_standing(TERMS, proofs, due - timedelta(days=1))
    assert [one.state for one in early.terms] == [TermState.OPEN, TermState.OPEN]
    assert (early.next_due, early.late, early.is_kept) == (due, 0, False)
    unproven = contract_standing(TERMS, proofs[:2], due + timedelta(days=1))
    assert (unproven.late, unproven.terms[0].state) == (1, TermState.LATE)
    done = contract_standing(TERMS, proofs, SIGNED + timedelta(days=40))
    assert done.is_kept
    assert done.terms[1].done_on == SIGNED + timedelta(days=40)
    assert done.next_due is None
    assert not contract_standing((), (), SIGNED).is_kept
    with pytest.raises(IndexError):
        contract_standing(TERMS, [Proof(2, 1, SIGNED)], SIGNED)
    with pytest.raises(ValueError, match="at least 1"):
        contract_standing(TERMS, [Proof(0, 0, SIGNED)], SIGNED)


def test_each_sealing_clock_begins_with_the_deed_before_it() -> None:
    completed = date(2023, 3, 1)
    (first,) = sealing_clocks(SealingPath.PROBATION, completed, {}, sealing_law())
    assert (first.step, first.due_on) == (Step.DETERMINATION, completed + timedelta(days=60))
    done = {Step.DETERMINATION: date(2023, 3, 20), Step.AGENCY_TOLD: date(2023, 3, 22)}
    clocks = sealing_clocks(SealingPath.PROBATION, completed, done, sealing_law())
    assert [clock.step for clock in clocks] == [Step.DETERMINATION, Step.AGENCY_TOLD, Step.SEALED]
    sealed = clocks[-1]
    assert sealed.due_on == date(2023, 3, 22) + timedelta(days=60)
    assert not sealed.is_late(date(2023, 5, 21))
    assert sealed.is_late(date(2023, 5, 22))
    done[Step.SEALED] = date(2023, 4, 1)
    told = sealing_clocks(SealingPath.PROBATION, completed, done, sealing_law())[-1]
    assert (told.step, told.due_on) == (Step.MINOR_TOLD, date(2023, 5, 1))
    with pytest.raises(ValueError, match="before 2023-03-20, when it begins"):
        sealing_clocks(SealingPath.PROBATION, completed, done | {Step.AGENCY_TOLD: completed}, sealing_law())


def test_no_clock_before_there_was_a_law() -> None:
    assert sealing_clocks(SealingPath.POLICE, date(2012, 9, 6), {}, sealing_law()) == ()
    assert confidential_since(SealingPath.POLICE, date(2020, 12, 31), sealing_law()) is None
    rule = confidential_since(SealingPath.POLICE, date(2021, 1, 1), sealing_law())
    assert rule is not None
    assert "827.95" in rule.citation
    # Police diversion has no determination by probation: the provider's notice is the first.
    (first,) = sealing_clocks(SealingPath.POLICE, date(2023, 3, 1), {}, sealing_law())
    assert first.step is Step.AGENCY_TOLD
