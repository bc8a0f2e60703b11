"""Referrals on the command line: counts without a name, and never of a few."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.cli.conftest import Ended

pytestmark = pytest.mark.django_db(transaction=True)
Run = Callable[..., Ended]
TABLE = "reference,legal_name,born_on,need,referred_on\n" + "".join(
    f"{number},Invented Person {number},1998-03-01,attendance,2012-08-{number:02d}\n"
    for number in range(1, 4)
)


def test_it_counts_and_lists_numbers_and_names_nobody(schoolward: Run, tmp_path: Path) -> None:
    for key, text in (("agencies", "name,kind\nDistrict,district\n"), ("referrals", TABLE)):
        (tmp_path / key).with_suffix(".csv").write_text(text)
        ended = schoolward("import", key, (tmp_path / key).with_suffix(".csv"), "--json")
        assert ended.code == 0, ended
    told = schoolward("cases", "counts", "--json").json
    assert (told["referred"], told["started"]) == ("under 11", 0)
    rows = schoolward("cases", "waiting", "--as-of", "2012-08-07", "--json").json
    assert [row["due_on"] for row in rows] == ["2012-08-06"]
    shown = schoolward("cases", "waiting", "--as-of", "2012-09-06").out
    assert "referred" in shown
    assert "Invented" not in shown
    due = schoolward("cases", "due", "--as-of", "2012-09-06", "--json").json
    assert due == {"calls_about_seats": 0, "months_missing": 0, "hours_to_approve": 0}
    assert schoolward("cases", "classes", "--json").json == []
    assert "No class is ahead" in schoolward("cases", "classes").out
