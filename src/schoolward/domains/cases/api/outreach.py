"""Monthly tracking over HTTP: whose months are missing, the months of a referral, and cohorts as numbers."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from dataclasses import asdict
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Schema

from schoolward.domains.cases.actions.outreach import track_month
from schoolward.domains.cases.models import Area, Going
from schoolward.domains.cases.queries import outreach as queries
from schoolward.domains.cases.views.finding import hides
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.access.permissions import check
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.views import viewer_of
from schoolward.platform.demo.clock import now, today
from schoolward.platform.ui.asking import RowNumber

router = Router()


class OverdueOut(Schema):
    """A referral of which months are missing, as their first days."""

    referral: int
    months: list[date]


class MonthOut(Schema):
    """A month in four areas: ``better``, ``same``, ``worse``, ``none`` or ``unknown`` beside the start."""

    month: date
    justice: str
    school: str
    family: str
    club: str


class MonthsOut(Schema):
    """The months of a referral, and those that are missing."""

    referral: int
    months: list[MonthOut]
    missing: list[date]


class MonthIn(GuardedSchema):
    """A month to write down; any day of it. Said again, it is set right."""

    month: date
    justice: Going
    school: Going
    family: Going
    club: Going


class CohortOut(Schema):
    """What a cohort came to in an area; ``null`` for a number that may not be told."""

    cohort: str
    area: str
    better: int | None
    same: int | None
    worse: int | None
    not_told: int | None
    everybody: int | None
    counted_on: date


def months_out(viewer: Viewer, pk: int) -> dict[str, Any]:
    """The months of a referral that the caller has to do with, else there is none."""
    page = queries.months_page(viewer, pk, today(viewer.at))
    if page is None:
        raise Http404
    return {
        "referral": pk,
        "months": [{name: getattr(one, name) for name in ("month", *map(str, Area))} for one in page.months],
        "missing": page.missing,
    }


@router.get("/due", url_name="outreach_due", response=list[OverdueOut])
def due(request: HttpRequest) -> list[dict[str, Any]]:
    """Whose months are missing in the caller's caseload, the oldest month first."""
    viewer = viewer_of(request)
    rows = queries.overdue(viewer, today(viewer.at))
    return [{"referral": row.referral.pk, "months": row.months} for row in rows]


@router.get("/cohorts", url_name="outreach_cohorts", response=list[CohortOut])
def cohorts(request: HttpRequest) -> list[dict[str, Any]]:
    """How many went better, as before and harder in each area, by the school year of the start.

    Counted once a month; a cohort keeps its numbers until they have changed by nothing or by 11 or more.
    """
    return [asdict(row) for row in queries.cohort_table(viewer_of(request)).rows]


@router.get("/referrals/{pk}", url_name="outreach_months", response=MonthsOut)
def months(request: HttpRequest, pk: RowNumber) -> dict[str, Any]:
    """The months of one referral."""
    viewer = viewer_of(request)
    check(viewer, queries.VIEW)
    return months_out(viewer, pk)


@router.post("/referrals/{pk}", url_name="outreach_month", response=MonthsOut)
@hides
def month(request: HttpRequest, pk: RowNumber, told: MonthIn) -> dict[str, Any]:
    """Write a month down. Safe to be sent twice."""
    viewer = viewer_of(request)
    track_month(
        referral_id=pk,
        month=told.month,
        going={str(area): getattr(told, area) for area in Area},
        by=viewer,
        at=now(viewer.at),
    )
    return months_out(viewer, pk)
