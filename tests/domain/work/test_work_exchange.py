"""Work in and out as files."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest

from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions
from schoolward.domains.work.models import Transition, WorkItem
from schoolward.domains.work.states import State
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange import registry
from schoolward.platform.exchange.report import Report
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

pytestmark = pytest.mark.django_db
HEADER = "reference,title,kind,site,trade,severity,estimate,due,state,reason,proposed_on"
GOOD = (
    "C-1,Trim the shrubs,recommendation,oak,landscape,medium,150.50,2012-05-01,accepted,,2011-03-07",
    "C-2,Move the bench,recommendation,oak,other,low,,,declined,Too dear,2011-03-07",
    'C-3,"Fit, and test, a lock",repair,,locks,urgent,"$1,200.00",,,,',
)


@pytest.fixture
def bring(by: Viewer, at: datetime) -> Callable[..., Report]:
    def bring(*rows: str, header: str = HEADER, **options: Any) -> Report:
        stream = io.BytesIO("\n".join([header, *rows, ""]).encode())
        return run("work-items", stream, **{"by": by, "at": at, **options})

    return bring


def test_good_rows_come_in_with_their_history(site: Campus, bring: Any) -> None:
    report = bring(*GOOD)

    assert (report.read, report.created, report.rejected) == (3, 3, [])
    accepted, declined, fresh = WorkItem.objects.order_by("reference")
    assert (accepted.state, accepted.estimate_cents, accepted.campus) == (State.ACCEPTED, 15_050, site)
    assert [str(row.on) for row in accepted.transitions.all()] == ["2011-03-07", "2011-03-07"]
    assert declined.transitions.last().reason == "Too dear"
    assert (fresh.title, fresh.estimate_cents, fresh.campus) == ("Fit, and test, a lock", 120_000, None)


def test_bringing_it_again_changes_nothing(site: Campus, bring: Any) -> None:
    bring(*GOOD)

    again = bring(*GOOD)

    assert (again.created, again.updated, again.unchanged) == (0, 0, 3)
    assert Transition.objects.count() == 5


def test_what_goes_out_comes_in_again(
    proposed: WorkItem, advance: Any, by: Viewer, at: datetime, bring: Any
) -> None:
    bring(*GOOD)
    advance(proposed, State.VERIFIED)
    exchange = registry.get("work-items")

    out = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    again = run("work-items", io.BytesIO(out), by=by, at=at)

    assert (again.unchanged, again.rejected) == (4, [])


def test_a_changed_row_updates(site: Campus, bring: Any) -> None:
    bring(*GOOD)

    report = bring(GOOD[0].replace("Trim the shrubs", "Trim the hedge"))

    assert report.updated == 1
    assert WorkItem.objects.get(reference="C-1").title == "Trim the hedge"


@pytest.mark.parametrize(
    ("row", "column", "mend"),
    [
        ("C-9,x,recommendation,nowhere,,,,,,,", "site", "short name"),
        ("C-9,x,wish,oak,,,,,,,", "kind", "Write one of"),
        ("C-9,x,task,oak,,,,,verified,,", "state", "second person"),
        ("C-9,x,task,oak,,,,,accepted,,", "due", "needs a due date"),
        ("C-9,x,task,oak,,,,,declined,,", "reason", "Say why"),
        ("C-9,x,task,oak,,,-5,,,,", "estimate", ""),
        ("C-9,x,task,oak,,,,2011-01-01,accepted,,2011-03-07", "due", ""),
        ("C-9,x,task,oak,,,,,,,2013-01-01", "proposed_on", "earlier"),
        ("C-9,,task,oak,,,,,,,", "title", "Fill it in"),
    ],
)
def test_a_bad_row_is_named_and_the_good_ones_go_on(
    site: Campus, bring: Any, row: str, column: str, mend: str
) -> None:
    report = bring(row, GOOD[0])

    (rejection,) = report.rejected
    assert (rejection.row, rejection.column) == (2, column)
    assert mend in rejection.mend
    assert list(WorkItem.objects.values_list("reference", flat=True)) == ["C-1"], "nothing half-written"


def test_state_and_due_date_do_not_move_by_file(
    proposed: WorkItem, advance: Any, bring: Any, site: Campus
) -> None:
    advance(proposed, State.ACCEPTED)
    row = f"{proposed.reference},Repair the fence,task,oak,,,,%s,%s,,"

    report = bring(row % ("", "funded"), row % ("2013-05-05", ""))

    assert [rejection.column for rejection in report.rejected] == ["state", "due"]


def test_a_preview_reports_the_same_and_writes_nothing(site: Campus, bring: Any) -> None:
    preview = bring(*GOOD, dry_run=True)

    assert preview.created == 3
    assert not WorkItem.objects.exists()


def test_a_formula_stays_text(site: Campus, by: Viewer, at: datetime) -> None:
    actions.propose(title="=HYPERLINK(1)", reference="C-1", by=by, at=at)
    exchange = registry.get("work-items")

    out = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))

    assert b"'=HYPERLINK(1)" in out
    assert run("work-items", io.BytesIO(out), by=by, at=at).unchanged == 1
