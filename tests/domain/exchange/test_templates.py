"""The example rows of the templates that are offered for download."""

from __future__ import annotations

import io
from datetime import datetime
from importlib import resources

import pytest

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange.registry import Exchange, all_exchanges
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv

TABLES = sorted(all_exchanges(), key=lambda exchange: exchange.key)
#: A table is brought in after what its rows name; the others in any order.
FIRST = (
    "schools",
    "goals",
    "objectives",
    "initiatives",
    "alarm-accounts",
    "awards",
    "budget-lines",
    "ledger-accounts",
    "agencies",
    "program-providers",
    "programs",
    "program-rules",
    "program-offerings",
    "program-groups",
    "program-volunteers",
    "program-vettings",
    "walking-buses",
    "route-barriers",
    "route-crossings",
)
#: Their rows name cases, which only a receiver's signals make, or what only walks make.
NEEDS_RECORDS = ("alarm-appeals", "answers", "findings")
#: Whoever helps must be cleared of more than one row of a template can say; a directory and a set of files
#: are no table; a family is answered by a school district, which the template of agencies does not name; and
#: attendance is of nobody before there is a caseload, nor is a visit's follow-up, a seat or a diversion;
#: a bus has two stops at least, and whoever leads one or guards a crossing is an account.
IN_THEIR_OWN_TESTS = (
    "academy-students",
    "attendance",
    "bus-leaders",
    "bus-stops",
    "bus-walks",
    "centre-follow-ups",
    "centre-visits",
    "class-seats",
    "diversion-cases",
    "diversion-proofs",
    "guard-assignments",
    "guard-posts",
    "monthly-tracking",
    "program-assignments",
    "program-services",
    "referrals",
    "roster-schools",
    "roster-staff",
    "roster-students",
    "route-recommendations",
    "service-hours",
    "truancy-notices",
)


@pytest.mark.parametrize("exchange", TABLES, ids=lambda exchange: exchange.key)
def test_every_required_column_has_an_example(exchange: Exchange) -> None:
    assert [column.name for column in exchange.columns if column.required and not column.example] == []


@pytest.mark.django_db
def test_every_template_comes_in_unchanged(by: Viewer, at: datetime) -> None:
    """In an installation with the school directory that is shipped."""
    directory = resources.files("schoolward.domains.places") / "data" / "schools.csv"
    with directory.open("rb") as stream:
        assert run("schools", stream, by=by, at=at).rejected == []
    rejected = {}
    for exchange in sorted(TABLES, key=lambda one: (*(one.key != key for key in FIRST), one.key)):
        if exchange.key in (*NEEDS_RECORDS, *IN_THEIR_OWN_TESTS):
            continue
        example = [column.example for column in exchange.columns]
        template = b"".join(write_csv(exchange.column_names, [example]))
        report = run(exchange.key, io.BytesIO(template), by=by, at=at)
        if report.rejected or not report.read:
            rejected[exchange.key] = report.rejected
    assert {key: [row.error for row in rows] for key, rows in rejected.items()} == {}
