"""What the measures of alarms ask alike: which activations, since when, and until when it is known."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.models import Case
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Rows
from schoolward.platform.measures.together import shared

NO_SIGNALS = _("No alarm signal has been received yet.")
_GENERATED = _("Holds records generated for the demonstration.")

known_between = shared(queries.heard_between)
"""The first and the last day for which it is known what was set off."""


def last_day(period: Period) -> date:
    """The last day that counts: the period's, or the day that it is asked as of."""
    return min(period.end, period.as_of) if period.end is not None else period.as_of


@shared
def first_day(period: Period) -> date | None:
    """The first day that anything is held against: the period's, or that of the first signal if later."""
    begun = queries.first_signal_on()
    if begun is None or period.start is None:
        return begun
    return max(period.start, begun)


@shared
def is_collected(period: Period) -> bool:
    """Whether any signal was received by the end of the period."""
    return queries.has_signals(last_day(period))


@shared
def _has_generated(period: Period) -> bool:
    return queries.activations(period.start, last_day(period)).filter(generated=True).exists()


def activations(period: Period, scope: Scope) -> QuerySet[Case]:
    """The non-test activations of the period and the sites."""
    return queries.activations(period.start, last_day(period), campus_id=scope.campus_id)


def note(period: Period) -> Promise | str:
    """Says that records are generated, where there are such."""
    return _GENERATED if _has_generated(period) else ""


def counted(period: Period, numerator: QuerySet[Any], **more: Any) -> Rows:
    """The rows of a measure, with what all measures of alarms say of themselves unless told otherwise.

    That is: whether any signal was received, the words for none, that records are generated, and the days
    for which it is known. ``more`` are other fields of :class:`Rows`, or other values of these.
    """
    told: dict[str, Any] = {
        "collected": is_collected(period),
        "missing": NO_SIGNALS,
        "note": note(period),
        "known_between": known_between,
    }
    return Rows(numerator=numerator, **{**told, **more})
