"""Numbers about funding plans: what approved plans set aside for works."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.funding.examples import build_allocations
from schoolward.domains.funding.models import Allocation
from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows, measure

_ROWS = """
    work   | dollars | on         | withdrawn
    -------|---------|------------|-----------
    Gate   | 450     | 2012-08-20 |
    Doors  | 525     | 2012-08-20 | 2012-09-01
    Lights | 375     | 2012-08-20 | 2012-09-10
    Fence  | 100     | 2012-06-20 |
    Later  | 900     | 2012-09-20 |
"""


@measure(
    key="funding.set_aside",
    title=_("Grant money set aside by approved plans"),
    definition=_(
        "The sum of what plans approved in the period set aside of grants for works, and nobody has "
        "withdrawn by the day. What is obligated or spent of it since still counts; match does not."
    ),
    unit="US cents",
    owner=Role.GRANTS_ANALYST,
    record_class=RecordClass.FACILITY,
    numerator=_("Money set aside for works"),
    denominator="",
    example=Example(
        rows=_ROWS,
        period=(date(2012, 7, 1), date(2012, 9, 6), date(2012, 9, 6)),
        value=825_00,
        records=("Gate", "Lights"),
        build=build_allocations,
    ),
)
def set_aside(period: Period, scope: Scope) -> Rows:
    day = period.as_of
    known = Allocation.objects.filter(on__lte=day)
    if scope.campus_id is not None:
        known = known.filter(work__campus=scope.campus_id)
    asked = known
    if period.start is not None:
        asked = asked.filter(on__gte=period.start)
    if period.end is not None:
        asked = asked.filter(on__lte=period.end)
    return Rows(
        numerator=asked.filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day)),
        amount="amount_cents",
        collected=asked.exists(),
        missing=_("No plan was approved in that time."),
    )
