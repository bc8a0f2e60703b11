"""From the referral to the completion, each step held against the one before it (M32)."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.examples import build_referrals, named
from schoolward.domains.cases.measures.counting import NONE_YET, contacted, referred, share
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Example, Rows, measure

_PERIOD = (date(2012, 7, 1), date(2012, 9, 30), date(2012, 9, 30))
_ROWS = """
    referral | times | referred   | contacted  | consented  | started    | ended      | reason
    ---------|-------|------------|------------|------------|------------|------------|-------------
    Done     | 24    | 2012-08-01 | 2012-08-04 | 2012-08-10 | 2012-08-15 | 2012-09-05 |
    Runs     | 12    | 2012-08-02 | 2012-08-07 | 2012-08-10 | 2012-08-20 |            |
    Yes      | 12    | 2012-08-02 | 2012-08-03 | 2012-08-10 |            |            |
    Told     | 12    | 2012-08-02 | 2012-08-03 |            |            |            |
    Late     | 12    | 2012-08-02 | 2012-08-09 |            |            |            |
    Lost     | 3     | 2012-08-02 |            |            |            | 2012-08-20 | out_of_reach
    Twice    | 1     | 2012-08-02 |            |            |            | 2012-08-03 | duplicate
    Young    | 1     | 2012-09-28 | 2012-09-28 |            |            |            |
    Before   | 1     | 2012-06-29 | 2012-07-01 |            |            |            |
"""


def _example(value: float, *rows: tuple[str, int]) -> Example:
    return Example(rows=_ROWS, period=_PERIOD, value=value, records=named(*rows), build=build_referrals)


_REACHED = (("Done", 24), ("Runs", 12), ("Yes", 12), ("Told", 12))


@measure(
    key="cases.contacted",
    title=_("Families contacted within five days"),
    definition=_(
        "The share of referrals whose family was reached within five days, in percent. An attempt is no "
        "contact. Of referrals made in the time whose five days are over; what was referred twice, by "
        "mistake or passed on is left out."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Referrals whose family was reached within five days"),
    denominator=_("Referrals made"),
    code="M32",
    direction="up",
    to_site="campus",
    by_program="program__key",
    minimum_count=FEWEST_STUDENTS,
    example=_example(80.0, *_REACHED),
)
def contacted_in_time(period: Period, scope: Scope) -> Rows:
    rows = referred(period, scope)
    return Rows(contacted(rows, period), rows, factor=100, needs_denominator=True, missing=NONE_YET)


@measure(
    key="cases.consented",
    title=_("Families that said yes"),
    definition=_(
        "Of referrals made in the time whose family was reached within five days, the share in which it "
        "said yes to a program, in percent."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Referrals with a family's yes"),
    denominator=_("Referrals whose family was reached within five days"),
    code="M32",
    direction="none",
    to_site="campus",
    by_program="program__key",
    minimum_count=FEWEST_STUDENTS,
    example=_example(80.0, *_REACHED[:3]),
)
def consented(period: Period, scope: Scope) -> Rows:
    before = contacted(referred(period, scope), period)
    rows = before.filter(consented_on__lte=period.as_of)
    return share(rows, before, missing=NONE_YET)


@measure(
    key="cases.started",
    title=_("Started"),
    definition=_(
        "Of referrals made in the time with a contact within five days and a family's yes, the share in "
        "which the young person started, in percent."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Referrals that started"),
    denominator=_("Referrals with a family's yes"),
    code="M32",
    direction="up",
    to_site="campus",
    by_program="program__key",
    minimum_count=FEWEST_STUDENTS,
    example=_example(75.0, *_REACHED[:2]),
)
def started(period: Period, scope: Scope) -> Rows:
    before = contacted(referred(period, scope), period).filter(consented_on__lte=period.as_of)
    rows = before.filter(started_on__lte=period.as_of)
    return share(rows, before, missing=NONE_YET)


@measure(
    key="cases.completed",
    title=_("Completed"),
    definition=_(
        "Of referrals made in the time that started, by way of a contact within five days and a family's "
        "yes, the share that was completed, in percent. Those that are under way are not completed yet."
    ),
    unit="percent",
    owner=Role.PROGRAM_COORDINATOR,
    record_class=RecordClass.EDUCATION,
    numerator=_("Referrals completed"),
    denominator=_("Referrals that started"),
    code="M32",
    direction="up",
    to_site="campus",
    by_program="program__key",
    minimum_count=FEWEST_STUDENTS,
    example=_example(100 * 24 / 36, *_REACHED[:1]),
)
def completed(period: Period, scope: Scope) -> Rows:
    before = contacted(referred(period, scope), period).filter(started_on__lte=period.as_of)
    rows = before.filter(state="completed", ended_on__lte=period.as_of)
    return share(rows, before, missing=NONE_YET)
