"""``schoolward plan funding``: a plan from a file, and every way in which there is none."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from unit.analysis.portfolio import checker

Run = Callable[..., Ended]


def instance(**more: Any) -> dict[str, Any]:
    return {
        "funds": [
            {
                "id": "grant",
                "amount": 1_000_000,
                "categories": ["locks"],
                "sites": None,
                "expires": "2026-09-30",
                "match_rate": 0.25,
            }
        ],
        "candidates": [
            {
                "id": "gate",
                "site": "north",
                "category": "locks",
                "cost": 800_000,
                "benefit": 5,
                "lead_days": 60,
            },
            {
                "id": "door",
                "site": "south",
                "category": "locks",
                "cost": 700_000,
                "benefit": 4,
                "lead_days": 30,
            },
            {
                "id": "bell",
                "site": "south",
                "category": "alarms",
                "cost": 1_000,
                "benefit": 4,
                "lead_days": 30,
            },
        ],
        "equity": [],
        "match_available": 300_000,
        "today": "2026-01-15",
        **more,
    }


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., Path]:
    def write(**more: Any) -> Path:
        path = tmp_path / "grants.json"
        path.write_text(json.dumps(instance(**more)))
        return path

    return write


def test_the_answer_keeps_the_rules_and_has_the_published_names(
    schoolward: Run, file: Callable[..., Path]
) -> None:
    ended = schoolward("plan", "funding", "--instance", file(), "--gap", 0, "--json")
    assert ended.code == ExitCode.DONE
    assert list(ended.json)[:7] == [
        "status",
        "objective",
        "bound",
        "gap",
        "allocations",
        "left_out",
        "seconds",
    ]
    assert checker.faults(instance(), ended.json) == []
    assert ended.json["allocations"] == [
        {"candidate": "gate", "fund": "grant", "amount": 600_000, "match": 200_000}
    ]
    assert {one["candidate"] for one in ended.json["left_out"]} == {"door", "bell"}


def test_a_person_reads_sentences(schoolward: Run, file: Callable[..., Path]) -> None:
    out = schoolward("plan", "funding", "--instance", file(), "--gap", 0).out
    assert out.startswith("The plan brings 5, and no plan brings more.\n")
    assert "1 of 3 candidates for $6,000 and $2,000 of match" in out
    assert "bell      No fund may pay it: none takes “alarms”." in out


def test_locks_change_the_plan(schoolward: Run, file: Callable[..., Path]) -> None:
    ended = schoolward("plan", "funding", "--instance", file(), "--lock-out", "gate", "--json")
    assert [one["candidate"] for one in ended.json["allocations"]] == ["door"]
    ended = schoolward("plan", "funding", "--instance", file(), "--lock-in", "bell", "--json")
    assert ended.code == ExitCode.FOUND_FAULTS
    assert ended.json["status"] == "infeasible"
    assert [one["key"] for one in ended.json["clash"]] == ["locked_in:bell"]


def test_demands_that_clash_are_told(schoolward: Run, file: Callable[..., Path]) -> None:
    ended = schoolward("plan", "funding", "--instance", file(site_min={"north": 1, "south": 1}))
    assert ended.code == ExitCode.FOUND_FAULTS
    assert "These demands cannot all hold" in ended.out
    assert "Something is spent at north." in ended.out


def test_a_frontier(schoolward: Run, file: Callable[..., Path]) -> None:
    ended = schoolward("plan", "funding", "--instance", file(), "--frontier", 4, "--json")
    assert [point["answer"]["objective"] for point in ended.json["points"]] == [0, 0, 0, 5, 5]
    out = schoolward("plan", "funding", "--instance", file(), "--frontier", 4).out
    assert "75%    $7,500   $6,000  5" in out


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"today": "soon"}, 'today is "soon"; write a day as 2012-09-06.'),
        ({"locked_in": ["gait"]}, "locked_in names “gait”, which is no candidate."),
    ],
)
def test_an_instance_that_cannot_be_used(
    schoolward: Run, file: Callable[..., Path], more: dict[str, Any], told: str
) -> None:
    ended = schoolward("plan", "funding", "--instance", file(**more), "--json")
    assert (ended.code, ended.out) == (ExitCode.REFUSED, "")
    assert told in json.loads(ended.err)["error"]


@pytest.mark.parametrize(
    "arguments", [("--instance", "nowhere.json"), (), ("--gap", 2), ("--time", -1), ("--frontier", 0)]
)
def test_a_wrong_command_line(
    schoolward: Run, file: Callable[..., Path], arguments: tuple[object, ...]
) -> None:
    given = arguments if "--instance" in arguments or not arguments else ("--instance", file(), *arguments)
    assert schoolward("plan", "funding", *given).code == ExitCode.USAGE


def test_a_mistyped_site_is_told(schoolward: Run, tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    file.write_text(json.dumps(instance(equity=[{"sites": ["wset"], "share": 0.5}])))
    ended = schoolward("plan", "funding", "--instance", file, "--time", "5", "--json")
    assert "note: equity[0].sites names “wset”, where no candidate is." in ended.err
    assert ended.json["status"]


def test_prices_of_entry_are_told_where_they_are_asked_for(
    schoolward: Run, file: Callable[..., Path]
) -> None:
    """The door enters once it brings what the gate does."""
    path = file()
    plain = schoolward("plan", "funding", "--instance", path, "--json").json
    assert all(one["price_high"] is None for one in plain["left_out"])
    priced = schoolward("plan", "funding", "--instance", path, "--prices", "--json").json
    found = {one["candidate"]: (one["price_low"], one["price_high"]) for one in priced["left_out"]}
    assert found == {"door": (5.0, 5.0), "bell": (None, None)}
    assert (
        "It would enter from 5 points on."
        in schoolward("plan", "funding", "--instance", path, "--prices").out
    )
