"""What is done about alarms by the clock.

Once a day the journal is proved: every receiver's chain is walked, and its head sealed into the audit. Once
an hour the table of armed days is brought up to yesterday.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms import journal
from schoolward.domains.alarms.actions.armed_days import complete_some
from schoolward.domains.alarms.models import JournalSegment
from schoolward.domains.alarms.queries import receivers
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Event
from schoolward.platform.demo import clock
from schoolward.platform.jobs.definition import JobContext, JobRefused, job
from schoolward.platform.jobs.schedule import Every


class JournalBroken(JobRefused):
    """A chain is not whole. Trying again would not help; somebody has to look."""


@job(title=_("Prove the alarm journal"), every=Every.DAY, after=timedelta(hours=4))
def seal_journal(context: JobContext, *, period: str) -> None:
    """Walk every chain and write all heads into the audit as one event, ``alarms.journal_sealed``.

    What was sealed yesterday must be there today: a cut tail, which a chain by itself does not show, shows
    against the last seal.
    """
    heads: dict[str, dict[str, object]] = {}
    broken: list[str] = []
    for receiver in receivers():
        context.progress(len(heads), None, receiver)
        fault = journal.first_break(_segments(receiver))
        if fault is not None:
            broken.append(f"{fault[0]}, segment {fault[1]}: {fault[2]}")
            continue
        last = JournalSegment.objects.filter(receiver=receiver).order_by("-sequence").first()
        if last is not None:
            heads[receiver] = {"sequence": last.sequence, "hash": bytes(last.hash).hex()}
    broken += _missing_since_last_seal()
    if broken:
        raise JournalBroken(
            str(_("The alarm journal is not whole: %(faults)s. Keep the database as it is."))
            % {"faults": "; ".join(broken[:5])}
        )
    if heads:
        record(
            "alarms.journal_sealed",
            by=context.by,
            at=context.at,
            subject=f"alarms.JournalSegment:{period}",
            detail={"heads": heads},
        )


@job(title=_("Sum armed hours by day"), every=Every.HOUR, after=timedelta(minutes=10), one_transaction=False)
def sum_armed_days(context: JobContext, *, period: str) -> dict[str, int]:
    """Complete the table of armed days up to yesterday, a month a transaction. Run again, it does nothing.

    Every hour, although a day is over once: what came in late is then read from signals for an hour at most.
    """
    done, today = 0, clock.today(context.at)
    while days := complete_some(today=today):
        done += days
        context.progress(done)
    return {"days": done}


def _segments(receiver: str) -> Iterator[tuple[str, int, bytes, bytes, bytes]]:
    rows = JournalSegment.objects.filter(receiver=receiver).order_by("sequence")
    values = rows.values_list("receiver", "sequence", "payload", "previous_hash", "hash")
    for name, sequence, payload, previous, digest in values.iterator(chunk_size=500):
        yield name, sequence, bytes(payload), bytes(previous), bytes(digest)


def _missing_since_last_seal() -> list[str]:
    """Heads of the last seal that the journal does not hold any more."""
    last = Event.objects.filter(action="alarms.journal_sealed").order_by("-sequence").first()
    if last is None:
        return []
    faults = []
    for receiver, sealed in last.detail.get("heads", {}).items():
        kept = JournalSegment.objects.filter(receiver=receiver, sequence=sealed["sequence"]).first()
        if kept is None:
            faults.append(f"{receiver}, segment {sealed['sequence']}: was sealed and is gone")
        elif bytes(kept.hash).hex() != sealed["hash"]:
            faults.append(f"{receiver}, segment {sealed['sequence']}: is not the one that was sealed")
    return faults
