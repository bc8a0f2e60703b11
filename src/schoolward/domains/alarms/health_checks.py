"""Are alarms received, read and whole?"""

from __future__ import annotations

from datetime import datetime, timedelta

from schoolward.domains.alarms import journal, lease
from schoolward.domains.alarms.models import AlarmSystem, Case, CaseState, JournalSegment
from schoolward.domains.alarms.presence import DEMONSTRATION
from schoolward.domains.alarms.queries import backlogs, lost_count, receivers
from schoolward.domains.alarms.queries.armed import arming_signals, keepable_until, kept_days
from schoolward.platform.demo import clock
from schoolward.platform.health.registry import Finding, check, fail, ok, warn

LATE = timedelta(seconds=10)
SILENT = timedelta(days=1)
"""A receiver that writes nothing for so long, while it has systems, is worth a look; panels test daily."""
SAMPLE = 20
"""Segments at each end of a receiver's chain that are proved here; all of them once a day (`tasks`)."""
UNANSWERED = timedelta(minutes=15)
UNSUMMED = timedelta(days=1)
"""Yesterday is summed within an hour after its end, and a day that came in late within an hour after that."""
_SUM = "A job does it every hour: start `schoolward worker`, or `schoolward run`."


@check("Alarm cases", order=210, needs_database=True)
def builder(at: datetime) -> Finding:
    """What was received is made into cases without delay."""
    waiting = [one for one in backlogs() if one.oldest_unread_at is not None]
    late = [one for one in waiting if one.oldest_unread_at is not None and at - one.oldest_unread_at > LATE]
    holder = lease.holder(lease.CASE_BUILDER, at=at)
    if late:
        segments = sum(one.segments for one in late)
        said = f"{segments} segments of the journal wait to be read" + (
            "" if holder else ", and nobody reads"
        )
        return fail(said, "Start `schoolward alarms receive` (or `alarms build`), or read its log.")
    if not receivers():
        return ok("no receiver has ever written")
    if not holder:
        return warn(
            "nobody reads the journal at the moment", "Start `schoolward alarms receive`, or `alarms build`."
        )
    return ok(f"{holder} reads the journal")


@check("Alarm receivers", order=220, needs_database=True)
def receiving(at: datetime) -> Finding:
    """Every receiver has written lately."""
    if not AlarmSystem.objects.exists():
        return ok("no alarm system is entered")
    found = backlogs()
    if not found:
        return warn("no receiver has ever written", "Start `schoolward alarms receive`.")
    if all(one.receiver == DEMONSTRATION for one in found):
        return ok("the demonstration's ran when it was made; no panel reports here")
    if all(at - one.newest_at > SILENT for one in found):
        return warn(
            f"nothing was received since {max(one.newest_at for one in found):%Y-%m-%d %H:%M} UTC",
            "See whether `schoolward alarms receive` runs and panels reach it.",
        )
    return ok(f"{len(found)} receivers have written")


@check("Alarm journal", order=230, needs_database=True)
def chains(at: datetime) -> Finding:
    """The ends of every receiver's chain are whole; a job proves all of it once a day."""
    for receiver in receivers():
        broken = _sample_break(receiver)
        if broken:
            return fail(
                f"segment {broken[1]} of {broken[0]}: {broken[2]}",
                "Keep the database as it is, and run `schoolward alarms journal verify`.",
            )
    return ok("both ends of every chain are whole")


@check("Alarm supervision", order=240, needs_database=True)
def supervision(at: datetime) -> Finding:
    """Every supervised system is heard from, and no case waits long."""
    lost = lost_count()
    waiting = Case.objects.filter(
        state=CaseState.WAITING, first_answer_at__isnull=True, opened_at__lt=at - UNANSWERED
    ).count()
    if waiting:
        return warn(f"{waiting} cases wait for an answer for long", "Answer them at the alarm desk.")
    if lost:
        return warn(f"{lost} systems are not heard from", "See them on the alarm desk.")
    return ok("every supervised system is heard from, and no case waits long")


@check("Armed hours", order=245, needs_database=True)
def armed_days(at: datetime) -> Finding:
    """The armed days are summed up to yesterday; until they are, pages are right and slow."""
    wanted, kept = keepable_until(clock.today(at)), kept_days()
    if wanted is None or not arming_signals().exists():
        return ok("no opening or closing was ever reported")
    if kept is None:
        return warn("they are not summed by day yet, so that pages are slow", _SUM)
    if wanted - kept.until > UNSUMMED:
        return warn(f"they are summed up to {kept.until}, and pages are slow for the rest", _SUM)
    return ok(f"summed up to {kept.until}")


def _sample_break(receiver: str) -> tuple[str, int, str] | None:
    owned = JournalSegment.objects.filter(receiver=receiver)
    first = list(owned.order_by("sequence")[:SAMPLE])
    found = journal.first_break(
        (one.receiver, one.sequence, bytes(one.payload), bytes(one.previous_hash), bytes(one.hash))
        for one in first
    )
    if found is not None:
        return found
    last = list(owned.order_by("-sequence")[:SAMPLE])[::-1]
    before: JournalSegment | None = None
    for one in last:
        if before is not None and (
            one.sequence != before.sequence + 1 or bytes(one.previous_hash) != bytes(before.hash)
        ):
            return one.receiver, one.sequence, "does not follow the one before it"
        proved = journal.segment_hash(
            previous=bytes(one.previous_hash),
            receiver=one.receiver,
            sequence=one.sequence,
            payload=bytes(one.payload),
        )
        if proved != bytes(one.hash):
            return one.receiver, one.sequence, "changed"
        before = one
    return None
