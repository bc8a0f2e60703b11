"""Counting the stages of diversion by group, beside the cases and inside their transactions."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from schoolward.domains.cases.models import DiversionCase, DiversionTally, Reached


def quarter_of(day: date) -> date:
    """The first day of the calendar quarter that the day lies in."""
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def count(case: DiversionCase, stage: str, reason: str = "", *, on: date) -> None:
    """Add one to the tally of a case's group, of the quarter of its decision and of the month of ``on``.

    ``on`` is the day of entering, not of what is entered: no month that is over changes afterwards.
    """
    if case.decided_on is None:
        raise ValueError("a case is counted once it is decided")
    tally, _made = DiversionTally.objects.get_or_create(
        quarter=quarter_of(case.decided_on),
        counted=on.replace(day=1),
        group=case.group,
        stage=Reached(stage),
        reason=reason,
        defaults={"invented": case.invented},
    )
    DiversionTally.objects.filter(pk=tally.pk).update(number=F("number") + 1)
