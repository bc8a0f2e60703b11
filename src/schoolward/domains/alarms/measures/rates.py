"""Rates of alarms: how many were false, how often, how often police were sent, how well it was known.

The share of false alarms stands beside the activations per 1,000 armed hours: the share may rise while things
improve, because what is left when the avoidable alarms are gone is mostly false all the same.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext_lazy as _

from schoolward.analysis.false_alarms.intervals import garwood, wilson
from schoolward.domains.alarms import queries
from schoolward.domains.alarms.examples import example
from schoolward.domains.alarms.measures.counting import (
    NO_SIGNALS,
    activations,
    counted,
    first_day,
    is_collected,
    last_day,
    note,
)
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Ends, Rows, measure
from schoolward.platform.measures.together import shared

_NOT_ARMED = _(
    "No system has reported closings and openings, so that nobody knows how long sites stood armed."
)
_NO_SYSTEMS = _("No alarm system has been entered.")
_OPEN = _("Some activations of the period are not closed yet and do not count as false.")
_DAYS_IN_EXAMPLE = 6
_PER_HOURS = 1000


@shared
def _armed_hours(period: Period, scope: Scope) -> float:
    known_until, first = queries.last_signal_at(), first_day(period)
    if known_until is None or first is None:
        return 0.0
    return queries.armed_site_hours(
        period.start or first, last_day(period), now=known_until, campus_id=scope.campus_id
    )


def _share(count: float, total: float) -> Ends:
    """Wilson's interval of a share, in percent."""
    low, high = wilson(int(count), int(total))
    return 100 * low, 100 * high


def _per(factor: int) -> Callable[[float, float], Ends]:
    """The exact Poisson interval (Garwood) of events over an exposure, times the factor."""

    def ends(count: float, exposure: float) -> Ends:
        low, high = garwood(int(count), exposure)
        return factor * low, factor * high

    return ends


@measure(
    key="alarms.activations",
    title=_("Alarm activations"),
    definition=_(
        "Cases of the period in which a detector or a button was set off. Signals that belong together are "
        "one case. Authorized tests, and faults of a panel or its line, are left out."
    ),
    unit="activations",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Non-test activations whose local day lies in the period"),
    denominator="",
    direction="down",
    example=example(4, "A", "B", "C", "F"),
)
def all_activations(period: Period, scope: Scope) -> Rows:
    """Every non-test activation of the period."""
    return counted(period, activations(period, scope))


@measure(
    key="alarms.false_rate",
    title=_("False alarms"),
    definition=_(
        "Of all non-test activations, the share that was closed as neither crime nor attempt nor a real fire "
        "or medical emergency, in percent. What is not closed yet does not count as false. Read it beside "
        "the activations per 1,000 armed hours: it can rise while things improve."
    ),
    unit="percent",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Activations closed as false or with nothing found"),
    denominator=_("All non-test activations"),
    code="M4",
    direction="down",
    example=example(50.0, "A", "C"),
)
def false_rate(period: Period, scope: Scope) -> Rows:
    """M4."""
    found = activations(period, scope)
    still_open = found.filter(disposition="").exists()
    return counted(
        period,
        queries.false_activations(found),
        denominator=found,
        factor=100,
        note=_OPEN if still_open else note(period),
        interval=_share,
    )


@measure(
    key="alarms.activations_per_1000_armed_hours",
    title=_("Activations per 1,000 armed hours"),
    definition=_(
        "Non-test activations, held against the hours that sites stood armed, times 1,000. A site is armed "
        "from a closing that it reported to the next opening; parts that are armed together count once."
    ),
    unit="activations per 1,000 armed hours",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Non-test activations"),
    denominator=_("Armed hours of the sites, summed"),
    code="M5",
    direction="down",
    example=example(1000 * 4 / 22, "A", "B", "C", "F"),
)
def per_armed_hours(period: Period, scope: Scope) -> Rows:
    """M5."""
    collected = is_collected(period)
    hours = _armed_hours(period, scope) if collected else 0.0
    return counted(
        period,
        activations(period, scope),
        denominator=hours,
        factor=_PER_HOURS,
        collected=collected and hours > 0,
        missing=_NOT_ARMED if collected else NO_SIGNALS,
        interval=_per(_PER_HOURS),
    )


@measure(
    key="alarms.police_dispatch_rate",
    title=_("Alarms with police sent"),
    definition=_("Of all non-test activations, the share to which police were sent, in percent."),
    unit="percent",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Activations with police sent"),
    denominator=_("All non-test activations"),
    code="M6",
    direction="down",
    example=example(75.0, "A", "B", "C"),
)
def police_dispatch_rate(period: Period, scope: Scope) -> Rows:
    """M6."""
    found = activations(period, scope)
    return counted(
        period,
        queries.dispatched(found),
        denominator=found,
        factor=100,
        interval=_share,
    )


@measure(
    key="alarms.verified_share",
    title=_("Alarms verified before police were sent"),
    definition=_(
        "Of the activations to which police were sent, the share that had been verified before: the alarm "
        "level (AVS-01) stood at 2 or more, human presence confirmed or highly probable. In percent."
    ),
    unit="percent",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Activations verified before police were sent"),
    denominator=_("Activations with police sent"),
    code="M7",
    direction="up",
    example=example(100 / 3, "B"),
)
def verified_share(period: Period, scope: Scope) -> Rows:
    """M7."""
    found = activations(period, scope)
    return counted(
        period,
        queries.verified(found),
        denominator=queries.dispatched(found),
        factor=100,
        interval=_share,
    )


@measure(
    key="alarms.dispatches_per_system_year",
    title=_("Police sent per alarm system and year"),
    definition=_(
        "Activations to which police were sent, held against the years that the alarm systems were in "
        "service within the period. By this number police and the alarm industry compare; the share of false "
        "alarms stays where it is whatever one does."
    ),
    unit="dispatches per system and year",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Activations with police sent"),
    denominator=_("Years of service of the alarm systems, summed"),
    direction="down",
    example=example(3 / (_DAYS_IN_EXAMPLE / 365.25), "A", "B", "C"),
)
def dispatches_per_system_year(period: Period, scope: Scope) -> Rows:
    """Dispatches held against system-years."""
    first = first_day(period)
    years = 0.0
    if first is not None:
        years = queries.years_in_service(first, last_day(period), campus_id=scope.campus_id)
    collected = is_collected(period)
    return counted(
        period,
        queries.dispatched(activations(period, scope)),
        denominator=years,
        collected=collected and years > 0,
        missing=_NO_SYSTEMS if collected else NO_SIGNALS,
        interval=_per(1),
    )
