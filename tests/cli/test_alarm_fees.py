"""``schoolward alarms fees``, run as the command line runs it."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import click
import pytest
from tests.cli.conftest import Ended

from schoolward.cli.alarm_fees import fees
from schoolward.cli.outcome import ExitCode, code_of

ROOT = Path(__file__).resolve().parents[2]
ORDINANCES = ROOT / "src" / "schoolward" / "domains" / "alarms" / "data" / "ordinances"
GOLDEN = ROOT / "tests" / "golden" / "alarm_fees"
ALLIANCE = ORDINANCES / "alliance-oh.json"
HEADER = "event,time,system,type,disposition\n"
Run = Callable[..., Ended]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the command by itself, with the exit codes of the whole."""

    def go(*arguments: object) -> Ended:
        capsys.readouterr()
        code, said = 0, ""
        try:
            code = fees.main([str(argument) for argument in arguments], standalone_mode=False) or 0
        except click.ClickException as error:
            code, said = code_of(error), error.format_message()
        out, err = capsys.readouterr()
        return Ended(code, out, err + said)

    return go


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str, str], Path]:
    """Write a file."""

    def write(name: str, content: str) -> Path:
        path = tmp_path / name
        path.write_text(content)
        return path

    return write


def test_the_whole_result_as_json(run: Run) -> None:
    ended = run(
        *("--rules", ALLIANCE, "--events", GOLDEN / "alliance-oh" / "events.csv", "--as-of", "2013-01-31"),
        "--json",
    )
    assert ended.code == ExitCode.DONE
    found = ended.json
    assert list(found) == [
        "ordinance",
        "as_of",
        "assessments",
        "charges",
        "cancellations",
        "totals",
        "not_assessed",
        "rejected",
        "warnings",
    ]
    assert (found["rejected"], found["warnings"], found["not_assessed"]) == ([], [], None)
    assert found["totals"][-1]["claimed_cents"] == 40000
    seventh = next(one for one in found["assessments"] if one["event"] == "d7")
    assert seventh == {
        "event": "d7",
        "system": "AL-1",
        "time": "2012-12-31 23:59:00",
        "type": "burglary",
        "counts": True,
        "reason": "counted",
        "why": "7th false alarm of the calendar year from 2012-01-01. From the 6th each costs $100.00.",
        "ordinal": 7,
        "window_from": "2012-01-01",
        "earlier": ["d1", "d2", "d3", "d4", "d5", "d6"],
        "permit": "unknown",
        "fee_cents": 10000,
        "surcharge_cents": 0,
        "late_fee_cents": 0,
        "claimed_cents": 10000,
        "state": "due",
        "appeal": "none",
        "appeal_by": None,
        "decision_by": None,
        "pay_by": "2013-01-30",
        "paid_on": None,
    }


def test_all_the_files_together_as_text(run: Run) -> None:
    folder = GOLDEN / "warrensville-heights-oh"
    ended = run(
        *("--rules", ORDINANCES / "warrensville-heights-oh.json", "--events", folder / "events.csv"),
        *("--permits", folder / "permits.csv", "--appeals", folder / "appeals.csv"),
        *("--payments", folder / "payments.csv", "--as-of", "2012-10-31"),
    )
    assert ended.code == ExitCode.DONE
    lines = ended.out.splitlines()
    assert lines[0] == (
        "Warrensville Heights, Ohio, as of 2012-10-31: 18 alarms, 8 false, $100.00 claimed, $50.00 owed, "
        "$0.00 for permits"
    )
    assert lines[2].split() == ["alarm", "time", "system", "type", "nth", "claimed", "state", "why"]
    assert any("permit cancelled" in line and line.startswith("l1 ") for line in lines)
    assert "2012  18      8      $100.00  $50.00  $50.00  $0.00   $0.00" in lines
    assert ended.err == ""


def test_bad_rows_are_named_and_good_ones_are_assessed(run: Run, file: Callable[[str, str], Path]) -> None:
    alarms = file(
        "alarms.csv", HEADER + "e1,2012-09-06 08:15,s,fire,false\ne2,2012-09-06 08:15,s,laser,false\n"
    )
    ended = run("--rules", ALLIANCE, "--events", alarms, "--as-of", "2012-12-31", "--json")
    assert ended.code == ExitCode.ROWS_REJECTED
    assert [one["event"] for one in ended.json["assessments"]] == ["e1"]
    assert ended.json["rejected"] == [
        {
            "file": str(alarms),
            "row": 3,
            "column": "type",
            "value": "laser",
            "error": "is not known",
            "mend": "Write one of: burglary, robbery, panic, fire, medical, other.",
        }
    ]
    text = run("--rules", ALLIANCE, "--events", alarms, "--as-of", "2012-12-31")
    assert text.code == ExitCode.ROWS_REJECTED
    assert "row 3, type: “laser” is not known → Write one of: burglary" in text.out


def test_a_file_that_is_no_table_is_a_rejection(run: Run, file: Callable[[str, str], Path]) -> None:
    ended = run("--rules", ALLIANCE, "--events", file("alarms.csv", ""), "--as-of", "2012-12-31", "--json")
    assert ended.code == ExitCode.ROWS_REJECTED
    assert ended.json["rejected"][0]["error"].startswith("The file is empty.")
    assert ended.json["assessments"] == []


EXPORTED = "account,line,ordinance,number,issued_on,ends_on,cancelled_on\n"


def test_our_own_exports_are_read(run: Run, file: Callable[[str, str], Path]) -> None:
    """Permits and appeals as `schoolward export` writes them: by account and line, number and case."""
    days = ("07-01", "07-08", "07-15", "07-22")
    alarms = [f"a{day},2012-{day} 18:15,0A12,burglary,false" for day in days]
    alarms += [f"b{day},2012-{day} 18:15,second/0A12,burglary,false" for day in days]
    events = file("events.csv", HEADER + "\n".join(alarms) + "\n")
    permits = file(
        "permits.csv",
        EXPORTED + "0A12,main,demonstration,P1,2012-01-01,,\n0A12,second,demonstration,P2,2012-07-10,,\n"
        "0A12,main,texas-1694-06,P1,2011-01-01,2011-12-31,\n",
    )
    appeals = file(
        "appeals.csv",
        "case,filed_on,grounds,decided_on,outcome\na07-15,2012-07-16,Storm,2012-08-01,granted\n",
    )
    ended = run(
        *("--rules", ORDINANCES / "demonstration.json", "--events", events, "--permits", permits),
        *("--appeals", appeals, "--as-of", "2012-12-31", "--json"),
    )
    assert (ended.code, ended.json["rejected"]) == (ExitCode.DONE, [])
    assert ended.json["warnings"] == ["1 permits were issued under another ordinance and were left out."]
    permit_of = {one["event"]: (one["permit"], one["ordinal"]) for one in ended.json["assessments"]}
    assert permit_of["a07-22"] == ("permitted", 3), "the third of the main line's, because one was appealed"
    assert permit_of["b07-08"][0] == "none", "the second line's permit came later"
    assert permit_of["b07-15"][0] == "permitted"
    other = run(
        *("--rules", ORDINANCES / "model-2003.json", "--events", events, "--permits", permits),
        *("--as-of", "2012-12-31", "--json"),
    )
    assert other.json["warnings"][-1] == (
        "The permits were issued under another ordinance (demonstration, texas-1694-06) and are taken as if "
        "under this one."
    )
    assert {one["permit"] for one in other.json["assessments"]} == {"permitted", "none"}


def test_rejected_permits_are_told_first_by_the_names_of_the_file(
    run: Run, file: Callable[[str, str], Path]
) -> None:
    alarms = file("alarms.csv", HEADER + "e1,2012-09-06 08:15,s,fire,false\n")
    permits = file("pm.csv", EXPORTED + "s,main,alliance-oh,P1,soon,,\ns,main,alliance-oh,P2,2012-01-01,,\n")
    told = ("--rules", ALLIANCE, "--events", alarms, "--permits", permits, "--as-of", "2012-12-31")
    ended = run(*told)
    assert ended.code == ExitCode.ROWS_REJECTED
    first, second, blank, head = ended.out.splitlines()[:4]
    assert first == "1 rows were rejected:"
    assert "pm.csv, row 2, issued_on: “soon” is not a day that we can read → Write it as" in second
    assert (blank, head.startswith("Alliance, Ohio")) == ("", True), "good rows are assessed all the same"


def test_nothing_is_assessed_without_a_file_that_was_given(
    run: Run, file: Callable[[str, str], Path]
) -> None:
    """A permit year must not be said to lack permits, nor systems to have none, where a file is wrong."""
    alarms = file("alarms.csv", HEADER + "e1,2012-09-06 08:15,s,fire,false\n")
    told = ("--rules", ORDINANCES / "demonstration.json", "--events", alarms, "--as-of", "2012-12-31")
    odd = file("pm.csv", "who,when\ns,2012-01-01\n")
    ended = run(*told, "--permits", odd)
    assert ended.code == ExitCode.ROWS_REJECTED
    assert "row 1: The header lacks system (or account), permit (or number)" in ended.out.splitlines()[1]
    assert ended.out.splitlines()[-1] == f"Nothing was assessed, because {odd} cannot be read as a table."
    bad = file("bad.csv", EXPORTED + "s,main,demonstration,P1,soon,,\n")
    found = run(*told, "--permits", bad, "--json")
    assert found.code == ExitCode.ROWS_REJECTED
    assert found.json["not_assessed"] == f"Nothing was assessed, because every row of {bad} was rejected."
    assert (found.json["assessments"], found.json["rejected"][0]["column"]) == ([], "issued_on")


def test_a_rule_that_does_not_reach_the_alarms_assesses_nothing(
    run: Run, file: Callable[[str, str], Path]
) -> None:
    early = "e1,2012-09-06 08:15,s,burglary,false\ne2,2012-09-07 08:15,s,burglary,false\n"
    told = ("--rules", ORDINANCES / "stockton-ca.json", "--as-of", "2021-12-31", "--events")
    ended = run(*told, file("early.csv", HEADER + early))
    assert ended.code == ExitCode.DONE
    head, why = ended.out.splitlines()[:2]
    assert head == "Stockton, California, as of 2021-12-31: 2 alarms, not assessed, $0.00 for permits"
    assert why == (
        "2 of 2 alarms (2012-09-06 to 2012-09-07) cannot be assessed: the rule that is known here holds from "
        "2020-01-01 on."
    )
    assert "2012  2       not assessed  -" in ended.out
    found = run(*told, file("early.csv", HEADER + early), "--json").json
    assert found["not_assessed"] == why
    assert (found["totals"][-1]["false_alarms"], found["totals"][-1]["claimed_cents"]) == (None, None)
    first = found["assessments"][0]
    assert (first["state"], first["claimed_cents"]) == ("not_assessed", None)
    assert first["why"] == "Not assessed: no edition of the ordinance was in force on that day."
    both = run(*told, file("both.csv", HEADER + early + "e3,2021-09-06 08:15,s,burglary,false\n"))
    assert "3 alarms, 2 of them not assessed, 1 false, " in both.out.splitlines()[0]


def test_alarms_come_from_standard_input(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    content = (HEADER + "e1,2012-09-06 08:15,s,fire,false\n").encode()
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(content)))
    ended = run("--rules", ALLIANCE, "--events", "-", "--as-of", "2012-12-31", "--json")
    assert ended.code == ExitCode.DONE
    assert len(ended.json["assessments"]) == 1


def test_rules_that_cannot_be_used_are_refused(run: Run, file: Callable[[str, str], Path]) -> None:
    alarms = file("alarms.csv", HEADER)
    ended = run("--rules", file("rules.json", '{"key": 5}'), "--events", alarms)
    assert ended.code == ExitCode.REFUSED
    assert "rules.json: time_zone is missing; write a text in" in ended.err
    permit_year = run("--rules", ORDINANCES / "los-altos-ca.json", "--events", alarms)
    assert permit_year.code == ExitCode.REFUSED
    assert permit_year.err.endswith("give --permits FILE.")


def test_a_command_line_that_is_wrong(run: Run, tmp_path: Path) -> None:
    assert run("--rules", ALLIANCE).code == ExitCode.USAGE
    assert run("--rules", tmp_path / "none.json", "--events", "-").code == ExitCode.USAGE
    assert run("--rules", ALLIANCE, "--events", ALLIANCE, "--as-of", "soon").code == ExitCode.USAGE


def test_what_was_not_known_is_said(run: Run, file: Callable[[str, str], Path]) -> None:
    alarms = file(
        "alarms.csv", HEADER + "e1,2012-09-06 08:15,s,fire,false\ne2,2013-09-06 08:15,s,fire,false\n"
    )
    appeals = file("appeals.csv", "event,filed_on\ne9,2012-09-07\n")
    permits = file("permits.csv", "system,permit,starts_on,reinstated_on\ns,P1,2012-01-01,2012-05-01\n")
    ended = run(
        *("--rules", ORDINANCES / "warrensville-heights-oh.json", "--events", alarms),
        *("--appeals", appeals, "--permits", permits, "--as-of", "2012-12-31"),
    )
    assert ended.code == ExitCode.DONE
    assert ended.err.splitlines() == [
        "warning: No payments were given, so nothing was judged to be late.",
        "warning: 1 alarms lie after 2012-12-31 and were left out.",
        "warning: 1 appeals name an alarm that is not there: e9.",
        "warning: Permit P1 of s was reinstated on 2012-05-01, and no cancellation before it is known: "
        "no fee was charged for it.",
    ]


def test_help_lists_the_columns(run: Run) -> None:
    shown = run("--help").out
    for name in (
        "Columns of --events",
        "reset_at",
        "Columns of --permits",
        "issued_on",
        "paid_on",
        "Examples:",
    ):
        assert name in shown


def test_it_needs_no_django() -> None:
    script = (
        "import sys; from schoolward.cli.alarm_fees import fees; "
        f"fees(['--rules', {str(ALLIANCE)!r}, '--events', {str(GOLDEN / 'alliance-oh' / 'events.csv')!r}, "
        "'--json'], standalone_mode=False); "
        "sys.stderr.write(','.join(name for name in sys.modules if name.split('.')[0] == 'django'))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["totals"]
    assert done.stderr == ""
