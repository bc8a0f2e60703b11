"""Which sessions and offerings a measure looks at."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Q, QuerySet
from django.utils.functional import Promise, lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from schoolward.domains.programs.models import Offering, Session, SessionState
from schoolward.domains.programs.queries import program_titles
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import knows_programs

NONE_YET = _("No session of the time has been counted or cancelled yet.")


@knows_programs
def keys() -> list[str]:
    """Every program that is or was: the parts that a count of students has."""
    return list(program_titles())


def within(rows: QuerySet[Any], field: str, period: Period) -> QuerySet[Any]:
    """Rows whose day lies in the period, and not after the day that it is judged at."""
    found = rows.filter(**{f"{field}__lte": period.as_of})
    if period.start is not None:
        found = found.filter(**{f"{field}__gte": period.start})
    if period.end is not None:
        found = found.filter(**{f"{field}__lte": period.end})
    return found


def of_scope(rows: QuerySet[Any], scope: Scope, to_offering: str = "") -> QuerySet[Any]:
    """Those of the site or program that is asked about; ``to_offering`` leads from a row to its offering."""
    if scope.campus_id is not None:
        rows = rows.filter(**{f"{to_offering}campus": scope.campus_id})
    return rows.filter(**{f"{to_offering}program__key": scope.program}) if scope.program else rows


def sessions(period: Period, scope: Scope, *kinds: str) -> QuerySet[Session]:
    """Sessions of the time and the site or program, of programs of these kinds (of all, if none is named)."""
    rows = of_scope(within(Session.objects.all(), "on", period), scope, "offering__")
    return rows.filter(offering__program__kind__in=kinds) if kinds else rows


def reported(rows: QuerySet[Session]) -> QuerySet[Session]:
    """Those of which somebody said what became: held or cancelled."""
    return rows.exclude(state=SessionState.PLANNED)


def left_out(rows: QuerySet[Session]) -> Promise:
    """The note that names sessions of which nobody has said what became: they are not counted as none.

    They are counted when the note is read: whoever compares all sites for small counts reads none.
    """
    told: Any = lazy(_left_out, str)(rows)
    return cast("Promise", told)


def _left_out(rows: QuerySet[Session]) -> str:
    number = rows.filter(state=SessionState.PLANNED).count()
    if not number:
        return ""
    return ngettext(
        "%(count)s session of the time is left out: nobody has said whether it was held.",
        "%(count)s sessions of the time are left out: nobody has said whether they were held.",
        number,
    ) % {"count": number}


def offerings(period: Period, scope: Scope) -> QuerySet[Offering]:
    """Offerings that run on any day of the time, have begun, and were not cancelled before they began."""
    rows = Offering.objects.filter(starts_on__lte=min(period.end or period.as_of, period.as_of))
    if period.start is not None:
        rows = rows.filter(ends_on__gte=period.start)
    return of_scope(rows, scope).filter(Q(cancelled_on__isnull=True) | Q(cancelled_on__gt=period.as_of))
