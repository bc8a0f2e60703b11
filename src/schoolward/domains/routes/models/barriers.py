"""What stands in the way of walking, what is recommended to whoever owns it, and every step of that."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import RecordClass


class BarrierState(models.TextChoices):
    """Where a barrier stands."""

    REPORTED = "reported", _("Reported")
    ACCEPTED = "accepted", _("Accepted")
    RECOMMENDED = "recommended", _("Recommended to its owner")
    IN_WORK = "in_work", _("In work")
    CLOSED = "closed", _("Closed")
    DECLINED = "declined", _("Declined")


OPEN_BARRIERS: tuple[str, ...] = (
    BarrierState.REPORTED,
    BarrierState.ACCEPTED,
    BarrierState.RECOMMENDED,
    BarrierState.IN_WORK,
)
"""The states in which somebody still has something to do."""

ACCEPTED_BARRIERS: tuple[str, ...] = (
    BarrierState.ACCEPTED,
    BarrierState.RECOMMENDED,
    BarrierState.IN_WORK,
    BarrierState.CLOSED,
)
"""The states of a barrier that was found to be one."""


class BarrierKind(models.TextChoices):
    """What kind of barrier it is."""

    CROSSING = "crossing", _("Crossing missing or unsafe")
    SIDEWALK = "sidewalk", _("Sidewalk missing, broken or blocked")
    SIGNAL = "signal", _("Signal or sign missing or not working")
    SPEED = "speed", _("Speeding")
    TRAFFIC = "traffic", _("Traffic or drop-off")
    LIGHTING = "lighting", _("Dark")
    SIGHT = "sight", _("Hidden from view")
    ACCESS = "access", _("No ramp, steps or a locked gate")
    HAZARD = "hazard", _("Water, rail, dogs or debris")
    SAFETY = "safety", _("Fear of crime")
    OTHER = "other", _("Other")


class Owner(models.TextChoices):
    """Who answers for the ground on which the barrier is."""

    CITY = "city", _("City")
    COUNTY = "county", _("County")
    DISTRICT = "district", _("School district")
    STATE = "state", _("State highway department")
    OTHER = "other", _("Somebody else")
    UNKNOWN = "unknown", _("Not known yet")


class TimeOfDay(models.TextChoices):
    """When it is in the way."""

    ALWAYS = "always", _("Always")
    MORNING = "morning", _("In the morning")
    AFTERNOON = "afternoon", _("In the afternoon")
    DARK = "dark", _("After dark")


class Severity(models.TextChoices):
    """How much harm could come of leaving it, in the words of work."""

    URGENT = "urgent", _("Urgent")
    HIGH = "high", _("High")
    MEDIUM = "medium", _("Medium")
    LOW = "low", _("Low")


class Barrier(models.Model):
    """One thing in the way of pupils who walk or ride, at one place near a site."""

    reference = models.CharField(
        max_length=40, unique=True, help_text=_("Your own number for it; given when left empty.")
    )
    campus = models.ForeignKey(
        "places.Campus", on_delete=models.PROTECT, related_name="+", verbose_name=_("site")
    )
    kind = models.CharField(max_length=10, choices=BarrierKind.choices)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True)
    place = models.CharField(max_length=200, help_text=_("A corner or a stretch of street; no one's home."))
    longitude = models.FloatField(help_text=_("Degrees, WGS 84."))
    latitude = models.FloatField(help_text=_("Degrees, WGS 84."))
    owner = models.CharField(max_length=8, choices=Owner.choices, default=Owner.UNKNOWN)
    severity = models.CharField(max_length=6, choices=Severity.choices, default=Severity.MEDIUM)
    time_of_day = models.CharField(max_length=9, choices=TimeOfDay.choices, default=TimeOfDay.ALWAYS)
    photo = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    photo_name = models.CharField(max_length=255, blank=True)
    source = models.CharField(
        max_length=120, blank=True, help_text=_("The record that it was found in, as app.Model:number.")
    )
    found_on = models.DateField()
    state = models.CharField(max_length=11, choices=BarrierState.choices, default=BarrierState.REPORTED)
    accepted_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    record_class = models.CharField(
        max_length=24, choices=RecordClass.choices, default=RecordClass.PUBLIC, editable=False
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["reference"]
        indexes = [
            models.Index(fields=["campus", "state"], name="routes_barrier_campus"),
            models.Index(fields=["state", "severity"], name="routes_barrier_state"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="") & ~Q(title="") & ~Q(place=""), name="routes_barrier_says_what"
            ),
            models.CheckConstraint(
                condition=Q(state__in=BarrierState.values), name="routes_barrier_state_known"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BarrierKind.values), name="routes_barrier_kind_known"
            ),
            models.CheckConstraint(condition=Q(owner__in=Owner.values), name="routes_barrier_owner_known"),
            models.CheckConstraint(
                condition=Q(severity__in=Severity.values), name="routes_barrier_severity_known"
            ),
            models.CheckConstraint(
                condition=Q(time_of_day__in=TimeOfDay.values), name="routes_barrier_time_known"
            ),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="routes_barrier_on_earth",
            ),
            models.CheckConstraint(
                condition=Q(state__in=ACCEPTED_BARRIERS, accepted_on__isnull=False)
                | ~Q(state__in=ACCEPTED_BARRIERS),
                name="routes_barrier_accepted_when",
            ),
            models.CheckConstraint(
                condition=Q(state=BarrierState.CLOSED, closed_on__isnull=False)
                | (~Q(state=BarrierState.CLOSED) & Q(closed_on__isnull=True)),
                name="routes_barrier_closed_when",
            ),
            models.UniqueConstraint(
                fields=["source"], condition=~Q(source=""), name="routes_barrier_once_for_source"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    @property
    def is_open(self) -> bool:
        """Whether somebody still has something to do."""
        return self.state in OPEN_BARRIERS


class Countermeasure(models.TextChoices):
    """What is asked for."""

    CROSSWALK = "crosswalk", _("Marked crosswalk")
    BEACON = "beacon", _("Flashing beacon")
    SIGNAL = "signal", _("Traffic signal")
    ISLAND = "island", _("Island or curb extension")
    SIDEWALK = "sidewalk", _("Sidewalk or path")
    RAMP = "ramp", _("Curb ramp")
    BIKEWAY = "bikeway", _("Bikeway")
    CALMING = "calming", _("Slower street")
    SIGNS = "signs", _("Signs or markings")
    LIGHTING = "lighting", _("Lighting")
    GUARD = "guard", _("Crossing guard")
    DROP_OFF = "drop_off", _("Drop-off arranged anew")
    UPKEEP = "upkeep", _("Trimming or repair")
    OTHER = "other", _("Other")


class Answer(models.TextChoices):
    """What the owner said."""

    WAITING = "waiting", _("No answer yet")
    AGREED = "agreed", _("Agreed")
    REFUSED = "refused", _("Refused")


class Recommendation(models.Model):
    """What the owner of a barrier is asked to do about it, and what it answered."""

    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="recommendations")
    number = models.PositiveSmallIntegerField(help_text=_("1 for the first, then counting on."))
    countermeasure = models.CharField(max_length=10, choices=Countermeasure.choices)
    text = models.TextField()
    owner = models.CharField(max_length=8, choices=Owner.choices)
    estimate_cents = models.BigIntegerField(null=True, blank=True)
    sent_on = models.DateField()
    answer = models.CharField(max_length=7, choices=Answer.choices, default=Answer.WAITING)
    answered_on = models.DateField(null=True, blank=True)
    answer_text = models.TextField(blank=True)
    work = models.ForeignKey(
        "work.WorkItem", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["barrier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["barrier", "number"], name="routes_recommendation_numbered"),
            models.CheckConstraint(condition=~Q(text=""), name="routes_recommendation_says_what"),
            models.CheckConstraint(
                condition=Q(countermeasure__in=Countermeasure.values), name="routes_countermeasure_known"
            ),
            models.CheckConstraint(
                condition=Q(owner__in=[o for o in Owner.values if o != "unknown"]),
                name="routes_recommendation_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(estimate_cents__isnull=True) | Q(estimate_cents__gte=0),
                name="routes_recommendation_not_negative",
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.WAITING, answered_on__isnull=True)
                | Q(answer__in=[Answer.AGREED, Answer.REFUSED], answered_on__gte=F("sent_on")),
                name="routes_recommendation_answered_when",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.REFUSED) | ~Q(answer_text=""),
                name="routes_recommendation_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.barrier.reference}/{self.number}"


class BarrierStep(models.Model):
    """One move that a barrier made. The database refuses to change it."""

    barrier = models.ForeignKey(Barrier, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveSmallIntegerField(help_text=_("1 for the report, then counting on."))
    from_state = models.CharField(max_length=11, blank=True)
    to_state = models.CharField(max_length=11)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()
    on = models.DateField(help_text=_("The district's local date of it."))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["barrier", "number"]
        indexes = [models.Index(fields=["to_state", "on"], name="routes_step_to_on")]
        constraints = [
            models.UniqueConstraint(fields=["barrier", "number"], name="routes_step_numbered"),
            models.CheckConstraint(condition=Q(to_state__in=BarrierState.values), name="routes_step_known"),
            models.CheckConstraint(
                condition=~Q(to_state=BarrierState.DECLINED) | ~Q(reason=""),
                name="routes_step_declined_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_state or '…'} → {self.to_state}"
