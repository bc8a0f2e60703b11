"""Seven ordinances to the cent, against sums that were made by hand.

Each folder in tests/golden/alarm_fees is one ordinance: invented alarms in no order of time, the permits,
appeals and payments that belong to them, and `expected.json`. That file says in `shows` how each number was
reckoned. In `late` stands what came out before some of the records were known.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from schoolward.analysis.alarm_fees import (
    Assessments,
    assess,
    read_appeals,
    read_events,
    read_ordinance,
    read_payments,
    read_permits,
    result_json,
)

TESTS = Path(__file__).resolve().parents[3]
GOLDEN = TESTS / "golden" / "alarm_fees"
ORDINANCES = TESTS.parent / "src" / "schoolward" / "domains" / "alarms" / "data" / "ordinances"
INVENTED = "demonstration"
CASES = sorted(path.name for path in GOLDEN.iterdir() if path.is_dir())


def without(content: bytes, numbers: Sequence[str]) -> bytes:
    """Take the rows of some alarms out of a CSV file."""
    rows = list(csv.reader(io.StringIO(content.decode())))
    kept = io.StringIO()
    csv.writer(kept).writerows(row for row in rows if row[0] not in numbers)
    return kept.getvalue().encode()


def assessed(case: str, *, events: Sequence[str] = (), appeals: Sequence[str] = ()) -> Assessments:
    """Assess a case, without some alarms and appeals."""
    folder = GOLDEN / case
    expected = json.loads((folder / "expected.json").read_text())
    ordinance = read_ordinance((ORDINANCES / f"{case}.json").read_text())

    def file(name: str, left_out: Sequence[str] = ()) -> io.BytesIO | None:
        path = folder / name
        return io.BytesIO(without(path.read_bytes(), left_out)) if path.exists() else None

    stream = file("events.csv", events)
    assert stream is not None
    alarms, report = read_events(stream, ordinance.time_zone)
    assert not report.problems
    permits, filed, payments = file("permits.csv"), file("appeals.csv", appeals), file("payments.csv")
    return assess(
        ordinance,
        alarms,
        as_of=date.fromisoformat(expected["as_of"]),
        permits=read_permits(permits)[0] if permits else None,
        appeals=read_appeals(filed)[0] if filed else (),
        payments=read_payments(payments)[0] if payments else None,
    )


def of_alarms(found: dict[str, Any], name: str, events: Sequence[str]) -> dict[str, Any]:
    """Return one value of some alarms by their numbers."""
    return {one["event"]: one[name] for one in found["assessments"] if one["event"] in events}


def three(found: dict[str, Any]) -> dict[str, list[Any]]:
    """Return ordinal, claim in cents and state of each alarm."""
    return {
        one["event"]: [one["ordinal"], one["claimed_cents"], one["state"]] for one in found["assessments"]
    }


@pytest.mark.parametrize("case", CASES)
def test_an_ordinance_comes_out_as_reckoned_by_hand(case: str) -> None:
    expected = json.loads((GOLDEN / case / "expected.json").read_text())
    found = result_json(assessed(case))
    assert three(found) == expected["alarms"]
    for name, key in (
        ("reason", "reasons"),
        ("appeal_by", "appeal_by"),
        ("decision_by", "decision_by"),
        ("pay_by", "pay_by"),
        ("permit", "permits"),
    ):
        wanted = expected.get(key, {})
        assert of_alarms(found, name, list(wanted)) == wanted, name
    charges = [[one["system"], one["day"], one["kind"], one["cents"]] for one in found["charges"]]
    assert charges == expected["charges"]
    cancelled = [[one["system"], one["from"], one["to"]] for one in found["cancellations"]]
    assert cancelled == expected.get("cancellations", [])
    sums = {(one["system"], one["year"]): one for one in found["totals"]}
    for system, year, alarms, false, claimed, permits in expected["totals"]:
        total = sums[system, year]
        got = (total["alarms"], total["false_alarms"], total["claimed_cents"], total["permit_cents"])
        assert got == (alarms, false, claimed, permits), (system, year)
    for name, cents in expected.get("sums", {}).items():
        assert sums[None, None][name] == cents, name


@pytest.mark.parametrize("case", CASES)
def test_what_comes_late_changes_what_it_touches(case: str) -> None:
    late = json.loads((GOLDEN / case / "expected.json").read_text())["late"]
    assert late["events"] or late["appeals"]
    before = result_json(assessed(case, events=late["events"], appeals=late.get("appeals", ())))
    found = three(before)
    assert {number: found[number] for number in late["alarms"]} == late["alarms"]
    assert before["totals"][-1]["claimed_cents"] == late["claimed"]


def test_each_of_the_seven_ordinances_has_a_case() -> None:
    shipped = {path.stem for path in ORDINANCES.glob("*.json")}
    amounts_not_read = {"sacramento-city-ca", "sacramento-county-ca"}
    assert set(CASES) == shipped - amounts_not_read - {INVENTED}
    assert len(CASES) == 7


@pytest.mark.parametrize("path", sorted(ORDINANCES.glob("*.json")), ids=lambda path: path.stem)
def test_a_shipped_ordinance_says_where_it_is_from_and_what_is_assumed(path: Path) -> None:
    ordinance = read_ordinance(path.read_text())
    assert ordinance.key == path.stem
    assert ordinance.source
    for edition in ordinance.editions:
        assert edition.citation
        assert edition.from_text or (path.stem == INVENTED and "invented" in edition.assumed[0])
        assert edition.assumed
