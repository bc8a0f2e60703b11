"""What was done about false alarms, and whether it helped."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms.examples import corrected
from schoolward.domains.alarms.measures.counting import counted, first_day, last_day
from schoolward.domains.alarms.models import Case
from schoolward.domains.alarms.queries.corrections import Pooled, pooled_effect, verified_corrections
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Ends, Rows, measure
from schoolward.platform.measures.together import shared

_NONE_YET = _("No corrective action that alarms of a zone asked for was verified in this period.")
_NOTHING_AFTER = _("Nothing is known yet of the time before or after the corrective actions.")


@measure(
    key="alarms.corrections",
    title=_("Corrective actions verified"),
    definition=_(
        "Work that the alarms of a zone asked for, such as another detector or another schedule, that a "
        "second person verified within the period."
    ),
    unit="corrective actions",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Corrective actions of zones verified within the period"),
    denominator="",
    direction="up",
    example=corrected(1, "W"),
)
def corrections(period: Period, scope: Scope) -> Rows:
    """The verified work itself."""
    found = verified_corrections(period.start, last_day(period), campus_id=scope.campus_id)
    return counted(period, found)


@shared
def _effect(period: Period, scope: Scope) -> Pooled | None:
    today = last_day(period)
    done = verified_corrections(period.start, today, campus_id=scope.campus_id)
    return pooled_effect(done, today=today) if done.exists() else None


@measure(
    key="alarms.after_corrections",
    title=_("False alarms of mended zones, of those expected"),
    definition=_(
        "False activations after the corrective actions that were verified in the period, in percent of "
        "those that were to be expected: by the zones' own pace before, per armed hour, and by what became "
        "of the pace of all zones that nothing was done to, where those are enough to tell. Up to a year "
        "before and after; below 100 it became better. An interval that holds 100 shows no change."
    ),
    unit="percent",
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("False activations of these zones after the day on which the work was done"),
    denominator=_("False activations that were to be expected"),
    code="M13",
    direction="down",
    example=corrected(50.0, "E", "H"),
)
def after_corrections(period: Period, scope: Scope) -> Rows:
    """The rate ratio after over before, pooled over the zones."""
    found = _effect(period, scope) if first_day(period) is not None else None
    if found is None:
        is_done = verified_corrections(period.start, last_day(period), campus_id=scope.campus_id).exists()
        missing = _NOTHING_AFTER if is_done else _NONE_YET
        return Rows(numerator=Case.objects.none(), collected=False, missing=missing)

    def ends(_count: float, _expected: float) -> Ends:
        low, high = found.ratio.low, found.ratio.high
        return 100 * (low or 0.0), None if high is None else 100 * high

    return counted(period, found.after, denominator=found.expected, factor=100, interval=ends, unchanged=100)
