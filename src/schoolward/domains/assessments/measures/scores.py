"""How sites came out: the mean of their latest environmental-design scores."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.examples import build_scored
from schoolward.domains.assessments.models import AssessmentKind
from schoolward.domains.assessments.queries import latest_scored
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure


@measure(
    key="assessments.score",
    title=_("Environmental-design score"),
    definition=_(
        "The mean of the latest environmental-design (CPTED) scores, one for each campus and instrument, in "
        "percent of the ideal condition. Items that do not exist or could not be observed are "
        "left out of a score; they never count as 0."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.LEAD,
    record_class=RecordClass.FACILITY,
    numerator=_("Latest scores, summed"),
    denominator=_("Campuses with a score"),
    direction="up",
    example=Example(
        rows="""
            site  | first      | score | latest     | score now
            ------|------------|-------|------------|----------
            North | 2011-02-01 | 60    | 2012-04-01 | 80
            South | 2011-02-03 | 70    |            |
            East  |            |       | 2012-10-01 | 90
        """,
        period=(None, None, date(2012, 9, 6)),
        value=75.0,
        records=("North", "South"),
        build=build_scored,
    ),
)
def score(period: Period, scope: Scope) -> Rows:
    latest = latest_scored(period.as_of, campus_id=scope.campus_id, kind=AssessmentKind.CPTED)
    return Rows(
        numerator=latest,
        amount="score",
        denominator=latest,
        collected=latest.exists(),
        missing=_("No environmental-design walk has been handed in yet."),
    )
