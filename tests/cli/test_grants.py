"""Grants on the command line: brought in, told, proved and packed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.domains.grants import actions
from schoolward.domains.grants.models import Award, Entry, MonthSum
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]
AWARDS = (
    "key,title,funder_name,amount,awarded_on,start,end,forbids_supplanting\n"
    "doors,Safer doors,An office,1000,2012-01-01,2012-01-01,2012-12-31,no\n"
)
LEDGER = "id,award,line,kind,amount,on,description\n1,doors,E,expenditure,250.75,2012-03-05,Locks\n"


@pytest.fixture(autouse=True)
def _award(schoolward: Run, tmp_path: Path) -> None:
    """An award with one line and one cost, from files."""
    for key, text in (
        ("awards", AWARDS),
        ("budget-lines", "award,code,title,category,budget\ndoors,E,Locks,equipment,1000\n"),
        ("grant-ledger", LEDGER),
    ):
        file = tmp_path / f"{key}.csv"
        file.write_text(text)
        ended = schoolward("import", key, file)
        assert ended.code == 0, ended


def test_everything_that_it_says_of_an_award(schoolward: Run, tmp_path: Path) -> None:
    (row,) = schoolward("grants", "list", "--as-of", "2012-06-30", "--json").json
    assert (row["key"], row["spent"], row["amount"]) == ("doors", 250_75, 1000_00)
    assert row["lapse"]["days_left"] == 184
    assert "$250.75 of $1,000.00 spent" in schoolward("grants", "list").out

    lines = schoolward("grants", "report", "doors", "--until", "2012-06-30", "--json").json
    assert {line["code"]: line["cents"] for line in lines}["10h"] == 749_25
    assert schoolward("grants", "report", "windows", "--until", "2012-06-30").code == ExitCode.NOT_FOUND

    told = schoolward("grants", "pack", "doors", "--as-of", "2012-09-06", "--out", tmp_path, "--json").json
    assert sorted(Path(path).suffix for path in told["paths"]) == [".csv", ".json", ".pdf"]
    written = next(Path(path) for path in told["paths"] if path.endswith(".csv")).read_text()
    assert "Expenditure,Locks · general ledger 1,E,25075," in written

    assert schoolward("grants", "check").code == 0
    MonthSum.objects.filter(expended=250_75).update(expended=1)
    found = schoolward("grants", "check")
    assert found.code == ExitCode.FOUND_FAULTS
    assert "doors" in found.out
    assert schoolward("grants", "check", "--mend").code == 0
    assert schoolward("grants", "check").code == 0


@pytest.mark.parametrize("option", [("--local-money", "adds"), ("--local_money=adds",)])
def test_costs_of_an_award_that_may_not_replace_local_money_come_in(
    schoolward: Run, tmp_path: Path, option: tuple[str, ...]
) -> None:
    Award.objects.update(forbids_supplanting=True)
    accounts, ledger = tmp_path / "accounts.csv", tmp_path / "gl.csv"
    accounts.write_text("account,award,line,kind\n01-4400,doors,E,expenditure\n")
    ledger.write_text("transaction,posted,account,amount,description\nGL-1,2012-03-06,01-4400,10,Hinges\n")
    assert schoolward("import", "ledger-accounts", accounts).code == 0
    blocked = schoolward("import", "general-ledger", ledger)
    assert blocked.code == ExitCode.ROWS_REJECTED
    assert "adds to local money" in blocked.out
    assert schoolward("import", "general-ledger", ledger, *option, "--json").json["created"] == 1
    assert schoolward("import", *option, "general-ledger", ledger, "--json").json["unchanged"] == 1


def test_what_a_table_asks_is_an_option_of_that_table_alone(schoolward: Run, tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    file.write_text("a\n")
    assert "--local-money" in schoolward("import", "general-ledger", "--help").out
    wrong = schoolward("import", "general-ledger", file, "--local-money", "perhaps")
    assert (wrong.code, "one of unsaid, adds" in wrong.err) == (2, True)
    other = schoolward("import", "schools", file, "--local-money", "adds")
    assert (other.code, "No such option" in other.err) == (2, True)


def test_the_links_of_the_calendar_name_the_host(schoolward: Run, settings: object) -> None:
    settings.SITE_URL = "https://safe.example.org"  # type: ignore[attr-defined]
    made = schoolward("grants", "calendar").out
    assert "BEGIN:VEVENT" in made
    assert "URL:https://safe.example.org/grants/" in made


def test_rules_posts_and_first_budgets_are_set_right(schoolward: Run) -> None:
    rules = {row["key"]: row for row in schoolward("grants", "rules", "doors", "--json").json}
    assert rules["match"]["setting"] == "None is asked."
    assert (rules["match"]["citation"], rules["match"]["valid_to"]) == ("28 CFR 66.24", "2014-12-25")
    budget = Entry.objects.get(kind="budget")
    low = schoolward("grants", "correct-budget", budget.pk, "1", "--reason", "Mistyped")
    assert (low.code, "at least $250.75" in low.err) == (ExitCode.REFUSED, True)
    told = schoolward("grants", "correct-budget", budget.pk, "900", "--reason", "Mistyped", "--json").json
    assert told["cents"] == 900_00
    system = Viewer.system(at=datetime(2012, 9, 6, 19, tzinfo=UTC))
    post = actions.add_position(
        title="Advocate", annual_cents=1, starts=date(2012, 1, 1), by=system, at=system.at
    )
    for name in ("City", "County", "Fund"):
        actions.fund_position(
            position_id=post.pk,
            local_source=name,
            start=date(2012, 1, 1),
            end=date(2012, 12, 31),
            share=3_333,
            by=system,
            at=system.at,
        )
    (row,) = schoolward("grants", "posts", "--as-of", "2012-09-06", "--json").json
    assert (row["secured_to"], row["after"]) == (None, "99.99%")
    for paid in row["funding"]:
        assert schoolward("grants", "change-funding", paid["id"], "--part", "1/3").code == 0
    ended = schoolward("grants", "change-post", "advocate", "--ends", "2012-12-30")
    assert (ended.code, "for which it is paid" in ended.err) == (ExitCode.REFUSED, True)
    assert schoolward("grants", "change-post", "advocate", "--annual", "61000").code == 0
    assert "paid in full until 2012-12-31" in schoolward("grants", "posts", "--as-of", "2012-09-06").out
    assert schoolward("grants", "change-funding", 99999).code == ExitCode.NOT_FOUND
    assert schoolward("grants", "change-funding", 1, "--part", "a third").code == 2
    assert schoolward("grants", "change-post", "nobody", "--title", "X").code == ExitCode.NOT_FOUND


def test_a_closed_award_is_opened_again_and_feeds_are_made(
    schoolward: Run, client_of: Callable[..., object]
) -> None:
    client_of("grants_analyst")
    client_of("lead")
    analyst, lead = ("--as", "grants_analyst-0@example.org"), ("--as", "lead-1@example.org")
    why = ("--reason", "An invoice came late")
    assert "not closed" in schoolward("grants", "reopen", "doors", *why, *analyst).err
    Award.objects.update(closed_on=date(2012, 9, 5), closed_by_name="P")
    asked = str(schoolward("grants", "reopen", "doors", *why, *analyst, "--json").json["request"])
    own = schoolward("grants", "decide", asked, "--let-by", *why, *analyst)
    assert (own.code, "Somebody other" in own.err) == (ExitCode.REFUSED, True)
    assert schoolward("grants", "decide", asked, "--let-by", *why, *lead).out == "Let by.\n"
    assert Award.objects.get().closed_on is None
    made = schoolward("grants", "make-feed", "My telephone", *analyst, "--json").json
    assert made["address"].endswith(".ics")
    assert schoolward("grants", "revoke-feed", made["id"], *lead).code == ExitCode.REFUSED
    assert schoolward("grants", "revoke-feed", made["id"], *analyst).code == 0
    assert "My telephone, revoked" in schoolward("grants", "feeds", *analyst).out


def test_an_application_from_the_opportunity_to_the_answer(
    schoolward: Run, client_of: Callable[..., object], tmp_path: Path
) -> None:
    client_of("grants_analyst")
    client_of("lead")
    seek = ("grants", "applications")
    today = timezone.localdate()
    assert "No opportunity" in schoolward(*seek, "opportunities").out
    made = schoolward(
        *seek, "add", "Safer doors", "--funder-name", "An office", "--closes", date(today.year + 1, 1, 31),
        "--ceiling", "1000", "--match", "33.33", "--json",
    ).json  # fmt: skip
    key = made["key"]
    assert schoolward(*seek, "add", "X", "--funder-name", "Y", "--closes", today, "--match", "1/3").code == 2
    assert "Decide on it first" in schoolward(*seek, "begin", key, "--ask", "900").err
    assert schoolward(*seek, "choose", "nothing", "--go", "--reason", "X").code == ExitCode.NOT_FOUND
    assert schoolward(*seek, "choose", key, "--go", "--reason", "Fits").out == f"{key}: go.\n"
    assert "ceiling" in schoolward(*seek, "begin", key, "--ask", "1000.01").err
    begun = schoolward(*seek, "begin", key, "--ask", "900", "--match", "300", "--json").json
    number = begun["id"]
    assert len(begun["lacks"]) == 4
    assert f"application {number}" in schoolward(*seek, "opportunities").out

    assert "has an amount" in schoolward(*seek, "add-part", number, "budget", "Locks").err
    assert schoolward(*seek, "add-part", number, "budget", "Locks", "--amount", "900").code == 0
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(b"not a document at all \x00\x01")
    assert schoolward(*seek, "add-part", number, "letter", "The city's", "--file", letter).code == 0
    assert "Not signed yet" in schoolward(*seek, "submit", number).err
    for who in ("grants_analyst-0", "lead-1"):
        ended = schoolward(*seek, "sign", number, "--as", f"{who}@example.org")
        assert ended.code == 0, ended
    assert schoolward(*seek, "show", number, "--json").json["lacks"] == []
    assert "future" in schoolward(*seek, "submit", number, "--on", date(today.year + 1, 1, 1)).err
    assert schoolward(*seek, "submit", number).code == 0
    told = schoolward(*seek, "answer", number, "awarded", "--json").json
    assert (told["outcome"], told["decided_on"]) == ("awarded", today.isoformat())
    assert schoolward(*seek, "answer", 99999, "declined").code == ExitCode.NOT_FOUND


def test_amendments_transfers_and_reports(schoolward: Run, tmp_path: Path) -> None:
    lines = tmp_path / "lines.csv"
    lines.write_text("award,code,title,category,budget\ndoors,S,Signs,supplies,0\n")
    assert schoolward("import", "budget-lines", lines).code == 0
    approved = ("--approval", "12-A", "--approved-on", "2012-05-02", "--text", "Three months more")
    assert schoolward("grants", "amend", "doors", "extension", *approved).code == ExitCode.REFUSED
    told = schoolward("grants", "amend", "doors", "extension", "--to", "2013-03-31", *approved, "--json").json
    assert told["end_after"] == "2013-03-31"
    assert schoolward("grants", "amend", "doors", "moon", *approved).code == 2

    why = ("--reason", "Signs, too")
    none = schoolward("grants", "transfer", "doors", "E", "Z", "1", *why)
    assert (none.code, "line Z of doors" in none.err) == (ExitCode.NOT_FOUND, True)
    assert schoolward("grants", "transfer", "doors", "E", "S", "5000", *why).code == ExitCode.REFUSED
    moved = schoolward("grants", "transfer", "doors", "E", "s", "50", *why, "--json").json
    assert moved["cents"] == 50_00
    back = schoolward("grants", "take-back", moved["transfer"], *why, "--json").json
    assert back["takes_back"] == moved["transfer"]
    assert "already" in schoolward("grants", "take-back", moved["transfer"], *why).err

    owed = schoolward("grants", "reports", "--json").json
    assert owed
    first = owed[0]["id"]
    assert "future" in schoolward("grants", "sent", first, "--on", "2999-01-01").err
    assert schoolward("grants", "sent", first, "--on", owed[0]["end"]).code == 0
    assert first not in {row["id"] for row in schoolward("grants", "reports", "--json").json}
    assert f"sent {owed[0]['end']}" in schoolward("grants", "reports", "--all").out
    assert schoolward("grants", "not-sent", first, *why).out == "It is owed again.\n"
    assert schoolward("grants", "sent", 10**9).code == ExitCode.NOT_FOUND
