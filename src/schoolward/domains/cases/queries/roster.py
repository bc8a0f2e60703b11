"""What rosters say otherwise than records, for whoever stands by the young person."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import QuerySet

from schoolward.domains.cases.models import Referral, RosterDifference, RosterField, Settled, Youth
from schoolward.domains.cases.states import OPEN
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

MOST = 200


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a record, and what the roster has in its place."""

    row: RosterDifference
    youth: Youth
    kept: str
    told: str


def waiting(viewer: Viewer) -> QuerySet[RosterDifference]:
    """The differences that wait for the viewer, the oldest first. Ask inside ``within(viewer)``."""
    rows = RosterDifference.objects.filter(state=Settled.OPEN).select_related("told_school")
    seen: QuerySet[RosterDifference] = visible(rows, viewer)
    return seen.order_by("found_on", "pk")


def differences(viewer: Viewer, *, offset: int = 0) -> list[Difference]:
    """Those of :func:`waiting` beside what the record says, each reading on the record; 200 at a time."""
    with within(viewer):
        keys = list(waiting(viewer).values_list("pk", flat=True)[offset : offset + MOST])
        rows = read(RosterDifference.objects.select_related("told_school").filter(pk__in=keys), viewer)
        wanted = {row.youth_id for row in rows}
        shown = frozenset({"legal_name", "preferred_name", "school"})
        held = Youth.objects.select_related("school").filter(pk__in=wanted).order_by("pk")
        youths = {youth.pk: youth for youth in read(held, viewer, fields=shown)}
    rows.sort(key=lambda row: (row.found_on, row.pk))
    return [_beside(row, youths[row.youth_id]) for row in rows if row.youth_id in youths]


def _beside(row: RosterDifference, youth: Youth) -> Difference:
    if row.field == RosterField.LEGAL_NAME:
        return Difference(row, youth, youth.legal_name or "", row.told)
    kept = youth.school.name if youth.school else ""
    return Difference(row, youth, kept, row.told_school.name if row.told_school else "")


def with_a_live_referral(viewer: Viewer, youths: set[int]) -> set[int]:
    """Those of the young people who have a referral that is not over yet, as the viewer sees it."""
    with within(viewer):
        rows = visible(Referral.objects.filter(youth__in=youths, state__in=OPEN), viewer)
        return set(rows.order_by().values_list("youth", flat=True))
