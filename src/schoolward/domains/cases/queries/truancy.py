"""How a student stands by the law of attendance, and what is to be done by when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from schoolward.analysis.attendance import (
    Deeds,
    Duty,
    DutyKind,
    DutyState,
    Mark,
    Series,
    Status,
    Truancy,
    law,
    truancy,
)
from schoolward.analysis.school_days import school_year
from schoolward.domains.cases.models import (
    AttendanceDay,
    Attended,
    BoardContract,
    DeedKind,
    TruancyDeed,
    Youth,
)
from schoolward.domains.cases.queries.centre import school_days
from schoolward.domains.cases.queries.days_known import DayKnown, days_known
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within
from schoolward.platform.measures.together import shared

VIEW = "centre.view"

_ABSENT_AS = {True: Status.EXCUSED, False: Status.UNEXCUSED, None: Status.EXCUSED}
"""A day of which nobody has decided whether it is excused is absent and no occasion: a blank makes none."""


def as_mark(day: AttendanceDay | DayKnown) -> Mark:
    """A day of school as the law looks at it."""
    if day.mark == Attended.ABSENT:
        return Mark(day.on, _ABSENT_AS[day.excused])
    missed = (day.minutes_absent or 0) if day.excused is False else 0
    return Mark(day.on, Status.PRESENT, missed)


def days_of(viewer: Viewer, youths: set[int]) -> dict[int, Series]:
    """The marks of each young person that are known, by their number; asked inside the wall.

    Days on which somebody was not enrolled are none of theirs.
    """
    kept: dict[int, list[Mark]] = defaultdict(list)
    rows = AttendanceDay.objects.filter(youth__in=youths, enrolled=True).order_by("youth", "on")
    for day in read(rows, viewer):
        kept[day.youth_id].append(as_mark(day))
    return {number: Series(marks) for number, marks in kept.items()}


@dataclass(frozen=True)
class Standing:
    """A student and how they stand; ``days_known`` is how many days stand behind it."""

    youth: Youth
    truancy: Truancy
    days_known: int
    contracts: list[BoardContract]

    @property
    def is_late(self) -> bool:
        """Whether something is past its day."""
        return any(duty.state(self.truancy.on) is DutyState.LATE for duty in self.truancy.open_duties)


def standing(viewer: Viewer, youth_id: int, on: date) -> Standing | None:
    """How one student stands on a day, as far as the viewer may see them."""
    found = standings(viewer, Youth.objects.filter(pk=youth_id), on)
    return found[0] if found else None


def standings(viewer: Viewer, youths: QuerySet[Any], on: date) -> list[Standing]:
    """How each student stands on a day, in the order of the rows."""
    check(viewer, VIEW)
    with within(viewer):
        shown = read(youths, viewer, fields=frozenset({"legal_name", "preferred_name"}))
        numbers = {youth.pk for youth in shown}
        days = days_of(viewer, numbers)
        deeds = read(TruancyDeed.objects.filter(youth__in=numbers).order_by("on", "pk"), viewer)
        contracts = read(BoardContract.objects.filter(youth__in=numbers).order_by("-signed_on"), viewer)
    taught = school_days()
    return [
        Standing(
            youth,
            truancy(
                days.get(youth.pk, Series(())),
                _deeds([deed for deed in deeds if deed.youth_id == youth.pk]),
                law(),
                on=on,
                is_school_day=taught,
            ),
            len(days.get(youth.pk, Series(()))),
            [one for one in contracts if one.youth_id == youth.pk],
        )
        for youth in shown
    ]


@dataclass(frozen=True)
class Asked:
    """One thing to be done about truancy, by a student's number: nobody's name."""

    youth_id: int
    duty: Duty


@dataclass(frozen=True)
class Due:
    """One thing to be done about truancy, with whom it is about."""

    youth: Youth
    duty: Duty


def waiting(viewer: Viewer, on: date) -> list[Asked]:
    """Everything that is to be done about truancy in the viewer's caseload, by its day alone.

    It names nobody, so that nothing of it is a disclosure: :func:`shown` makes rows of it that are.
    Only days that nobody excused can be occasions, and only those of this school year count.
    """
    check(viewer, VIEW)
    first, _last = school_year(on)
    kept: dict[int, list[Mark]] = defaultdict(list)
    done: dict[int, list[TruancyDeed]] = defaultdict(list)
    with within(viewer):
        seen = set(visible(Youth.objects.order_by(), viewer).values_list("pk", flat=True))
        days = AttendanceDay.objects.filter(enrolled=True, excused=False, on__range=(first, on))
        for day in visible(days.order_by("on"), viewer):
            kept[day.youth_id].append(as_mark(day))
        deeds = TruancyDeed.objects.filter(on__range=(first, on)).order_by("on", "pk")
        for deed in visible(deeds, viewer):
            done[deed.youth_id].append(deed)
    taught = school_days()
    found = [
        Asked(youth, duty)
        for youth in sorted((kept.keys() | done.keys()) & seen)
        for duty in truancy(
            Series(kept[youth]), _deeds(done[youth]), law(), on=on, is_school_day=taught
        ).open_duties
    ]
    return sorted(found, key=lambda one: (one.duty.due_on or date.max, one.youth_id))


def shown(viewer: Viewer, asked: Sequence[Asked]) -> list[Due]:
    """These with whom they are about: each student, and each day or deed that a duty arose from, is on the
    disclosure log."""
    wanted = {one.youth_id for one in asked}
    youths = {
        row.pk: row
        for row in read(
            Youth.objects.filter(pk__in=wanted).order_by("pk"),
            viewer,
            fields=frozenset({"legal_name", "preferred_name"}),
        )
    }
    arose = reduce(or_, (Q(youth=one.youth_id, on=one.duty.arises_on) for one in asked), Q(pk__in=[]))
    read(AttendanceDay.objects.filter(arose, excused=False).order_by("pk"), viewer)
    read(TruancyDeed.objects.filter(arose).order_by("pk"), viewer)
    return [Due(youths[one.youth_id], one.duty) for one in asked if one.youth_id in youths]


@dataclass(frozen=True)
class Notified:
    """Students whose parents had to be notified of truancy in a time, and those for whom it was in time."""

    required: frozenset[int]
    in_time: frozenset[int]


@shared
def notices_due(first: date | None, last: date, as_of: date) -> Notified:
    """Notices of a first classification (48260.5) that fell due in a time, as they stood on a day.

    It is counted by the installation itself, over every caseload: nobody is shown. Each student counts once,
    in time where every notice of the time was.
    """
    required: set[int] = set()
    late: set[int] = set()
    for end in {min(end, as_of) for begun, end in _school_years() if begun <= as_of}:
        for youth, duty in _notices(end):
            if duty.due_on is None or duty.due_on > min(last, as_of):
                continue
            if first is not None and duty.due_on < first:
                continue
            required.add(youth)
            if duty.done_on is None or duty.done_on > duty.due_on:
                late.add(youth)
    return Notified(frozenset(required), frozenset(required - late))


@shared
def _school_years() -> frozenset[tuple[date, date]]:
    """The school years of which days are known."""
    return frozenset(school_year(day.on) for days in days_known().values() for day in days)


@shared
def _notices(end: date) -> list[tuple[int, Duty]]:
    """The notices of one school year, by the student's number, as they stood on a day of it."""
    begun, _end = school_year(end)
    done = _deeds_known()
    taught = school_days()
    found: list[tuple[int, Duty]] = []
    for youth, days in days_known().items():
        marks = Series(as_mark(day) for day in days if begun <= day.on <= end)
        if marks:
            stood = truancy(marks, _deeds(done.get(youth, [])), law(), on=end, is_school_day=taught)
            found += [(youth, duty) for duty in stood.duties if duty.kind is DutyKind.NOTICE]
    return found


@shared
def _deeds_known() -> dict[int, list[TruancyDeed]]:
    """What was done about truancy, over every caseload, by the student's number."""
    system = Viewer.system(at=timezone.now(), name="counting")
    done: dict[int, list[TruancyDeed]] = defaultdict(list)
    with within(system):
        for deed in visible(TruancyDeed.objects.order_by("on", "pk"), system):
            done[deed.youth_id].append(deed)
    return dict(done)


def _deeds(rows: list[TruancyDeed]) -> Deeds:
    def of(kind: DeedKind) -> tuple[date, ...]:
        return tuple(row.on for row in rows if row.kind == kind)

    return Deeds(
        of(DeedKind.REPORT),
        of(DeedKind.NOTICE),
        of(DeedKind.CONFERENCE),
        of(DeedKind.SARB_REFERRAL),
        of(DeedKind.SARB_NOTICE),
    )
