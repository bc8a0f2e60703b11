"""Twins and siblings are never merged by the machine, whatever clerks do to their records."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from schoolward.analysis.linkage import Decision, Thresholds, link
from unit.analysis.linkage.invented import District, Person, looks_the_same, table

FAMILIES = 1_000
SMALL = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def wrongly_same(
    first: list[Person], second: list[Person] | None, owner: dict[str, str]
) -> list[tuple[str, str]]:
    """Return the pairs of different people that were called the same, unless nobody could tell them apart."""
    linked = link(
        table(first, "a"),
        table(second, "b") if second is not None else None,
        thresholds=Thresholds(precision=0.9),
    )
    people = {f"a{number}": person for number, person in enumerate(first)}
    people |= {f"b{number}": person for number, person in enumerate(second or [])}
    return [
        (one.left, one.right)
        for one in linked.links(Decision.SAME)
        if owner[one.left] != owner[one.right] and not looks_the_same(people[one.left], people[one.right])
    ]


@pytest.mark.parametrize("numbers", [True, False], ids=["with numbers", "without"])
@pytest.mark.parametrize("slips", [0.0, 0.15])
@pytest.mark.parametrize("kin", ["twin", "sibling"])
def test_thousands_in_two_files(kin: str, slips: float, numbers: bool) -> None:
    """One child in the first file, the other in the second, and a third of the first ones in both."""
    district = District(21)
    firsts = [district.person() for _ in range(FAMILIES)]
    if not numbers:
        firsts = [replace(person, student_id="") for person in firsts]
    others = [getattr(district, kin)(person) for person in firsts]
    if not numbers:
        others = [replace(person, student_id="") for person in others]
    again = firsts[: FAMILIES // 3]
    second = [district.record(person, slips) for person in [*others, *again]]
    owner = {f"a{number}": f"first {number}" for number in range(FAMILIES)}
    owner |= {f"b{number}": f"other {number}" for number in range(FAMILIES)}
    owner |= {f"b{FAMILIES + number}": f"first {number}" for number in range(len(again))}
    recorded = [district.record(person, slips) for person in firsts]
    assert wrongly_same(recorded, second, owner) == []


def test_thousands_in_one_file() -> None:
    district = District(22)
    crowd, owner = [], {}
    for number in range(FAMILIES):
        person = district.person()
        for who, one in (
            ("first", person),
            ("twin", district.twin(person)),
            ("sibling", district.sibling(person)),
        ):
            owner[f"a{len(crowd)}"] = f"{who} {number}"
            crowd.append(district.record(one, 0.1))
    assert wrongly_same(crowd, None, owner) == []


def test_the_wall_is_no_closed_door() -> None:
    """That no twin is merged says nothing where nobody is: most clean records link by themselves."""
    district = District(23)
    known = [district.person() for _ in range(FAMILIES)]
    twins = [district.twin(person) for person in known]
    again = [district.record(person, 0.02) for person in known]
    linked = link(table([*known, *twins], "a"), table(again, "b"))
    right = {(f"a{number}", f"b{number}") for number in range(FAMILIES)}
    same = {(one.left, one.right) for one in linked.links(Decision.SAME)}
    assert len(same & right) > 0.9 * FAMILIES
    assert same <= right


FILLED = Person(
    "Jonah", "Reed", "Garcia", "", "2010-03-05", "m", "", "12 Elm St", "", "Lodi", "95814", "9165550100"
)
names = st.text("abcdeijklmnoprstuy", min_size=1, max_size=9)


@SMALL
@given(
    first=names,
    second=names,
    middles=st.tuples(st.sampled_from(["", "Reed", "R", "Paul"]), st.sampled_from(["", "Reed", "R", "Paul"])),
    suffixes=st.tuples(st.sampled_from(["", "Jr", "II"]), st.sampled_from(["", "Jr", "II"])),
    missing=st.sets(st.sampled_from(["given", "sex", "address", "phone", "birth_date", "surname"])),
    precision=st.sampled_from([0.6, 0.9, 0.999]),
)
def test_other_first_names_are_never_the_same_without_a_number(
    first: str,
    second: str,
    middles: tuple[str, str],
    suffixes: tuple[str, str],
    missing: set[str],
    precision: float,
) -> None:
    """However alike two first names are, and whatever else is equal, missing or given once."""
    one = replace(FILLED, given=first, middle=middles[0], suffix=suffixes[0])
    other = replace(FILLED, given=second, middle=middles[1], suffix=suffixes[1])
    other = replace(other, **dict.fromkeys(missing, ""))
    if (one.given + one.middle).lower() == (other.given + other.middle).lower() or one.given == other.given:
        return
    if one.given == other.surname.lower() and other.given == one.surname.lower():
        return
    linked = link(table([one], "a"), table([other], "b"), thresholds=Thresholds(precision=precision))
    assert linked.count(Decision.SAME) == 0
