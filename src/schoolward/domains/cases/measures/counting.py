"""Which referrals a measure looks at."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models import Referral
from schoolward.domains.cases.states import CONTACT_WITHIN, NEVER_COUNTED
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.registry import FEWEST_STUDENTS, Rows, Text
from schoolward.platform.measures.walls import count_of

NONE_YET = _("Nobody was referred in the time, or the days of the first step are not over.")
FEW = _("So few are on one side of it that nothing is shown.")


def last_day(period: Period) -> Period:
    """The period with its end: no day after the one that it is judged at."""
    return Period(period.start, min(period.end or period.as_of, period.as_of), period.as_of)


def between(field: str, period: Period) -> Q:
    """Rows whose day lies in the period, and not after the day that it is judged at."""
    found = Q(**{f"{field}__lte": last_day(period).end})
    return found if period.start is None else found & Q(**{f"{field}__gte": period.start})


def of_scope(rows: QuerySet[Any], scope: Scope, to_referral: str = "") -> QuerySet[Any]:
    """Those that came from a site, or are to a program; ``to_referral`` leads from a row to its referral.

    A referral for which no program is chosen yet is of none.
    """
    if scope.campus_id is not None:
        rows = rows.filter(**{f"{to_referral}campus": scope.campus_id})
    return rows.filter(**{f"{to_referral}program__key": scope.program}) if scope.program else rows


def referred(period: Period, scope: Scope) -> QuerySet[Referral]:
    """Referrals made in the time whose five days for the first contact are over.

    What was referred twice, by mistake, or passed on counts once: where it was answered.
    """
    rows = Referral.objects.filter(between("referred_on", period)).exclude(end_reason__in=NEVER_COUNTED)
    ripe = period.as_of - timedelta(days=CONTACT_WITHIN)
    return of_scope(rows.filter(referred_on__lte=ripe), scope)


def contacted(rows: QuerySet[Referral], period: Period) -> QuerySet[Referral]:
    """Those whose family was reached within five days."""
    return rows.filter(
        contacted_on__lte=F("referred_on") + timedelta(days=CONTACT_WITHIN),
        contacted_on__isnull=False,
    ).filter(contacted_on__lte=period.as_of)


def share(numerator: QuerySet[Any], denominator: QuerySet[Any], *, missing: Text, note: Text = "") -> Rows:
    """A share in percent, of which nothing is shown where those who are left out of it are a few.

    Eleven of fourteen says of three that they are the others.
    """
    few = 0 < count_of(denominator) - count_of(numerator) < FEWEST_STUDENTS
    return Rows(
        numerator,
        denominator,
        factor=100,
        needs_denominator=True,
        missing=missing,
        note=FEW if few else note,
        withheld=few,
    )
