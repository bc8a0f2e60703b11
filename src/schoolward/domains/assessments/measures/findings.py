"""How many findings wait to be mended, by severity."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.examples import build_found
from schoolward.domains.assessments.queries import has_any, unresolved_as_of
from schoolward.domains.assessments.wording import SEVERITIES
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, Text, measure

_FOUND = """
    finding | site  | severity | found      | settled
    --------|-------|----------|------------|-----------
    A       | North | urgent   | 2012-05-20 |
    B       | North | high     | 2012-05-20 | 2012-08-01
    C       | North | high     | 2012-05-20 | 2012-10-01
    D       | South | medium   | 2012-05-21 |
    E       | South | medium   | 2012-10-05 |
    F       | South | medium   | 2012-05-21 |
"""
_IN_EXAMPLE = {"urgent": ("A",), "high": ("C",), "medium": ("D", "F"), "low": ()}


def _register(severity: str, label: Text) -> None:
    named = {"severity": label}
    records = _IN_EXAMPLE[severity]

    @measure(
        key=f"assessments.unresolved.{severity}",
        title=_("Findings to be mended: %(severity)s") % named,
        definition=_(
            "Findings of the severity “%(severity)s” that were neither verified as mended nor declined by "
            "the end of the day."
        )
        % named,
        unit="findings",
        at_a_day=True,
        owner=Role.FACILITIES,
        record_class=RecordClass.FACILITY,
        numerator=_("Findings of the severity that are to be decided or in work"),
        denominator="",
        direction="down",
        example=Example(
            rows=_FOUND,
            period=(None, None, date(2012, 9, 6)),
            value=len(records),
            records=records,
            build=build_found,
        ),
    )
    def unresolved(period: Period, scope: Scope) -> Rows:
        waiting = unresolved_as_of(period.as_of, campus_id=scope.campus_id).filter(severity=severity)
        return Rows(
            numerator=waiting,
            # Where no site was ever assessed, nobody knows what there is to be found.
            collected=has_any(period.as_of),
            missing=_("No assessment has been entered yet."),
        )


for _severity, _label in SEVERITIES:
    _register(_severity, _label)
