"""What receivers keep: the journal of frames, who was heard from, and who may do what alone.

Receivers write these tables with statements of their own (`receiver`), so that they go on while the web
application is down. The columns are their contract.
"""

from __future__ import annotations

from datetime import UTC, datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

NEVER = datetime(1970, 1, 1, tzinfo=UTC)
"""What receivers write for a system that was lost before it was ever heard."""


class Transport(models.TextChoices):
    """How a frame came."""

    TCP = "tcp", _("TCP")
    UDP = "udp", _("UDP")
    TLS = "tls", _("TLS")
    INTERNAL = "internal", _("From the receiver itself")


class JournalSegment(models.Model):
    """The frames of one commit, in order of arrival (`journal` reads the payload). Never changed or deleted.

    Each receiver has a chain of its own, so that two never wait for each other: ``hash`` is that of the
    previous segment's hash, the receiver's name, the number and the payload.
    """

    receiver = models.CharField(max_length=40)
    sequence = models.BigIntegerField(help_text=_("Counts from 1 for each receiver."))
    stored_at = models.DateTimeField()
    frames = models.PositiveIntegerField()
    payload = models.BinaryField()
    previous_hash = models.BinaryField(max_length=32)
    hash = models.BinaryField(max_length=32)

    class Meta:
        verbose_name = _("journal segment")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["receiver", "sequence"], name="journal_segment_once"),
            models.CheckConstraint(condition=Q(sequence__gte=1), name="journal_segment_from_one"),
            models.CheckConstraint(condition=Q(frames__gte=1), name="journal_segment_not_empty"),
        ]

    def __str__(self) -> str:
        return f"{self.receiver} {self.sequence}: {self.frames}"


class ReadPosition(models.Model):
    """How far the journal of one receiver has been made into signals."""

    receiver = models.CharField(max_length=40, primary_key=True)
    sequence = models.BigIntegerField(default=0)
    read_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.receiver} {self.sequence}"


class LinkState(models.Model):
    """When a supervised system was last heard from. Receivers write it every few seconds, not every time."""

    system = models.OneToOneField(
        "alarms.AlarmSystem", primary_key=True, on_delete=models.CASCADE, related_name="link"
    )
    heard_at = models.DateTimeField()
    lost_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["lost_at"], condition=Q(lost_at__isnull=False), name="link_state_lost"),
        ]

    def __str__(self) -> str:
        return f"{self.system_id}: {self.heard_at:%Y-%m-%d %H:%M:%S}"

    @property
    def last_heard(self) -> datetime | None:
        """When it was last heard; ``None`` for never, which receivers write as the first second of 1970."""
        return self.heard_at if self.heard_at > NEVER else None


class Lease(models.Model):
    """Who may do a thing that only one process may do, until when.

    ``fence`` grows with every new holder. Whoever writes under a lease checks the fence in the same
    transaction, so that a holder that slept through its end cannot write any more.
    """

    name = models.CharField(max_length=40, primary_key=True)
    holder = models.CharField(max_length=80)
    fence = models.BigIntegerField(default=0)
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name}: {self.holder} ({self.fence})"
