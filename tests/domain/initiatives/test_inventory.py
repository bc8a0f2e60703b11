"""The shipped inventory: whole, consistent, and honest about what is invented."""

from __future__ import annotations

import re
from datetime import date

import pytest

from schoolward.domains.initiatives import inventory
from schoolward.domains.initiatives.models import Kind, Mark, Strand
from schoolward.platform.access.roles import Role

ITEMS = inventory.items()
DAY = date(2012, 9, 6)


def test_all_fifty_three_items_are_there_once() -> None:
    assert [item.number for item in ITEMS] == list(range(1, 54))
    assert len({item.key for item in ITEMS}) == 53


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_an_item_is_consistent(item: inventory.Item) -> None:
    assert item.kind in Kind.values
    assert item.strand in Strand.values
    assert item.owner in Role.values
    assert item.summary.endswith((".", ")"))
    assert item.facts, "every item says what is known and from where"
    for fact in item.facts:
        assert fact["mark"] in Mark.values
        assert fact.get("source") or fact["mark"] in (Mark.MEMORY, Mark.ASSUMPTION)
    for update in item.updates:
        assert item.start <= update["on"] <= DAY
    days = [update["on"] for update in item.updates]
    assert days == sorted(days)
    percents = [update["percent"] for update in item.updates]
    assert percents == sorted(percents)
    for milestone in item.milestones:
        assert milestone.get("done", DAY) <= DAY
    if item.due:
        assert item.due >= item.start
    if item.kind == Kind.BODY:
        assert item.cadence
        assert item.members or item.key == "security-unit"
        assert not item.updates
    else:
        assert not item.cadence


def test_objectives_and_wholes_are_known() -> None:
    objectives = {line["key"] for goal in inventory.goals() for line in goal["objective"]}
    numbers = {item.number for item in ITEMS}

    assert {item.objective for item in ITEMS} - {""} <= objectives
    assert {item.part_of for item in ITEMS} - {None} <= numbers


def test_awards_add_up() -> None:
    rows = {row["key"]: row for row in inventory.funding()}
    parts = [row for row in rows.values() if row["part_of"]]

    assert {row["part_of"] for row in parts} == {"sos-2009"}
    assert sum(int(row["amount_dollars"]) for row in parts) == int(rows["sos-2009"]["amount_dollars"])


def test_dollar_amounts_of_grants_and_facts_agree() -> None:
    told = " ".join(fact["text"] for item in ITEMS for fact in item.facts)

    for row in inventory.funding():
        amount = f"{int(row['amount_dollars']):,}"
        assert re.search(rf"\${amount}\b", told), f"${amount} is told with the initiatives"


def test_an_unknown_word_in_a_file_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inventory, "_toml", lambda _name: {"item": [{"number": 1, "colour": "green"}]})

    with pytest.raises(inventory.BadInventory, match=r"inventory_frame\.toml, item 1: .*colour"):
        inventory.items()
