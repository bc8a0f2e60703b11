"""Reads of class days and their seats: how many are free, who sits where, and what is due about it."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from schoolward.domains.cases.models import (
    ASKED,
    HOLDING,
    MISSED,
    ClassSeat,
    DutyOfSeat,
    Guardian,
    Referral,
    SeatDuty,
    SeatState,
    WhyFreed,
    Youth,
)
from schoolward.domains.cases.program_work import class_day
from schoolward.domains.cases.queries.consents import yes_is_gone
from schoolward.domains.cases.states import OPEN
from schoolward.domains.programs.queries import has_free, offerings
from schoolward.platform.access.clock import today
from schoolward.platform.access.disclosing import read
from schoolward.platform.access.permissions import check
from schoolward.platform.access.policy import ALL_FIELDS, mask
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

VIEW = "cases.view"
BACK = timedelta(days=60)
"""How long a class that is over stays on the list of classes."""
WHO = frozenset({"legal_name", "preferred_name"})


@dataclass(frozen=True)
class ClassRow:
    """One class day, with how its seats stand. ``free`` is ``None`` where it has no number of seats.

    To whoever neither runs the class nor answers for it every number is ``None``: seats that are taken are
    children, of whichever caseload.
    """

    offering: Any
    counts: dict[str, int]
    numbers_are_shown: bool = True

    @property
    def taken(self) -> int | None:
        """Seats that are offered or confirmed, and after the class those of which it is known who came."""
        return self._number(self._taken)

    @property
    def free(self) -> int | None:
        """Seats that can still be offered."""
        seats: int | None = self.offering.seats
        return None if seats is None else self._number(max(0, seats - self._taken))

    @property
    def has_free(self) -> bool | None:
        """Whether a seat is free; ``None`` where that is not known, would tell a small count, or it is
        cancelled."""
        return None if self.offering.cancelled_on else has_free(self.offering.seats, self._taken)

    @property
    def waiting(self) -> int | None:
        """How many wait."""
        return self._number(self.counts.get(SeatState.WAITING, 0))

    @property
    def confirmed(self) -> int | None:
        """Whose parent has confirmed."""
        return self._number(self.counts.get(SeatState.CONFIRMED, 0))

    @property
    def _taken(self) -> int:
        return sum(number for state, number in self.counts.items() if state not in ("waiting", "freed"))

    def _number(self, number: int) -> int | None:
        return number if self.numbers_are_shown else None


def _row(offering: Any, counts: dict[str, int], viewer: Viewer) -> ClassRow:
    return ClassRow(offering, counts, mask(offering, viewer) == ALL_FIELDS)


def class_offerings(viewer: Viewer, first: date) -> list[Any]:
    """Class days that a parent comes to, from a day on, the first first."""
    found = offerings(viewer).filter(starts_on__gte=first, program__parent_required=True)
    return [one for one in found.order_by("starts_on", "pk") if class_day(one.program.key, one.starts_on)]


def class_days(viewer: Viewer, on: date) -> list[ClassRow]:
    """The class days of the last two months and ahead. Seats are counted over every caseload: no name.

    Only whoever runs the class or answers for it gets the numbers.
    """
    check(viewer, VIEW)
    days = class_offerings(viewer, on - BACK)
    counted = _counts([one.pk for one in days], viewer)
    return [_row(one, counted[one.pk], viewer) for one in days]


def _counts(pks: list[int], viewer: Viewer) -> dict[int, dict[str, int]]:
    with within(Viewer.system(at=viewer.at, name="counting")):
        rows = ClassSeat.objects.filter(offering__in=pks).order_by().values_list("offering", "state")
        found: dict[int, dict[str, int]] = defaultdict(dict)
        for (offering, state), number in Counter(rows).items():
            found[offering][state] = number
    return found


@dataclass(frozen=True)
class SeatRow:
    """A seat with whose it is, who comes along and what is due about it."""

    seat: ClassSeat
    youth: Youth
    guardian: Guardian | None
    duties: list[SeatDuty]

    @property
    def is_open(self) -> bool:
        """Whether the class may still be attended by it."""
        return self.seat.state in ASKED

    @property
    def holds(self) -> bool:
        """Whether it takes a seat."""
        return self.seat.state in HOLDING

    @property
    def asks_anew(self) -> bool:
        """Whether the family is to be offered another class."""
        return self.seat.state in MISSED or self.seat.why_freed == WhyFreed.CANCELLED

    @property
    def may_be_settled(self) -> bool:
        """Whether it can still be said that both came."""
        return self.seat.state in (*HOLDING, *MISSED)


def class_page(viewer: Viewer, pk: int) -> tuple[ClassRow, list[SeatRow]] | None:
    """One class day with the seats that the viewer has to do with; ``None`` where there is no such class."""
    check(viewer, VIEW)
    offering = offerings(viewer).filter(pk=pk).first()
    if offering is None or class_day(offering.program.key, offering.starts_on) is None:
        return None
    row = _row(offering, _counts([pk], viewer)[pk], viewer)
    seats = read(ClassSeat.objects.filter(offering=pk).order_by("asked_at", "pk"), viewer)
    return row, _with_people(seats, viewer)


def seat_page(viewer: Viewer, pk: int) -> SeatRow | None:
    """One seat, with the disclosure on the record; ``None`` where there is none for this viewer."""
    found = read(ClassSeat.objects.select_related("offering__program").filter(pk=pk), viewer)
    rows = _with_people(found, viewer)
    return rows[0] if rows else None


def seats_of(viewer: Viewer, referral_id: int) -> list[ClassSeat]:
    """The seats that were asked for from a referral, the first first."""
    rows = ClassSeat.objects.select_related("offering__program", "offering__campus", "guardian")
    return read(rows.filter(referral=referral_id).order_by("asked_at", "pk"), viewer)


def _with_people(seats: list[ClassSeat], viewer: Viewer) -> list[SeatRow]:
    ids = {seat.pk for seat in seats}
    wanted = {seat.youth_id for seat in seats}
    youths = {
        one.pk: one for one in read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer, fields=WHO)
    }
    adults = {
        one.pk: one
        for one in read(
            Guardian.objects.filter(pk__in={seat.guardian_id for seat in seats}).order_by("pk"), viewer
        )
    }
    duties: dict[int, list[SeatDuty]] = defaultdict(list)
    for duty in read(SeatDuty.objects.filter(seat__in=ids).order_by("due_on", "pk"), viewer):
        duties[duty.seat_id].append(duty)
    return [
        SeatRow(seat, youths[seat.youth_id], adults.get(seat.guardian_id), duties[seat.pk])
        for seat in seats
        if seat.youth_id in youths
    ]


def live_duties(on: date) -> QuerySet[SeatDuty]:
    """Duties that are not done and still ask for something on a day, by their own day; not yet narrowed.

    Of a referral that is over nobody is called; nor is a family reminded whose yes does not hold.
    """
    gone = Referral.objects.filter(yes_is_gone(on)).order_by().values("pk")
    before = Q(seat__state__in=HOLDING, kind__in=(DutyOfSeat.FIRST, DutyOfSeat.LAST))
    before |= Q(seat__state=SeatState.OFFERED, kind=DutyOfSeat.CONFIRM)
    after = Q(seat__state__in=MISSED, kind=DutyOfSeat.RESCUE)
    comes = Q(seat__offering__cancelled_on=None) & (before & ~Q(seat__referral__in=gone) | after)
    rows = SeatDuty.objects.filter(comes | Q(kind=DutyOfSeat.TELL), done_on__isnull=True)
    rows = rows.filter(seat__referral__state__in=OPEN)
    return rows.order_by("due_on", "pk")


@dataclass(frozen=True)
class DueDuty:
    """Something due about a seat, with whom it is about."""

    duty: SeatDuty
    seat: ClassSeat
    youth: Youth


def due_duties(viewer: Viewer, until: date) -> list[DueDuty]:
    """What is due by a day about the seats of the viewer's caseload, by its day and by nothing else."""
    check(viewer, VIEW)
    duties = read(live_duties(today(viewer.at)).filter(due_on__lte=until), viewer)
    wanted = {duty.seat_id for duty in duties}
    rows = ClassSeat.objects.select_related("offering").filter(pk__in=wanted).order_by("pk")
    seats = {row.seat.pk: row for row in _with_youths(read(rows, viewer), viewer)}
    return [
        DueDuty(duty, seats[duty.seat_id].seat, seats[duty.seat_id].youth)
        for duty in duties
        if duty.seat_id in seats
    ]


def _with_youths(seats: list[ClassSeat], viewer: Viewer) -> list[SeatRow]:
    wanted = {seat.youth_id for seat in seats}
    youths = {
        one.pk: one for one in read(Youth.objects.filter(pk__in=wanted).order_by("pk"), viewer, fields=WHO)
    }
    return [SeatRow(seat, youths[seat.youth_id], None, []) for seat in seats if seat.youth_id in youths]
