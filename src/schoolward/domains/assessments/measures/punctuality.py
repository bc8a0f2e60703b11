"""Whether walks are done on the day that they were planned for."""

from __future__ import annotations

from datetime import date

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.examples import build_planned
from schoolward.domains.assessments.queries import fallen_due
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure


@measure(
    key="assessments.on_time",
    title=_("Assessments walked on time"),
    definition=_(
        "Of the assessments that were planned for a day of the 24 months before the day, the share handed in "
        "on or before the day that they were planned for, in percent. What was done on paper has no such day."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Assessments handed in on or before the day that they were planned for"),
    denominator=_("Assessments planned for a day of the 24 months before the day"),
    code="M11",
    direction="up",
    example=Example(
        rows="""
            walk | planned    | handed in
            -----|------------|-----------
            A    | 2012-05-20 | 2012-05-20
            B    | 2012-05-21 | 2012-05-25
            C    | 2012-05-22 | 2012-10-01
            D    | 2012-05-23 |
            E    | 2012-10-01 | 2012-05-24
            F    | 2010-05-20 | 2010-05-20
        """,
        period=(None, None, date(2012, 9, 6)),
        value=25.0,
        records=("A",),
        build=build_planned,
    ),
)
def on_time(period: Period, scope: Scope) -> Rows:
    due = fallen_due(period.as_of, campus_id=scope.campus_id)
    return Rows(
        numerator=due.filter(assessed_on__lte=F("planned_on")),
        denominator=due,
        factor=100,
        needs_denominator=True,
        missing=_("No planned assessment has fallen due yet."),
    )
