"""Whether attendance rose after visits to the attendance center (M29), held against those who never came."""

from __future__ import annotations

import math
from datetime import date

from django.db.models import Case, FloatField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.centre_examples import build_series
from schoolward.domains.cases.examples import named
from schoolward.domains.cases.measures.counting import last_day
from schoolward.domains.cases.models import CentreVisit
from schoolward.domains.cases.queries.results import CentreResults, gain_of_visits
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Ends, Example, Rows, Text, measure

_FEW_CAME = _("Too few students came for the first time, or too few have 45 days of school on both sides.")
_FEW_OTHERS = _("Too few who never came have 45 days of school on both sides to compare with.")
_FEW = _("So few have 45 days of school on both sides that nothing is shown.")
_GRAIN = 20
"""Binary digits behind the point: sums of such numbers are exact in whatever order a database adds them."""


@measure(
    key="centre.attendance_gain",
    title=_("Attendance after a first visit, against those who never came"),
    definition=_(
        "How much the share of days present rose, in percentage points, from the 45 days of school before "
        "the first visit to the 45 after it, less the same change among referred young people who never "
        "came, each looked at about the day of one of the visits. Of students whose first visit lies in the "
        "time and who have all these days. They come when attendance is at its worst, which tends to become "
        "better by itself, and who never came was not chosen by lot: it is no proof. Nothing is told of "
        "fewer than eleven on either side."
    ),
    unit="percentage points",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Percentage points beyond the change of the others, summed over students"),
    denominator=_("Students with 45 days on both sides of a first visit"),
    code="M29",
    by_site=False,
    direction="up",
    example=Example(
        rows="""
            student | times | came       | before | after
            --------|-------|------------|--------|------
            Came    | 11    | 2012-02-15 | 18     | 36
            Short   | 2     | 2012-06-01 | 18     | 36
            Never   | 12    |            | 27     | 36
        """,
        period=(date(2011, 7, 1), date(2012, 6, 30), date(2012, 9, 6)),
        value=20.0,
        records=named(("Came", 11)),
        build=build_series,
    ),
)
def attendance_gain(period: Period, scope: Scope) -> Rows:
    day = last_day(period).end or period.as_of
    found = gain_of_visits(period.start, day, period.as_of)
    if 0 < found.alone.students < FEWEST_STUDENTS:
        return Rows(_counted(found), found.alone.students, withheld=True, note=_FEW)
    value, low, high = found.compared.value, found.compared.low, found.compared.high
    if value is None or low is None or high is None:
        return _nothing(_FEW_OTHERS if found.alone.students else _FEW_CAME)

    def ends(_points: float, _students: float) -> Ends:
        return low, high

    return Rows(
        _counted(found),
        found.compared.students,
        amount="points",
        interval=ends,
        unchanged=0.0,
        missing=_FEW_CAME,
    )


def _nothing(missing: Text) -> Rows:
    return Rows(CentreVisit.objects.none(), collected=False, missing=missing)


def _counted(found: CentreResults) -> QuerySet[CentreVisit]:
    """The first visits that count, each with the points that it adds to the sum."""
    others = (found.alone.value or 0.0) - (found.compared.value or 0.0)
    cases = [
        When(pk=pk, then=Value(math.ldexp(round(math.ldexp(one.points - others, _GRAIN)), -_GRAIN)))
        for pk, one in found.changes.items()
    ]
    rows = CentreVisit.objects.filter(pk__in=found.changes)
    return rows.annotate(points=Case(*cases, default=Value(0.0), output_field=FloatField()))
