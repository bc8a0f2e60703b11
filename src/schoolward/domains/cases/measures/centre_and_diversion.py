"""Numbers about the attendance center (M28, M30), the review board (M31) and diversion (M33, offers)."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, F, Q, Sum
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.attendance import law
from schoolward.domains.cases.centre_examples import (
    build_contracts,
    build_days,
    build_tallies,
    build_visits,
)
from schoolward.domains.cases.examples import named
from schoolward.domains.cases.measures.counting import FEW, between, share
from schoolward.domains.cases.models import (
    Attended,
    BoardContract,
    CentreVisit,
    DiversionTally,
    Kept,
    Reached,
    ReleasedTo,
    Youth,
)
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Example, Rows, Text, measure
from schoolward.platform.measures.walls import counting

_PERIOD = (date(2012, 7, 1), date(2012, 9, 30), date(2012, 9, 30))
_NO_DAYS = _("Of no student are 30 days of school of the time known.")
_NO_VISIT = _("Nobody came to the attendance center in the time.")
_NO_CONTRACT = _("No contract of the review board ended in the time.")
_NO_CASE = _("No diversion of the time is decided.")
_NO_END = _("No diversion that began in the time has ended.")
_VISITS = """
    visit  | times | on         | went
    -------|-------|------------|--------
    Back   | 15    | 2012-08-28 | school
    Home   | 12    | 2012-09-04 | parent
    Here   | 3     | 2012-09-06 |
    Before | 2     | 2012-06-30 | school
"""


def _visits(period: Period) -> Rows:
    rows = CentreVisit.objects.filter(between("arrived_at__date", period))
    with counting(rows):
        return Rows(rows, collected=rows.exists(), missing=_NO_VISIT)


@measure(
    key="centre.visits",
    title=_("Visits to the attendance center"),
    definition=_("Visits that began in the time. A student who comes twice counts twice."),
    unit="visits",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Visits"),
    denominator="",
    code="M28",
    by_site=False,
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows=_VISITS,
        period=_PERIOD,
        value=30,
        records=named(("Back", 15), ("Home", 12), ("Here", 3)),
        build=build_visits,
    ),
)
def visits(period: Period, scope: Scope) -> Rows:
    return _visits(period)


@measure(
    key="centre.students",
    title=_("Students who came to the attendance center"),
    definition=_("Students with at least one visit that began in the time, each counted once."),
    unit="students",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Students"),
    denominator="",
    code="M28",
    by_site=False,
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows=_VISITS,
        period=_PERIOD,
        value=30,
        records=named(("Back", 15), ("Home", 12), ("Here", 3)),
        build=lambda rows: {name: visit.youth for name, visit in build_visits(rows).items()},
    ),
)
def students(period: Period, scope: Scope) -> Rows:
    came = CentreVisit.objects.filter(between("arrived_at__date", period))
    rows = Youth.objects.filter(pk__in=came.order_by().values("youth"))
    with counting(rows):
        return Rows(rows, collected=rows.exists(), missing=_NO_VISIT)


@measure(
    key="centre.back_the_same_day",
    title=_("Back at school the same day"),
    definition=_(
        "Of visits to the attendance center that began in the time and are over, the share after which the "
        "student went back to school on the same day, in percent."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Visits that led back to school"),
    denominator=_("Visits that are over"),
    code="M28",
    by_site=False,
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows=_VISITS,
        period=_PERIOD,
        value=100 * 15 / 27,
        records=named(("Back", 15)),
        build=build_visits,
    ),
)
def back_the_same_day(period: Period, scope: Scope) -> Rows:
    over = CentreVisit.objects.filter(between("arrived_at__date", period), left_at__isnull=False)
    back = over.filter(released_to=ReleasedTo.SCHOOL, left_at__date=F("arrived_at__date"))
    return share(back, over, missing=_NO_VISIT)


@measure(
    key="centre.board_contracts_kept",
    title=_("Contracts with the review board that were kept"),
    definition=_(
        "Of contracts with the attendance review board whose last day lies in the time and of which somebody "
        "has said what became, the share that was kept, in percent."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Contracts kept"),
    denominator=_("Contracts kept or not kept"),
    code="M31",
    by_site=False,
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            contract | times | ends       | outcome
            ---------|-------|------------|---------
            Kept     | 18    | 2012-08-31 | kept
            Broken   | 12    | 2012-09-03 | not_kept
            Silent   | 2     | 2012-09-04 |
            Later    | 2     | 2012-10-10 |
        """,
        period=_PERIOD,
        value=60.0,
        records=named(("Kept", 18)),
        build=build_contracts,
    ),
)
def board_contracts_kept(period: Period, scope: Scope) -> Rows:
    told = BoardContract.objects.filter(between("ends_on", period)).exclude(outcome="")
    return share(told.filter(outcome=Kept.KEPT), told, missing=_NO_CONTRACT)


@measure(
    key="centre.chronic_absence",
    title=_("Chronically absent, of referred students"),
    definition=_(
        "Of students of whom days of school were brought in and who were enrolled for at least 30 of them in "
        "the time, the share that was absent on ten percent of these days or more, for whatever reason, in "
        "percent (Education Code 60901). Only referred students have days here: it tells nothing of a school."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Students absent on ten percent of their days"),
    denominator=_("Students with at least 30 days"),
    code="M30",
    by_site=False,
    direction="down",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            student | times | enrolled | absent
            --------|-------|----------|-------
            Often   | 12    | 30       | 3
            Rarely  | 18    | 30       | 2
            New     | 2     | 20       | 20
        """,
        period=(date(2011, 7, 1), date(2012, 6, 30), date(2012, 6, 30)),
        value=40.0,
        records=named(("Often", 12)),
        build=build_days,
    ),
)
def chronic_absence(period: Period, scope: Scope) -> Rows:
    rule = law().on("chronic-absentee", max(period.as_of, date(2011, 1, 1)))
    held = Q(attendance__enrolled=True) & between("attendance__on", period)
    known = Youth.objects.alias(
        days=Count("attendance", filter=held),
        missed=Count("attendance", filter=held & Q(attendance__mark=Attended.ABSENT)),
    ).filter(days__gte=rule.least_days or 0)
    often = known.filter(missed__gte=F("days") * (rule.percent or 0) / 100.0)
    return share(often, known, missing=_NO_DAYS)


_TALLIES = """
    tally     | quarter    | group | stage       | reason  | number
    ----------|------------|-------|-------------|---------|-------
    Eligible  | 2012-07-01 | white | eligible    |         | 60
    Offered   | 2012-07-01 | white | offered     |         | 48
    Missed    | 2012-07-01 | white | not_offered | no_seat | 12
    Signed    | 2012-07-01 | white | signed      |         | 40
    Done      | 2012-07-01 | white | completed   |         | 24
    Failed    | 2012-07-01 | white | failed      |         | 8
    Left      | 2012-07-01 | white | withdrawn   |         | 4
    Before    | 2012-04-01 | white | failed      |         | 30
"""
_QUARTER = (date(2012, 7, 1), date(2012, 9, 30), date(2012, 9, 30))


def _of_tallies(period: Period, part: tuple[Reached, ...], whole: tuple[Reached, ...], missing: Text) -> Rows:
    """A share of what tallies count; nothing of it where those who are left out are a few."""
    rows = DiversionTally.objects.filter(between("quarter", period))
    numerator, denominator = rows.filter(stage__in=part), rows.filter(stage__in=whole)
    some = numerator.aggregate(total=Sum("number"))["total"] or 0
    rest = (denominator.aggregate(total=Sum("number"))["total"] or 0) - some
    few = 0 < rest < FEWEST_STUDENTS
    return Rows(
        numerator,
        denominator,
        amount="number",
        denominator_amount="number",
        factor=100,
        needs_denominator=True,
        missing=missing,
        note=FEW if few else "",
        withheld=few,
    )


@measure(
    key="diversion.completed",
    title=_("Diversions completed"),
    definition=_(
        "Of diversions that were decided in quarters that begin in the time and have ended, the share that "
        "was completed, in percent. Failed and withdrawn ones are in it; those that run are left out. "
        "Sealed ones stay in it: the tally names nobody."
    ),
    unit="percent",
    parts_unit="diversions",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.POLICE,
    numerator=_("Diversions completed"),
    denominator=_("Diversions completed, failed or withdrawn"),
    code="M33",
    by_site=False,
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows=_TALLIES, period=_QUARTER, value=100 * 24 / 36, records=("Done",), build=build_tallies
    ),
)
def diversions_completed(period: Period, scope: Scope) -> Rows:
    ends = (Reached.COMPLETED, Reached.FAILED, Reached.WITHDRAWN)
    return _of_tallies(period, (Reached.COMPLETED,), ends, _NO_END)


@measure(
    key="diversion.offered",
    title=_("Eligible young people who were offered diversion"),
    definition=_(
        "Of cases that the rules called eligible, in quarters that begin in the time, the share in which "
        "diversion was offered, in percent. Whoever was eligible and not offered it has a reason on record; "
        "by group it stands on the page of diversion, which says as well of which groups nothing is kept."
    ),
    unit="percent",
    parts_unit="cases",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.POLICE,
    numerator=_("Eligible and offered"),
    denominator=_("Eligible"),
    code="M36",
    by_site=False,
    direction="up",
    minimum_count=FEWEST_STUDENTS,
    example=Example(rows=_TALLIES, period=_QUARTER, value=80.0, records=("Offered",), build=build_tallies),
)
def diversions_offered(period: Period, scope: Scope) -> Rows:
    return _of_tallies(period, (Reached.OFFERED,), (Reached.ELIGIBLE,), _NO_CASE)
