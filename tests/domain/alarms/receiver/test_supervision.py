"""Deadlines: the wheel by itself, the lease between two receivers, and losses that are none."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing

from hypothesis import given
from hypothesis import strategies as some
from tests.domain.alarms.receiver.in_hand import Installation, PanelClient, eventually, kind_of

from schoolward.domains.alarms.presence import SECONDS_OF_PRESENCE, presence_of
from schoolward.domains.alarms.receiver.accounts import System
from schoolward.domains.alarms.receiver.notes import LinkRestored, SupervisionLost
from schoolward.domains.alarms.receiver.storing.store import SystemRow
from schoolward.domains.alarms.receiver.wheel import Wheel
from schoolward.protocols.dc09 import build_frame

Connect = Callable[..., PanelClient]


def system(number: int = 1, seconds: int = 10) -> System:
    """A system that is supervised."""
    made = System(SystemRow(number, "main", f"{number:04X}", "", "", seconds, None))
    made.supervision = seconds
    return made


@given(
    deadlines=some.lists(some.floats(1000, 1100), min_size=1, max_size=30),
    looks=some.lists(some.floats(0.01, 40), min_size=1, max_size=20),
)
def test_each_deadline_comes_up_once_after_it_and_within_a_slot_of_a_look(
    deadlines: list[float], looks: list[float]
) -> None:
    wheel = Wheel()
    armed = {
        id(each): deadline for deadline in deadlines for each in [system()] if not wheel.arm(each, deadline)
    }
    keep = list(wheel._slots.values())  # the systems stay alive while their ids are compared
    now, seen = 1000.0, {}
    for step in looks:
        now += step
        for each in wheel.due(now):
            assert id(each) not in seen
            seen[id(each)] = now
            assert armed[id(each)] <= now
        assert all(number in seen for number, deadline in armed.items() if deadline <= now - 0.25)
    assert keep is not None


def test_a_system_that_is_armed_again_comes_up_only_then() -> None:
    wheel, each = Wheel(), system()
    wheel.arm(each, 10)
    wheel.arm(each, 20)
    wheel.arm(each, 15)
    assert len(wheel) == 1
    assert list(wheel.due(14.9)) == []
    assert list(wheel.due(15.5)) == [each]
    assert list(wheel.due(100)) == []


def losses(installation: Installation, *receivers: str) -> list[list[int]]:
    """The systems of each loss that was noted."""
    return [
        note.systems
        for receiver in receivers
        for note in installation.notes(receiver)
        if isinstance(note, SupervisionLost)
    ]


def test_what_another_receiver_heard_is_no_loss(installation: Installation, connect: Connect) -> None:
    number = installation.add_system("1234", supervision=2)
    first = installation.start("first")
    assert eventually(lambda: first.process.status.leads)
    second = installation.start("second")
    panel = connect(second.ports["tcp"])
    until = time.monotonic() + 5
    while time.monotonic() < until:
        assert kind_of(panel.ask(build_frame(b"NULL", account=b"1234", sequence=0))) == "ACK"
        time.sleep(1.7)
    assert not second.process.status.leads
    assert losses(installation, "first", "second") == []
    assert eventually(lambda: losses(installation, "first", "second") == [[number]])
    # The one who hears it again is not the one who raised it.
    assert eventually(lambda: second.process.accounts.by_id[number].lost, 4.0)
    panel.ask(build_frame(b"NULL", account=b"1234", sequence=0))
    assert eventually(lambda: LinkRestored([number]) in installation.notes("second"))


def test_the_supervision_is_taken_over_and_losses_are_raised_once(installation: Installation) -> None:
    number = installation.add_system("1234", supervision=3)
    first, second = installation.start("first"), installation.start("second")
    assert eventually(lambda: first.process.status.leads or second.process.status.leads)
    leading, other = (first, second) if first.process.status.leads else (second, first)
    leading.stop()
    begun = time.monotonic()
    assert eventually(lambda: other.process.status.leads)
    assert time.monotonic() - begun < 2.0
    assert eventually(lambda: losses(installation, "first", "second") == [[number]], 6.0)
    time.sleep(1.0)
    assert losses(installation, "first", "second") == [[number]]


def test_a_holder_that_slept_through_its_lease_writes_nothing(installation: Installation) -> None:
    with closing(installation.store()) as store:
        fence = store.take_lease("supervision", "sleeper", 0.2)
        assert fence is not None
        assert store.take_lease("supervision", "other", 1.0) is None
        time.sleep(0.3)
        newer = store.take_lease("supervision", "other", 1.0)
        assert newer is not None
        assert newer > fence
        assert not store.renew_lease("supervision", fence, 1.0)
        with store.transaction() as execute:
            assert not store.holds_lease(execute, "supervision", fence)
            assert store.holds_lease(execute, "supervision", newer)


def test_a_time_that_is_changed_or_entered_later_counts_from_then(
    installation: Installation, connect: Connect
) -> None:
    installation.add_line()
    receiver = installation.start()
    assert eventually(lambda: receiver.process.status.leads)
    number = installation.add_system("1234", supervision=2)
    assert eventually(lambda: losses(installation, "test") == [[number]], 8.0)


def test_heard_is_flushed_in_one_statement_and_never_goes_back(installation: Installation) -> None:
    numbers = [installation.add_system(f"{account:04X}", supervision=60) for account in range(1000, 1010)]
    with closing(installation.store()) as store:
        store.heard([(number, 2_000_000.25) for number in numbers])
        store.heard([(number, 1_000_000.0) for number in numbers[:5]] + [(999_999, 1.0)])
        assert sorted(store.links()) == [(number, 2_000_000.25, None) for number in numbers]


def test_a_receiver_says_that_it_runs_and_when_it_was_stopped(installation: Installation) -> None:
    first, second = installation.start("first"), installation.start("second")

    def said(name: str) -> list[tuple[str, float]]:
        with closing(installation.store()) as store:
            rows = store.query("SELECT holder, until FROM alarms_lease WHERE name = ?", [presence_of(name)])
            return [(str(holder), store.seconds(until) - store.clock()) for holder, until in rows]

    for name in ("first", "second"):
        eventually(lambda name=name: said(name))
        ((holder, left),) = said(name)
        assert holder == name
        assert 0 < left <= SECONDS_OF_PRESENCE
    second.stop()

    ((holder, left),) = said("second")
    assert holder == ""
    assert left <= 0
    assert said("first")[0][0] == "first"
    first.stop()
