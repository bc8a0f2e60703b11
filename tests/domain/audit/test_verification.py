"""Verification notices whatever was done to the chain behind the triggers' back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import DatabaseError, connection
from django.db.models import QuerySet
from django.test import TestCase

from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import anchor, wall
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.chain import event_hash
from schoolward.platform.audit.models import Event
from schoolward.platform.audit.verify import FAULTS_KEPT, verify
from schoolward.platform.health.registry import diagnose

pytestmark = pytest.mark.django_db
EVENTS = 12


@pytest.fixture
def chain(by: Viewer, at: datetime) -> None:
    """Twelve events, each committed and anchored, and the wall taken down for the attacker."""
    for number in range(1, EVENTS + 1):
        with TestCase.captureOnCommitCallbacks(execute=True):
            record(
                "test.event",
                by=by,
                at=at + timedelta(minutes=number),
                subject=f"test:{number}",
                detail={"share": number / 7, "when": at.date(), "names": {"b", "a"}},
            )
    wall.tear_down(connection)


def kinds() -> list[str]:
    return [fault.kind for fault in verify().faults]


def test_an_untouched_chain_is_sound(chain: None) -> None:
    found = verify()
    assert found.ok
    assert found.warnings == []
    assert (found.events, found.anchored) == (EVENTS, EVENTS)
    assert found.head == Event.objects.get(sequence=EVENTS).hash


def test_an_empty_chain_is_sound() -> None:
    assert verify().ok


@pytest.mark.parametrize(
    "change",
    [
        {"account_name": "somebody else"},
        {"account_id": 99},
        {"membership_id": 99},
        {"agency_id": 99},
        {"role": "lead"},
        {"purpose": "other"},
        {"action": "test.other"},
        {"subject": "test:other"},
        {"outcome": "denied"},
        {"detail": {}},
        {"at": datetime.fromisoformat("2012-09-06T19:00:00.000001+00:00")},
    ],
    ids=lambda change: next(iter(change)),
)
def test_an_edited_row_is_noticed_in_every_column(chain: None, change: dict[str, object]) -> None:
    Event.objects.filter(sequence=5).update(**change)
    found = verify()
    assert [(fault.kind, fault.sequence) for fault in found.faults] == [("edited", 5)]


UNREADABLE = {
    "sqlite": [
        "at = 'garbage'",
        "at = '2026-13-45 00:00:00'",
        "at = '9999-12-31 23:59:59'",
        "action = x'ff00'",
        "account_name = CAST(x'c328ff' AS TEXT)",
        "hash = CAST(x'c328ff' AS TEXT)",
        "hash = x'ff00'",
        "previous_hash = x'ff00'",
        "account_id = 'somebody'",
    ],
    "postgresql": ["at = 'infinity'", "at = '20260-01-01 00:00:00+00'", "at = '-infinity'"],
}


@pytest.mark.parametrize("change", UNREADABLE[connection.vendor])
def test_a_row_that_cannot_be_read_is_an_edited_row(chain: None, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_event SET {change} WHERE sequence = 5")  # noqa: S608 - the table above
    Event.objects.filter(sequence=9).update(role="lead")
    found = verify()
    edited = [fault.sequence for fault in found.faults if fault.kind == "edited"]
    assert edited == [5, 9], "the walk goes on behind it"
    assert found.events == EVENTS
    assert {fault.sequence for fault in found.faults} <= {5, 6, 9}
    json.dumps(found.as_json())


@pytest.mark.parametrize("change", UNREADABLE[connection.vendor][:1])
def test_doctor_tells_of_a_row_that_cannot_be_read(chain: None, at: datetime, change: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE audit_event SET {change} WHERE sequence = 5")  # noqa: S608 - the table above
    told = {diagnosis.name: diagnosis.found for diagnosis in diagnose(at=at)}["Audit chain"]
    assert told == "1 fault, the first: event 5 cannot be read, so it is not what was written"


def test_damage_of_the_file_is_no_edited_row(chain: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_self: object) -> object:
        raise DatabaseError("database disk image is malformed")

    monkeypatch.setattr(QuerySet, "__iter__", broken)
    with pytest.raises(DatabaseError):
        verify()


def test_a_deleted_row_is_noticed(chain: None) -> None:
    Event.objects.filter(sequence__in=(5, 6)).delete()
    found = verify()
    assert [(fault.kind, fault.sequence) for fault in found.faults] == [("deleted", 5)]
    assert "2 events are gone from 5 on" in found.faults[0].words


def test_a_deleted_first_row_is_noticed(chain: None) -> None:
    Event.objects.filter(sequence=1).delete()
    assert kinds() == ["deleted"]


def test_a_cut_tail_is_noticed_though_the_chain_is_whole(chain: None) -> None:
    Event.objects.filter(sequence__gt=9).delete()
    found = verify()
    assert [(fault.kind, fault.sequence) for fault in found.faults] == [("cut", 10)]
    assert "knows 12 events, the database ends at 9" in found.faults[0].words


def test_an_emptied_table_is_noticed(chain: None) -> None:
    Event.objects.all().delete()
    assert kinds() == ["cut"]


def test_a_swapped_order_is_noticed(chain: None) -> None:
    third, fourth = Event.objects.filter(sequence__in=(3, 4)).order_by("sequence")
    Event.objects.filter(sequence=3).update(sequence=100)
    Event.objects.filter(sequence=4).update(sequence=3)
    Event.objects.filter(sequence=100).update(sequence=4)
    assert {"edited", "relinked", "rewritten"} <= set(kinds())
    assert third.hash != fourth.hash


def test_a_rewritten_chain_is_noticed_by_the_anchor(chain: None) -> None:
    """An attacker who can write rehashes everything after the edited row: only the anchor knows."""
    previous = Event.objects.get(sequence=4).hash
    for event in Event.objects.filter(sequence__gte=5).order_by("sequence"):
        content = {
            name: getattr(event, name)
            for name in (
                *("account_id", "account_name", "membership_id", "agency_id", "role"),
                *("purpose", "action", "subject", "outcome", "detail"),
            )
        }
        content["account_name"] = "somebody else"
        digest = event_hash(previous_hash=previous, sequence=event.sequence, at=event.at, content=content)
        Event.objects.filter(pk=event.pk).update(
            account_name="somebody else", previous_hash=previous, hash=digest
        )
        previous = digest
    found = verify()
    assert {fault.kind for fault in found.faults} == {"rewritten"}
    assert [fault.sequence for fault in found.faults] == list(range(5, EVENTS + 1))


def test_a_missing_anchor_is_noticed(chain: None) -> None:
    anchor.path().unlink()
    assert kinds() == ["unanchored"]


def test_a_copy_of_the_anchor_kept_elsewhere_convicts(chain: None, tmp_path: Path) -> None:
    copy = tmp_path / "copy-on-another-machine"
    copy.write_bytes(anchor.path().read_bytes())
    Event.objects.filter(sequence__gt=9).delete()
    anchor.path().write_text("".join(anchor.path().read_text().splitlines(keepends=True)[:9]))
    assert verify().ok  # who holds both database and anchor can cut both
    assert [fault.kind for fault in verify(copy).faults] == ["cut"]


@pytest.mark.parametrize("torn", ["12 abc", "13", "\udcff\x00 nonsense"])
def test_a_torn_line_is_told_and_does_no_harm(
    chain: None,
    torn: str,
    by: Viewer,
    at: datetime,
    django_capture_on_commit_callbacks: Callable[..., object],
) -> None:
    with anchor.path().open("ab") as handle:
        handle.write(torn.encode(errors="surrogateescape"))
    with TestCase.captureOnCommitCallbacks(execute=True):
        record("test.after", by=by, at=at, subject="test:after")
    found = verify()
    assert found.ok
    assert found.anchored == EVENTS + 1
    assert found.warnings == ["1 unreadable line in the anchor"]


def test_an_anchor_that_lags_is_a_warning(chain: None, by: Viewer, at: datetime) -> None:
    record("test.unanchored", by=by, at=at, subject="test:13")
    found = verify()
    assert found.ok
    assert found.warnings == ["the newest event is not anchored yet"]


def test_faults_are_counted_but_not_all_kept(chain: None, by: Viewer, at: datetime) -> None:
    for number in range(FAULTS_KEPT):
        record("test.more", by=by, at=at, subject=f"test:{number}")
    Event.objects.update(role="lead")
    found = verify()
    assert found.faults_in_all == EVENTS + FAULTS_KEPT
    assert len(found.faults) == FAULTS_KEPT
    assert found.as_json()["ok"] is False
