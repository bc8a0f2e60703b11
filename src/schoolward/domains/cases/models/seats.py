"""A seat at a class day, for a young person together with a parent or guardian, and what is due about it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.referrals import Referral
from schoolward.domains.cases.models.youth import Guardian, Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass


class SeatState(models.TextChoices):
    """Where a seat stands."""

    WAITING = "waiting", _("Waits for a seat")
    OFFERED = "offered", _("Offered")
    CONFIRMED = "confirmed", _("Parent confirmed")
    CAME = "came", _("Both came")
    ALONE = "alone", _("Came without the parent")
    ABSENT = "absent", _("Did not come")
    FREED = "freed", _("Given back")


HOLDING: tuple[SeatState, ...] = (SeatState.OFFERED, SeatState.CONFIRMED)
"""What takes a seat before the class."""
ASKED: tuple[SeatState, ...] = (SeatState.WAITING, *HOLDING)
"""What goes with the class or the referral: it has a seat, or waits for one."""
SETTLED: tuple[SeatState, ...] = (SeatState.CAME, SeatState.ALONE, SeatState.ABSENT)
MISSED: tuple[SeatState, ...] = (SeatState.ALONE, SeatState.ABSENT)
"""What does not count as the class: somebody calls, and offers the next one."""


class WhyFreed(models.TextChoices):
    """Why a seat was given back."""

    CANNOT = "cannot", _("The day does not suit the family")
    DECLINED = "declined", _("The family does not want it")
    NO_ANSWER = "no_answer", _("Nobody could be reached")
    CANCELLED = "cancelled", _("The class was cancelled")
    OVER = "over", _("The referral is over")
    LAPSED = "lapsed", _("The family's yes does not hold any more")
    MISTAKE = "mistake", _("Entered by mistake")


class ClassSeat(ProtectedRecord):
    """One seat of one class day. ``guardian`` is who comes along: there is no seat without.

    Who waits is served in the order of ``asked_at`` and of nothing else.
    """

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="seats")
    offering = models.ForeignKey("programs.Offering", on_delete=models.PROTECT, related_name="+")
    guardian = models.ForeignKey(Guardian, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=SeatState.choices)
    asked_at = models.DateTimeField()
    offered_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    settled_on = models.DateField(null=True, blank=True)
    why_freed = models.CharField(max_length=9, choices=WhyFreed.choices, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"guardian_id", "state", "offered_on", "confirmed_on", "settled_on", "why_freed"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["offering", "state"], name="seat_of_offering")]
        constraints = [
            models.UniqueConstraint(
                fields=["referral", "offering"], condition=~Q(state="freed"), name="seat_once_an_offering"
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="seat_is_an_education_record"
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.WAITING, offered_on__isnull=True, settled_on__isnull=True)
                | Q(state=SeatState.OFFERED, offered_on__isnull=False, confirmed_on__isnull=True)
                | Q(state=SeatState.CONFIRMED, offered_on__isnull=False, confirmed_on__isnull=False)
                | Q(state__in=SETTLED, offered_on__isnull=False, settled_on__isnull=False)
                | Q(state=SeatState.FREED, settled_on__isnull=False),
                name="seat_state_has_its_dates",
            ),
            models.CheckConstraint(
                condition=Q(state=SeatState.FREED, why_freed__in=WhyFreed.values)
                | (~Q(state=SeatState.FREED) & Q(why_freed="")),
                name="seat_given_back_with_a_reason",
            ),
        ]


class DutyOfSeat(models.TextChoices):
    """What is due about a seat."""

    CONFIRM = "confirm", _("Ask the parent whether they come")
    FIRST = "first", _("First reminder")
    LAST = "last", _("Last reminder")
    RESCUE = "rescue", _("Call: they did not come; offer the next class")
    TELL = "tell", _("Tell the family: the class is canceled; offer the next one")


class SeatDuty(ProtectedRecord):
    """One thing to be done about a seat by a day. There is no room for what was said."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    seat = models.ForeignKey(ClassSeat, on_delete=models.CASCADE, related_name="duties")
    kind = models.CharField(max_length=7, choices=DutyOfSeat.choices)
    due_on = models.DateField(db_index=True)
    done_on = models.DateField(null=True, blank=True)
    was_reached = models.BooleanField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"done_on", "was_reached"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        verbose_name_plural = "seat duties"
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["seat", "kind"], name="seat_duty_once"),
            models.CheckConstraint(condition=Q(kind__in=DutyOfSeat.values), name="seat_duty_known"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True, was_reached__isnull=True)
                | Q(done_on__isnull=False, was_reached__isnull=False),
                name="seat_duty_done_with_what_came_of_it",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="seat_duty_is_education"
            ),
        ]
