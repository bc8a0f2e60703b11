"""Counting heads at a session, once however often it is sent, and beside another count only on purpose."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.recording import (
    ProgramRefused,
    audit,
    believable,
    happened,
    locked,
)
from schoolward.domains.programs.kinds import shape_of
from schoolward.domains.programs.models import LONGEST, Session, SessionCount, SessionState
from schoolward.platform.access.viewer import Viewer

RECORD = "programs.record"
Numbers = tuple[int, int | None, int]
"""Young people, adults where they are counted, minutes."""


class AnotherCountStands(ProgramRefused):
    """Somebody else's count stands, which whoever sends this one has not seen; ``standing`` is that count."""

    def __init__(self, standing: SessionCount) -> None:
        self.standing = standing
        super().__init__(_("Another count of this session stands. Say which one holds."), code="differs")


@transaction.atomic
def record_count(
    *,
    session_id: int,
    attended: int,
    minutes: int,
    by: Viewer,
    at: datetime,
    adults: int | None = None,
    receipt: UUID | None = None,
    over: Collection[UUID] | None = None,
    counted_at: datetime | None = None,
) -> Session:
    """Say that a session was held, for how many minutes, and how many came: heads, no names.

    ``receipt`` is made by whoever sends: the same receipt is taken once, and the same numbers again change
    nothing. Other numbers correct what was sent before, which is kept. More heads than were registered raise
    ``expected``: whoever came without being registered was not planned for, and is not hidden.

    A device that counted without a network at ``counted_at`` names in ``over`` the receipts that its user
    has seen. Where the count that stands is none of them and says other numbers, :class:`AnotherCountStands`
    is raised: nothing is corrected by accident.
    """
    session = locked(Session, session_id, by=by, permission=RECORD)
    numbers = (attended, adults, minutes)
    if receipt is not None and (sent := SessionCount.objects.filter(receipt=receipt).first()) is not None:
        _is_this_one(sent, session, None if over is None else numbers)
        return session
    _day_has_come(session, at)
    if session.state == SessionState.CANCELLED:
        raise ProgramRefused(
            _("This session was cancelled. If it took place after all, take the cancellation back first."),
            code="cancelled",
        )
    _are_numbers(session, numbers)
    is_same = session.state == SessionState.HELD and numbers == (
        session.attended,
        session.adults,
        session.minutes_held,
    )
    # A device's count is kept even so: asked again, its receipt must get the same answer.
    if is_same and over is None:
        return session
    standing = session.counts.last()
    if over is not None and standing is not None and not is_same and standing.receipt not in over:
        raise AnotherCountStands(standing)
    registered = registered_for(session)
    session.state = SessionState.HELD
    session.attended, session.adults, session.minutes_held = numbers
    session.expected = None if registered is None else max(registered, attended)
    session.save(update_fields=["state", "attended", "adults", "minutes_held", "expected"])
    SessionCount.objects.create(
        session=session,
        receipt=receipt or uuid4(),
        minutes=minutes,
        attended=attended,
        adults=adults,
        counted_at=counted_at,
        **happened(by=by, at=at),
    )
    # No heads in the audit: a handful at one session is not for whoever reads it.
    audit("counted", session, by=by, offering=session.offering.reference, number=session.number)
    return session


def registered_for(session: Session) -> int | None:
    """How many young people are registered for a session: its group, else its offering; ``None`` if
    unknown."""
    if not shape_of(session.offering.program.kind).seats:
        return None
    return session.cohort.size if session.cohort is not None else session.offering.registered


def _is_this_one(sent: SessionCount, session: Session, numbers: Numbers | None) -> None:
    """Refuse a receipt that stands for something else; a form is asked for its session only."""
    if sent.session_id != session.pk:
        raise ProgramRefused(
            _("This count was sent for another session. Open the page of this one."), code="id-taken"
        )
    if numbers is not None and numbers != (sent.attended, sent.adults, sent.minutes):
        raise ProgramRefused(_("Another count has this mark. Count again."), code="id-taken")


def _are_numbers(session: Session, numbers: Numbers) -> None:
    attended, adults, minutes = numbers
    believable(attended, "attended")
    believable(adults, "adults")
    if not 1 <= minutes <= LONGEST:
        raise ProgramRefused(_("Write minutes from 1 to 1440."), field="minutes")
    if adults is None and session.offering.program.parent_required:
        raise ProgramRefused(_("A parent has to come along: count them too, or write 0."), field="adults")


def _day_has_come(session: Session, at: datetime) -> None:
    if session.on > timezone.localdate(at):
        raise ProgramRefused(
            _("This session is on %(day)s. Count it when it has been held.")
            % {"day": date_format(session.on, "F j, Y")},
            code="early",
        )
