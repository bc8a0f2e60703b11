"""M12 by severity: of the recommendations of each severity those completed, and those completed on time."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.examples import build
from schoolward.domains.work.measures.counting import PERIOD
from schoolward.domains.work.measures.recommendations import completion, on_time
from schoolward.domains.work.models import Severity
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, Text, measure

_CODE = "M12"

SEVERITIES = """
    item | kind           | severity | state     | due        | verified   | estimate | actual
    -----|----------------|----------|-----------|------------|------------|----------|-------
    A    | recommendation | urgent   | verified  | 2012-06-01 | 2012-05-20 | 40000    | 38000
    B    | recommendation | urgent   | scheduled | 2012-06-01 |            | 10000    |
    C    | recommendation | high     | verified  | 2012-06-01 | 2012-07-02 | 25000    | 24000
    D    | recommendation | medium   | verified  | 2012-06-01 | 2012-05-30 | 90000    | 90000
    E    | recommendation | medium   | funded    | 2012-10-01 |            | 7000     |
    F    | recommendation | medium   | verified  | 2012-10-01 | 2012-08-20 | 7000     | 7000
    G    | recommendation | low      | declined  | 2012-06-01 |            | 3000     |
    H    | repair         | low      | verified  | 2012-06-15 | 2012-06-10 | 2000     | 2500
"""
#: What the example gives: completed in percent and its records, on time in percent and its records.
_IN_EXAMPLE: dict[Severity, tuple[float, tuple[str, ...], float | None, tuple[str, ...]]] = {
    Severity.URGENT: (50.0, ("A",), 50.0, ("A",)),
    Severity.HIGH: (100.0, ("C",), 0.0, ()),
    Severity.MEDIUM: (200 / 3, ("D", "F"), 100.0, ("D",)),
    Severity.LOW: (0.0, (), None, ()),
}


def _register(severity: Severity) -> None:
    named = {"severity": severity.label}
    none_accepted = _("No recommendation of the severity “%(severity)s” has been accepted yet.") % named
    none_due = _("No accepted recommendation of the severity “%(severity)s” has fallen due yet.") % named
    completed, those_completed, punctual, those_punctual = _IN_EXAMPLE[severity]

    @measure(
        key=f"recommendations.completion.{severity.value}",
        title=_("Recommendations completed: %(severity)s") % named,
        definition=_(
            "Of all recommendations of the severity “%(severity)s” ever accepted, the share that is verified "
            "as done, in percent."
        )
        % named,
        unit="percent",
        at_a_day=True,
        owner=Role.FACILITIES,
        record_class=RecordClass.FACILITY,
        numerator=_("Accepted recommendations of the severity that are verified"),
        denominator=_("Recommendations of the severity ever accepted"),
        code=_CODE,
        direction="up",
        example=Example(
            rows=SEVERITIES, period=PERIOD, value=completed, records=those_completed, build=build
        ),
    )
    def completed_of(period: Period, scope: Scope) -> Rows:
        return _of(completion(period, scope), severity, missing=none_accepted)

    @measure(
        key=f"recommendations.on_time.{severity.value}",
        title=_("Recommendations completed on time: %(severity)s") % named,
        definition=_(
            "Of the accepted recommendations of the severity “%(severity)s” that have fallen due and were "
            "not declined, the share verified on or before the due date that was agreed first, in percent."
        )
        % named,
        unit="percent",
        at_a_day=True,
        owner=Role.FACILITIES,
        record_class=RecordClass.FACILITY,
        numerator=_("Recommendations of the severity verified on or before their first due date"),
        denominator=_("Accepted recommendations of the severity whose first due date has passed"),
        code=_CODE,
        direction="up",
        example=Example(rows=SEVERITIES, period=PERIOD, value=punctual, records=those_punctual, build=build),
    )
    def punctual_of(period: Period, scope: Scope) -> Rows:
        return _of(on_time(period, scope), severity, missing=none_due)


def _of(rows: Any, severity: Severity, missing: Text) -> Rows:
    """The same share of the recommendations of one severity."""
    return replace(
        rows,
        numerator=rows.numerator.filter(severity=severity),
        denominator=rows.denominator.filter(severity=severity),
        missing=missing,
    )


for _severity in Severity:
    _register(_severity)
