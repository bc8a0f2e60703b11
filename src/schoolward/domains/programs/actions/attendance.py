"""Counts that a device kept without a network: each taken once, refused with a reason, or asked about."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from schoolward.domains.programs.actions.counting import RECORD, AnotherCountStands, record_count
from schoolward.domains.programs.actions.recording import ProgramRefused
from schoolward.domains.programs.models import Session, SessionCount, SessionState
from schoolward.platform.access.permissions import AccessDenied, check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.actions import record
from schoolward.platform.audit.models import Outcome

MOST_COUNTS = 100
"""More are not taken in one batch."""

LONGEST_WAIT = timedelta(days=366)


@dataclass(frozen=True)
class HeadCount:
    """One count as a device kept it (`docs/reference/attendance-journal.md`).

    ``id`` was made on the device and is its receipt; ``over`` are the receipts of this session that its user
    has seen; ``moment`` is the device's clock when it was counted.
    """

    id: UUID
    session: int
    attended: int
    minutes: int
    moment: datetime
    adults: int | None = None
    over: frozenset[UUID] = frozenset()


@dataclass(frozen=True)
class Answer:
    """What became of one count. ``code`` is empty where it is taken, else for the device; ``text`` is for its
    user, ``field`` the number that is wrong, ``standing`` the other count."""

    id: UUID
    code: str = ""
    text: str = ""
    field: str = ""
    standing: SessionCount | None = None

    @property
    def is_taken(self) -> bool:
        """Whether it is stored."""
        return not self.code


def take_counts(*, counts: Iterable[HeadCount], sent: datetime, by: Viewer, at: datetime) -> list[Answer]:
    """Take each of these counts, in their order; ``sent`` is the device's clock now.

    Each is a transaction of its own, so that one that is refused holds up none of the others, and a server
    that dies between two has kept the first: sent again, both get the same answers. Raises ``AccessDenied``
    where the viewer may not count at all.
    """
    check(by, RECORD)
    return [_taken(one, sent, by=by, at=at) for one in counts]


def _taken(one: HeadCount, sent: datetime, *, by: Viewer, at: datetime) -> Answer:
    session = Session.objects.filter(pk=one.session).first()
    if session is None:
        return Answer(one.id, "gone", _("There is no such session any more. Tell your office how many came."))
    try:
        record_count(
            session_id=one.session,
            attended=one.attended,
            adults=one.adults,
            minutes=one.minutes,
            receipt=one.id,
            over=one.over,
            counted_at=counted_at(one.moment, sent, at),
            by=by,
            at=at,
        )
    except AnotherCountStands as difference:
        return Answer(one.id, difference.code, str(difference), standing=difference.standing)
    except ProgramRefused as refusal:
        text = str(refusal) if refusal.code != "cancelled" else _why_cancelled(session)
        return Answer(one.id, refusal.code or "number", text, refusal.field)
    except AccessDenied as denial:
        detail: dict[str, Any] = {"permission": denial.permission}
        record(
            "access.denied", by=by, at=by.at, subject=denial.subject, detail=detail, outcome=Outcome.DENIED
        )
        return Answer(
            one.id, "not-yours", _("You may not count this session. Tell your office how many came.")
        )
    return Answer(one.id)


def _why_cancelled(session: Session) -> str:
    """The reason, which whoever stood on the field may not have heard."""
    session.refresh_from_db()
    if session.state != SessionState.CANCELLED:
        return _("This session was cancelled. Send the count again.")
    return _(
        "The session of %(day)s was canceled: %(reason)s. If it took place after all, take that back first."
    ) % {
        "day": date_format(session.on, "F j"),
        "reason": session.get_cancel_reason_display().lower(),
    }


def counted_at(moment: datetime, sent: datetime, at: datetime) -> datetime | None:
    """When a device counted, by our clock: so long before ``at`` as its own clock ran until it sent.

    A clock that is wrong does not matter; one that was put back in between gives ``at`` itself, and one that
    ran for longer than any count waits gives nothing.
    """
    waited = max(sent - moment, timedelta())
    return at - waited if waited <= LONGEST_WAIT else None
