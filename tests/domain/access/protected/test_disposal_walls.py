"""Of a disposed record nothing is left in any table, and the database lets no other deletion by."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, datetime

import pytest
from django.db import DatabaseError, connection, transaction
from tests.conftest import NOW

from domain.access.protected.comparing import Stage
from domain.access.protected.retaining import (
    ABOUT,
    NAME,
    another,
    approved,
    closed,
    hold,
    officer,
    set_rule,
)
from domain.access.protected.ward import Ward
from schoolward.platform.access import disclosing
from schoolward.platform.access.models import Disposal
from schoolward.platform.access.retention import disposals, holds
from schoolward.platform.access.retention.carrying_out import carry_out
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.access.wall.deletion import MESSAGE
from schoolward.platform.audit.models import Event
from schoolward.platform.audit.verify import IN_CHAIN, verify

OLD = date(2007, 9, 6)


def there(ward: Ward) -> list[bool]:
    with within(Viewer.system(at=NOW)):
        return [Ward.objects.filter(pk=ward.pk).exists()]


def test_nothing_of_the_record_is_left_and_the_audit_never_had_it(stage: Stage, at: datetime) -> None:
    """Every table of the database is searched for what only this record held, the audit before and after."""
    by = officer(stage)
    ward = closed(stage, OLD, counselling="Qwertz weekly")
    disclosing.read(Ward.objects.filter(pk=ward.pk), Viewer.system(at=at))
    telling = hold(stage, at, ABOUT)
    holds.lift(hold_id=telling.pk, reason="Settled", by=by, at=at)
    marks = [NAME, "555-0199", "Qwertz weekly"]
    assert _tables_with(marks) == {"tests_ward"}
    batch = approved(stage, set_rule(stage, at), at)
    carry_out(disposal_id=batch.pk, by=another(stage), at=at)
    assert _tables_with(marks) == set()
    assert [fault for fault in verify().faults if fault.kind in IN_CHAIN] == []
    told = [event.detail for event in Event.objects.filter(action__startswith="access.dispos")]
    assert len(told) == 3
    assert str(ward.pk) not in json.dumps([d.get("rows") for d in told])
    # Who read it can still be told: by reference, and without content.
    assert [one.record for one in disclosing.disclosures(ABOUT, by=Viewer.system(at=at))] == [
        f"access.Ward:{ward.pk}"
    ]


def _tables_with(marks: Sequence[str]) -> set[str]:
    """The tables in which some text holds one of the marks, whatever the column."""
    found = set()
    with within(Viewer.system(at=NOW), sealing=True), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            text = "\n".join(str(row) for row in cursor.fetchall())
            if any(mark in text for mark in marks):
                found.add(table)
    return found


def delete(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "what", ["nothing listed", "proposed", "refused", "taken out", "another", "held", "done"]
)
def test_the_database_lets_no_other_deletion_by(what: str, stage: Stage, at: datetime) -> None:
    ward = closed(stage, OLD)
    schedule = set_rule(stage, at)
    target = ward.pk
    if what != "nothing listed":
        batch = disposals.propose(schedule_id=schedule.pk, by=officer(stage), at=at)
        if what != "proposed":
            approve = what != "refused"
            disposals.review(disposal_id=batch.pk, approve=approve, note_text="x", by=another(stage), at=at)
        if what == "taken out":
            disposals.take_out(row_id=batch.rows.get().pk, reason="Keep", by=officer(stage), at=at)
        if what == "another":
            target = closed(stage, OLD).pk
        if what == "held":
            hold(stage, at, ABOUT)
        if what == "done":
            Disposal.objects.update(carried_out_at=at)
    with within(Viewer.system(at=at)), pytest.raises(DatabaseError, match=MESSAGE):
        delete(f"DELETE FROM tests_ward WHERE id = {target}")  # noqa: S608 - a number


def test_the_database_lets_the_reviewed_deletion_by(stage: Stage, at: datetime) -> None:
    ward = closed(stage, OLD)
    approved(stage, set_rule(stage, at), at)
    with within(Viewer.system(at=at)):
        delete(f"DELETE FROM tests_ward WHERE id = {ward.pk}")  # noqa: S608 - a number
    assert there(ward) == [False]
