"""Decided pairs: found, explained, in any order of the rows, and never certain by the household."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from schoolward.analysis.linkage import Decision, Linked, Table, Thresholds, link, linked_json
from schoolward.analysis.linkage.levels import COMPARISONS, KIN_ENOUGH
from schoolward.analysis.linkage.people import Pairs, gather
from schoolward.analysis.linkage.together import broken_chains, lesser_claims
from unit.analysis.linkage.invented import FIELDS, District, Person, table


def decided(linked: Linked) -> dict[tuple[str, str], Decision]:
    """Return the pairs that are the same or a person's to decide."""
    return {(one.left, one.right): one.decision for one in linked.links(Decision.SAME, Decision.PERSON)}


@pytest.fixture(scope="module")
def crowd() -> tuple[Linked, list[Person], list[Person]]:
    """Two files of 900; the second holds 600 of the first, by another clerk, and 300 others."""
    district = District(11)
    known = [district.person() for _ in range(900)]
    again = [district.record(person, 0.08) for person in known[:600]]
    again += [district.person() for _ in range(300)]
    return link(table(known, "a"), table(again, "b")), known, again


def test_who_is_in_both_files_is_found_and_nobody_else_called_the_same(
    crowd: tuple[Linked, list[Person], list[Person]],
) -> None:
    linked, _, _ = crowd
    pairs = decided(linked)
    true = {(f"a{number}", f"b{number}") for number in range(600)}
    same = {pair for pair, decision in pairs.items() if decision is Decision.SAME}
    asked = {pair for pair, decision in pairs.items() if decision is Decision.PERSON}
    assert same <= true
    assert len(same) > 400
    assert len(true & (same | asked)) > 590
    assert len(asked - true) < 30


def test_the_model_was_learned_from_the_files(crowd: tuple[Linked, list[Person], list[Person]]) -> None:
    linked, _, _ = crowd
    model = linked.model
    for matched, unmatched in zip(model.matched, model.unmatched, strict=True):
        assert matched.sum() == pytest.approx(1)
        assert unmatched.sum() == pytest.approx(1)
    assert model.share * 900**2 == pytest.approx(600, rel=0.05)
    given = model.matched[0]
    # A first name keeps its spelling in 92 % of the records, less those lost, shortened or swapped.
    assert given[1] == pytest.approx(0.92, abs=0.04)


def test_every_weight_is_the_sum_of_its_facts(crowd: tuple[Linked, list[Person], list[Person]]) -> None:
    linked, _, _ = crowd
    for one in linked.links(Decision.SAME, Decision.PERSON):
        own = sum(fact.weight for fact in one.facts if fact.field != "household")
        assert one.weight == pytest.approx(linked.model.prior + own, abs=0.01)
        assert one.kin == sum(fact.kin for fact in one.facts)
        assert one.why.endswith(".")


def test_a_rare_name_weighs_more_than_a_common_one() -> None:
    district = District(12)
    crowd = [replace(district.person(), given="Common") for _ in range(300)]
    crowd += [district.person() for _ in range(300)]
    crowd += [replace(crowd[0], student_id=""), replace(crowd[-1], given="Rarest")]
    crowd.append(replace(crowd[-1], student_id=""))
    linked = link(table(crowd, "r"))
    weights = {
        (one.left, one.right): {fact.field: fact.weight for fact in one.facts}["given"]
        for one in linked.links(Decision.SAME, Decision.PERSON)
    }
    assert weights["r601", "r602"] > weights["r0", "r600"] + 1


def test_the_order_of_the_rows_does_not_matter() -> None:
    district = District(13)
    known = [district.person() for _ in range(120)]
    again = [district.record(person, 0.2) for person in known]
    first, second = table(known, "a"), table(again, "b")
    mixed = np.random.default_rng(1).permutation(120).tolist()
    shuffled = Table(
        [second.records[place] for place in mixed],
        {field: [second.columns[field][place] for place in mixed] for field in FIELDS},
    )
    one, other = link(first, second, one_to_one=True), link(first, shuffled, one_to_one=True)
    assert decided(one) == decided(other)


def test_small_files_are_decided_by_what_is_known_of_people() -> None:
    """Nothing can be learned from three rows; what a clerk would say at once is said all the same."""
    rows = [
        Person("Tovi", "", "Brand", "", "2010-03-05", "f", "", "1 Elm St", "", "", "95814", "9165550100"),
        Person("Kerr", "", "Brand", "", "2010-03-05", "m", "", "1 Elm St", "", "", "95814", "9165550100"),
        Person("Tovi", "", "Brand", "", "2010-03-05", "f", "", "9 Oak Av", "", "", "95240", ""),
        Person("Malu", "", "Stend", "", "2011-07-21", "f", "", "5 Ash Dr", "", "", "95820", ""),
    ]
    pairs = decided(link(table(rows, "r")))
    assert pairs["r0", "r2"] is Decision.SAME
    assert pairs["r0", "r1"] is Decision.PERSON
    assert pairs.get(("r0", "r3"), Decision.DIFFERENT) is Decision.DIFFERENT


@pytest.mark.parametrize(
    ("changed", "decision"),
    [
        ({}, Decision.SAME),
        ({"address": "77 Other St", "phone": "", "city": "", "postcode": ""}, Decision.SAME),
        ({"student_id": ""}, Decision.SAME),
        ({"given": ""}, Decision.PERSON),  # numbers are copied from the form of a brother
        ({"given": "", "student_id": ""}, Decision.PERSON),
        ({"given": "Jona", "student_id": ""}, Decision.PERSON),
        ({"given": "Jona"}, Decision.PERSON),
        ({"given": "Peter"}, Decision.PERSON),
        ({"given": "Peter", "student_id": ""}, Decision.PERSON),
        ({"middle": "", "student_id": ""}, Decision.PERSON),
        ({"middle": "Paul", "student_id": ""}, Decision.PERSON),
        ({"middle": "R", "student_id": ""}, Decision.PERSON),
        ({"suffix": "Jr", "student_id": ""}, Decision.PERSON),
        ({"sex": "f", "student_id": ""}, Decision.PERSON),
        ({"student_id": "481517"}, Decision.PERSON),
        ({"student_id": "233499"}, Decision.PERSON),
        ({"birth_date": "2010-03-06", "student_id": ""}, Decision.PERSON),
        ({"birth_date": "2010-03-06"}, Decision.SAME),
        ({"birth_date": "2010-05-03", "middle": "R"}, Decision.SAME),
        ({"birth_date": "2010-05-03", "student_id": ""}, Decision.PERSON),
        ({"birth_date": "", "student_id": ""}, Decision.PERSON),
        ({"surname": "Novak", "student_id": ""}, Decision.PERSON),
    ],
)
def test_what_one_change_does(changed: dict[str, str], decision: Decision) -> None:
    base = Person(
        "Jonah",
        "Reed",
        "Garcia",
        "",
        "2010-03-05",
        "m",
        "481516",
        "12 Elm St",
        "",
        "Lodi",
        "95814",
        "9165550100",
    )
    district = District(14)
    others = [district.person() for _ in range(150)]
    linked = link(table([base, *others], "a"), table([replace(base, **changed)], "b"))
    assert decided(linked).get(("a0", "b0"), Decision.DIFFERENT) is decision


def test_no_comparison_of_a_household_and_no_shared_fact_earns_points() -> None:
    for comparison in COMPARISONS:
        if comparison.shared or comparison.field in ("surname", "birth_date", "sex"):
            assert max(level.kin for level in comparison.levels) <= 0, comparison.field
    # Without an equal or swapped first name only a number can bring enough.
    given = max(
        level.kin for level in COMPARISONS[0].levels if level.name not in ("equal", "swapped with surname")
    )
    middle = max(level.kin for level in COMPARISONS[1].levels)
    assert given + middle < KIN_ENOUGH


def test_precision_moves_the_line() -> None:
    district = District(15)
    known = [district.person() for _ in range(500)]
    again = [replace(district.record(person, 0.1), student_id="", middle="") for person in known]
    known = [replace(person, middle="") for person in known]
    counts = [
        link(table(known, "a"), table(again, "b"), thresholds=Thresholds(precision=precision)).count(
            Decision.SAME
        )
        for precision in (0.9, 0.999, 0.999_999_9)
    ]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[2]


def test_the_output_holds_ids_and_no_names(crowd: tuple[Linked, list[Person], list[Person]]) -> None:
    linked, known, again = crowd
    written = json.dumps(linked_json(linked)).lower()
    words = set("".join(sign if sign.isalnum() else " " for sign in written).split())
    for person in [*known, *again]:
        for field in ("given", "surname", "phone", "student_id"):
            value = getattr(person, field).lower()
            assert len(value) < 5 or value not in words


def pairs_of(*pairs: tuple[int, int]) -> Pairs:
    ends = np.array(pairs, dtype=np.int32).reshape(-1, 2)
    return Pairs(ends[:, 0], ends[:, 1])


@pytest.mark.parametrize(
    ("pairs", "weights", "lost"),
    [
        ([(0, 5), (0, 6)], [20, 10], [1]),
        ([(0, 5), (0, 6)], [10, 10], [0, 1]),
        ([(0, 5), (1, 6)], [10, 10], []),
        ([(0, 5), (0, 6), (1, 6)], [20, 10, 9], [1]),
        ([(0, 5), (1, 5), (1, 6)], [10, 10, 10], [0, 1, 2]),
        ([(1, 6), (0, 5), (1, 5)], [10, 10, 10], [0, 1, 2]),
    ],
)
def test_one_record_for_one(pairs: list[tuple[int, int]], weights: list[float], lost: list[int]) -> None:
    decisions = np.full(len(pairs), Decision.SAME, dtype=np.int8)
    found = lesser_claims(pairs_of(*pairs), decisions, np.array(weights, dtype=np.float32))
    assert found.tolist() == lost


def test_a_chain_does_not_join_twins() -> None:
    """A record without a first name has one twin's number, and by a clerk's slip is the other's too."""
    base = Person(
        "Jonah", "", "Garcia", "", "2010-03-05", "m", "481516", "12 Elm St", "", "Lodi", "95814", ""
    )
    chain = [base, replace(base, given=""), replace(base, given="Peter")]
    people = gather(table(chain, "r"))
    same = np.full(2, Decision.SAME, dtype=np.int8)
    assert not len(broken_chains(people, pairs_of((0, 1)), same[:1]))
    # Equal numbers outweigh a name; where the number differs, the chain breaks whole.
    chain[2] = replace(chain[2], student_id="")
    people = gather(table(chain, "r"))
    assert broken_chains(people, pairs_of((0, 1), (1, 2)), same).tolist() == [0, 1]


def test_a_chain_that_nobody_can_have_goes_to_a_person() -> None:
    base = Person(
        "Jonah", "", "Garcia", "", "2010-03-05", "m", "481516", "12 Elm St", "", "Lodi", "95814", ""
    )
    district = District(16)
    linked = link(table([*[base] * 40, *[district.person() for _ in range(300)]], "r"))
    assert linked.count(Decision.SAME) == 0
    assert linked.count(Decision.PERSON) == 40 * 39 // 2
    (why,) = {one.why for one in linked.links(Decision.PERSON)}
    assert "chain" in why


@pytest.mark.parametrize("rows", [0, 1, 2])
@pytest.mark.parametrize("two_files", [False, True])
def test_next_to_nothing_is_linked_without_a_fault(rows: int, two_files: bool) -> None:
    first = table([Person(given="A", surname="B", birth_date="2010-01-02")] * rows, "a")
    second = (
        table([Person(given="A", surname="B", birth_date="2010-01-02")] * rows, "b") if two_files else None
    )
    linked = link(first, second)
    assert linked_json(linked)["records"] == {"a": rows, "b": rows if two_files else None}


@pytest.mark.parametrize(
    ("others", "more", "decision"),
    [
        (0, {}, Decision.SAME),
        (8, {}, Decision.PERSON),
        (8, {"student_id": "778899"}, Decision.SAME),
        (8, {"middle": "Refugio"}, Decision.SAME),
    ],
)
def test_namesakes_of_a_common_name_go_to_a_person(
    others: int, more: dict[str, str], decision: Decision
) -> None:
    """Two of many called Jose Lopez may be born on one day."""
    district = District(17)
    crowd = [district.person() for _ in range(600)]
    crowd += [district.record(person, 0.08) for person in crowd[:300]]
    nothing = dict.fromkeys(FIELDS, "")
    lopez = Person(**nothing | {"given": "Jose", "surname": "Lopez", "birth_date": "2010-02-11", "sex": "M"})
    crowd += [replace(lopez, birth_date=f"2009-{number + 1:02d}-07") for number in range(others)]
    twice = replace(lopez, **more)
    linked = link(table([*crowd, twice, twice], "a"))
    found, last = decided(linked), len(crowd)
    assert found[f"a{last}", f"a{last + 1}"] is decision
    if decision is Decision.PERSON:
        (told,) = [one.why for one in linked.links(Decision.PERSON) if one.left == f"a{last}"]
        assert "so common" in told
