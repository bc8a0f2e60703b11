"""The attendance center, truancy and diversion as files: errors by row and column, once, and the way back."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from tests.domain.cases.conftest import make_youth

from schoolward.domains.cases.models import (
    CentreVisit,
    DiversionCase,
    TermProof,
    TruancyDeed,
    VisitFollowUp,
    Youth,
)
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

HEAD = (
    "visit,legal_name,born_on,student_number,arrived_at,brought_by,cause,left_at,released_to,parent_told_at\n"
)
VISITS = f"""{HEAD}\
2012-1,Invented One,1998-03-01,9911,2012-09-05 09:15,parent,transport,2012-09-05 11:00,school,
2012-2,Invented Two,1998-04-01,9912,2012-09-05 10:00,officer,,2012-09-05 11:00,officer,2012-09-05 11:20
"""


@pytest.fixture
def bring(coordinator: Viewer, at: datetime) -> Callable[..., Report]:
    """Bring a file in."""

    def make(key: str, text: str, *, dry_run: bool = False, by: Viewer = coordinator) -> Report:
        return run(
            key, io.BytesIO(text.encode()), by=by, at=at, dry_run=dry_run, options={}, file_name="f.csv"
        )

    return make


def _counts(report: Report) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.unchanged, report.rejected_rows


def _out(key: str, viewer: Viewer) -> str:
    exchange = get(key)
    with within(viewer):
        return b"".join(write_csv(exchange.column_names, exchange.export_rows(viewer))).decode()


def test_visits_come_in_once_and_gain_only_what_was_not_known(
    bring: Callable[..., Report], coordinator: Viewer
) -> None:
    open_one = VISITS.replace("transport,2012-09-05 11:00,school", ",,")
    assert _counts(bring("centre-visits", VISITS, dry_run=True)) == (2, 0, 0, 0)
    with within(coordinator):
        assert not CentreVisit.objects.exists()
    assert _counts(bring("centre-visits", open_one)) == (2, 0, 0, 0)
    assert _counts(bring("centre-visits", VISITS)) == (0, 1, 1, 0)
    assert _counts(bring("centre-visits", VISITS)) == (0, 0, 2, 0)
    out = _out("centre-visits", coordinator)
    assert _counts(bring("centre-visits", out)) == (0, 0, 2, 0)
    with within(coordinator):
        first = CentreVisit.objects.get(youth__local_number="9911")
        assert (first.cause, first.released_to) == ("transport", "school")
        assert VisitFollowUp.objects.count() == 6
    rows = list(csv.DictReader(io.StringIO(out.lstrip("\ufeff"))))
    assert {row["parent_told_at"] for row in rows} == {"", "2012-09-05 11:20:00"}


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("a,Invented One,1998-03-01,,2012-09-05 09:15,parent,,2012-09-05 11:00,,", "released_to"),
        ("a,Invented One,1998-03-01,,2012-09-05 09:15,parent,,2012-09-05 08:00,school,", "left_at"),
        ("a,Invented One,1998-03-01,,2013-09-05 09:15,parent,,,,", "arrived_at"),
        ("a,Invented One,1998-03-01,,yesterday,parent,,,,", "arrived_at"),
        ("a,,1998-03-01,,2012-09-05 09:15,parent,,,,", "legal_name"),
        ("a,Invented One,1950-03-01,,2012-09-05 09:15,parent,,,,", "born_on"),
        ("a,Invented One,1998-03-01,,2012-09-05 09:15,parent,illness,,,", "cause"),
        ("no-7,Invented One,1998-03-01,,2012-09-05 09:15,parent,,,,", "visit"),
        (
            "a,Invented One,1998-03-01,,2012-09-05 09:15,parent,,2012-09-05 11:00,school,2012-09-05 11:05",
            "parent_told_at",
        ),
    ],
)
def test_a_bad_visit_is_told_by_row_and_column_and_nothing_of_it_stays(
    bring: Callable[..., Report], coordinator: Viewer, row: str, column: str
) -> None:
    report = bring("centre-visits", HEAD + row + "\n")
    assert _counts(report) == (0, 0, 0, 1)
    assert [(one.row, one.column) for one in report.rejected] == [(2, column)]
    with within(coordinator):
        assert not CentreVisit.objects.exists()
        assert not Youth.objects.exists()


def test_looks_and_notices_are_said_once(bring: Callable[..., Report], coordinator: Viewer) -> None:
    early = VISITS.replace("2012-09-05 ", "2012-05-01 ")
    bring("centre-visits", early)
    looks = "visit,days,done_on,found\n2012-1,30,2012-06-10,yes\n2012-1,31,2012-06-10,yes\n9,30,,\n"
    report = bring("centre-follow-ups", looks)
    assert _counts(report) == (0, 1, 0, 2)
    assert [(one.row, one.column) for one in report.rejected] == [(3, "days"), (4, "visit")]
    assert _counts(bring("centre-follow-ups", _out("centre-follow-ups", coordinator))) == (0, 0, 6, 0)
    again = bring("centre-follow-ups", "visit,days,done_on,found\n2012-1,30,2012-06-11,no\n")
    assert [(one.row, one.column) for one in again.rejected] == [(2, "days")]
    notices = (
        "student_number,kind,on\n9911,notice,2012-05-02\n9999,notice,2012-05-02\n9912,notice,2013-05-02\n"
    )
    report = bring("truancy-notices", notices)
    assert _counts(report) == (1, 0, 0, 2)
    assert [(one.row, one.column) for one in report.rejected] == [(3, "student_number"), (4, "on")]
    assert _counts(bring("truancy-notices", _out("truancy-notices", coordinator))) == (0, 0, 1, 0)
    with within(coordinator):
        assert TruancyDeed.objects.get().on == date(2012, 5, 2)


CASES = (
    "student_number,event_on,path,referred_on,kind,level,accepts_responsibility,guardian_agrees,victim_heard,"
    "group,decided_on,no_offer,declined_on,signed_on,outcome,outcome_on\n"
)
GOOD = "9921,2012-02-01,827.95,2012-02-03,vandalism,misdemeanor,yes,yes,yes,black,2012-02-03,,,2012-02-06,,\n"


def test_a_diversion_goes_as_far_as_the_file_tells_and_the_rules_allow(
    bring: Callable[..., Report], coordinator: Viewer, at: datetime
) -> None:
    with within(coordinator):
        youth = make_youth(coordinator)
        youth.local_number = "9921"
        youth.save(update_fields=["local_number"])
    assert _counts(bring("diversion-cases", CASES + GOOD)) == (1, 0, 0, 0)
    assert _counts(bring("diversion-cases", CASES + GOOD)) == (0, 0, 1, 0)
    done = GOOD.replace("2012-02-06,,", "2012-02-06,completed,2012-08-06")
    early = bring("diversion-cases", CASES + done)
    assert [(one.row, one.column) for one in early.rejected] == [(2, "outcome")]
    with within(coordinator):
        case = DiversionCase.objects.get()
        assert (case.was_offered, case.signed_on, case.outcome) == (True, date(2012, 2, 6), "")
        terms = list(case.terms.values_list("kind", "amount"))
    head = "reference,student_number,event_on,path,term,amount,on\n"
    proofs = head + "".join(
        f"p{place},9921,2012-02-01,827.95,{kind},{amount},2012-03-05\n"
        for place, (kind, amount) in enumerate(terms)
    )
    assert _counts(bring("diversion-proofs", proofs)) == (len(terms), 0, 0, 0)
    assert _counts(bring("diversion-proofs", proofs)) == (0, 0, len(terms), 0)
    assert _counts(bring("diversion-cases", CASES + done)) == (0, 1, 0, 0)
    assert _counts(bring("diversion-cases", _out("diversion-cases", coordinator))) == (0, 0, 1, 0)
    assert _counts(bring("diversion-proofs", _out("diversion-proofs", coordinator))) == (0, 0, len(terms), 0)
    with within(coordinator):
        assert TermProof.objects.count() == len(terms)
        assert DiversionCase.objects.get().outcome == "completed"


@pytest.mark.parametrize(
    ("changed", "column"),
    [
        ({"2012-02-06,,": "2012-02-02,,"}, "signed_on"),
        ({"2012-02-03,,,2012-02-06": ",,,2012-02-06"}, "decided_on"),
        ({"2012-02-06,,": "2012-02-06,failed,"}, "outcome_on"),
        ({"9921": "1"}, "student_number"),
    ],
)
def test_a_case_out_of_order_is_told_by_its_column(
    bring: Callable[..., Report], coordinator: Viewer, changed: dict[str, str], column: str
) -> None:
    with within(coordinator):
        youth = make_youth(coordinator)
        youth.local_number = "9921"
        youth.save(update_fields=["local_number"])
    row = GOOD
    for old, new in changed.items():
        row = row.replace(old, new)
    report = bring("diversion-cases", CASES + row)
    assert [(one.row, one.column) for one in report.rejected] == [(2, column)]
    with within(coordinator):
        assert not DiversionCase.objects.exists()


@pytest.mark.parametrize(
    "key", ["centre-visits", "centre-follow-ups", "truancy-notices", "diversion-cases", "diversion-proofs"]
)
def test_nobody_elses_caseload_goes_out(
    bring: Callable[..., Report], person: Callable[..., Viewer], key: str
) -> None:
    bring("centre-visits", VISITS)
    another: Any = person("program_coordinator", who="another")
    assert "Invented" not in _out(key, another)
    assert len(_out(key, another).strip().splitlines()) == 1
