"""Crossings, what was counted at them, the posts of crossing guards, and who stands there."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Control(models.TextChoices):
    """What stops vehicles at a crossing."""

    NONE = "none", _("Nothing: uncontrolled")
    STOP = "stop", _("Stop signs")
    SIGNAL = "signal", _("Traffic signal")


class Crossing(models.Model):
    """A place where pupils cross, with what the warrants ask about it."""

    reference = models.CharField(max_length=40, unique=True)
    campus = models.ForeignKey(
        "places.Campus", on_delete=models.PROTECT, related_name="+", verbose_name=_("site")
    )
    place = models.CharField(max_length=200, help_text=_("The corner: “A Street and 3rd Avenue”."))
    longitude = models.FloatField(help_text=_("Degrees, WGS 84."))
    latitude = models.FloatField(help_text=_("Degrees, WGS 84."))
    control = models.CharField(max_length=6, choices=Control.choices)
    lanes = models.PositiveSmallIntegerField(help_text=_("Lanes that pupils cross."))
    divided = models.BooleanField(default=False, help_text=_("Whether the street is divided."))
    width_ft = models.FloatField(help_text=_("From curb to curb, in feet."))
    has_refuge = models.BooleanField(default=False, help_text=_("Whether there is an island to wait on."))
    rural = models.BooleanField(default=False)
    speed_85_mph = models.FloatField(
        null=True, blank=True, help_text=_("The speed that 85 % do not exceed, in miles an hour.")
    )
    controlled_within_ft = models.FloatField(
        null=True, blank=True, help_text=_("Feet to the next controlled crossing; empty where there is none.")
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(place=""), name="routes_crossing_says_where"
            ),
            models.CheckConstraint(
                condition=Q(control__in=Control.values), name="routes_crossing_control_known"
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="routes_crossing_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(lanes__range=(1, 12), width_ft__gt=0, width_ft__lte=300)
                & (Q(speed_85_mph__isnull=True) | Q(speed_85_mph__gt=0, speed_85_mph__lte=100))
                & (Q(controlled_within_ft__isnull=True) | Q(controlled_within_ft__gte=0)),
                name="routes_crossing_believable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.place}"


class CrossingCount(models.Model):
    """What was counted at a crossing in a stretch of one day."""

    crossing = models.ForeignKey(Crossing, on_delete=models.CASCADE, related_name="counts")
    day = models.DateField()
    begins = models.TimeField()
    minutes = models.PositiveSmallIntegerField(help_text=_("How long was counted."))
    vehicles = models.PositiveIntegerField(help_text=_("Vehicles through the crossing."))
    turning = models.PositiveIntegerField(default=0, help_text=_("Of them turning through the crosswalk."))
    pupils = models.PositiveIntegerField(help_text=_("Pupils who crossed."))
    rows = models.PositiveSmallIntegerField(
        default=1, help_text=_("Rows of the larger groups, five pupils abreast, that cross together.")
    )
    gaps = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("Gaps in traffic long enough to cross; empty where not counted.")
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["crossing", "-day", "begins"]
        constraints = [
            models.UniqueConstraint(fields=["crossing", "day", "begins"], name="routes_count_once"),
            models.CheckConstraint(
                condition=Q(minutes__range=(5, 240), rows__range=(1, 20), turning__lte=F("vehicles")),
                name="routes_count_believable",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.crossing.reference} {self.day} {self.begins:%H:%M}"


class GuardPost(models.Model):
    """Where a crossing guard is to stand, when, and which agency answers for it."""

    reference = models.CharField(max_length=40, unique=True)
    crossing = models.ForeignKey(Crossing, on_delete=models.PROTECT, related_name="posts")
    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    morning_begins = models.TimeField(null=True, blank=True)
    morning_ends = models.TimeField(null=True, blank=True)
    afternoon_begins = models.TimeField(null=True, blank=True)
    afternoon_ends = models.TimeField(null=True, blank=True)
    guards = models.PositiveSmallIntegerField(default=1, help_text=_("How many guards it takes."))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["reference"]
        constraints = [
            models.CheckConstraint(condition=~Q(reference=""), name="routes_post_has_reference"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="routes_post_dates_in_order",
            ),
            models.CheckConstraint(
                condition=(
                    Q(morning_begins__isnull=True, morning_ends__isnull=True)
                    | Q(morning_ends__gt=F("morning_begins"))
                )
                & (
                    Q(afternoon_begins__isnull=True, afternoon_ends__isnull=True)
                    | Q(afternoon_ends__gt=F("afternoon_begins"))
                )
                & (Q(morning_begins__isnull=False) | Q(afternoon_begins__isnull=False)),
                name="routes_post_hours_in_order",
            ),
            models.CheckConstraint(condition=Q(guards__range=(1, 10)), name="routes_post_guards_believable"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.crossing.place}"


class Shift(models.TextChoices):
    """Which of a post's hours."""

    MORNING = "morning", _("Morning")
    AFTERNOON = "afternoon", _("Afternoon")
    BOTH = "both", _("Morning and afternoon")


class GuardAssignment(models.Model):
    """Guards at a post: one account, or a number of guards whom only their agency knows."""

    post = models.ForeignKey(GuardPost, on_delete=models.CASCADE, related_name="assignments")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    guards = models.PositiveSmallIntegerField(default=1)
    shift = models.CharField(max_length=9, choices=Shift.choices, default=Shift.BOTH)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["post", "valid_from", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(shift__in=Shift.values), name="routes_assignment_shift_known"),
            models.CheckConstraint(
                condition=Q(account__isnull=True, guards__range=(1, 10)) | Q(account__isnull=False, guards=1),
                name="routes_assignment_one_account_one_guard",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="routes_assignment_dates_in_order",
            ),
        ]
