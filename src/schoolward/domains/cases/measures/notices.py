"""Notices that the law asks for, and whether they went out in time (M40): 48906 and 48260.5."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.attendance import law
from schoolward.domains.cases.centre_examples import build_notices, build_releases
from schoolward.domains.cases.examples import named
from schoolward.domains.cases.measures.counting import between, last_day, share
from schoolward.domains.cases.models import CentreVisit, ReleasedTo, Youth
from schoolward.domains.cases.queries.truancy import notices_due
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Example, Rows, measure

_NOBODY = _("Nobody was released from the attendance center to a peace officer in the time.")
_NO_NOTICE = _("No notice of truancy fell due in the time, for all that the days of school show.")


@measure(
    key="centre.parents_told_in_time",
    title=_("Parents told in time of a release to an officer"),
    definition=_(
        "Of visits to the attendance center that ended in the time with a release to a peace officer, the "
        "share in which the parent was told within 30 minutes, in percent (Education Code 48906, which says "
        "immediately). Releases on which the parent need not be told are left out, and those of the day that "
        "is asked about while nobody has told yet."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Releases of which the parent was told within 30 minutes"),
    denominator=_("Releases to a peace officer"),
    code="M40",
    by_site=False,
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            release | times | on         | to      | minutes
            --------|-------|------------|---------|--------
            Soon    | 18    | 2012-08-28 | officer | 30
            Late    | 12    | 2012-09-04 | officer | 31
            Exempt  | 2     | 2012-09-04 | officer | exempt
            Home    | 2     | 2012-09-04 | parent  |
        """,
        period=(date(2012, 7, 1), date(2012, 9, 30), date(2012, 9, 30)),
        value=60.0,
        records=named(("Soon", 18)),
        build=build_releases,
    ),
)
def parents_told_in_time(period: Period, scope: Scope) -> Rows:
    minutes = law().on("release-notice", period.as_of).due_minutes or 0
    released = CentreVisit.objects.filter(
        between("left_at__date", period), released_to=ReleasedTo.OFFICER, notice_exempt=False
    ).filter(Q(parent_told_at__isnull=False) | Q(left_at__date__lt=period.as_of))
    told = released.filter(parent_told_at__lte=F("left_at") + timedelta(minutes=minutes))
    return share(told, released, missing=_NOBODY)


@measure(
    key="centre.truancy_notices_in_time",
    title=_("Parents notified of truancy in time"),
    definition=_(
        "Of referred students whose days of school made them truants for the first time in a school year, so "
        "that a notice to the parent fell due in the time, the share for whom it went out by its day, in "
        "percent (Education Code 48260.5; the section names no day, the installation's rule does). A student "
        "with notices of two school years counts once. Only students whose days were brought in are in it."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Students whose parent was notified in time"),
    denominator=_("Students for whom a notice fell due"),
    code="M40",
    by_site=False,
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            student | times | unexcused | notified
            --------|-------|-----------|-----------
            Told    | 12    | 3         | 2012-03-08
            Late    | 11    | 3         | 2012-04-30
            Silent  | 1     | 3         |
            Twice   | 2     | 2         |
        """,
        period=(date(2011, 7, 1), date(2012, 6, 30), date(2012, 9, 6)),
        value=50.0,
        records=named(("Told", 12)),
        build=build_notices,
    ),
)
def truancy_notices_in_time(period: Period, scope: Scope) -> Rows:
    found = notices_due(period.start, last_day(period).end or period.as_of, period.as_of)
    required = Youth.objects.filter(pk__in=found.required)
    return share(required.filter(pk__in=found.in_time), required, missing=_NO_NOTICE)
