"""How many of the campuses were looked at lately."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.examples import build
from schoolward.domains.assessments.queries import has_any, recent
from schoolward.domains.places.queries import operating_campuses
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure


@measure(
    key="assessments.coverage",
    title=_("Assessment coverage"),
    definition=_(
        "Of all campuses in operation, the share assessed in the 24 months up to the day, in percent."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Campuses in operation with an assessment in the last 24 months"),
    denominator=_("Campuses in operation"),
    code="M11",
    direction="up",
    example=Example(
        rows="""
            site  | assessed
            ------|-----------
            North | 2012-05-20
            South | 2010-09-06
            East  | 2010-09-05
            West  |
        """,
        period=(None, None, date(2012, 9, 6)),
        value=50.0,
        records=("North", "South"),
        build=build,
    ),
)
def coverage(period: Period, scope: Scope) -> Rows:
    campuses = operating_campuses(period.as_of, campus_id=scope.campus_id)
    assessed = recent(period.as_of).values("campus")
    return Rows(
        numerator=campuses.filter(pk__in=assessed),
        denominator=campuses,
        factor=100,
        # Without a single row nobody has kept the register: that is not the same as no campus assessed.
        collected=has_any(period.as_of),
        missing=_("No assessment has been entered yet."),
    )
