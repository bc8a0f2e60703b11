"""M17: applications that were awarded, of those decided."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.examples import build_applications
from schoolward.domains.grants.models import DECIDED, Application, Outcome
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure


@measure(
    key="grants.won",
    title=_("Applications awarded"),
    definition=_(
        "Of the applications that a funder answered in the period, the share that was awarded, in percent."
    ),
    unit="percent",
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Applications awarded"),
    denominator=_("Applications that a funder answered"),
    code="M17",
    direction="up",
    example=Example(
        rows="""
            application | outcome   | answered
            ------------|-----------|-----------
            Doors       | awarded   | 2012-03-27
            Lights      | declined  | 2012-05-02
            Fences      | submitted |
            Earlier     | awarded   | 2011-06-30
        """,
        period=(date(2011, 7, 1), date(2012, 6, 30), date(2012, 9, 6)),
        value=50.0,
        records=("Doors",),
        build=build_applications,
    ),
)
def won(period: Period, scope: Scope) -> Rows:
    decided = Application.objects.filter(outcome__in=DECIDED, decided_on__lte=period.end or period.as_of)
    if period.start is not None:
        decided = decided.filter(decided_on__gte=period.start)
    return Rows(
        numerator=decided.filter(outcome=Outcome.AWARDED),
        denominator=decided,
        factor=100,
        needs_denominator=True,
        missing=_("No funder answered an application in the period."),
    )
