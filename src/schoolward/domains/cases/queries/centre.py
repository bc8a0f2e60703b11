"""Reads about the attendance center: what an officer may know, who is here, and what is due next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import cast

from django.db.models import QuerySet
from django.utils import timezone

from schoolward.analysis.attendance import ReleaseNotice, law, release_notice
from schoolward.analysis.linkage.values import name as plain_name
from schoolward.domains.cases.models import (
    CentreVisit,
    Delivery,
    Guardian,
    ParentContact,
    PlanStep,
    ReleaseCorrection,
    ReleasedTo,
    VisitFollowUp,
    Youth,
)
from schoolward.domains.places.queries import school_hours_table
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

VIEW, DELIVER = "centre.view", "centre.deliver"
OF_A_DELIVERY = timedelta(hours=8)
"""After so long nobody is on the way any more."""
_OF_A_YOUTH = frozenset({"legal_name", "preferred_name", "home_language", "born_on"})


def school_days() -> Callable[[date], bool]:
    """Whether school is taught in the district on a day, by its calendar; read once."""
    hours = school_hours_table()
    return lambda day: hours.on(None, day) is not None


def own_deliveries(viewer: Viewer) -> QuerySet[Delivery]:
    """What the officer brought, the newest first: delivered and returned, and nobody's name."""
    check(viewer, DELIVER)
    return visible(Delivery.objects.all(), viewer).filter(officer=viewer.account_id)


def waiting_deliveries(viewer: Viewer, at: datetime) -> QuerySet[Delivery]:
    """Who is on the way to the center, the longest first."""
    check(viewer, VIEW)
    rows = visible(Delivery.objects.select_related("agency"), viewer)
    return rows.filter(
        received_at__isnull=True, taken_back_at__isnull=True, announced_at__gte=at - OF_A_DELIVERY
    ).order_by("announced_at")


@dataclass(frozen=True)
class Known:
    """Whom a newcomer may be, of an agency's young people. ``sure`` is set where that needs nobody."""

    sure: Youth | None
    others: tuple[Youth, ...] = ()


def known_youths(
    viewer: Viewer, *, local_number: str, legal_name: str, born_on: date, agency_id: int
) -> Known:
    """The young people of an agency whom the viewer may see, of this birthday, and this number or name.

    Asked inside the wall. One is sure whose name and birthday are the same, and whose number does not speak
    against it. A number alone is none: it is copied from the form of a twin; and of namesakes nobody is.
    """
    rows = visible(Youth.objects.all(), viewer).filter(born_on=born_on, agency=agency_id)
    number, name = local_number.strip(), plain_name(legal_name)
    found = [
        row
        for row in rows.order_by("pk")
        if plain_name(row.legal_name) == name or (number and row.local_number == number)
    ]
    same = [
        row
        for row in found
        if plain_name(row.legal_name) == name and (not number or row.local_number in ("", number))
    ]
    if len(same) == 1 and len(found) == 1:
        return Known(same[0])
    return Known(None, tuple(found))


def visits(viewer: Viewer) -> QuerySet[CentreVisit]:
    """Visits, not yet narrowed to the viewer: for :func:`~schoolward.platform.access.disclosing.read`."""
    check(viewer, VIEW)
    return CentreVisit.objects.order_by("-arrived_at", "-pk")


@dataclass(frozen=True)
class Shown:
    """A row of a list with the young person whom it is about."""

    row: CentreVisit | VisitFollowUp
    youth: Youth


def here_now(viewer: Viewer) -> list[Shown]:
    """Students who are at the center, the longest first."""
    return _with_youths(visits(viewer).filter(left_at__isnull=True).order_by("arrived_at"), viewer)


def due_follow_ups(viewer: Viewer, until: date) -> list[Shown]:
    """Follow-ups that are to be done by a day, by their own day and by nothing else."""
    check(viewer, VIEW)
    rows = VisitFollowUp.objects.filter(done_on__isnull=True, due_on__lte=until).order_by("due_on", "pk")
    return _with_youths(rows, viewer)


@dataclass(frozen=True)
class Waits:
    """How many wait at the center, and which looks are due: numbers and days, and nobody's name."""

    on_the_way: int
    here: int
    looks: list[tuple[int, int, date]]


def waits(viewer: Viewer, at: datetime, until: date) -> Waits:
    """What waits at the center, for a list that names nobody. A look is (visit, days after it, its day)."""
    on_the_way = waiting_deliveries(viewer, at).count()
    with within(viewer):
        here = visible(CentreVisit.objects.filter(left_at__isnull=True), viewer).count()
        due = visible(VisitFollowUp.objects.filter(done_on__isnull=True, due_on__lte=until), viewer)
        looks = list(due.order_by("due_on", "pk").values_list("visit", "days", "due_on"))
    return Waits(on_the_way, here, looks)


def _with_youths(rows: QuerySet[CentreVisit] | QuerySet[VisitFollowUp], viewer: Viewer) -> list[Shown]:
    found = cast("list[CentreVisit | VisitFollowUp]", read(rows, viewer))
    wanted = {row.youth_id for row in found}
    shown = read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer, fields=_OF_A_YOUTH)
    youths = {youth.pk: youth for youth in shown}
    return [Shown(row, youths[row.youth_id]) for row in found if row.youth_id in youths]


@dataclass(frozen=True)
class VisitPage:
    """A visit with all that stands about it, and the clock of a release to an officer."""

    visit: CentreVisit
    youth: Youth
    guardians: list[Guardian]
    contacts: list[ParentContact]
    steps: list[PlanStep]
    follow_ups: list[VisitFollowUp]
    corrections: list[ReleaseCorrection]
    notice: ReleaseNotice | None

    @property
    def is_notice_open(self) -> bool:
        """Whether a parent still has to be told."""
        return self.notice is not None and self.notice.told_at is None and not self.visit.notice_exempt


def visit_page(viewer: Viewer, pk: int) -> VisitPage | None:
    """A visit as the viewer may see it, with each reading on the record; ``None`` where there is none."""
    with within(viewer):
        found = read(visits(viewer).filter(pk=pk), viewer)
        if not found:
            return None
        visit = found[0]
        youths = read(Youth.objects.filter(pk=visit.youth_id).order_by("pk"), viewer, fields=_OF_A_YOUTH)
        if not youths:
            return None

        return VisitPage(
            visit,
            youths[0],
            read(Guardian.objects.filter(youth=visit.youth_id).order_by("pk"), viewer),
            read(ParentContact.objects.filter(visit=pk).order_by("at", "pk"), viewer),
            read(PlanStep.objects.filter(visit=pk).order_by("due_on", "pk"), viewer),
            read(VisitFollowUp.objects.filter(visit=pk).order_by("due_on", "pk"), viewer),
            read(ReleaseCorrection.objects.filter(visit=pk).order_by("at", "pk"), viewer),
            _notice(visit),
        )


def _notice(visit: CentreVisit) -> ReleaseNotice | None:
    if visit.released_to != ReleasedTo.OFFICER or visit.left_at is None:
        return None
    return release_notice(timezone.localtime(visit.left_at), visit.parent_told_at, law())
