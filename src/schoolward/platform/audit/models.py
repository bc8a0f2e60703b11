"""The audit table: no foreign keys, so that nothing that happens to live data can touch it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

REANCHORED = "audit.reanchored"
"""The action of the event from which on a new anchor proves the chain's length."""


class Outcome(models.TextChoices):
    """How an audited attempt ended."""

    DONE = "done", _("Done")
    DENIED = "denied", _("Denied")
    FAILED = "failed", _("Failed")


class Event(models.Model):
    """One thing that someone did, read, exported or was denied. Never changed, never deleted."""

    sequence = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField(db_index=True)
    account_id = models.BigIntegerField(null=True)
    account_name = models.CharField(max_length=200)
    membership_id = models.BigIntegerField(null=True)
    agency_id = models.BigIntegerField(null=True)
    role = models.CharField(max_length=40)
    purpose = models.CharField(max_length=40)
    action = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.DONE)
    detail = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        indexes = [
            models.Index(fields=["subject", "sequence"], name="audit_subject"),
            models.Index(fields=["account_id", "sequence"], name="audit_account"),
            models.Index(fields=["action", "sequence"], name="audit_action"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(outcome__in=Outcome.values), name="audit_outcome_known"
            ),
            models.CheckConstraint(condition=models.Q(sequence__gte=1), name="audit_sequence_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject}"
