"""Collisions on the street as the state publishes them, and the sites that they happened near.

Public records without a person: no name, age, sex or race is in any column.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.protocols.collisions import Hurt


class CollisionLayout(models.TextChoices):
    """The state's system that a collision is from."""

    SWITRS = "switrs", _("SWITRS (until 2024)")
    CCRS = "ccrs", _("CCRS (from 2016 on)")


class CollisionSeverity(models.TextChoices):
    """The gravest injury of a collision."""

    FATAL = "fatal", _("Fatal")
    SERIOUS = "serious", _("Serious injury")
    VISIBLE = "visible", _("Visible injury")
    PAIN = "pain", _("Complaint of pain")
    DAMAGE = "damage", _("Damage only")
    UNKNOWN = "unknown", _("Not known")


class PositionQuality(models.IntegerChoices):
    """How sure a position is; the higher, the surer."""

    NONE = 0, _("No position")
    REPORTED = 1, _("As reported, unreliable")
    INTERSECTION = 2, _("Derived from the two streets")
    GEOCODED = 3, _("Geocoded by TIMS")


class Collision(models.Model):
    """One collision of the state's records, known by its system and its number there."""

    HURT: ClassVar[tuple[str, ...]] = tuple(Hurt.__dataclass_fields__)

    layout = models.CharField(_("system"), max_length=6, choices=CollisionLayout.choices)
    number = models.CharField(max_length=24)
    day = models.DateField(db_index=True)
    hour = models.TimeField(null=True, blank=True, help_text=_("Local time; empty where it is not known."))
    severity = models.CharField(max_length=7, choices=CollisionSeverity.choices)
    pedestrian = models.BooleanField(_("a pedestrian was involved"))
    bicycle = models.BooleanField(_("a bicyclist was involved"))
    killed = models.PositiveSmallIntegerField(null=True, blank=True)
    injured = models.PositiveSmallIntegerField(null=True, blank=True)
    walking_killed = models.PositiveSmallIntegerField(null=True, blank=True)
    walking_serious = models.PositiveSmallIntegerField(null=True, blank=True)
    walking_other = models.PositiveSmallIntegerField(null=True, blank=True)
    cycling_killed = models.PositiveSmallIntegerField(null=True, blank=True)
    cycling_serious = models.PositiveSmallIntegerField(null=True, blank=True)
    cycling_other = models.PositiveSmallIntegerField(null=True, blank=True)
    grave = models.BooleanField(
        _("killed or seriously injured on foot or by bike"),
        null=True,
        help_text=_("By the table of the injured where it is known, else by the collision's gravest injury."),
    )
    primary_street = models.CharField(max_length=120, blank=True)
    secondary_street = models.CharField(max_length=120, blank=True)
    place = models.CharField(_("county and city code"), max_length=8, blank=True)
    longitude = models.FloatField(null=True, blank=True, help_text=_("Degrees, WGS 84."))
    latitude = models.FloatField(null=True, blank=True, help_text=_("Degrees, WGS 84."))
    quality = models.PositiveSmallIntegerField(_("position"), choices=PositionQuality.choices)
    retracted = models.BooleanField(
        default=False, help_text=_("The report was withdrawn; it counts nowhere.")
    )
    recorded_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["layout", "number"], name="routes_collision_once"),
            models.CheckConstraint(
                condition=Q(layout__in=CollisionLayout.values)
                & Q(severity__in=CollisionSeverity.values)
                & ~Q(number=""),
                name="routes_collision_known",
            ),
            models.CheckConstraint(
                condition=Q(quality=PositionQuality.NONE, longitude__isnull=True, latitude__isnull=True)
                | Q(quality__range=(1, 3), longitude__range=(-180, 180), latitude__range=(-90, 90)),
                name="routes_collision_placed",
            ),
            models.CheckConstraint(
                condition=Q(
                    walking_killed__isnull=True, walking_serious__isnull=True, walking_other__isnull=True
                )
                & Q(cycling_killed__isnull=True, cycling_serious__isnull=True, cycling_other__isnull=True)
                | Q(
                    walking_killed__isnull=False,
                    walking_serious__isnull=False,
                    walking_other__isnull=False,
                    cycling_killed__isnull=False,
                    cycling_serious__isnull=False,
                    cycling_other__isnull=False,
                ),
                name="routes_collision_hurt_whole",
            ),
        ]
        indexes = [models.Index(fields=["grave", "day"], name="routes_collision_grave")]

    def __str__(self) -> str:
        return f"{self.get_layout_display()} {self.number}"

    @property
    def people_known(self) -> bool:
        """Whether the table of the injured told who was hurt."""
        return self.walking_killed is not None

    @property
    def streets(self) -> str:
        """The two streets, as far as they are known."""
        return " / ".join(filter(None, (self.primary_street, self.secondary_street)))


class CollisionNear(models.Model):
    """That a collision happened within a quarter of a mile of a site that held a school on its day."""

    collision = models.ForeignKey(Collision, on_delete=models.CASCADE, related_name="near")
    campus = models.ForeignKey("places.Campus", on_delete=models.CASCADE, related_name="+")
    distance_m = models.FloatField()

    class Meta:
        ordering = ["campus", "collision"]
        constraints = [
            models.UniqueConstraint(fields=["collision", "campus"], name="routes_collision_near_once"),
            models.CheckConstraint(
                condition=Q(distance_m__gte=0, distance_m__lte=403), name="routes_collision_is_near"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.collision} {self.distance_m:.0f} m"
