"""Programs on the command line: brought in, told, counted once, written as a directory."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.domains.programs.models import SessionCount

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]
FILES = {
    "agencies": "name,kind\nRiver City,city\n",
    "program-providers": "key,name,agency\nleague,The League,River City\n",
    "programs": "key,title,kind,provider,starts_on\nchess,Chess,team,league,2012-01-01\n",
    "program-offerings": "program,number,starts_on,ends_on,place,registered\n"
    "chess,1,2012-08-27,2012-12-14,Library,12\n",
    "program-sessions": "program,offering,number,on,minutes_planned\n"
    "chess,1,1,2012-08-27,60\nchess,1,2,2012-09-03,60\n",
}


@pytest.fixture(autouse=True)
def _chess(schoolward: Run, tmp_path: Path) -> None:
    """A program with two sessions, from files."""
    for key, text in FILES.items():
        file = tmp_path / f"{key}.csv"
        file.write_text(text)
        ended = schoolward("import", key, file)
        assert ended.code == 0, ended


def test_what_it_tells_and_how_a_session_is_counted(schoolward: Run, tmp_path: Path) -> None:
    (row,) = schoolward("programs", "list", "--as-of", "2012-09-06", "--json").json
    assert (row["key"], row["state"], row["vacant"]) == ("chess", "running", None)
    assert schoolward("programs", "show", "go").code == ExitCode.NOT_FOUND
    assert schoolward("programs", "show", "chess", "--json").json["requirements"] == []

    first, second = schoolward("programs", "to-count", "--as-of", "2012-09-06", "--json").json
    for _time in range(2):
        told = schoolward("programs", "count", first["session"], "--attended", "9", "--json").json
        assert told == {"session": first["session"], "state": "held", "attended": 9}
    assert SessionCount.objects.count() == 1
    assert schoolward("programs", "count", first["session"], "--attended", "-1").code == ExitCode.REFUSED
    assert schoolward("programs", "count", "99999", "--attended", "1").code == ExitCode.NOT_FOUND
    assert schoolward("programs", "cancel", second["session"], "--reason", "weather").code == 0
    assert schoolward("programs", "cancel", first["session"], "--reason", "weather").code == ExitCode.REFUSED
    assert schoolward("programs", "to-count", "--as-of", "2012-09-06", "--json").json == []

    file = tmp_path / "services.json"
    assert schoolward("programs", "directory", "--as-of", "2012-09-06", "--out", file).code == 0
    assert [one["name"] for one in json.loads(file.read_text())["contents"]] == ["Chess"]
    again = schoolward("import", "program-services", file, "--dry-run", "--json").json
    assert (again["read"], again["unchanged"], again["rejected"]) == (1, 1, [])


def test_counts_that_a_device_kept_are_taken_once_and_refusals_named(schoolward: Run, tmp_path: Path) -> None:
    first, second = (row["session"] for row in schoolward("programs", "to-count", "--json").json)
    moment = "2012-09-06T09:00:00-07:00"
    ids = ("00000000-0000-4000-8000-000000000001", "00000000-0000-4000-8000-000000000002")
    counts = [
        {"id": ids[0], "session": first, "attended": 9, "minutes": 60, "moment": moment},
        {"id": ids[1], "session": second, "attended": -1, "minutes": 60, "moment": moment},
    ]
    file = tmp_path / "counts.json"
    file.write_text(json.dumps({"sent": "2012-09-06T11:00:00-07:00", "counts": counts}))
    for _time in range(2):
        ended = schoolward("programs", "take-counts", file)
        assert ended.code == ExitCode.ROWS_REJECTED
        assert f"{ids[1]}: Write a number from 0 to 100,000." in ended.out
        assert "1 of 2 taken." in ended.out
    assert SessionCount.objects.get().attended == 9
    file.write_text('{"counts": 3}')
    ended = schoolward("programs", "take-counts", file)
    assert ended.code == ExitCode.USAGE
    assert "Nothing was taken." in ended.err


def test_a_dashboard_and_a_measure_of_one_program(schoolward: Run) -> None:
    (row,) = schoolward("programs", "dashboard", "--as-of", "2012-09-06", "--json").json
    assert (row["program"], row["offered_now"]) == ("chess", 1)
    assert [one["text"] for one in row["late"]] == ["2 sessions are not reported"]
    told = schoolward("programs", "dashboard", "chess", "--as-of", "2012-09-06", "--json").json
    assert [one["not_reported"] for one in told["offered"]] == [2]
    figures = {(one["measure"], one["first"]): one for one in told["figures"]}
    assert figures["programs.sessions_uncounted", "2012-07-01"]["value"] == 2
    asked = ("--from", "2012-07-01", "--to", "2012-09-06", "--program", "chess")
    assert schoolward("measure", "programs.sessions_uncounted", *asked, "--json").json["value"] == 2
    assert len(schoolward("trace", "programs.sessions_uncounted", *asked).out.split()) == 2
    assert "not reported" in schoolward("programs", "dashboard", "chess", "--as-of", "2012-09-06").out
    for command in (("programs", "dashboard", "go"), ("measure", "programs.fidelity", "--program", "go")):
        ended = schoolward(*command)
        assert (ended.code, "schoolward programs list" in ended.err) == (ExitCode.NOT_FOUND, True)
    both = schoolward("measure", "programs.fidelity", "--program", "chess", "--site", "34674390000000")
    assert (both.code, "not about both" in both.err) == (ExitCode.USAGE, True)
