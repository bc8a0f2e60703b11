"""What only shows where the journals of several receivers come together: replays, and gaps in numbers."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings
from tests.domain.alarms.journal_writer import NIGHT, Receiver

from schoolward.domains.alarms import keys
from schoolward.domains.alarms.builder.building import Builder
from schoolward.domains.alarms.builder.gaps import between, in_words
from schoolward.domains.alarms.builder.running import run_once
from schoolward.domains.alarms.builder.segments import Unread
from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.models import AlarmSystem, Case, Signal
from schoolward.domains.alarms.receiver.notes import SequenceGap
from schoolward.protocols.dc09 import Key, build_frame, parse_envelope, prepare_key
from schoolward.protocols.dc09.answers import seal

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
KEY = "00112233445566778899AABBCCDDEEFF"
OTHER_ADDRESS = "198.51.100.9"


@pytest.fixture
def key(system: AlarmSystem) -> Key:
    """The system's key."""
    system.sealed_key = keys.seal(KEY, settings.SECRET_KEY)
    system.save()
    return prepare_key(KEY)


def burglary(key: Key, number: int = 7) -> bytes:
    """A frame of the system's panel."""
    return build_frame(b"SIA-DCS", b"Nri1/BA003", account=b"0012", sequence=number, key=key, timestamp=NIGHT)


def renumbered(frame: bytes, number: int) -> bytes:
    """The same encrypted bytes under another number: nothing of the header is encrypted."""
    envelope = parse_envelope(frame)
    address = b"%04d" % number + envelope.address[4:]
    return seal(b'"*%b"%b%b' % (envelope.identifier, address, envelope.body))


def kinds() -> list[tuple[str, str]]:
    """Kind and title of the cases."""
    return sorted(Case.objects.values_list("kind", "title"))


SECURITY = ("security", "Frames as account 0012 on the line main: sent again by somebody: a replay")


@pytest.mark.parametrize("other_number", [7, 8, 5000])
@pytest.mark.parametrize("together", [True, False])
def test_a_replay_to_another_receiver_is_no_second_event_but_a_security_case(
    system: AlarmSystem, key: Key, other_number: int, together: bool
) -> None:
    frame = burglary(key)
    Receiver("a").raw(frame).commit()
    if not together:
        # Another builder goes on: what it has to remember it reads again.
        run_once(at=NIGHT)
    again = renumbered(frame, other_number)
    assert parse_envelope(again).ok
    Receiver("b").raw(again, at=NIGHT + 30 * SECOND, address=OTHER_ADDRESS).commit()

    run_once(at=NIGHT)

    assert kinds() == [("alarm", "Burglary · zone 3 East door"), SECURITY]
    assert Signal.objects.get(kind="burglary").repeats == 0
    replay = Signal.objects.get(kind="security")
    assert replay.flags == ["replay"]
    assert replay.meaning == "Set aside: sent again by somebody: a replay"


def test_a_replay_over_and_over_is_counted(system: AlarmSystem, key: Key) -> None:
    frame = burglary(key)
    Receiver("a").raw(frame).commit()
    other = Receiver("b")
    builder = Builder()
    for seconds in range(1, 5):
        other.raw(frame, at=NIGHT + seconds * SECOND, address=OTHER_ADDRESS).commit()
        builder.build(Unread().next(), held=None, at=NIGHT)
    assert Signal.objects.get(kind="security").repeats == 3
    assert Case.objects.count() == 2


def test_a_panel_that_turns_to_its_other_receiver_is_no_replay(system: AlarmSystem, key: Key) -> None:
    frame = burglary(key)
    Receiver("a").raw(frame).commit()
    Receiver("b").raw(frame, at=NIGHT + 11 * SECOND).commit()
    # The same event in the same second: a panel without random padding encrypts it to the same bytes.
    Receiver("c").raw(renumbered(frame, 8), at=NIGHT + 12 * SECOND).commit()

    run_once(at=NIGHT)

    assert sorted(Signal.objects.values_list("kind", "repeats")) == [("burglary", 0), ("burglary", 1)]
    assert kinds() == [("alarm", "Burglary · zone 3 East door")]


def test_what_a_receiver_refused_makes_no_replay_of_what_comes_after(system: AlarmSystem, key: Key) -> None:
    frame = burglary(key)
    refused = Flag.NOT_ACKNOWLEDGED | Flag.SKEWED
    Receiver("a").raw(frame, flags=refused, address=OTHER_ADDRESS).commit()
    Receiver("b").raw(frame, at=NIGHT + SECOND).commit()
    run_once(at=NIGHT)
    assert Signal.objects.filter(kind="burglary").count() == 1


def test_numbers_that_another_receiver_had_are_no_gap(system: AlarmSystem) -> None:
    first, second = Receiver("a"), Receiver("b")
    first.frame("Nri1/BA003", number=1).commit()
    second.frame("Nri1/BA004", number=2, at=NIGHT + SECOND).commit()
    first.note(SequenceGap(system.pk, 1, 3), at=NIGHT + 2 * SECOND)
    first.frame("Nri1/BR003", number=3, at=NIGHT + 2 * SECOND).commit()
    run_once(at=NIGHT)
    assert not Signal.objects.filter(flags__icontains="gap").exists()
    assert Signal.objects.count() == 3

    # What was built before counts as well, and what nobody had is named.
    second.frame("Nri1/BA005", number=5, at=NIGHT + 3 * SECOND).commit()
    run_once(at=NIGHT)
    first.note(SequenceGap(system.pk, 3, 9), at=NIGHT + 4 * SECOND)
    first.frame("Nri1/BR004", number=9, at=NIGHT + 4 * SECOND).commit()
    run_once(at=NIGHT)
    gap = Signal.objects.get(flags__icontains="gap")
    assert gap.meaning == "Numbers between 3 and 9 were not received: 4, 6 to 8"
    assert gap.case is None


def test_numbers_of_another_panel_or_another_hour_close_no_gap(system: AlarmSystem) -> None:
    other = AlarmSystem.objects.create(
        line=system.line, account="0013", campus=system.campus, changed_at=NIGHT
    )
    receiver = Receiver("a")
    receiver.frame("Nri1/BA003", number=2, at=NIGHT - timedelta(hours=1))
    receiver.frame("Nri1/BA003", number=2, account=other.account)
    receiver.note(SequenceGap(system.pk, 1, 3)).commit()
    run_once(at=NIGHT)
    assert Signal.objects.get(flags__icontains="gap").meaning.endswith("received: 2")


@pytest.mark.parametrize(
    ("after", "at", "numbers", "words"),
    [
        (1, 2, [], ""),
        (1, 3, [2], "2"),
        (9997, 2, [9998, 9999, 1], "9998 to 1"),
        (5, 5, [], ""),
        (9999, 3, [1, 2], "1 to 2"),
    ],
)
def test_numbers_between(after: int, at: int, numbers: list[int], words: str) -> None:
    assert between(after, at) == numbers
    assert in_words(numbers) == words


def test_many_gaps_are_counted() -> None:
    assert in_words([1, 3, 5, 7, 9, 11, 13]) == "1, 3, 5, 7, 9 and 2 more gaps"
