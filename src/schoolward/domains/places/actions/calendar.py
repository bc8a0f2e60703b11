"""Enrolment, bell times and days without school: one row at a time, as imports and forms bring them.

The caller holds the transaction, notes the whole in the audit, and tells ``hooks.campuses_changed``
afterwards.
"""

from __future__ import annotations

from datetime import date, time
from typing import Any

from django.db.models import Model

from schoolward.domains.places.actions.directory import Outcome
from schoolward.domains.places.models import BellTimes, Campus, Enrolment, NonSchoolDay, School


def put_enrolment(*, school: School, school_year: int, students: int, source: str, invented: bool) -> Outcome:
    """Set how many students a school has in the school year that begins in ``school_year``."""
    return _put(
        Enrolment,
        {"school": school, "school_year": school_year},
        {"students": students, "source": source, "invented": invented},
    )


def put_bell_times(
    *,
    campus: Campus | None,
    weekday: int,
    begins: time,
    ends: time,
    valid_from: date | None,
    valid_to: date | None,
) -> Outcome:
    """Set school hours on a weekday (0 is Monday), local time, at one campus or (``None``) in the
    district."""
    return _put(
        BellTimes,
        {"campus": campus, "weekday": weekday, "valid_from": valid_from},
        {"begins": begins, "ends": ends, "valid_to": valid_to},
    )


def put_non_school_day(*, campus: Campus | None, day: date, reason: str) -> Outcome:
    """Set a day without school, at one campus or (``None``) in the district."""
    return _put(NonSchoolDay, {"campus": campus, "day": day}, {"reason": reason})


def _put(model: type[Model], key: dict[str, Any], values: dict[str, Any]) -> Outcome:
    row, created = model._default_manager.get_or_create(**key, defaults=values)
    if created:
        return Outcome.CREATED
    if all(getattr(row, name) == value for name, value in values.items()):
        return Outcome.UNCHANGED
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return Outcome.UPDATED
