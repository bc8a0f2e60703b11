"""How a referral goes: its states, what follows upon which, its clocks, what its referrer learns. Pure."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a referral stands."""

    REFERRED = "referred", _("Referred")
    CONTACTED = "contacted", _("Family contacted")
    CONSENTED = "consented", _("Family said yes")
    STARTED = "started", _("Started")
    COMPLETED = "completed", _("Completed")
    ENDED = "ended", _("Ended")


class Told(models.TextChoices):
    """All that whoever referred learns. What never started stays received: closed or not looks alike."""

    RECEIVED = "received", _("Received")
    STARTED = "started", _("Started")
    ENDED = "ended", _("Closed")


class EndReason(models.TextChoices):
    """Why a referral ended before its time. A closed list: what else there is stays with the family."""

    DECLINED = "declined", _("The family declined")
    NOT_ELIGIBLE = "not_eligible", _("The program's rules do not fit")
    NO_CAPACITY = "no_capacity", _("No place was free")
    MOVED = "moved", _("The family moved away")
    OUT_OF_REACH = "out_of_reach", _("Nobody could be reached")
    ELSEWHERE = "elsewhere", _("Served elsewhere")
    LEFT = "left", _("Left before the end")
    DUPLICATE = "duplicate", _("Referred twice")
    MISTAKE = "mistake", _("Referred by mistake")
    TRANSFERRED = "transferred", _("Passed on to another agency")


class Need(models.TextChoices):
    """What a referral asks help with: about a situation, and never a label of a person."""

    ATTENDANCE = "attendance", _("Being at school")
    LEARNING = "learning", _("Learning")
    CONFLICT = "conflict", _("Conflict with others")
    INCIDENT = "incident", _("After an incident at or near school")
    GROUP = "group", _("A mentor, a team or a group")
    FAMILY = "family", _("Support for the family")
    WORK = "work", _("Work, service or training")
    OTHER = "other", _("Something else")


OPEN: tuple[State, ...] = (State.REFERRED, State.CONTACTED, State.CONSENTED, State.STARTED)
CLOSED: tuple[State, ...] = (State.COMPLETED, State.ENDED)
#: The states in which a referral goes by the family's yes.
AGREED: tuple[State, ...] = (State.CONSENTED, State.STARTED)
FORWARD: dict[State, State] = {
    State.REFERRED: State.CONTACTED,
    State.CONTACTED: State.CONSENTED,
    State.CONSENTED: State.STARTED,
    State.STARTED: State.COMPLETED,
}
#: What counts as no referral at all, wherever referrals are counted.
NEVER_COUNTED: tuple[EndReason, ...] = (EndReason.DUPLICATE, EndReason.MISTAKE, EndReason.TRANSFERRED)

CONTACT_WITHIN = 5
"""Days from the referral to the first contact with the family (M32)."""
PATIENCE: dict[State, int] = {State.REFERRED: CONTACT_WITHIN, State.CONTACTED: 10, State.CONSENTED: 14}
"""Days that a referral may stand in a state before it counts as stalled; a program itself takes its time."""

#: From how many days past its day a referral is told of, and whether to the leads of the agency as well.
STALLED: tuple[tuple[int, bool], ...] = ((1, False), (8, False), (15, True))
TOLD_AGAIN_AFTER = 7
"""Days after the last of these, again and again, until somebody acts."""


def stall_step(days_late: int) -> int:
    """How many times a referral so many days past its day is to have been told of by now.

    >>> [stall_step(days) for days in (0, 1, 7, 8, 14, 15, 21, 22, 29)]
    [0, 1, 1, 2, 2, 3, 3, 4, 5]
    """
    passed = sum(days_late >= days for days, _lead in STALLED)
    last = STALLED[-1][0]
    return passed + (max(0, days_late - last) // TOLD_AGAIN_AFTER if passed == len(STALLED) else 0)


def goes_to_leads(step: int) -> bool:
    """Whether the leads are told at this step, too."""
    return step > 0 and STALLED[min(step, len(STALLED)) - 1][1]


def due_on(state: str, since: date) -> date | None:
    """The day by which the next step is due; ``None`` where no clock runs."""
    days = PATIENCE.get(State(state))
    return None if days is None else since + timedelta(days=days)


def told(state: str, *, started: bool) -> Told:
    """What whoever referred learns of a state.

    An end without a start would tell that the family declined: of that nothing is told, as of a long wait.
    """
    if not started:
        return Told.RECEIVED
    return Told.ENDED if state in CLOSED else Told.STARTED


def reached(contacted: bool, consented: bool, started: bool) -> State:
    """The state that a referral goes back to when it is opened again: as far as it had come."""
    if started:
        return State.STARTED
    if consented:
        return State.CONSENTED
    return State.CONTACTED if contacted else State.REFERRED
