"""An anchor that is lost, cut short or another's: nothing is written beside it until that is recorded."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from django.test import TestCase

from schoolward.platform.access.models import Agency
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit import anchor, wall
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.chain import GENESIS
from schoolward.platform.audit.guard import AnchorFault
from schoolward.platform.audit.models import REANCHORED, Event
from schoolward.platform.audit.reanchoring import Reanchored, ReanchoringRefused, reanchor
from schoolward.platform.audit.verify import verify

pytestmark = pytest.mark.django_db
EVENTS = 5
Write = Callable[[], Event]


@pytest.fixture
def write(by: Viewer, at: datetime) -> Write:
    """Record one event, commit it and anchor it."""

    def once() -> Event:
        with TestCase.captureOnCommitCallbacks(execute=True), transaction.atomic():
            return record("test.event", by=by, at=at, subject="test:1")

    return once


@pytest.fixture
def chain(write: Write) -> None:
    """Five events, each committed and anchored."""
    for _ in range(EVENTS):
        write()


@pytest.fixture
def renew(by: Viewer, at: datetime) -> Callable[[], Reanchored]:
    """Anchor anew, as an operator would."""

    def once() -> Reanchored:
        with TestCase.captureOnCommitCallbacks(execute=True):
            return reanchor(by=by, at=at, operator="ana", command="test", reason="the disk failed")

    return once


def keep_lines(number: int) -> None:
    anchor.path().write_text("".join(anchor.path().read_text().splitlines(keepends=True)[:number]))


def cut_tail(after: int) -> None:
    """What only the owner of the database can do."""
    wall.tear_down(connection)
    Event.objects.filter(sequence__gt=after).delete()
    wall.build(connection)


def another_chains() -> None:
    keep_lines(1)
    with anchor.path().open("a") as handle:
        handle.write(f"3 {'a' * 64} 2012-09-06T19:00:00+00:00\n")


HARM: dict[str, tuple[Callable[[], object], str, str]] = {
    "deleted": (lambda: anchor.path().unlink(), "gone or empty", "unanchored"),
    "emptied": (lambda: anchor.path().write_text(""), "gone or empty", "unanchored"),
    "overwritten": (lambda: anchor.path().write_bytes(b"\xff\x00nonsense"), "gone or empty", "unanchored"),
    "half a line only": (lambda: anchor.path().write_text("5 abc"), "gone or empty", "unanchored"),
    "another chain's": (another_chains, "belongs to another chain", "rewritten"),
    "newer than the database": (lambda: cut_tail(3), "knows 5 events, but the database ends at 3", "cut"),
    "newer than an empty database": (lambda: cut_tail(0), "the database ends at 0", "cut"),
}


@pytest.mark.parametrize("harm", HARM)
def test_nothing_is_written_beside_it(chain: None, write: Write, harm: str) -> None:
    do_harm, words, kind = HARM[harm]
    do_harm()
    before = anchor.path().read_bytes() if anchor.path().exists() else None
    events = Event.objects.count()
    for _ in range(2):
        with pytest.raises(AnchorFault, match=words) as refused:
            write()
        assert "schoolward audit re-anchor" in str(refused.value)
        assert str(anchor.path()) in str(refused.value)
    assert Event.objects.count() == events
    assert (anchor.path().read_bytes() if anchor.path().exists() else None) == before
    assert kind in {fault.kind for fault in verify().faults}, "and verification says so too"


@pytest.mark.parametrize("harm", HARM)
def test_a_new_anchor_is_on_the_record(
    chain: None, write: Write, renew: Callable[[], Reanchored], harm: str
) -> None:
    do_harm, _words, kind = HARM[harm]
    do_harm()
    old = anchor.path().read_bytes() if anchor.path().exists() else b""
    last = Event.objects.order_by("sequence").last()
    done = renew()
    event = Event.objects.get(action=REANCHORED)
    assert event == done.event
    assert event.sequence == (last.sequence if last else 0) + 1
    assert (event.detail["reason"], event.detail["operator"]) == ("the disk failed", "ana")
    assert (event.detail["events"], event.detail["head"]) == (
        (last.sequence, last.hash) if last else (0, GENESIS)
    )
    assert kind in event.detail["faults"]
    assert "cannot be proved" in done.unproven
    if done.set_aside:
        assert done.set_aside.read_bytes() == old, "the old anchor is evidence"
    write()
    found = verify()
    assert found.ok, found.faults
    assert (found.events, found.anchored) == (event.sequence + 1, event.sequence + 1)
    assert f"made anew at event {event.sequence}" in found.notes[0]


def test_an_anchor_from_an_old_backup_is_noticed_and_its_lines_stay(
    chain: None, write: Write, renew: Callable[[], Reanchored], monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("guard", "verify"):
        monkeypatch.setattr(f"schoolward.platform.audit.{module}.LAG_ALLOWED", 2)
    keep_lines(1 + 2)
    with pytest.raises(AnchorFault, match="ends at event 2, but the database holds 5 events"):
        write()
    assert [fault.kind for fault in verify().faults] == ["behind"]
    done = renew()
    assert done.set_aside is None
    assert [pair[0] for pair in anchor.read() if pair] == [0, 1, 2, 6]
    assert verify().ok


def test_an_old_copy_of_the_anchor_is_not_behind(
    chain: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schoolward.platform.audit.verify.LAG_ALLOWED", 2)
    copy = tmp_path / "copy"
    copy.write_text("".join(anchor.path().read_text().splitlines(keepends=True)[:2]))
    assert verify(copy).ok


def test_a_tail_cut_beside_a_lost_anchor_is_no_longer_papered_over(
    chain: None, write: Write, renew: Callable[[], Reanchored], tmp_path: Path
) -> None:
    copy = tmp_path / "copy-on-another-machine"
    copy.write_bytes(anchor.path().read_bytes())
    anchor.path().unlink()
    cut_tail(3)
    with pytest.raises(AnchorFault):
        write()
    renew()
    assert "rewritten" in {fault.kind for fault in verify(copy).faults}


def test_a_refused_event_takes_its_write_along(chain: None, by: Viewer, at: datetime) -> None:
    """What is not on the record does not happen."""
    anchor.path().unlink()
    with contextlib.suppress(AnchorFault), transaction.atomic():
        Agency.objects.create(name="Invented Unified", kind="district", created_at=at)
        record("test.event", by=by, at=at, subject="test:1")
    assert not Agency.objects.exists()
    assert Event.objects.count() == EVENTS


def test_the_anchor_is_not_made_again_after_the_check(chain: None, by: Viewer, at: datetime) -> None:
    """Deleted between an event and its commit: the line is not written into a file of its own."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        record("test.event", by=by, at=at, subject="test:1")
        anchor.path().unlink()
    assert not anchor.path().exists()
    assert [fault.kind for fault in verify().faults] == ["unanchored"]


def test_a_process_killed_before_its_line_does_no_harm(write: Write, by: Viewer, at: datetime) -> None:
    """Even the very first one: the anchor is begun before the first commit."""
    with transaction.atomic():
        record("test.event", by=by, at=at, subject="test:1")
    connection.run_on_commit.clear()  # the commit stands, the callbacks are lost
    assert verify().warnings == ["the newest event is not anchored yet"]
    write()
    assert verify().warnings == []


def test_a_first_write_that_is_rolled_back_leaves_a_fresh_anchor(
    write: Write, by: Viewer, at: datetime
) -> None:
    with contextlib.suppress(RuntimeError), transaction.atomic():
        record("test.event", by=by, at=at, subject="test:1")
        raise RuntimeError
    write()
    assert verify().ok
    assert [pair[0] for pair in anchor.read() if pair] == [0, 1]


def test_a_first_line_that_was_torn_is_begun_again(write: Write) -> None:
    anchor.path().write_text("0 00")
    write()
    assert list(anchor.read()) == [None, (0, GENESIS), (1, Event.objects.get().hash)]


@pytest.mark.parametrize("place", ["/dev/full", "missing-folder/anchor", "."], ids=str)
def test_an_anchor_that_cannot_be_written_refuses_the_first_event(
    settings: LazySettings, tmp_path: Path, write: Write, place: str
) -> None:
    settings.AUDIT_ANCHOR = tmp_path / place
    with pytest.raises(AnchorFault, match=r"cannot be used \(.+\); give the account"):
        write()
    assert not Event.objects.exists()


def test_an_anchor_that_cannot_be_read_is_a_fault_and_not_replaced(
    chain: None, settings: LazySettings, tmp_path: Path, renew: Callable[[], Reanchored]
) -> None:
    settings.AUDIT_ANCHOR = tmp_path
    assert [fault.kind for fault in verify().faults] == ["unusable"]
    with pytest.raises(AnchorFault, match="cannot be used"):
        renew()
    assert not Event.objects.filter(action=REANCHORED).exists()


def test_a_sound_anchor_is_not_replaced(chain: None, renew: Callable[[], Reanchored]) -> None:
    with pytest.raises(ReanchoringRefused, match="nothing to mend"):
        renew()
    assert Event.objects.count() == EVENTS


def test_a_chain_that_is_not_whole_is_not_sealed(chain: None, renew: Callable[[], Reanchored]) -> None:
    wall.tear_down(connection)
    Event.objects.filter(sequence=2).update(account_name="somebody else")
    wall.build(connection)
    anchor.path().unlink()
    with pytest.raises(ReanchoringRefused, match="event 2 is not what was written"):
        renew()
    assert not anchor.path().exists()
