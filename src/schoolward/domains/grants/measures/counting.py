"""What the measures of grants share: awards with an amount of the day, as a queryset that can be opened."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import BigIntegerField, Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.balances import Balances
from schoolward.domains.grants.models import Award
from schoolward.domains.grants.queries import award_balances
from schoolward.platform.measures.together import shared

NONE_YET = _("No award has been entered yet.")
NONE_UNDER_WAY = _("No award is under way on that day.")


@shared
def balances_on(day: date) -> dict[int, Balances]:
    """The balances of every award at the end of a day; asked once a page."""
    return dict(award_balances(until=day))


def under_way(day: date) -> QuerySet[Award]:
    """Awards whose period holds the day."""
    return Award.objects.filter(start__lte=day, end__gte=day)


def known(day: date) -> QuerySet[Award]:
    """Awards that were made by the day."""
    return Award.objects.filter(awarded_on__lte=day)


def with_cents(awards: QuerySet[Award], cents: Mapping[int, int]) -> QuerySet[Award]:
    """The awards with ``cents``, an amount for each that was worked out from its balances."""
    cases = [When(Q(pk=pk), then=Value(amount)) for pk, amount in cents.items()]
    return awards.annotate(cents=Case(*cases, default=Value(0), output_field=BigIntegerField()))
