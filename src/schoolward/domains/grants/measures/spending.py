"""M18 and M19: what lapsed, and how far spending lies behind time; what was awarded, spent and is left."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.burn import elapsed_share
from schoolward.domains.grants.examples import build_awards
from schoolward.domains.grants.measures.counting import (
    NONE_UNDER_WAY,
    NONE_YET,
    balances_on,
    known,
    under_way,
    with_cents,
)
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.queries import NONE
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure

_ROWS = """
    award  | start      | end        | dollars | spent
    -------|------------|------------|---------|------
    Doors  | 2010-10-01 | 2012-08-31 | 1000    | 900
    Lights | 2010-10-01 | 2012-06-30 | 3000    | 3000
    Staff  | 2011-09-07 | 2013-09-07 | 4000    | 1000
    Later  | 2012-10-01 | 2013-09-30 | 9000    |
"""
_DAY = date(2012, 9, 6)


def _example(
    value: float, *records: str, period: tuple[date | None, date | None, date] | None = None
) -> Example:
    return Example(
        rows=_ROWS, period=period or (None, None, _DAY), value=value, records=records, build=build_awards
    )


@measure(
    key="grants.lapsed",
    title=_("Grant money that lapsed"),
    definition=_(
        "Of the awards whose period ended in the period asked about, the share of their money that was not "
        "spent, in percent. What was obligated in time and is paid later counts as spent once it is paid."
    ),
    unit="percent",
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Money of ended awards that was not spent"),
    denominator=_("Money of awards whose period ended"),
    code="M18",
    parts_unit="US cents",
    direction="down",
    # The period's last day is the last of Doors: it ended in it.
    example=_example(2.5, "Doors", period=(date(2012, 1, 1), date(2012, 8, 31), _DAY)),
)
def lapsed(period: Period, scope: Scope) -> Rows:
    # An award that ends on the period's last day ended in it, once that day is over.
    ended = Award.objects.filter(end__lt=period.as_of)
    if period.end is not None:
        ended = ended.filter(end__lte=period.end)
    if period.start is not None:
        ended = ended.filter(end__gte=period.start)
    balances = balances_on(period.as_of)
    left = {
        pk: amount - balances.get(pk, NONE).expended for pk, amount in ended.values_list("pk", "amount_cents")
    }
    unspent = with_cents(ended, left).exclude(pk__in=[pk for pk, cents in left.items() if not cents])
    return Rows(
        numerator=unspent,
        amount="cents",
        denominator=ended,
        denominator_amount="amount_cents",
        factor=100,
        needs_denominator=True,
        missing=_("The period of no award ended."),
    )


@measure(
    key="grants.burn_gap",
    title=_("Spending behind time"),
    definition=_(
        "By how many percentage points spending lies behind time: the share of the period that is over, less "
        "the share of the money that is spent, over all awards under way, each weighted by its money. "
        "Below 0 spending is ahead."
    ),
    unit="percent",
    at_a_day=True,
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Money that would be spent if it were spent evenly, less what is spent"),
    denominator=_("Money of awards under way"),
    code="M19",
    parts_unit="US cents",
    direction="down",
    example=_example(25.0, "Staff"),
)
def burn_gap(period: Period, scope: Scope) -> Rows:
    day = period.as_of
    awards = under_way(day)
    balances = balances_on(day)
    gaps = {
        award.pk: round(award.amount_cents * elapsed_share(award.start, award.end, day))
        - balances.get(award.pk, NONE).expended
        for award in awards
    }
    return Rows(
        numerator=with_cents(awards, gaps),
        amount="cents",
        denominator=awards,
        denominator_amount="amount_cents",
        factor=100,
        needs_denominator=True,
        missing=NONE_UNDER_WAY,
    )


@measure(
    key="grants.awarded",
    title=_("Money of awards under way"),
    definition=_("The sum of all awards whose period holds the day."),
    unit="US cents",
    at_a_day=True,
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Awards under way"),
    denominator="",
    example=_example(4000_00, "Staff"),
)
def awarded(period: Period, scope: Scope) -> Rows:
    return Rows(
        numerator=under_way(period.as_of),
        amount="amount_cents",
        collected=known(period.as_of).exists(),
        missing=NONE_YET,
    )


@measure(
    key="grants.spent",
    title=_("Spent of awards under way"),
    definition=_("What was spent by the day of all awards whose period holds the day."),
    unit="US cents",
    at_a_day=True,
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Awards under way of which something is spent"),
    denominator="",
    example=_example(1000_00, "Staff"),
)
def spent(period: Period, scope: Scope) -> Rows:
    return _sum_of(period, "expended")


@measure(
    key="grants.obligated",
    title=_("Obligated and not paid, of awards under way"),
    definition=_("What was obligated by the day and neither paid nor released, of all awards under way."),
    unit="US cents",
    at_a_day=True,
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Awards under way with open obligations"),
    denominator="",
    example=_example(0),
)
def obligated(period: Period, scope: Scope) -> Rows:
    return _sum_of(period, "unliquidated")


@measure(
    key="grants.remaining",
    title=_("Left of awards under way"),
    definition=_("What was awarded, and by the day neither spent nor obligated, of all awards under way."),
    unit="US cents",
    at_a_day=True,
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.PUBLIC,
    numerator=_("Awards under way with money left"),
    denominator="",
    example=_example(3000_00, "Staff"),
)
def remaining(period: Period, scope: Scope) -> Rows:
    balances = balances_on(period.as_of)
    awards = under_way(period.as_of)
    left = {
        pk: amount - balances.get(pk, NONE).committed
        for pk, amount in awards.values_list("pk", "amount_cents")
    }
    return _of(period, left)


def _sum_of(period: Period, balance: str) -> Rows:
    return _of(period, {pk: getattr(one, balance) for pk, one in balances_on(period.as_of).items()})


def _of(period: Period, cents: dict[int, int]) -> Rows:
    """A sum over the awards under way for which there is something to sum."""
    kept = {pk: amount for pk, amount in cents.items() if amount}
    awards = under_way(period.as_of).filter(pk__in=list(kept))
    return Rows(
        numerator=with_cents(awards, kept),
        amount="cents",
        collected=known(period.as_of).exists(),
        missing=NONE_YET,
    )
