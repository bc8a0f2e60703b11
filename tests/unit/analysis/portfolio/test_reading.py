"""Faults of an instance: each is named by its place, its value and its mend."""

from __future__ import annotations

import json
from typing import Any

import pytest

from schoolward.analysis.portfolio import Instance, InstanceProblem, read_instance, remarks, with_locks

GOOD: dict[str, Any] = {
    "funds": [
        {
            "id": "f",
            "amount": 500,
            "categories": ["locks"],
            "sites": None,
            "expires": "2026-09-30",
            "match_rate": 0,
        }
    ],
    "candidates": [
        {"id": "a", "site": "s", "category": "locks", "cost": 300, "benefit": 2, "lead_days": 5},
        {"id": "b", "site": "s", "category": "locks", "cost": 300, "benefit": 1.5, "lead_days": 5},
    ],
    "equity": [],
    "match_available": 0,
    "today": "2026-01-15",
}


def changed(path: str, value: Any) -> str:
    """The good instance with one value replaced, as JSON."""
    instance = json.loads(json.dumps(GOOD))
    *steps, last = path.split(".")
    part: Any = instance
    for step in steps:
        part = part[int(step)] if step.isdigit() else part[step]
    part[int(last) if last.isdigit() else last] = value
    return json.dumps(instance)


def test_the_names_of_the_format_are_read() -> None:
    instance = read_instance(json.dumps(GOOD))
    assert instance.funds[0].amount == 500
    assert instance.candidates[1].benefit == 1.5


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        ("funds.0.amount", 12.5, "funds[0].amount is 12.5; write a whole number (money in cents)."),
        ("funds.0.amount", "500", 'funds[0].amount is "500"; write a whole number (money in cents).'),
        ("funds.0.amount", -1, "funds[0].amount is -1; write a number greater than or equal to 0."),
        ("funds.0.amount", 10**13, "less than or equal to 1000000000000"),
        ("funds.0.expires", "30.9.2026", 'funds[0].expires is "30.9.2026"; write a day as 2012-09-06.'),
        ("funds.0.match_rate", 1, "funds[0].match_rate is 1; write a number less than 1."),
        ("candidates.1.benefit", "much", 'candidates[1].benefit is "much"; write a number.'),
        ("candidates.1.id", "a", "candidates[1] is “a”, as candidates[0] is; give each its own name."),
        ("candidates.1.requires", ["z"], "candidates[1].requires names “z”, which is no candidate."),
        ("candidates.1.conflicts", ["b"], "candidates[1].conflicts names itself, “b”; take it out."),
        ("candidates.1.leed_days", 3, "candidates[1].leed_days is 3; this name is not known here"),
        (
            "candidates.0.options",
            [{"fund": "g", "cost": 1, "benefit": 1}],
            "candidates[0].options names the fund “g”, which is not among funds.",
        ),
        ("locked_in", ["c"], "locked_in names “c”, which is no candidate."),
        (
            "limits",
            [{"name": "hours", "weights": {"c": 1}, "max": 3}],
            "limits[0].weights names “c”, which is no candidate.",
        ),
        ("transfers", [{"funds": ["f", "f"], "max": 3}], "transfers[0].funds names “f”"),
        ("today", None, "today is null; write a day as 2012-09-06."),
    ],
)
def test_a_fault_is_named(path: str, value: Any, told: str) -> None:
    with pytest.raises(InstanceProblem) as caught:
        read_instance(changed(path, value))
    assert told in str(caught.value)


def test_split_needs_one_price() -> None:
    instance = json.loads(changed("candidates.0.split", True))
    instance["funds"].append({**instance["funds"][0], "id": "g"})
    instance["candidates"][0]["options"] = [
        {"fund": "f", "cost": 1, "benefit": 1},
        {"fund": "g", "cost": 2, "benefit": 1},
    ]
    with pytest.raises(InstanceProblem, match=r"candidates\[0\].split is true, but its options differ"):
        read_instance(json.dumps(instance))


@pytest.mark.parametrize("text", ["", "{", "[1, 2]", "null", b"\xff\xfe"])
def test_what_is_no_instance_is_refused(text: str | bytes) -> None:
    with pytest.raises(InstanceProblem):
        read_instance(text)


def test_many_faults_are_told_together_and_counted() -> None:
    instance = json.loads(json.dumps(GOOD))
    instance["candidates"] = [{"id": str(number)} for number in range(4)]
    with pytest.raises(InstanceProblem) as caught:
        read_instance(json.dumps(instance))
    assert len(caught.value.problems) == 16
    assert str(caught.value).endswith("And 11 more.")


def test_locks_are_added_and_unknown_ones_refused() -> None:
    instance = Instance.model_validate_json(json.dumps(GOOD))
    assert with_locks(instance, locked_in=["a"], locked_out=["b", "b"]).locked_out == ("b",)
    with pytest.raises(InstanceProblem, match="locked_out names “x”"):
        with_locks(instance, locked_out=["x"])


@pytest.mark.parametrize(
    ("path", "value", "told"),
    [
        (
            "equity",
            [{"sites": ["wset", "s"], "share": 0.3}],
            "equity[0].sites names “wset”, where no candidate is.",
        ),
        ("funds.0.sites", ["s", "t"], "funds[0].sites names “t”, where no candidate is."),
        ("site_min", {"t": 5}, "site_min names “t”, where no candidate is."),
        ("site_max", {"t": 5}, "site_max names “t”, where no candidate is."),
        ("funds.0.categories", ["lokcs"], "funds[0].categories names none that a candidate has."),
        ("funds.0.categories", ["locks", "gates"], None),
        ("funds.0.categories", None, None),
        (
            "funds.0.sites",
            list("abcdefg"),
            "funds[0].sites names “a”, “b”, “c”, “d”, “e” and 2 more, where no candidate is.",
        ),
    ],
)
def test_what_may_be_a_slip_is_remarked_upon(path: str, value: Any, told: str | None) -> None:
    assert remarks(read_instance(changed(path, value))) == ([told] if told else [])
