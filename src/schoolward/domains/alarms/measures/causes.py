"""What set the false alarms off: one measure a cause, so that each number of a paper opens its records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from schoolward.domains.alarms import queries
from schoolward.domains.alarms.examples import by_cause
from schoolward.domains.alarms.measures.counting import activations, counted
from schoolward.domains.alarms.models import Cause
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Rows, measure

#: What a real alarm has for a cause, or a test, is none of a false one.
_NOT_FALSE: Final = frozenset({Cause.INTRUDER, Cause.FIRE, Cause.MEDICAL, Cause.TEST})
CAUSES: Final = tuple(cause for cause in Cause if cause not in _NOT_FALSE)
"""The causes that have a measure, ``alarms.false.<cause>``."""


def _counting(cause: Cause) -> Callable[[Period, Scope], Rows]:
    def false_of_cause(period: Period, scope: Scope) -> Rows:
        """The false activations of the period that were closed with this cause."""
        found = queries.false_activations(activations(period, scope))
        return counted(period, found.filter(cause=cause))

    return false_of_cause


for _cause in CAUSES:
    measure(
        key=f"alarms.false.{_cause}",
        title=format_lazy(_("False alarms: {cause}"), cause=_cause.label),
        definition=format_lazy(
            _("Non-test activations closed as false, or with nothing found, with this cause: {cause}."),
            cause=_cause.label,
        ),
        unit="activations",
        owner=Role.LEAD,
        record_class=RecordClass.FACILITY,
        numerator=_("False activations of this cause whose local day lies in the period"),
        denominator="",
        direction="down",
        example=by_cause(_cause),
    )(_counting(_cause))
