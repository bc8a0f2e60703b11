"""Where each signal belongs: to the cases of its system, to a case of its own source, or to none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone

from schoolward.analysis.durations import duration_words
from schoolward.domains.alarms.builder import codes, gaps
from schoolward.domains.alarms.builder.decoding import KIND_OF, Item
from schoolward.domains.alarms.builder.grouped import FAMILY_OF, Family
from schoolward.domains.alarms.builder.known import Known, KnownSystem, Tests, plain_partition, plain_zone
from schoolward.domains.alarms.builder.naming import title_of_unread
from schoolward.domains.alarms.builder.refused_words import SECURITY, in_words
from schoolward.domains.alarms.journal import Flag
from schoolward.domains.alarms.models import CaseKind, Oddity, SignalKind
from schoolward.domains.alarms.new_rows import NewSignal
from schoolward.domains.alarms.receiver import notes
from schoolward.protocols.dc09 import Event

MANY_REFUSED = 10
"""Frames of one peer and reason refused beside those kept, within a minute, from which on it is a case."""
MOST_SYSTEMS_NOTED = 2_000
"""So many systems of one loss become signals of their own; the case names the number of all of them."""
_LIFE = frozenset({Family.HOLD_UP, Family.PANIC, Family.FIRE, Family.MEDICAL})


class Way(StrEnum):
    """What is to be done with a signal beside keeping it."""

    KEEP = "keep"
    GROUP = "group"
    ARMING = "arming"
    SOURCE = "source"
    LOSS = "loss"
    RESTORED = "restored"


@dataclass(frozen=True, slots=True)
class Source:
    """A case that its source opens once while it is open, and ``work_key`` its one piece of work."""

    key: str
    kind: CaseKind
    title: str
    work_key: str = ""
    work_title: str = ""


@dataclass(slots=True)
class Routed:
    """A signal, whence it came, and where it belongs."""

    item: Item
    signal: NewSignal
    way: Way
    source: Source | None = None
    gravest: str = ""
    """What the event says where the signal's kind says that its account or code is not known."""


def route(item: Item, *, known: Known, tests: Tests, crowded: frozenset[str]) -> list[Routed]:
    """The signals of one frame that is no repetition. ``crowded``: lines with too many unknown accounts."""
    if item.envelope is None:
        return list(_of_note(item, known))
    if item.refused:
        return [_refused(item)]
    if item.system is None:
        return _of_unknown_account(item, crowded)
    if item.unreadable:
        unread = _signal(item, 0, SignalKind.UNKNOWN_CODE, code=codes.UNREADABLE, meaning=item.unreadable)
        return [_unknown_code(item, unread, "")]
    if not item.events:
        name = item.envelope.identifier.decode("ascii", "replace")
        signal = _signal(item, 0, SignalKind.TEST, code=name, meaning="Link test")
        return [Routed(item, signal, Way.KEEP)]
    is_test = tests.cover(item.system.pk, item.record.received_at)
    return [_of_event(item, index, event, is_test) for index, event in enumerate(item.events)]


def _of_event(item: Item, index: int, event: Event, is_test: bool) -> Routed:
    kind = KIND_OF.get(event.kind, SignalKind.OTHER)
    signal = _signal(item, index, kind, event=event)
    signal.is_test = is_test
    if is_test:
        return Routed(item, signal, Way.KEEP)
    if kind is SignalKind.UNKNOWN_CODE:
        return _unknown_code(item, signal, event.code)
    if Oddity.RUNAWAY in item.flags and FAMILY_OF.get(kind) not in _LIFE:
        assert item.system is not None  # noqa: S101 - asked of known systems only
        return Routed(item, signal, Way.SOURCE, _runaway(item.system, _day(item)))
    if kind in (SignalKind.OPENING, SignalKind.CLOSING):
        return Routed(item, signal, Way.ARMING)
    return Routed(item, signal, Way.GROUP)


def _of_unknown_account(item: Item, crowded: frozenset[str]) -> list[Routed]:
    line, day = item.record.line, _day(item)
    if line in crowded:
        source = Source(
            f"unknown:{day}:{line}:*", CaseKind.UNKNOWN, f"Many unknown accounts on the line {line}"
        )
    else:
        source = Source(
            f"unknown:{day}:{line}:{item.account}",
            CaseKind.UNKNOWN,
            f"Unknown account {item.account} on the line {line}",
            work_key=f"alarms.Account:{line}/{item.account}",
            work_title=f"Find out which panel reports as account {item.account} on the line {line}",
        )
    found = []
    for index, event in enumerate(item.events):
        signal = _signal(item, index, SignalKind.UNKNOWN_ACCOUNT, event=event)
        kind = KIND_OF.get(event.kind, SignalKind.OTHER)
        found.append(Routed(item, signal, Way.SOURCE, source, gravest=kind))
    if not found:
        assert item.envelope is not None  # noqa: S101 - asked of frames only
        name = item.envelope.identifier.decode("ascii", "replace")
        meaning = "Encrypted, and no key is known" if item.envelope.encrypted else f"{name}, without an event"
        signal = _signal(item, 0, SignalKind.UNKNOWN_ACCOUNT, code=name, meaning=meaning)
        found.append(Routed(item, signal, Way.SOURCE, source))
    return found


def _refused(item: Item) -> Routed:
    words = SECURITY.get(item.refused)
    # A replay may have been acknowledged, by a receiver that could not know.
    done = "Refused" if item.record.flags & Flag.NOT_ACKNOWLEDGED else "Set aside"
    meaning = f"{done}: {in_words(item.refused)}"
    signal = _signal(item, 0, SignalKind.SECURITY, code=codes.of_refusal(item.refused), meaning=meaning)
    if words is None:
        return Routed(item, signal, Way.KEEP)
    who = item.account or item.record.address
    source = Source(
        f"security:{_day(item)}:{item.refused}:{item.record.line}:{who}",
        CaseKind.SECURITY,
        f"Frames as account {who} on the line {item.record.line}: {words}",
    )
    return Routed(item, signal, Way.SOURCE, source)


def _unknown_code(item: Item, signal: NewSignal, code: str) -> Routed:
    assert item.system is not None  # noqa: S101 - asked of known systems only
    named = f"code {code}" if code else "data that cannot be read"
    form = "" if item.envelope is None else item.envelope.identifier.decode("ascii", "replace")
    source = Source(
        f"code:{_day(item)}:{item.system.pk}:{form}:{code}",
        CaseKind.UNKNOWN,
        title_of_unread(form, item.record.line, item.account, code, signal.text or item.unread),
        work_key=f"alarms.Code:{form}/{code or 'unreadable'}",
        work_title=f"Find out what {named} ({form}) means and enter it",
    )
    return Routed(item, signal, Way.SOURCE, source)


def _runaway(system: KnownSystem, day: date) -> Source:
    title = f"Account {system.account} on the line {system.line} sends far too many signals"
    return Source(f"runaway:{day}:{system.pk}", CaseKind.RUNAWAY, title)


def _of_note(item: Item, known: Known) -> Iterator[Routed]:
    note, day = item.note, _day(item)
    if isinstance(note, notes.SupervisionLost | notes.LinkRestored):
        is_loss = isinstance(note, notes.SupervisionLost)
        kind = SignalKind.SUPERVISION if is_loss else SignalKind.LINK_RESTORED
        meaning = "Not heard from within its time" if is_loss else "Heard from again"
        way = Way.LOSS if is_loss else Way.RESTORED
        for index, pk in enumerate(note.systems[:MOST_SYSTEMS_NOTED]):
            signal = _signal(item, index, kind, code=codes.LOST if is_loss else codes.HEARD, meaning=meaning)
            _set_system(signal, pk, known)
            if place := known.campus_name(signal.campus_id):
                signal.meaning = f"{meaning}: {signal.account} at {place}"[:200]
            signal.is_restore = not is_loss
            yield Routed(item, signal, way)
        return
    if isinstance(note, notes.SequenceGap) and not item.missing:
        return  # another receiver had them
    signal = _signal(item, 0, SignalKind.OTHER, code="" if note is None else codes.of_note(note.name))
    if isinstance(note, notes.SequenceGap):
        _set_system(signal, note.system, known)
        signal.meaning = (
            f"Numbers between {note.after} and {note.at} were not received: {gaps.in_words(item.missing)}"
        )[:200]
        signal.flags = [*signal.flags, str(Oddity.GAP)]
        yield Routed(item, signal, Way.KEEP)
    elif isinstance(note, notes.Runaway):
        _set_system(signal, note.system, known)
        signal.meaning = f"More than {note.frames} frames in {note.seconds} seconds"
        system = known.system_by_pk(note.system)
        if system is None:  # removed since
            yield Routed(item, signal, Way.KEEP)
            return
        yield Routed(item, signal, Way.SOURCE, _runaway(system, day))
    elif isinstance(note, notes.Outage):
        seconds = (note.until - note.since) / 1_000_000
        signal.meaning = (
            f"The database did not answer for {duration_words(seconds)}; {note.spooled} frames were spooled"
        )
        title = f"The database did not answer the receiver {item.receiver}"
        key = f"outage:{item.receiver}:{note.since}"
        yield Routed(item, signal, Way.SOURCE, Source(key, CaseKind.RECEIVER, title))
    elif isinstance(note, notes.Refused):
        signal.kind = SignalKind.SECURITY
        reason = in_words(note.reason)
        more = "1 more frame" if note.count == 1 else f"{note.count:,} more frames"
        was = "was" if note.count == 1 else "were"
        signal.meaning = f"{more} from {note.address} {was} refused: {reason}"[:200]
        key = f"security:{day}:{note.reason}:rate:{note.address}"[:120]
        if note.count < MANY_REFUSED:
            # Each minute's first are kept by themselves: a few more are noise on a line.
            yield Routed(item, signal, Way.KEEP)
            return
        title = f"Many frames from {note.address} are refused: {reason}"[:200]
        yield Routed(item, signal, Way.SOURCE, Source(key, CaseKind.SECURITY, title))
    elif isinstance(note, notes.NotJudged):
        signal.meaning = f"A frame from {note.address} was not judged: a fault of the receiver ({note.error})"
        title = f"The receiver {item.receiver} fails at frames from {note.address}, which it keeps unanswered"
        key = f"unjudged:{day}:{item.receiver}:{note.address}"[:120]
        yield Routed(item, signal, Way.SOURCE, Source(key, CaseKind.RECEIVER, title[:200]))
    elif isinstance(note, notes.KeyNotOpened):
        signal.meaning = f"The keys of {len(note.systems)} systems cannot be opened"
        source = Source(
            f"keys:{day}",
            CaseKind.RECEIVER,
            f"The keys of {len(note.systems)} systems cannot be opened: their frames are refused",
        )
        yield Routed(item, signal, Way.SOURCE, source)
    elif isinstance(note, notes.Started | notes.Stopped):
        done = "began to listen" if isinstance(note, notes.Started) else "was stopped"
        signal.meaning = f"The receiver {note.receiver} {done}"[:200]
        yield Routed(item, signal, Way.KEEP)
    else:
        signal.meaning = (item.unreadable or "A note that this version does not know")[:200]
        source = Source(
            f"note:{day}:{item.receiver}",
            CaseKind.RECEIVER,
            f"A note of the receiver {item.receiver} is not understood"[:200],
        )
        yield Routed(item, signal, Way.SOURCE, source)


def _signal(
    item: Item,
    index: int,
    kind: SignalKind,
    *,
    event: Event | None = None,
    code: str = "",
    meaning: str = "",
) -> NewSignal:
    envelope, system = item.envelope, item.system
    made = NewSignal(
        segment_id=item.segment_id,
        frame_index=item.index,
        event_index=index,
        digest=item.digest,
        system_id=None if system is None else system.pk,
        campus_id=None if system is None else system.campus_id,
        account=item.account,
        received_at=item.record.received_at,
        panel_at=item.panel_at,
        frame_sequence="" if envelope is None else envelope.sequence.decode("ascii", "replace")[:4],
        code=code[: codes.LONGEST],
        meaning=meaning[:200],
        kind=kind,
        flags=list(item.flags),
        generated=system is not None and system.invented,
    )
    if event is not None:
        made.code = event.code[: codes.LONGEST] or codes.UNREADABLE
        made.qualifier = event.qualifier[:12]
        made.zone_number = plain_zone(event.zone)
        made.partition = plain_partition(event.partition)
        made.user_number = (event.user or "")[:8]
        # A stored text may not hold NUL on PostgreSQL; a panel may send one.
        made.text = (event.text or "").replace("\0", "")[:200]
        made.meaning = event.meaning.replace("\0", "")[:200]
        made.is_restore = event.kind == "restore"
        if event.qualifier in ("O", "old"):
            made.flags.append(str(Oddity.OLD))
    return made


def _set_system(signal: NewSignal, pk: int, known: Known) -> None:
    system = known.system_by_pk(pk)
    if system is not None:
        signal.system_id = system.pk
        signal.campus_id = system.campus_id
        signal.account = system.account
        signal.generated = system.invented


def _day(item: Item) -> date:
    return timezone.localdate(item.record.received_at)
