"""Contact cards of the partnership's staff, and the numbers at which agencies take alarms.

No children, and nothing that an account does not need.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Person(models.Model):
    """A member of staff: who they are at work and how to reach them there."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person"
    )
    name = models.CharField(max_length=200)
    position = models.CharField(max_length=120, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    email = models.EmailField(blank=True)
    active = models.BooleanField(default=True)
    roster_id = models.CharField(
        max_length=255,
        blank=True,
        default="",
        editable=False,
        help_text=_("How the student information system knows them, where the card comes from a roster."),
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"
        constraints = [
            models.CheckConstraint(condition=~Q(name=""), name="person_name_given"),
            models.UniqueConstraint(fields=["agency", "name", "position"], name="person_once"),
            models.UniqueConstraint(
                fields=["agency", "roster_id"], condition=~Q(roster_id=""), name="person_of_a_roster_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Serves(models.TextChoices):
    """Which ground a number is for: that of a jurisdiction (as a site has one), or all of it."""

    CITY = "city", _("Sites in the city")
    COUNTY = "county", _("Sites in the unincorporated county")
    EVERYWHERE = "everywhere", _("Every site")


class Use(models.TextChoices):
    """What a number is called for."""

    EMERGENCY = "emergency", _("Police, emergency")
    NON_EMERGENCY = "non_emergency", _("Police, non-emergency")
    GUARD = "guard", _("Guard desk")


class ResponseNumber(models.Model):
    """Whom the alarm desk calls about ground of a jurisdiction, at which number, for which use."""

    agency = models.ForeignKey("access.Agency", on_delete=models.PROTECT, related_name="+")
    serves = models.CharField(max_length=10, choices=Serves.choices)
    use = models.CharField(max_length=13, choices=Use.choices)
    title = models.CharField(max_length=80, help_text=_("What the desk shows."))
    phone = models.CharField(max_length=40)

    class Meta:
        ordering = ["serves", "use"]
        constraints = [
            models.UniqueConstraint(fields=["serves", "use"], name="response_number_once"),
            models.CheckConstraint(condition=Q(serves__in=Serves.values), name="response_ground_known"),
            models.CheckConstraint(condition=Q(use__in=Use.values), name="response_use_known"),
            models.CheckConstraint(
                condition=Q(serves=Serves.EVERYWHERE, use=Use.GUARD)
                | (~Q(serves=Serves.EVERYWHERE) & ~Q(use=Use.GUARD)),
                name="response_guard_serves_every_site",
            ),
            models.CheckConstraint(condition=~Q(title="") & ~Q(phone=""), name="response_number_given"),
        ]

    def __str__(self) -> str:
        return self.title
