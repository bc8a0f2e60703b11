"""What every measure of work shares: rows as they stood, the worked example, words for nothing."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.work.examples import build
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.queries import as_of
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import Example, Rows
from schoolward.platform.measures.together import shared

NONE_YET = _("No work has been entered yet.")


EXAMPLE = """
    item | kind           | state     | due        | verified   | estimate | actual
    -----|----------------|-----------|------------|------------|----------|-------
    A    | recommendation | verified  | 2012-06-01 | 2012-05-20 | 40000    | 38000
    B    | recommendation | verified  | 2012-06-01 | 2012-07-02 | 10000    | 12000
    C    | recommendation | scheduled | 2012-08-01 |            | 25000    |
    D    | recommendation | declined  | 2012-08-01 |            | 90000    |
    E    | recommendation | proposed  |            |            | 7000     |
    F    | repair         | funded    | 2012-10-01 |            | 3000     |
    G    | repair         | done      | 2012-08-15 |            | 4000     | 4500
    H    | repair         | verified  | 2012-06-15 | 2012-06-10 | 2000     | 2500
"""


PERIOD = (None, None, date(2012, 9, 6))


def example(value: float | None, *records: str) -> Example:
    return Example(rows=EXAMPLE, period=PERIOD, value=value, records=records, build=build)


def known_work(period: Period, scope: Scope) -> QuerySet[Any]:
    """All work that was there at the end of the day asked about, with its state then."""
    items = as_of(WorkItem.objects.all(), period.as_of)
    return items if scope.campus_id is None else items.filter(campus_id=scope.campus_id)


def counted(items: QuerySet[Any], period: Period, scope: Scope, amount: str | None = None) -> Rows:
    return Rows(numerator=items, amount=amount, collected=_any_known(period, scope), missing=NONE_YET)


@shared
def _any_known(period: Period, scope: Scope) -> bool:
    return known_work(period, scope).exists()
