"""How well two records agree, fact by fact."""

from __future__ import annotations

import numpy as np
import pytest

from schoolward.analysis.linkage import strings
from schoolward.analysis.linkage.comparing import Pairs, levels_of, nickname_keys, patterns
from schoolward.analysis.linkage.levels import COMPARISONS
from schoolward.analysis.linkage.people import gather
from unit.analysis.linkage.invented import Person, table

BASE = Person(
    given="Jonah",
    middle="Reed",
    surname="Garcia",
    birth_date="2010-03-05",
    sex="m",
    student_id="481516",
    address="12 Elm Street",
    city="Sacramento",
    postcode="95814",
    phone="916-555-0100",
)


def compared(one: Person, other: Person, nicknames: dict[str, set[str]] | None = None) -> dict[str, str]:
    """Return the names of the levels by field."""
    people = gather(table([one], "a"), table([other], "b"))
    keys = nickname_keys(people, nicknames) if nicknames else None
    found = patterns(people, Pairs(np.array([0], np.int32), np.array([1], np.int32)), keys)
    return {
        comparison.field: comparison.levels[int(level[0])].name
        for comparison, level in zip(COMPARISONS, levels_of(found), strict=True)
    }


@pytest.mark.parametrize(
    ("field", "one", "other", "level"),
    [
        ("given", "Jonah", "JONAH ", "equal"),
        ("given", "Jonah", "Jonh", "near"),
        ("given", "Jonah", "Jona", "near"),
        ("given", "Katrin", "Catrine", "alike"),
        ("given", "Jonah", "J", "alike"),
        ("given", "Jonah", "Peter", "different"),
        ("given", "Jonah", "", "missing"),
        ("given", "J", "J.", "same initial"),
        ("given", "Baby Boy", "Baby Boy", "missing"),
        ("given", "Twin A", "Twin B", "missing"),
        ("given", "Mary Ann", "Maryann", "equal"),
        ("given", "Zoë", "Zoe", "equal"),
        ("middle", "Reed", "R", "initial agrees"),
        ("middle", "Reed", "Q", "different"),
        ("middle", "Reed", "Paul", "different"),
        ("middle", "Reed", "", "given once"),
        ("middle", "", "", "missing"),
        ("surname", "Garcia", "Garcai", "near"),
        ("surname", "Garcia", "Garcia-Lopez", "alike"),
        ("surname", "Lopez", "Garcia-Lopez", "alike"),
        ("surname", "de la Cruz", "Cruz", "different"),
        ("surname", "Smith", "Smyth", "alike"),
        ("surname", "Garcia", "Novak", "different"),
        ("surname", "Garcia Jr", "Garcia", "equal"),
        ("suffix", "Jr", "junior", "equal"),
        ("suffix", "Jr", "III", "different"),
        ("suffix", "Jr", "", "given once"),
        ("birth_date", "2010-03-05", "3/5/2010", "equal"),
        ("birth_date", "2010-03-05", "2010-05-03", "day and month swapped"),
        ("birth_date", "2010-03-05", "2010-03-06", "one slip"),
        ("birth_date", "2010-03-15", "2010-03-51", "one slip"),
        ("birth_date", "2010-03-05", "2010-03-28", "two of three parts equal"),
        ("birth_date", "2010-03-05", "2012-03-05", "one slip"),
        ("birth_date", "2010-03-05", "1998-03-05", "two of three parts equal"),
        ("birth_date", "2010-03-05", "2011-07-21", "different"),
        ("birth_date", "2010-03-05", "", "missing"),
        ("sex", "m", "male", "equal"),
        ("sex", "m", "f", "different"),
        ("student_id", "481516", "0048-1516", "equal"),
        ("student_id", "481516", "841516", "one slip"),
        ("student_id", "481516", "48151", "one slip"),
        ("student_id", "481516", "481517", "neighbouring numbers"),
        ("student_id", "481516", "233499", "different"),
    ],
)
def test_one_fact(field: str, one: str, other: str, level: str) -> None:
    pair = (
        Person(**{**vars_of(BASE), field: one}),
        Person(**{**vars_of(BASE), field: other}),
    )
    assert compared(*pair)[field] == level
    assert compared(*reversed(pair))[field] == level


def vars_of(person: Person) -> dict[str, str]:
    return {field: getattr(person, field) for field in Person.__dataclass_fields__}


def test_swapped_names_are_counted_once() -> None:
    swapped = Person(**{**vars_of(BASE), "given": "Garcia", "surname": "Jonah"})
    levels = compared(BASE, swapped)
    assert levels["given"] == "swapped with surname"
    assert levels["surname"] == "swapped with first name"


def test_a_middle_name_in_the_first_names_cell() -> None:
    levels = compared(
        Person(**{**vars_of(BASE), "given": "Mary Ann", "middle": ""}),
        Person(**{**vars_of(BASE), "given": "Mary", "middle": "Ann"}),
    )
    assert (levels["given"], levels["middle"]) == ("equal", "missing")


def test_nicknames_are_what_the_district_says() -> None:
    pair = Person(given="Elizabeth", surname="A"), Person(given="Liz", surname="A")
    assert compared(*pair)["given"] == "different"
    assert compared(*pair, {"elizabeth": {"liz"}})["given"] == "nickname"


@pytest.mark.parametrize(
    ("changed", "level"),
    [
        ({}, "same in all"),
        ({"address": "99 Oak Ave", "city": "", "postcode": ""}, "same"),  # the telephone
        ({"phone": ""}, "same in all"),
        ({"phone": "", "postcode": "95820"}, "same"),
        ({"phone": "", "postcode": "95820", "city": "Lodi"}, "mostly the same"),
        ({"phone": "", "address": "99 Oak Ave"}, "partly the same"),
        ({"phone": "", "address": "99 Oak Ave", "city": "Lodi"}, "one thing the same"),
        ({"phone": "", "address": "99 Oak Ave", "city": "Lodi", "postcode": "95240"}, "different"),
        ({"phone": "", "address": "", "city": "", "postcode": ""}, "missing"),
    ],
)
def test_all_of_a_household_is_one_fact(changed: dict[str, str], level: str) -> None:
    assert compared(BASE, Person(**{**vars_of(BASE), **changed}))["household"] == level


def test_slips_of_digits() -> None:
    one = np.array([20100305, 20100305, 20100305, 20100305], np.int32)
    other = np.array([20100305, 20110305, 21000305, 20110306], np.int32)
    assert strings.one_slip_of_digits(one, other, 8).tolist() == [False, True, True, False]
