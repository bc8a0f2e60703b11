"""What cases are called: their numbers, and the titles of lost systems."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models.functions import Length

from schoolward.domains.alarms.builder.known import Known
from schoolward.domains.alarms.builder.losses import LossCase
from schoolward.domains.alarms.models import Case


def title_of_loss(loss: LossCase, campus_id: int | None, known: Known) -> str:
    """What is lost, in words: one system by its account and site, several by their number."""
    systems = [found for pk in loss.lost if (found := known.system_by_pk(pk)) is not None]
    if len(loss.lost) == 1:
        name = known.campus_name(campus_id)
        account = systems[0].account if systems else ""
        return " · ".join(part for part in ("Not heard from", account, name) if part)[:200]
    campuses = {system.campus_id for system in systems}
    at_one = len(campuses) == 1 and len(systems) == len(loss.lost)
    return f"{len(loss.lost)} systems are not heard from" + (
        f", all at {known.campus_name(min(campuses))}" if at_one else ""
    )


def give_numbers(cases: list[Case]) -> None:
    """Give new cases their numbers: the local day, then one after the other."""
    counts = Counter({day: _last_number(day) for day in {case.opened_on for case in cases}})
    for case in cases:
        counts[case.opened_on] += 1
        case.number = f"{case.opened_on:%Y%m%d}-{counts[case.opened_on]:04d}"


def _last_number(day: date) -> int:
    prefix = f"{day:%Y%m%d}-"
    last = (
        Case.objects.filter(opened_on=day, number__startswith=prefix)
        .annotate(digits=Length("number"))
        .order_by("-digits", "-number")
        .values_list("number", flat=True)
        .first()
    )
    return int(last.removeprefix(prefix)) if last else 0
