"""Walking school buses: the way, the stops, those who lead, and every walk with its headcount."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.routes.models.tallies import Direction


class WalkingBus(models.Model):
    """A group of pupils who walk to school together along stops, led by adults."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120, help_text=_("The route's name. No one's name."))
    campus = models.ForeignKey(
        "places.Campus", on_delete=models.PROTECT, related_name="+", verbose_name=_("site")
    )
    capacity = models.PositiveSmallIntegerField(help_text=_("The most pupils that may walk along."))
    pupils_per_leader = models.PositiveSmallIntegerField(
        default=6, help_text=_("The most pupils that one leader looks after.")
    )
    weekdays = models.JSONField(default=list, help_text=_("Days of walking; 0 is Monday."))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = _("walking school buses")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="routes_bus_has_name"),
            models.CheckConstraint(
                condition=Q(capacity__range=(1, 200), pupils_per_leader__range=(1, 30)),
                name="routes_bus_believable",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="routes_bus_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BusStop(models.Model):
    """Where the bus can be joined, and when it leaves."""

    bus = models.ForeignKey(WalkingBus, on_delete=models.CASCADE, related_name="stops")
    number = models.PositiveSmallIntegerField(help_text=_("1 is the first stop; the last is the school."))
    place = models.CharField(max_length=200, help_text=_("A corner; no one's home."))
    longitude = models.FloatField(help_text=_("Degrees, WGS 84."))
    latitude = models.FloatField(help_text=_("Degrees, WGS 84."))
    leaves_at = models.TimeField(help_text=_("When it leaves; at the last stop, when it arrives."))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["bus", "number"]
        constraints = [
            models.UniqueConstraint(fields=["bus", "number"], name="routes_stop_numbered"),
            models.CheckConstraint(condition=~Q(place="") & Q(number__gte=1), name="routes_stop_says_where"),
            models.CheckConstraint(
                condition=Q(longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="routes_stop_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.place}"


class BusLeader(models.Model):
    """An account that may lead a bus, for as long as its vetting is live."""

    bus = models.ForeignKey(WalkingBus, on_delete=models.CASCADE, related_name="leaders")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    vetted_on = models.DateField(null=True, blank=True)
    vetted_until = models.DateField(null=True, blank=True, help_text=_("The last day on which it holds."))
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["bus", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["bus", "account"], name="routes_leader_once"),
            models.CheckConstraint(
                condition=Q(vetted_on__isnull=True, vetted_until__isnull=True)
                | Q(vetted_until__gte=F("vetted_on")),
                name="routes_leader_vetting_in_order",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")),
                name="routes_leader_dates_in_order",
            ),
        ]


class BusRun(models.Model):
    """One walk: the day, which way, how many pupils, and who led."""

    bus = models.ForeignKey(WalkingBus, on_delete=models.PROTECT, related_name="runs")
    day = models.DateField()
    direction = models.CharField(max_length=9, choices=Direction.choices, default=Direction.ARRIVAL)
    pupils = models.PositiveSmallIntegerField(help_text=_("How many walked along. A number, no names."))
    leaders: models.ManyToManyField[BusLeader, models.Model] = models.ManyToManyField(
        BusLeader, related_name="runs"
    )
    note = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "bus", "direction"]
        constraints = [
            models.UniqueConstraint(fields=["bus", "day", "direction"], name="routes_run_once"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="routes_run_direction"),
        ]

    def __str__(self) -> str:
        return f"{self.bus} {self.day} {self.direction}"
