"""Referrals on the command line: counts without a name, and never of a few."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from django.utils import timezone
from tests.cli.conftest import Ended

from schoolward.domains.cases.actions.editions import give_half_years
from schoolward.platform.access.viewer import Viewer

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
    assert due == {
        "calls_about_seats": 0,
        "months_missing": 0,
        "hours_to_approve": 0,
        "steps_after_diversion": 0,
        "diversions_due": 0,
    }
    assert schoolward("cases", "classes", "--json").json == []
    assert "No class is ahead" in schoolward("cases", "classes").out


VISITS = (
    "visit,legal_name,born_on,arrived_at,brought_by\n1,Invented Person,1998-03-01,2012-05-01 09:15,parent\n"
)


def test_visits_come_in_once_and_what_waits_names_nobody(schoolward: Run, tmp_path: Path) -> None:
    (tmp_path / "agencies.csv").write_text("name,kind\nDistrict,district\n")
    (tmp_path / "visits.csv").write_text(VISITS)
    assert schoolward("import", "agencies", tmp_path / "agencies.csv").code == 0
    preview = schoolward("import", "centre-visits", tmp_path / "visits.csv", "--dry-run", "--json").json
    assert (preview["created"], preview["rejected_rows"]) == (1, 0)
    assert schoolward("cases", "center", "--json").json["here"] == 0
    for created in (1, 0):
        told = schoolward("import", "centre-visits", tmp_path / "visits.csv", "--json").json
        assert told["created"] == created
    told = schoolward("cases", "center", "--as-of", "2013-06-30", "--json").json
    assert (told["here"], [look["days"] for look in told["looks"]]) == (1, [30, 60, 90])
    assert "Invented" not in schoolward("cases", "center", "--as-of", "2013-06-30").out
    out = schoolward("export", "centre-visits").out
    assert "Invented Person" in out
    (tmp_path / "bad.csv").write_text(VISITS.replace("parent", "nobody knows"))
    assert schoolward("import", "centre-visits", tmp_path / "bad.csv").code == 3


def test_diversion_is_counted_and_days_in_the_wrong_order_are_refused(schoolward: Run) -> None:
    told = schoolward("cases", "diversion", "--json").json
    assert (told["stages"], told["not_offered"]) == ([], [])
    assert "No case was decided" in schoolward("cases", "diversion").out
    wrong = schoolward("cases", "diversion", "--from", "2012-09-06", "--to", "2012-09-05")
    assert wrong.code == 2
    assert "exchange them" in wrong.err
    wrong = schoolward("cases", "diversion", "--from", "2012-07-02", "--to", "2012-09-05")
    assert (wrong.code, "no first of July" in wrong.err) == (2, True)


def test_a_performance_figure_opens_and_one_that_is_not_there_is_named(schoolward: Run) -> None:
    early = schoolward("cases", "performance", "--half", "2012-07-01")
    assert (early.code, "has no table yet" in early.err) == (2, True)
    for on in (date(2013, 2, 1), timezone.localdate()):
        at = datetime.combine(on, time(9), tzinfo=UTC)
        give_half_years(on=on, by=Viewer.system(at=at), at=at)
    opened = schoolward("cases", "performance", "--half", "2012-07-01", "--open", "served", "--json").json
    assert opened == {"value": 0, "records": [], "amounts": []}
    missing = schoolward("cases", "performance", "--open", "served", "--program", "nothing")
    assert (missing.code, "There is no figure served of nothing" in missing.err) == (4, True)
    assert "CODE" in schoolward("cases", "performance").out
