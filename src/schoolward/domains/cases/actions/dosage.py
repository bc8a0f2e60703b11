"""How many sessions of an offering somebody can have had at all: no plan and no count goes beyond."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils.translation import gettext as _

from schoolward.domains.cases.actions.recording import CaseRefused
from schoolward.domains.cases.models import Referral, Service
from schoolward.domains.programs.queries import offerings, plan_on
from schoolward.platform.access.viewer import Viewer

MOST_PLANNED = 400
_WEEK = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def days_of(days: str, first: date, last: date) -> int:
    """The days from ``first`` to ``last`` on which an offering meets; ``days`` are codes such as ``"MO,WE"``.

    Where no days are said, each day is one.

    >>> days_of("MO,WE", date(2012, 9, 3), date(2012, 9, 12)), days_of("", date(2012, 9, 3), date(2012, 9, 4))
    (4, 2)
    >>> days_of("", date(2012, 9, 4), date(2012, 9, 3))
    0
    """
    named = {_WEEK.index(code.strip()) for code in days.split(",") if code.strip() in _WEEK} or set(range(7))
    span = max(0, (last - first).days + 1)
    return sum((first + timedelta(days=n)).weekday() in named for n in range(span))


def fit_plan(referral: Referral, offering_id: int, planned: int, *, by: Viewer) -> None:
    """Refuse more sessions than the offering has for this referral: its days since, and its dosage plan.

    Raises :class:`CaseRefused` with the field to mend.
    """
    offering = offerings(by).filter(pk=offering_id).first()
    if offering is None or offering.program_id != referral.program_id:
        raise CaseRefused(_("This is no offering of the referral's program."), field="offering_id")
    if offering.cancelled_on is not None:
        raise CaseRefused(_("This offering was cancelled: choose another."), field="offering_id")
    if offering.ends_on < referral.referred_on:
        raise CaseRefused(
            _("This offering ended on %(day)s, before the referral: choose one that runs.")
            % {"day": offering.ends_on.isoformat()},
            field="offering_id",
        )
    first = max(offering.starts_on, referral.referred_on)
    most = min(MOST_PLANNED, days_of(offering.days, first, offering.ends_on))
    plan = plan_on(offering.program, first)
    if plan is not None:
        most = min(most, plan.sessions)
    if most == 0:
        raise CaseRefused(
            _("This offering does not meet any more after the referral: choose another."), field="offering_id"
        )
    if not 1 <= planned <= most:
        raise CaseRefused(
            _("Write a number from 1 to %(most)d: so many sessions the offering has from %(day)s on.")
            % {"most": most, "day": first.isoformat()},
            field="planned",
        )


def fit_count(service: Service, referral: Referral, attended: int, *, on: date) -> None:
    """Refuse more sessions than were planned, or than there were days of the offering since the start.

    Raises :class:`CaseRefused` for ``attended``.
    """
    if not 0 <= attended <= service.planned:
        raise CaseRefused(
            _("Write a number from 0 to %(planned)d.") % {"planned": service.planned}, field="attended"
        )
    if attended == 0:
        return
    if referral.started_on is None:
        raise CaseRefused(_("They have not started: say so first, with the day."), field="attended")
    offering = service.offering
    first = max(offering.starts_on, referral.started_on)
    last = min(offering.ends_on, referral.ended_on or on, on)
    met = days_of(offering.days, first, last)
    if attended > met:
        raise CaseRefused(
            _("Since %(day)s the offering has met on at most %(met)d days: write a number up to that.")
            % {"day": first.isoformat(), "met": met},
            field="attended",
        )
