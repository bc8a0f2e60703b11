"""Numbers about initiatives: how freshly they are reported on, and how many a measure judges."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.initiatives.examples import build
from schoolward.domains.initiatives.models import Initiative, MeasureLink
from schoolward.domains.initiatives.queries import fresh_on, open_on
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure

_NONE_YET = _("No initiative is under way yet.")
_PERIOD = (None, None, date(2012, 9, 6))


def _open(period: Period) -> QuerySet[Initiative]:
    return open_on(Initiative.objects.all(), period.as_of)


@measure(
    key="initiatives.open",
    title=_("Initiatives under way"),
    definition=_("Initiatives and programs that had started and were not closed by the end of the day."),
    unit="initiatives",
    at_a_day=True,
    owner=Role.ACCOUNTABILITY,
    record_class=RecordClass.PUBLIC,
    numerator=_("Initiatives and programs under way"),
    denominator="",
    example=Example(
        rows="""
            initiative | kind       | start      | closed
            -----------|------------|------------|-----------
            Alarms     | initiative | 2010-11-15 |
            Audit      | initiative | 2010-09-13 | 2011-05-13
            Reading    | programme  | 2012-03-27 |
            Team       | body       | 2010-10-05 |
            Study      | initiative | 2012-10-15 |
        """,
        period=_PERIOD,
        value=2,
        records=("Alarms", "Reading"),
        build=build,
    ),
)
def under_way(period: Period, scope: Scope) -> Rows:
    return Rows(numerator=_open(period), collected=Initiative.objects.exists(), missing=_NONE_YET)


@measure(
    key="initiatives.freshness",
    title=_("Freshness of status"),
    definition=_(
        "Of all initiatives and programs under way, the share that somebody reported on in the 14 days "
        "up to the day, in percent."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.ACCOUNTABILITY,
    record_class=RecordClass.PUBLIC,
    numerator=_("Initiatives and programs under way with a status update at most 14 days old"),
    denominator=_("Initiatives and programs under way"),
    code="M42",
    direction="up",
    example=Example(
        rows="""
            initiative | kind       | start      | closed     | updated
            -----------|------------|------------|------------|-----------
            Alarms     | initiative | 2010-11-15 |            | 2012-08-30
            Edge       | initiative | 2010-11-15 |            | 2012-08-23
            Old        | initiative | 2010-11-15 |            | 2012-08-22
            Silent     | programme  | 2012-03-27 |            |
            Audit      | initiative | 2010-09-13 | 2011-05-13 | 2012-08-30
            Team       | body       | 2010-10-05 |            |
        """,
        period=_PERIOD,
        value=50.0,
        records=("Alarms", "Edge"),
        build=build,
    ),
)
def freshness(period: Period, scope: Scope) -> Rows:
    under_way = _open(period)
    return Rows(
        numerator=fresh_on(under_way, period.as_of),
        denominator=under_way,
        factor=100,
        needs_denominator=True,
        missing=_NONE_YET,
    )


@measure(
    key="initiatives.aligned",
    title=_("Initiatives with a measure"),
    definition=_(
        "Of all initiatives and programs under way, the share that serves an objective with a measure "
        "that has a baseline and a target, in percent."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.ACCOUNTABILITY,
    record_class=RecordClass.PUBLIC,
    numerator=_("Initiatives and programs under way whose objective has a measure"),
    denominator=_("Initiatives and programs under way"),
    direction="up",
    example=Example(
        rows="""
            initiative | kind       | start      | closed | measure
            -----------|------------|------------|--------|--------------------
            Sites      | initiative | 2010-11-15 |        | recommendations.completion
            Mentors    | programme  | 2012-03-27 |        |
        """,
        period=_PERIOD,
        value=50.0,
        records=("Sites",),
        build=build,
    ),
)
def aligned(period: Period, scope: Scope) -> Rows:
    under_way = _open(period)
    measured = MeasureLink.objects.values("objective")
    return Rows(
        numerator=under_way.filter(objective__in=measured),
        denominator=under_way,
        factor=100,
        needs_denominator=True,
        missing=_NONE_YET,
    )
