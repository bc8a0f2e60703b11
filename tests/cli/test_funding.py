"""Funding on the command line: from what an award may buy to an approval in the name of a second person."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]
AWARDS = (
    "key,title,funder_name,amount,awarded_on,start,end,forbids_supplanting\n"
    "doors,Safer doors,An office,1000,2012-01-01,2012-01-01,2013-12-31,no\n"
)


@pytest.fixture(autouse=True)
def _world(
    schoolward: Run,
    tmp_path: Path,
    by: Viewer,
    settings: LazySettings,
    client_of: Callable[..., object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An award of $1,000, two works of locks at a site, an analyst and a lead; on the demonstration's day."""
    settings.DEMO = True
    monkeypatch.setenv("SCHOOLWARD_DEMO", "1")
    for key, text in (
        ("awards", AWARDS),
        ("budget-lines", "award,code,title,category,budget\ndoors,E,Locks,equipment,1000\n"),
    ):
        file = tmp_path / f"{key}.csv"
        file.write_text(text)
        ended = schoolward("import", key, file)
        assert ended.code == 0, ended
    site = Campus.objects.create(name="Oak", slug="oak", address="1 Oak St", address_key="1 OAK ST")
    for reference, cents, severity in (("W-GATE", 700_00, "high"), ("W-DOOR", 600_00, "urgent")):
        item = work.propose(
            title=f"Locks {reference}",
            campus_id=site.pk,
            trade="locks",
            severity=severity,
            estimate_cents=cents,
            reference=reference,
            by=by,
            at=by.at,
        )
        work.accept(item_id=item.pk, due=by.at.date().replace(year=2013), by=by, at=by.at)
    client_of("grants_analyst")
    client_of("lead")


ANALYST, LEAD = "grants_analyst-0@example.org", "lead-1@example.org"


def test_the_whole_way(schoolward: Run, tmp_path: Path) -> None:
    assert "Nobody has said yet" in schoolward("funding", "funds").out
    assert schoolward("funding", "make", "Fall").code == ExitCode.REFUSED
    told = schoolward("funding", "scope", "doors", "--takes-part", "--reason", "Letter", "--json").json
    assert told == {
        "award": "doors",
        "takes_part": True,
        "trades": [],
        "lines": {},
        "sites": [],
        "reason": "Letter",
    }
    (fund,) = schoolward("funding", "funds", "--json").json
    assert (fund["key"], fund["amount"]) == ("doors/E", 1000_00)
    ready = schoolward("funding", "candidates", "--json").json["ready"]
    assert [(one["reference"], one["benefit"]) for one in ready] == [("W-DOOR", 588.0), ("W-GATE", 176.0)]

    file = tmp_path / "instance.json"
    assert schoolward("funding", "instance", "--out", file).code == 0
    planned = schoolward("plan", "funding", "--instance", file, "--json").json
    assert [one["candidate"] for one in planned["allocations"]] == ["W-DOOR"]

    plan = schoolward("funding", "make", "Fall", "--json").json["id"]
    shown = schoolward("funding", "ask", plan, "As it is", "--as", ANALYST)
    assert shown.code == 0, shown
    assert "no plan brings more" in shown.out
    assert "W-GATE" in shown.out.partition("left out")[2]
    (row,) = schoolward("funding", "plans", "--json").json
    number = row["scenarios"][0]["id"]
    other = schoolward("funding", "copy", number, "--lock-in", "W-GATE", "--as", ANALYST, "--json").json
    assert other["locked_in"] == ["W-GATE"]
    assert other["answer"]["allocations"][0]["candidate"] == "W-GATE"
    side = schoolward("funding", "compare", plan, "--json").json
    assert side["only_in"] == {str(number): ["W-DOOR"], str(other["id"]): ["W-GATE"]}
    assert "Only in" in schoolward("funding", "compare", plan).out
    of_scenario = schoolward("funding", "instance", "--scenario", other["id"]).out
    assert json.loads(of_scenario)["locked_in"] == ["W-GATE"]

    assert "needs a person" in schoolward("funding", "approve", number).err
    same = schoolward("funding", "approve", number, "--as", ANALYST)
    assert (same.code, "may not do that" in same.err) == (ExitCode.REFUSED, True)
    approved = schoolward("funding", "approve", number, "--as", LEAD, "--json").json["allocations"]
    assert [(one["work"], one["open_cents"]) for one in approved] == [("W-DOOR", 600_00)]
    assert WorkItem.objects.get(reference="W-DOOR").state == "funded"
    assert "W-DOOR" in schoolward("funding", "allocations").out

    letters = schoolward(
        "report", "amendment-letters", "--plan", plan, "--out", tmp_path / "letters", "--json"
    ).json
    assert [Path(one).suffix for one in letters["paths"]] == [".pdf", ".txt", ".json"]
    assert "No money moves between\nlines" in Path(letters["paths"][1]).read_text()
    item = schoolward("report", "board-item", "--plan", plan, "--out", tmp_path / "board").out.split()
    assert "Approve the use of $600.00 of grants for 1 work" in Path(item[1]).read_text()
    for wrong in (("board-item", "--plan", 99), ("amendment-letters", "--plan", plan, "--award", "nothing")):
        assert schoolward("report", *wrong, "--out", tmp_path).code == ExitCode.NOT_FOUND

    taken = schoolward(
        "funding", "withdraw", approved[0]["id"], "--as", LEAD, "--reason", "No bids", "--json"
    )
    assert taken.json == {"withdrawn": [approved[0]["id"]]}
    assert schoolward("funding", "allocations").out.startswith("No money is set aside")


def test_facts_ties_and_prices(schoolward: Run) -> None:
    said = schoolward("funding", "fact", "W-GATE", "lead_days", "9", "--reason", "Letter", "--json").json
    assert said["value"] == "9"
    schoolward("funding", "link", "W-GATE", "requires", "W-DOOR", "--reason", "The frame")
    schoolward("funding", "price", "W-GATE", "doors/E", "650.50", "--reason", "A bid")
    told = schoolward("funding", "bundle", "W-GATE", "W-DOOR", "--word", "oak", "--reason", "One", "--json")
    assert told.json == {"bundle": "oak", "works": ["W-DOOR", "W-GATE"], "reason": "One"}
    assert schoolward("funding", "bundle", "--json").json == []
    ready = schoolward("funding", "candidates", "--json").json["ready"]
    gate = next(one for one in ready if one["reference"] == "W-GATE")
    assert gate["bundle"] == "oak"
    assert (gate["lead_days"], gate["links"][0]["kind"]) == (9, "requires")
    assert gate["options"][0]["cost_cents"] == 650_50
    assert schoolward("funding", "fact", "W-GATE", "lead_days", "--default").code == 0


def test_no_plan_that_keeps_every_demand_ends_with_its_code(schoolward: Run) -> None:
    schoolward("funding", "scope", "doors", "--takes-part", "--reason", "Letter")
    plan = schoolward("funding", "make", "Fall", "--json").json["id"]
    ended = schoolward("funding", "ask", plan, "Both", "--lock-in", "W-GATE", "--lock-in", "W-DOOR")
    assert ended.code == ExitCode.FOUND_FAULTS
    assert "The fund doors/E holds $1,000." in ended.out
    floor = schoolward(
        "funding",
        "ask",
        plan,
        "Floor",
        "--floor",
        "50",
        "--floor-site",
        "oak",
        "--match",
        "1,000",
        "--site-max",
        "oak=800",
        "--json",
    )
    assert (floor.json["equity"], floor.json["site_max"], floor.json["match_available_cents"]) == (
        [{"name": "", "sites": ["oak"], "percent": 50.0}],
        {"oak": 800_00},
        1000_00,
    )


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("scope", "windows", "--no-part", "--reason", "x"), ExitCode.NOT_FOUND, "grants list"),
        (("scope", "doors", "--takes-part", "--reason", " "), ExitCode.REFUSED, "reason"),
        (("scope", "doors", "--no-part", "--site", "mars", "--reason", "x"), ExitCode.NOT_FOUND, "mars"),
        (("scope", "doors", "--reason", "x"), ExitCode.USAGE, "--takes-part"),
        (("fact", "W-GATE", "benefit", "much", "--reason", "x"), ExitCode.REFUSED, "risk points"),
        (("fact", "W-GATE", "benefit"), ExitCode.USAGE, "--default"),
        (("fact", "W-NONE", "benefit", "1", "--reason", "x"), ExitCode.NOT_FOUND, "W-NONE"),
        (("price", "W-GATE", "doors/E", "many", "--reason", "x"), ExitCode.USAGE, "no amount in dollars"),
        (("price", "W-GATE", "doors/X", "1", "--reason", "x"), ExitCode.NOT_FOUND, "doors/X"),
        (("bundle", "W-GATE"), ExitCode.USAGE, "--word"),
        (("bundle", "W-GATE", "--word", "x", "--reason", "x"), ExitCode.REFUSED, "two works"),
        (("ask", "9", "x"), ExitCode.NOT_FOUND, "funding plans"),
        (("ask", "9", "x", "--floor", "50"), ExitCode.USAGE, "--floor-site"),
        (("ask", "9", "x", "--site-min", "oak"), ExitCode.USAGE, "SITE=DOLLARS"),
        (("show", "9"), ExitCode.NOT_FOUND, "funding plans"),
        (("approve", "9", "--as", LEAD), ExitCode.NOT_FOUND, "funding plans"),
        (("make", "x", "--as", "nobody@example.org"), ExitCode.NOT_FOUND, "accounts list"),
        (("withdraw", "9", "--reason", "x"), ExitCode.NOT_FOUND, "allocations --all"),
    ],
)
def test_what_cannot_be_done_says_what_to_do(
    arguments: tuple[str, ...], code: ExitCode, told: str, schoolward: Run
) -> None:
    ended = schoolward("funding", *arguments)
    assert (ended.code, ended.out) == (code, "")
    assert told in ended.err
