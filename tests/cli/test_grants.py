"""Grants on the command line: brought in, told, proved and packed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

from schoolward.cli.outcome import ExitCode
from schoolward.domains.grants.models import MonthSum

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
    assert "Expenditure,Locks,E,25075," in written

    assert schoolward("grants", "check").code == 0
    MonthSum.objects.filter(expended=250_75).update(expended=1)
    found = schoolward("grants", "check")
    assert found.code == ExitCode.FOUND_FAULTS
    assert "doors" in found.out
    assert schoolward("grants", "check", "--mend").code == 0
    assert schoolward("grants", "check").code == 0
