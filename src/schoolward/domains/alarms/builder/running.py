"""The process that reads the journal for ever: one at a time, under the lease ``case-builder``."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from datetime import datetime

import structlog
from django.db import DatabaseError, DataError, IntegrityError, close_old_connections, transaction
from django.utils import timezone

from schoolward.domains.alarms import lease
from schoolward.domains.alarms.actions.escalating import escalate
from schoolward.domains.alarms.builder.building import BUILDER, Builder, Built
from schoolward.domains.alarms.builder.segments import Segment, Unread
from schoolward.domains.alarms.builder.sweeping import sweep
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.jobs.stopping import StopRequest

log = structlog.get_logger(__name__)

POLL_SECONDS = 0.025
RENEW_SECONDS = 0.6
"""How often an idle holder renews: three times within the lease."""
FOLLOW_SECONDS = 0.15
"""How often a process that is not the holder looks whether it may be."""
ESCALATE_SECONDS = 1.0
SWEEP_SECONDS = 30.0
RETRY_SECONDS = 1.0
FINISH_SECONDS = 3.0
"""How long a holder that was told to end goes on reading what receivers have just stored."""


@dataclass
class _Timer:
    """Something that is due every so many seconds, at once the first time."""

    seconds: float
    _last: float | None = field(default=None)

    def is_due(self) -> bool:
        """Whether it is due; asked so, its time begins anew."""
        now = time.monotonic()
        if self._last is not None and now - self._last < self.seconds:
            return False
        self._last = now
        return True

    def restart(self) -> None:
        """Begin the time anew: it was just done."""
        self._last = time.monotonic()


def run(stop: StopRequest, holder: str) -> None:
    """Read the journal until told to stop, and then what waits. ``holder`` names this process, e.g. host and
    process number.

    While another process holds the lease it waits to follow it, within the lease's two seconds. A database
    that does not answer is tried again; the journal waits. Who was told to stop before the first turn takes
    that turn all the same: what receivers have just stored is read.
    """
    held: lease.Held | None = None
    working = _Working()
    is_down = False
    has_begun = False
    try:
        while not (has_begun and stop.is_set()):
            has_begun = True
            try:
                if held is None:
                    held = lease.take(name=lease.CASE_BUILDER, holder=holder, at=timezone.now())
                    if held is None:
                        stop.wait(FOLLOW_SECONDS)
                        continue
                    log.info("alarms.builder_holds", holder=holder, fence=held.fence)
                    working = _Working()
                is_down = False
                if not working.once(held):
                    stop.wait(POLL_SECONDS)
            except lease.LeaseLost as lost:
                log.warning("alarms.builder_lost_lease", said=str(lost))
                held = None
            except DatabaseError as error:
                if not is_down:  # said once, however long it lasts
                    log.warning("alarms.builder_waits_for_database", said=str(error).strip())
                held, is_down = None, True
                close_old_connections()
                stop.wait(RETRY_SECONDS)
            except Exception:
                # Whatever it is, alarms must not wait for somebody to start the process again.
                log.exception("alarms.builder_stumbled")
                stop.wait(RETRY_SECONDS)
        if held is not None:
            _finish(working, held)
    finally:
        if held is not None:
            _give_back(held)


def run_once(*, at: datetime | None = None, held: lease.Held | None = None) -> Built:
    """Read all that waits, then return what it came to. For tests and commands that need no process."""
    builder, unread, total = Builder(), Unread(), Built()
    while segments := unread.next():
        total += builder.build(segments, held=held, at=at or timezone.now())
    return total


class _Working:
    """What the holder of the lease does over and over."""

    def __init__(self) -> None:
        self._builder = Builder()
        self._unread = Unread()
        self._renew = _Timer(RENEW_SECONDS)
        self._escalate = _Timer(ESCALATE_SECONDS)
        self._sweep = _Timer(SWEEP_SECONDS)

    def once(self, held: lease.Held) -> bool:
        """One round. Whether there was anything to read, so that there may be more."""
        segments = self._unread.next()
        at = timezone.now()
        if segments:
            self._build(segments, held, at)
            self._renew.restart()
        elif self._renew.is_due():
            lease.renew(held, at=at)
        by = Viewer.system(at=at, name=BUILDER)
        if self._escalate.is_due():
            with transaction.atomic():
                lease.guard(held, at=at)
                escalate(by=by, at=at)
            self._renew.restart()
        if self._sweep.is_due():
            sweep(self._builder.known, held=held, at=at, by=by)
        return bool(segments)

    def _build(self, segments: list[Segment], held: lease.Held, at: datetime) -> None:
        """Build a batch. One that fails by a fault of ours is tried piece by piece, at last passed by with a
        case of its own: what comes behind it must not wait for a new version.
        """
        try:
            self._builder.build(segments, held=held, at=at)
        except (DatabaseError, lease.LeaseLost) as error:
            if not _is_about_data(error):
                raise
            self._piecewise(segments, held, at, error)
        except Exception as error:
            self._piecewise(segments, held, at, error)

    def _piecewise(self, segments: list[Segment], held: lease.Held, at: datetime, error: Exception) -> None:
        log.exception("alarms.builder_failed", segments=len(segments))
        if len(segments) > 1:
            for segment in segments:
                self._build([segment], held, at)
            return
        self._builder.build(segments, held=held, at=at, broken=f"{type(error).__name__}")


def _finish(working: _Working, held: lease.Held) -> None:
    """Read what waits, for a while; what is left then waits for whoever follows."""
    until = time.monotonic() + FINISH_SECONDS
    try:
        while working.once(held) and time.monotonic() < until:
            pass
    except (lease.LeaseLost, DatabaseError) as error:
        log.warning("alarms.builder_leaves_some", said=str(error).strip())


def _is_about_data(error: Exception) -> bool:
    """Whether a database error speaks of the rows, not of the connection: trying again would not help."""
    return isinstance(error, DataError | IntegrityError)


def _give_back(held: lease.Held) -> None:
    try:
        lease.give_back(held, at=timezone.now())
    except DatabaseError:
        log.warning("alarms.builder_lease_not_given_back")
