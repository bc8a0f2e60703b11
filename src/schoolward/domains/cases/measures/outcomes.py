"""What came of it: new referrals after the exit, cost, differences between groups, and sessions attended."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.equity import ratio_interval
from schoolward.domains.cases.examples import (
    build_costs,
    build_follow_ups,
    build_languages,
    build_services,
    named,
)
from schoolward.domains.cases.measures.counting import (
    FEW,
    between,
    last_day,
    of_scope,
    share,
)
from schoolward.domains.cases.models import FollowUp, Found, Language, Referral, Service
from schoolward.domains.cases.states import NEVER_COUNTED, State
from schoolward.domains.grants.queries import spent_for
from schoolward.domains.initiatives.queries import initiatives
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Ends, Example, Rows, measure
from schoolward.platform.measures.walls import counting

_PERIOD = (date(2012, 7, 1), date(2012, 9, 6), date(2012, 9, 6))


def _system() -> Viewer:
    return Viewer.system(at=timezone.now(), name="measure")


@measure(
    key="cases.new_referral_12_months",
    title=_("New sustained referral or arrest within 12 months"),
    definition=_(
        "Of young people whose 365 days since the exit were full in the time and of whom it is known, the "
        "share with a new sustained referral or arrest in those days, in percent. Each counts once, by the "
        "last exit. Whom nobody answered for is left out and named."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.PROTECTED,
    numerator=_("Young people with a new one"),
    denominator=_("Young people with 365 full days of whom it is known"),
    code="M34",
    direction="down",
    to_site="referral__campus",
    by_program="referral__program__key",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            youth   | times | exit       | months | found
            --------|-------|------------|--------|--------
            New     | 11    | 2011-08-01 | 12     | yes
            None    | 33    | 2011-08-15 | 12     | no
            Silent  | 2     | 2011-08-15 | 12     | unknown
            Half    | 2     | 2012-02-01 | 6      | yes
            Earlier | 2     | 2011-06-01 | 12     | yes
        """,
        period=_PERIOD,
        value=25.0,
        records=named(("New", 11)),
        build=build_follow_ups,
    ),
)
def new_referral(period: Period, scope: Scope) -> Rows:
    full = of_scope(FollowUp.objects.filter(between("full_on", period), months=12), scope, "referral__")
    later = full.filter(youth=OuterRef("youth"), full_on__gt=OuterRef("full_on"))
    last = full.exclude(Exists(later))
    known = last.exclude(found=Found.UNKNOWN)
    return share(
        known.filter(found=Found.YES),
        known,
        missing=_("Nobody's 365 days were full in the time, or nobody answered."),
        note=_not_known(last),
    )


def _not_known(rows: QuerySet[FollowUp]) -> Promise:
    def told() -> str:
        with counting(rows):
            number = rows.filter(found=Found.UNKNOWN).count()
        if not number:
            return ""
        if number < FEWEST_STUDENTS:
            return _t("Of a few nobody answered; they are left out.")
        return _t("Of %(count)d nobody answered; they are left out.") % {"count": number}

    made: Promise = lazy(told, str)()  # type: ignore[assignment]
    return made


@measure(
    key="cases.cost_per_completer",
    title=_("Cost per completion"),
    definition=_(
        "Dollars spent in the time for programs that young people are referred to, held against the "
        "referrals completed in the time. It takes money that the ledger ties to the program's initiative; "
        "money that is not tied is not there."
    ),
    unit="cents",
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.EDUCATION,
    numerator=_("Dollars spent"),
    denominator=_("Referrals completed"),
    code="M35",
    denominator_unit="completions",
    by_site=False,  # the ledger does not say for which site a program's dollar was
    direction="down",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            what   | times | on         | dollars
            -------|-------|------------|--------
            Done   | 12    | 2012-08-15 |
            Before | 2     | 2012-06-15 |
            Class  | 1     | 2012-08-01 | 2400
            Old    | 1     | 2012-06-01 | 9900
        """,
        period=_PERIOD,
        value=20000.0,
        records=named(("Class", 1)),
        build=build_costs,
    ),
)
def cost_per_completer(period: Period, scope: Scope) -> Rows:
    done = Referral.objects.filter(between("ended_on", period), state=State.COMPLETED)
    system = _system()
    with within(system):
        keys = set(Referral.objects.exclude(program=None).values_list("program__key", flat=True))
    followed = initiatives(system).filter(key__in=keys).values_list("pk", flat=True)
    day = last_day(period).end or period.as_of
    spent = spent_for((f"initiatives.Initiative:{pk}" for pk in followed), start=period.start, end=day)
    return Rows(
        numerator=spent,
        amount="amount_cents",
        denominator=done,
        collected=spent.exists(),
        needs_denominator=True,
        missing=_("No money of a program is tied to it in the ledger."),
    )


@measure(
    key="cases.completion_by_language",
    title=_("Completion, families of other languages against English"),
    definition=_(
        "How often those of families that speak another language at home completed what they had started, "
        "held against those of families that speak English: 1 is alike. Of referrals that had started and "
        "ended in the time. Not shown where eleven or more do not stand on each side of it. Nothing is kept "
        "of gender, disability and foster care."
    ),
    unit="ratio",
    owner=Role.ACCOUNTABILITY,
    record_class=RecordClass.EDUCATION,
    numerator=_("Completed, other languages"),
    denominator=_("Completions that the English speakers' rate would give"),
    code="M36",
    direction="none",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            referral | times | language | completed
            ---------|-------|----------|----------
            Other    | 24    | es       | yes
            Out      | 12    | vi       | no
            English  | 20    | en       | yes
            Left     | 20    | en       | no
        """,
        period=_PERIOD,
        value=24 / 18,
        records=named(("Other", 24)),
        build=build_languages,
    ),
)
def completion_by_language(period: Period, scope: Scope) -> Rows:
    over = of_scope(
        Referral.objects.filter(
            between("ended_on", period), state__in=[State.COMPLETED, State.ENDED], started_on__isnull=False
        ).exclude(end_reason__in=NEVER_COUNTED),
        scope,
    )
    group = over.exclude(youth__home_language=Language.ENGLISH)
    others = over.filter(youth__home_language=Language.ENGLISH)
    with counting(over):
        size, size_of_others = group.count(), others.count()
        reached_by_others = others.filter(state=State.COMPLETED).count()
        reached = group.filter(state=State.COMPLETED).count()
    cells = (reached, size - reached, reached_by_others, size_of_others - reached_by_others)
    few = any(0 < cell < FEWEST_STUDENTS for cell in cells)
    expected = size * reached_by_others / size_of_others if size_of_others else 0.0
    return Rows(
        numerator=group.filter(state=State.COMPLETED),
        denominator=expected,
        collected=bool(size and size_of_others),
        needs_denominator=True,
        missing=_("Nobody of one of the groups was out again in the time."),
        note=FEW if few else "",
        withheld=few,
        interval=_ends(size, reached_by_others, size_of_others),
        unchanged=1.0,
    )


def _ends(size: int, reached_by_others: int, others: int) -> Callable[[int | float, int | float], Ends]:
    def ends(reached: int | float, _expected: int | float) -> Ends:
        found = ratio_interval(int(reached), size, reached_by_others, others)
        return found.low, None if math.isinf(found.high) else found.high

    return ends


@measure(
    key="cases.dosage",
    title=_("Sessions attended by those referred"),
    definition=_(
        "Of all sessions planned for young people who were referred and had started, the share that they "
        "came to, in percent, by the day on which they started."
    ),
    unit="percent",
    parts_unit="sessions",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Sessions attended"),
    denominator=_("Sessions planned"),
    code="M37",
    direction="up",
    to_site="referral__campus",
    by_program="referral__program__key",
    minimum_count=FEWEST_STUDENTS,
    example=Example(
        rows="""
            service | times | started    | planned | attended
            --------|-------|------------|---------|---------
            Often   | 10    | 2012-08-01 | 12      | 9
            Seldom  | 2     | 2012-08-15 | 12      | 3
            Before  | 2     | 2012-06-01 | 12      | 12
        """,
        period=_PERIOD,
        value=100 * 96 / 144,
        records=named(("Often", 10), ("Seldom", 2)),
        build=build_services,
    ),
)
def dosage(period: Period, scope: Scope) -> Rows:
    rows = of_scope(Service.objects.filter(between("referral__started_on", period)), scope, "referral__")
    with counting(rows):
        young = rows.values("youth").distinct().count()
    return Rows(
        numerator=rows,
        amount="attended",
        denominator=rows,
        denominator_amount="planned",
        factor=100,
        needs_denominator=True,
        missing=_("No sessions are planned for anybody who started in the time."),
        # Sums of sessions are large where the young people behind them are few.
        withheld=0 < young < FEWEST_STUDENTS,
    )
