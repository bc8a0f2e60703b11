"""M20 and M21: how much of what was spent has a purpose, and how much of the match is documented."""

from __future__ import annotations

from datetime import date

from django.db.models import OuterRef, Subquery, Sum
from django.utils.translation import gettext_lazy as _

from schoolward.domains.grants.examples import build_expenditures, match_of
from schoolward.domains.grants.measures.counting import balances_on, known, with_cents
from schoolward.domains.grants.models import Entry, Purpose
from schoolward.domains.grants.queries import NONE
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure

_DAY = date(2012, 9, 6)


@measure(
    key="grants.traceability",
    title=_("Spending with a purpose"),
    definition=_(
        "Of all grant money spent in the period, the share that is linked to a finding, to work, to an "
        "initiative or program, or to a position, in percent. A link counts whenever it was made."
    ),
    unit="percent",
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Spent, and linked to what it was for"),
    denominator=_("Spent of all awards"),
    code="M20",
    parts_unit="US cents",
    direction="up",
    example=Example(
        rows="""
            expenditure | on         | spent | for a purpose
            ------------|------------|-------|--------------
            Locks       | 2012-03-01 | 600   | 600
            Fitting     | 2012-04-01 | 300   | 150
            Stationery  | 2012-05-01 | 100   |
            Before      | 2011-12-31 | 500   | 500
        """,
        period=(date(2012, 1, 1), _DAY, _DAY),
        value=75.0,
        records=("Locks", "Fitting"),
        build=build_expenditures,
    ),
)
def traceability(period: Period, scope: Scope) -> Rows:
    spent = Entry.objects.filter(kind="expenditure", on__lte=period.end or period.as_of)
    if period.start is not None:
        spent = spent.filter(on__gte=period.start)
    linked = Purpose.objects.filter(entry=OuterRef("pk")).order_by().values("entry")
    told = spent.filter(pk__in=Purpose.objects.values("entry"))
    return Rows(
        numerator=told.annotate(linked=Subquery(linked.annotate(total=Sum("amount_cents")).values("total"))),
        amount="linked",
        denominator=spent,
        denominator_amount="amount_cents",
        factor=100,
        needs_denominator=True,
        missing=_("Nothing was spent of an award in the period."),
    )


@measure(
    key="grants.match_met",
    title=_("Match documented"),
    definition=_(
        "Of the match that belongs to what was spent by the day, over all awards not closed, the share that "
        "is documented, in percent. Above 100 more was brought than is due so far."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Match documented"),
    denominator=_("Match that belongs to what was spent"),
    code="M21",
    parts_unit="US cents",
    direction="up",
    example=Example(
        rows="""
            award  | start      | end        | dollars | spent | match % | matched
            -------|------------|------------|---------|-------|---------|--------
            Doors  | 2010-10-01 | 2012-09-30 | 1000    | 600   | 50      | 300
            Lights | 2010-10-01 | 2012-09-30 | 3000    | 900   | 25      | 300
            Staff  | 2010-10-01 | 2012-09-30 | 4000    | 500   | 0       |
        """,
        period=(None, None, _DAY),
        value=100 * 600 / 900,
        records=("Doors", "Lights"),
        build=match_of,
    ),
)
def match_met(period: Period, scope: Scope) -> Rows:
    day = period.as_of
    awards = known(day).exclude(closed_on__lte=day).filter(match_percent__gt=0)
    balances = balances_on(day)
    required = {
        award.pk: award.match_terms.required_cents(max(0, balances.get(award.pk, NONE).expended))
        for award in awards
    }
    owing = awards.filter(pk__in=[pk for pk, cents in required.items() if cents])
    return Rows(
        numerator=Entry.objects.filter(kind="match", on__lte=day, award__in=owing.values("pk")),
        amount="amount_cents",
        denominator=with_cents(owing, required),
        denominator_amount="cents",
        factor=100,
        needs_denominator=True,
        missing=_("No award under way asks for a match of what was spent so far."),
    )
