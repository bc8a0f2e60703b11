"""Signals: what frames of the journal mean, one row an event."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import RecordClass


class SignalKind(models.TextChoices):
    """What an event is about; the code tables of protocols.dc09 say which code is which."""

    HOLD_UP = "hold_up", _("Hold-up")
    PANIC = "panic", _("Panic")
    FIRE = "fire", _("Fire")
    MEDICAL = "medical", _("Medical")
    BURGLARY = "burglary", _("Burglary")
    TAMPER = "tamper", _("Tamper")
    GAS = "gas", _("Gas, water or environment")
    TROUBLE = "trouble", _("Trouble")
    POWER = "power", _("Power")
    SUPERVISION = "supervision", _("Supervision lost")
    LINK_RESTORED = "link_restored", _("Supervision restored")
    BYPASS = "bypass", _("Bypass")
    OPENING = "opening", _("Opening")
    CLOSING = "closing", _("Closing")
    CANCEL = "cancel", _("Cancel")
    ACCESS = "access", _("Access")
    TEST = "test", _("Test")
    RESTORE = "restore", _("Restore")
    VIDEO = "video", _("Video")
    UNKNOWN_ACCOUNT = "unknown_account", _("Unknown account")
    UNKNOWN_CODE = "unknown_code", _("Unknown code")
    SECURITY = "security", _("Receiver security")
    OTHER = "other", _("Other")


class Oddity(models.TextChoices):
    """What was odd about a signal, as its ``flags`` name it."""

    UNKNOWN_ACCOUNT = "unknown_account", _("the account is not known")
    WRONG_KEY = "wrong_key", _("encrypted with another key")
    PLAINTEXT = "plaintext", _("not encrypted")
    SKEWED = "skewed", _("the panel's clock was wrong")
    REPLAY = "replay", _("a copy of an earlier frame")
    NOT_ACKNOWLEDGED = "not_acknowledged", _("not acknowledged")
    SPOOLED = "spooled", _("kept aside while the database did not answer")
    RUNAWAY = "runaway", _("one of far too many")
    GAP = "gap", _("others before it are missing")
    REUSED = "reused", _("its number had been used before")
    OLD = "old", _("reported late, or reported before")


class Signal(models.Model):
    """One event that a panel reported. A frame that the panel sent again is counted here, not repeated."""

    segment = models.ForeignKey(
        "alarms.JournalSegment", on_delete=models.PROTECT, related_name="signals", db_index=False
    )
    frame_index = models.PositiveIntegerField(help_text=_("Which frame of the segment, from 0."))
    event_index = models.PositiveSmallIntegerField(help_text=_("Which event of the frame, from 0."))
    digest = models.BinaryField(
        max_length=16, help_text=_("Of the frame without its time, by which a repetition is known.")
    )
    system = models.ForeignKey(
        "alarms.AlarmSystem", null=True, blank=True, on_delete=models.PROTECT, related_name="signals"
    )
    campus = models.ForeignKey(
        "places.Campus", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    case = models.ForeignKey(
        "alarms.Case", null=True, blank=True, on_delete=models.PROTECT, related_name="signals"
    )
    zone = models.ForeignKey(
        "alarms.Zone", null=True, blank=True, on_delete=models.PROTECT, related_name="signals"
    )
    account = models.CharField(max_length=16, help_text=_("As it was sent."))
    received_at = models.DateTimeField()
    panel_at = models.DateTimeField(
        null=True, blank=True, help_text=_("The panel's own time, if it sent one.")
    )
    frame_sequence = models.CharField(max_length=4)
    code = models.CharField(
        max_length=32, help_text=_("As the panel sent it; of what the receiver itself noted, words.")
    )
    qualifier = models.CharField(max_length=12, blank=True)
    zone_number = models.CharField(max_length=8, blank=True)
    partition = models.CharField(max_length=8, blank=True)
    user_number = models.CharField(max_length=8, blank=True, help_text=_("The code's holder by number only."))
    text = models.CharField(max_length=200, blank=True)
    meaning = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=16, choices=SignalKind.choices)
    is_restore = models.BooleanField(default=False)
    is_test = models.BooleanField(default=False, help_text=_("The system was on test."))
    repeats = models.PositiveIntegerField(default=0)
    repeated_at = models.DateTimeField(null=True, blank=True)
    flags = models.JSONField(default=list, help_text=_("What was odd about it: skew, replay, gap, reused …"))
    record_class = models.CharField(
        max_length=24, choices=RecordClass.choices, default=RecordClass.FACILITY, editable=False
    )
    generated = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("signal")
        ordering = ["-received_at", "-pk"]
        indexes = [
            models.Index(fields=["received_at"], name="signal_received"),
            models.Index(fields=["digest", "received_at"], name="signal_digest"),
            models.Index(fields=["system", "received_at"], name="signal_system"),
            models.Index(fields=["zone", "received_at"], condition=Q(zone__isnull=False), name="signal_zone"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["segment", "frame_index", "event_index"], name="signal_once"),
            models.CheckConstraint(condition=Q(kind__in=SignalKind.values), name="signal_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.code} {self.zone_number}".strip()

    @property
    def oddities(self) -> list[str]:
        """What was odd about it, in words; a flag of a later version by its name."""
        return [
            str(Oddity(flag).label) if flag in Oddity.values else str(flag).replace("_", " ")
            for flag in self.flags
        ]
