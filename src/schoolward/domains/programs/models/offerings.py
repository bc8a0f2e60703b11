"""What is offered where and when, how many places there are, and the groups and sessions of an offering."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.models.catalogue import Program
from schoolward.domains.programs.models.history import AppendOnly

MOST = 100_000
"""No count of a session or a program is larger; what is, is a slip of the keyboard."""


class Unit(models.TextChoices):
    """What a program's places are."""

    SEAT = "seat", _("seats")
    PLACE = "place", _("places")
    CASELOAD = "caseload", _("families at a time")


class Intake(models.TextChoices):
    """Whether a program takes anybody new."""

    OPEN = "open", _("Takes new referrals")
    WAITING = "waiting", _("Waiting list")
    FULL = "full", _("Full")
    CLOSED = "closed", _("Closed")


class CapacityReport(AppendOnly):
    """How many places a program has on a day, how many are taken and how many young people wait: numbers."""

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="capacity")
    unit = models.CharField(max_length=10, choices=Unit.choices)
    maximum = models.PositiveIntegerField()
    taken = models.PositiveIntegerField(null=True, blank=True, help_text=_("Empty where it is not known."))
    waiting = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("How many wait: a number, no list. Empty where it is not known.")
    )
    intake = models.CharField(max_length=8, choices=Intake.choices)

    numbers_are_shown = True
    has_free: bool | None = None
    """What ``queries.numbers`` says of a row: whether its counts are in it, and a seat is free."""

    class Meta:
        ordering = ["program", "-on", "-pk"]
        indexes = [models.Index(fields=["program", "-on"], name="capacity_program_on")]
        constraints = [
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="capacity_unit_known"),
            models.CheckConstraint(condition=Q(intake__in=Intake.values), name="capacity_intake_known"),
            models.CheckConstraint(
                condition=Q(maximum__lte=MOST)
                & (Q(taken__isnull=True) | Q(taken__lte=MOST))
                & (Q(waiting__isnull=True) | Q(waiting__lte=MOST)),
                name="capacity_believable",
            ),
        ]

    @property
    def vacant(self) -> int | None:
        """Free places, never below none; ``None`` where nobody said how many are taken."""
        return None if self.taken is None else max(0, self.maximum - self.taken)


class CancelReason(models.TextChoices):
    """Why something did not take place. A list and no free text, so that no name can stand in it."""

    STAFF = "staff", _("No leader or instructor")
    PLACE = "place", _("The place was not available")
    WEATHER = "weather", _("Weather")
    FEW = "few", _("Too few came or were registered")
    SAFETY = "safety", _("Safety at the site")
    SCHOOL = "school", _("School was closed or had another event")
    OTHER = "other", _("Another reason")


class Offering(models.Model):
    """A program at a place for a time: a season, a course, one class day.

    ``registered``, ``waiting``, ``completed`` and ``waivers_on_file`` are numbers; empty is "not counted",
    which is not none.
    """

    program = models.ForeignKey(Program, on_delete=models.PROTECT, related_name="offerings")
    number = models.PositiveIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()
    campus = models.ForeignKey(
        "places.Campus", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    place = models.CharField(
        max_length=120, blank=True, help_text=_("Where it is, when it is not at a site. A place, no person.")
    )
    days = models.CharField(max_length=20, blank=True, help_text=_("Days of the week: MO,WE."))
    begins = models.TimeField(null=True, blank=True)
    ends = models.TimeField(null=True, blank=True)
    language = models.CharField(max_length=8, default="en")
    seats = models.PositiveIntegerField(null=True, blank=True)
    registered = models.PositiveIntegerField(null=True, blank=True)
    waiting = models.PositiveIntegerField(null=True, blank=True)
    waivers_on_file = models.PositiveIntegerField(null=True, blank=True)
    completed = models.PositiveIntegerField(null=True, blank=True)
    cancelled_on = models.DateField(null=True, blank=True)
    cancel_reason = models.CharField(max_length=10, choices=CancelReason.choices, blank=True)
    invented = models.BooleanField(default=False)

    numbers_are_shown = True
    has_free: bool | None = None
    """What ``queries.numbers`` says of a row: whether its counts are in it, and a seat is free."""

    class Meta:
        ordering = ["program", "-starts_on", "-number"]
        indexes = [models.Index(fields=["starts_on", "ends_on"], name="offering_days")]
        constraints = [
            models.UniqueConstraint(fields=["program", "number"], name="offering_numbered_in_program"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="offering_days_in_order"),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(ends__gt=F("begins")),
                name="offering_hours_in_order",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True, cancel_reason="")
                | Q(cancelled_on__isnull=False, cancel_reason__in=CancelReason.values),
                name="offering_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(seats__isnull=True) | Q(seats__lte=MOST), name="offering_seats_believable"
            ),
            models.CheckConstraint(
                condition=Q(registered__isnull=True) | Q(registered__lte=MOST),
                name="offering_registered_believable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.program.title} {self.number}"

    @property
    def reference(self) -> str:
        """The name under which files speak of it."""
        return f"{self.program.key}-{self.number}"

    @property
    def where(self) -> str:
        """The site, or the place."""
        return self.campus.name if self.campus is not None else self.place

    def is_over(self, day: date) -> bool:
        """Whether nothing more takes place from this day on."""
        return self.cancelled_on is not None or self.ends_on < day


class Cohort(models.Model):
    """A group within an offering: a number and how many are in it. It has no name, and its members have
    none."""

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="cohorts")
    number = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField(null=True, blank=True)
    completed = models.PositiveIntegerField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["offering", "number"]
        constraints = [
            models.UniqueConstraint(fields=["offering", "number"], name="cohort_numbered_in_offering"),
            models.CheckConstraint(
                condition=Q(completed__isnull=True) | Q(size__isnull=True) | Q(completed__lte=F("size")),
                name="cohort_completed_within_size",
            ),
            models.CheckConstraint(
                condition=Q(size__isnull=True) | Q(size__lte=MOST), name="cohort_believable"
            ),
        ]
