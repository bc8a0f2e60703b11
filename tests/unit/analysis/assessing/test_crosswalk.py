"""A crosswalk relates what exists, once, and loses no item in a change of version."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolward.analysis.assessing.crosswalk import (
    Crosswalk,
    Edition,
    Link,
    Place,
    Relation,
    Threads,
    edition_of,
    read_crosswalk,
)
from schoolward.analysis.assessing.instrument import (
    BANDS,
    Choice,
    Instrument,
    InstrumentProblem,
    Item,
    Scale,
    Section,
)
from unit.analysis.assessing.shipped import shipped, shipped_crosswalk


def instrument(version: str, *codes: str, key: str = "gates") -> Instrument:
    scale = Scale("s", (Choice(0, "No"), Choice(1, "Yes")), True, True)
    items = tuple(
        Item(
            code,
            f"{code}.",
            "",
            "",
            "",
            frozenset(BANDS),
            "s",
            1.0,
            0,
            "low",
            "other",
            None,
            "Mend.",
            "",
            "one",
        )
        for code in codes
    )
    return Instrument(
        key,
        version,
        "Gates",
        "walk",
        date(2012, 1, 1),
        None,
        "Ours.",
        (scale,),
        (Section("one", "One"),),
        items,
    )


OLD, NEW = instrument("1", "A", "B", "C", "D"), instrument("2", "A", "B2", "C1", "C2", "E")
AUDIT = instrument("1", "Q1", key="audit")

CHANGE = """\
key: gates-1-2
title: Gates, from 1 to 2
outside:
  - {key: names, version: "7", title: Names, credit: Theirs., names: {edge: Edge}, tiers: [Base, More]}
tables:
  - from: gates
    from_version: "1"
    to: gates
    to_version: "2"
    same_codes: true
    rows:
      - {from: B, is: same, to: B2}
      - {from: C, is: wider, to: C1}
      - {from: C, is: wider, to: C2}
    ended: [D]
    begun: [E]
  - {from: audit, from_version: "1", to: gates, to_version: "2", rows: [{from: Q1, is: same, to: E}]}
  - from: audit
    from_version: "1"
    to: names
    to_version: "7"
    rows: [{from: Q1, is: narrower, to: edge, tier: 2}]
"""
ONE, TWO, NAMES = Edition("gates", "1"), Edition("gates", "2"), Edition("names", "7")


def read(text: str) -> Crosswalk:
    return read_crosswalk(text.encode(), name="c.yaml", instruments=[OLD, NEW, AUDIT])


def test_it_is_read_and_seen_from_both_sides() -> None:
    found = read(CHANGE)

    assert found.related(Place(ONE, "A"), TWO) == (Link(Place(ONE, "A"), Relation.SAME, Place(TWO, "A")),)
    assert [(link.relation, link.target.code) for link in found.related(Place(ONE, "C"), TWO)] == [
        (Relation.WIDER, "C1"),
        (Relation.WIDER, "C2"),
    ]
    assert [(link.relation, link.target.code) for link in found.related(Place(TWO, "C1"), ONE)] == [
        (Relation.NARROWER, "C")
    ]
    assert found.related(Place(ONE, "D"), TWO) == ()
    assert (found.ended, found.begun) == ((Place(ONE, "D"),), (Place(TWO, "E"),))
    (to_names,) = found.related(Place(edition_of(AUDIT), "Q1"), NAMES)
    assert (to_names.target.code, to_names.tier, found.outside[0].tiers[1]) == ("edge", 2, "More")


def test_threads_go_through_versions_and_instruments() -> None:
    threads = Threads([read(CHANGE)])

    assert threads.same(Place(ONE, "B"), TWO) == Place(TWO, "B2")
    assert threads.same(Place(TWO, "B2"), ONE) == Place(ONE, "B")
    assert threads.same(Place(TWO, "B2"), TWO) == Place(TWO, "B2")
    assert threads.same(Place(ONE, "C"), TWO) is None
    assert threads.same(Place(edition_of(AUDIT), "Q1"), TWO) == Place(TWO, "E")


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            "ended: [D]",
            "",
            "c.yaml: tables.1..rows .line 12. says nothing of “D” of 1; relate it, or list it in ended",
        ),
        ("begun: [E]", "", "says nothing of “E” of 2; relate it, or list it in begun"),
        ("same_codes: true", "", "says nothing of “A” of 1"),
        ("ended: [D]", "ended: [D, B]", "holds “B”, which a row relates to 2; keep one"),
        ("ended: [D]", "ended: [X]", "is “X”, which gates 1 does not hold"),
        ("from: B, is: same, to: B2", "from: B, is: same, to: B3", "is “B3”, which gates 2 does not hold"),
        (
            "from: B, is: same",
            "from: B, is: alike",
            "is “alike”; write one of narrower, related, same, wider",
        ),
        ("from: C, is: wider, to: C2", "from: C, is: wider, to: C1", "related already; keep one row"),
        ("from: C, is: wider, to: C2", "from: B, is: same, to: C2", "makes “B” the same as “B2” and “C2”"),
        ("from: C, is: wider, to: C2", "from: C, is: same, to: B2", "makes “B2” the same as “B” and “C”"),
        ('to_version: "2"\n    same', 'to_version: "1"\n    same', "the edition itself"),
        (
            'to_version: "2"\n    same',
            'to_version: "3"\n    same',
            "is “gates” 3, which is not known; known are audit 1",
        ),
        ("tier: 2", "tier: 3", "is “3”; write a whole number from 1 to 2"),
        ("{from: Q1, is: same, to: E}", "{from: Q1, is: same, to: E, tier: 1}", "tier .* is not known"),
        ("names: {edge: Edge}", "names: {}", "names .* is missing"),
        ("{key: names,", "{key: gates,", "is “gates” 7|is “names” 7"),
    ],
)
def test_a_fault_is_named(old: str, new: str, says: str) -> None:
    assert old in CHANGE
    with pytest.raises(InstrumentProblem, match=says):
        read(CHANGE.replace(old, new, 1))


def test_a_code_that_is_used_again_for_something_else_is_not_the_same() -> None:
    text = """\
key: again
title: A code used again
tables:
  - from: gates
    from_version: "1"
    to: gates
    to_version: "3"
    same_codes: true
    ended: [B]
    begun: [B]
"""
    old, new = instrument("1", "A", "B"), instrument("3", "A", "B")
    found = read_crosswalk(text.encode(), name="c.yaml", instruments=[old, new])
    assert [(link.source.code, link.target.code) for link in found.links] == [("A", "A")]
    assert Threads([found]).same(Place(ONE, "B"), Edition("gates", "3")) is None


def test_a_chain_that_comes_back_to_another_item_is_refused() -> None:
    """A is E by way of the audit, while E is another item of the same edition."""
    other = read(CHANGE)
    wrong = replace(
        other,
        key="wrong",
        links=(Link(Place(edition_of(AUDIT), "Q1"), Relation.SAME, Place(ONE, "A")),),
    )
    with pytest.raises(InstrumentProblem, match="wrong: “Q1” of audit 1 is the same as both"):
        Threads([other, wrong])


@given(st.permutations(range(6)), st.lists(st.booleans(), min_size=5, max_size=5))
def test_threads_do_not_depend_on_the_order_of_links(order: list[int], kept: list[bool]) -> None:
    """Six editions in a chain, some links of it left out: two places hold together if no gap lies between."""
    places = [Place(Edition("gates", str(number)), "A") for number in range(6)]
    links = [Link(places[at], Relation.SAME, places[at + 1]) if kept[at] else None for at in range(5)]
    chosen = tuple(link for at in order if at < 5 and (link := links[at]) is not None)
    threads = Threads([Crosswalk("c", "C", (), chosen, (), ())])
    for first in range(6):
        for last in range(first, 6):
            whole = all(kept[first:last])
            assert threads.same(places[first], places[last].edition) == (places[last] if whole else None)


@pytest.mark.parametrize("relation", Relation)
def test_what_is_turned_twice_is_itself(relation: Relation) -> None:
    assert relation.turned.turned is relation


def test_the_names_of_pass() -> None:
    found = shipped_crosswalk("pass_crosswalk")
    (theirs,) = found.outside
    assert (len(theirs.names), len(theirs.tiers)) == (5 * 7, 4)
    assert all(link.target.edition == theirs.edition for link in found.links)
    used = {link.target.code for link in found.links}
    # None of our three instruments asks after networks.
    assert {name for name in theirs.names if name.startswith("digital_infrastructure")}.isdisjoint(used)
    # Only names are carried: none is as long as a sentence.
    assert max(len(name.split()) for name in theirs.names.values()) <= 8


def test_what_our_instruments_look_at_together_is_of_one_trade_or_close() -> None:
    """Two findings that are related can be one piece of work only where somebody could do both."""
    found = shipped_crosswalk("our_crosswalk")
    instruments = {
        edition_of(one): one for one in map(shipped, ("cpted_school", "vulnerability", "security_audit"))
    }
    for link in found.links:
        one, two = (instruments[place.edition].item(place.code) for place in (link.source, link.target))
        assert link.relation is not Relation.SAME
        assert one.fails_at is not None
        assert two.fails_at is not None
        if link.relation is Relation.NARROWER:
            assert (
                {one.trade, two.trade} & {"procedure"}
                or one.trade == two.trade
                or {one.trade, two.trade} <= {"locks", "fencing", "cameras", "glazing"}
            ), (one.code, two.code)
