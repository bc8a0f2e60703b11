"""Reads of lines, systems and zones, of tests and schedules, and of the frames behind signals."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, QuerySet

from schoolward.domains.alarms import journal
from schoolward.domains.alarms.models import (
    AlarmSystem,
    ArmingSchedule,
    JournalSegment,
    Lease,
    Line,
    LinkState,
    OnTest,
    ReadPosition,
    Signal,
    Zone,
)
from schoolward.domains.alarms.presence import DEMONSTRATION, SECONDS_OF_PRESENCE, presence_of
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer


def lines(viewer: Viewer) -> QuerySet[Line]:
    """The lines by which panels report."""
    return visible(Line.objects.all(), viewer)


def line_names() -> list[str]:
    """The names of all lines."""
    return list(Line.objects.order_by("name").values_list("name", flat=True))


def busiest_line() -> str:
    """The name of the line with the most systems; empty where none is entered."""
    counted = Line.objects.annotate(count=Count("systems")).filter(count__gt=0)
    found = counted.order_by("-count", "name").values_list("name", flat=True).first()
    return found or ""


def systems(viewer: Viewer) -> QuerySet[AlarmSystem]:
    """The alarm systems that the viewer may see, with site, line and when they were last heard."""
    found = AlarmSystem.objects.select_related("campus", "line", "link").defer("sealed_key")
    return visible(found.order_by("campus__name", "account"), viewer)


def system_by_pk(viewer: Viewer, pk: int) -> AlarmSystem | None:
    """One system, if the viewer may see it."""
    return systems(viewer).filter(pk=pk).first()


def zones(viewer: Viewer) -> QuerySet[Zone]:
    """The zones that the viewer may see."""
    found = Zone.objects.select_related("system", "system__campus", "system__line")
    return visible(found.defer("system__sealed_key").order_by("system", "number"), viewer)


def schedules(viewer: Viewer) -> QuerySet[ArmingSchedule]:
    """When systems are expected to be open."""
    found = ArmingSchedule.objects.select_related("system", "system__campus", "system__line")
    return visible(found.order_by("system", "weekday", "-on_school_days", "valid_from"), viewer)


def tests(viewer: Viewer) -> QuerySet[OnTest]:
    """Test periods, the newest first."""
    return visible(OnTest.objects.select_related("system", "system__campus", "by"), viewer)


def running_tests(viewer: Viewer, *, at: datetime) -> QuerySet[OnTest]:
    """Test periods that run at the moment, the one that ends first first."""
    return tests(viewer).filter(begins__lte=at, ends__gt=at).order_by("ends")


def lost_links(viewer: Viewer) -> QuerySet[AlarmSystem]:
    """Supervised systems that are not heard from, the longest lost first."""
    return (
        systems(viewer)
        .filter(link__lost_at__isnull=False)
        .order_by("link__lost_at", "campus__name", "account")
    )


def lost_count() -> int:
    """How many supervised systems are not heard from."""
    return LinkState.objects.filter(lost_at__isnull=False).count()


def receivers() -> list[str]:
    """The names of all receivers that have written to the journal.

    By steps along the index: asking for distinct names would read the whole journal.
    """
    found: list[str] = []
    last = ""
    while True:
        name = (
            JournalSegment.objects.filter(receiver__gt=last)
            .order_by("receiver")
            .values_list("receiver", flat=True)
            .first()
        )
        if name is None:
            return found
        found.append(name)
        last = name


RUNNING, STOPPED, NOT_HEARD, DEMONSTRATED = "running", "stopped", "not_heard", "demonstrated"


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a receiver runs, was stopped in order, or is not heard from; and since when it does not run.

    The demonstration's own receiver does none of these: nothing is wrong with it.
    """

    state: str
    since: datetime | None


def presence_of_older(backlog: Backlog) -> Presence:
    """What is told of a receiver that has said nothing of itself.

    One of an earlier version tells only when it last stored something.
    """
    state = DEMONSTRATED if backlog.receiver == DEMONSTRATION else NOT_HEARD
    return Presence(state, backlog.newest_at)


def presences(*, at: datetime) -> dict[str, Presence]:
    """What each receiver last said about itself, by name."""
    found = {}
    for lease in Lease.objects.filter(name__startswith=presence_of("")):
        if lease.until > at:
            told = Presence(RUNNING, None)
        elif not lease.holder:
            told = Presence(STOPPED, lease.until)
        else:
            told = Presence(NOT_HEARD, lease.until - timedelta(seconds=SECONDS_OF_PRESENCE))
        found[lease.name.removeprefix(presence_of(""))] = told
    return found


@dataclass(frozen=True, slots=True)
class Backlog:
    """How far the reading of one receiver's journal is behind."""

    receiver: str
    written: int
    read: int
    oldest_unread_at: datetime | None
    newest_at: datetime

    @property
    def segments(self) -> int:
        """Segments that wait to be read."""
        return self.written - self.read


def backlogs() -> list[Backlog]:
    """One line a receiver, in order of name."""
    positions = dict(ReadPosition.objects.values_list("receiver", "sequence"))
    found = []
    for receiver in receivers():
        owned = JournalSegment.objects.filter(receiver=receiver).order_by("sequence")
        written, newest_at = owned.values_list("sequence", "stored_at").reverse()[0]
        read = positions.get(receiver, 0)
        unread = owned.filter(sequence__gt=read).values_list("stored_at", flat=True).first()
        found.append(Backlog(receiver, written, read, unread, newest_at))
    return found


@dataclass(frozen=True, slots=True)
class RawFrame:
    """The bytes behind a signal, as they were received and as the journal keeps them."""

    receiver: str
    sequence: int
    frame_index: int
    received_at: datetime
    way: str
    line: str
    address: str
    flags: tuple[str, ...]
    frame: bytes
    segment_hash: str

    @property
    def text(self) -> str:
        """The frame with whatever is not printable written as ``\\x..``."""
        return "".join(chr(byte) if 32 <= byte < 127 else f"\\x{byte:02x}" for byte in self.frame)


def frame_of(signal: Signal) -> RawFrame | None:
    """The raw frame of a signal that the viewer has been shown, or ``None`` where the journal lacks it.

    The key of the panel is never shown, and an encrypted frame stays encrypted.
    """
    segment = JournalSegment.objects.filter(pk=signal.segment_id).first()
    if segment is None:
        return None
    for index, record in enumerate(journal.unpack(bytes(segment.payload))):
        if index == signal.frame_index:
            return RawFrame(
                receiver=segment.receiver,
                sequence=segment.sequence,
                frame_index=index,
                received_at=record.received_at,
                way=journal.Way(record.way).name.lower(),
                line=record.line,
                address=record.address,
                flags=tuple(flag.name.lower() for flag in journal.Flag if record.flags & flag),
                frame=record.frame,
                segment_hash=bytes(segment.hash).hex(),
            )
    return None
