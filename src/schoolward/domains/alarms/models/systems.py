"""Lines, the alarm systems that report over them, and the zones of a system."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class OutagePolicy(models.TextChoices):
    """What a receiver does with a line's frames while the database does not answer."""

    HOLD = "hold", _("Hold the acknowledgement: the panel takes its second path")
    SPOOL = "spool", _("Keep them in a file of the receiver's own, acknowledge, and alert")


class Line(models.Model):
    """A way by which panels report, with the habits of those panels (protocols.dc09.profile)."""

    name = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=120, blank=True)
    profile = models.CharField(max_length=40, default="standard", help_text=_("An interop profile by name."))
    outage_policy = models.CharField(max_length=5, choices=OutagePolicy.choices, default=OutagePolicy.HOLD)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(outage_policy__in=OutagePolicy.values), name="line_outage_policy_known"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.name


class AlarmSystem(models.Model):
    """A panel that protects a campus and reports under an account."""

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="systems")
    account = models.CharField(max_length=16, help_text=_("3 to 16 hexadecimal digits, capitals."))
    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    sealed_key = models.TextField(
        blank=True, help_text=_("The panel's key, sealed with the installation's own (`keys`).")
    )
    profile = models.CharField(max_length=40, blank=True, help_text=_("Where it differs from the line's."))
    supervision_seconds = models.PositiveIntegerField(
        null=True, blank=True, help_text=_("It must be heard from within this time; blank: not supervised.")
    )
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    changed_at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("alarm system")
        ordering = ["line", "account"]
        indexes = [models.Index(fields=["changed_at"], name="alarm_system_changed")]
        constraints = [
            models.UniqueConstraint(fields=["line", "account"], name="alarm_system_account_once_a_line"),
            models.CheckConstraint(
                condition=Q(account__regex=r"^[0-9A-F]{3,16}$"), name="alarm_system_account_hexadecimal"
            ),
            models.CheckConstraint(
                condition=Q(supervision_seconds__isnull=True) | Q(supervision_seconds__gte=1),
                name="alarm_system_supervision_positive",
            ),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True)
                | Q(valid_to__isnull=True)
                | Q(valid_to__gte=F("valid_from")),
                name="alarm_system_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.account


class Device(models.TextChoices):
    """What a zone is watched by."""

    DOOR = "door", _("Door contact")
    MOTION = "motion", _("Motion detector")
    GLASS = "glass", _("Glass-break detector")
    HOLD_UP = "hold_up", _("Hold-up or panic button")
    SMOKE = "smoke", _("Smoke or heat detector")
    PANEL = "panel", _("The panel itself")
    OTHER = "other", _("Other or not known")


class Zone(models.Model):
    """A zone of a system: the part of the ground that one signal speaks of."""

    system = models.ForeignKey(AlarmSystem, on_delete=models.CASCADE, related_name="zones")
    number = models.CharField(max_length=8, help_text=_("As the panel sends it, without leading zeros."))
    title = models.CharField(max_length=120, blank=True)
    device = models.CharField(max_length=10, choices=Device.choices, default=Device.OTHER)
    camera_link = models.URLField(blank=True, help_text=_("Where its camera is seen."))
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("alarm zone")
        ordering = ["system", "number"]
        constraints = [
            models.UniqueConstraint(fields=["system", "number"], name="alarm_zone_once_a_system"),
            models.CheckConstraint(condition=Q(device__in=Device.values), name="alarm_zone_device_known"),
        ]

    def __str__(self) -> str:
        return self.title or _("Zone %(number)s") % {"number": self.number}
