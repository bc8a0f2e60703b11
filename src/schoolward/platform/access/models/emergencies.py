"""Break-glass: an emergency look at one person's records, short, narrow, and judged by somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models.accounts import Account, Membership

LASTS = timedelta(hours=3)


class Judgement(models.TextChoices):
    """What the reviewer found."""

    JUSTIFIED = "justified", _("Justified")
    NOT_JUSTIFIED = "not_justified", _("Not justified")


class EmergencyQuerySet(models.QuerySet["Emergency"]):
    """Questions about emergencies that every caller must ask the same way."""

    def live(self, at: datetime) -> EmergencyQuerySet:
        """Those that open something at this moment. One that was judged, either way, is over."""
        return self.filter(opened_at__lte=at, closes_at__gt=at, reviewed_at__isnull=True)

    def unreviewed(self) -> EmergencyQuerySet:
        """Those that nobody has judged, the oldest first."""
        return self.filter(reviewed_at__isnull=True).order_by("opened_at", "pk")


class Emergency(models.Model):
    """One membership's emergency look at what is kept about one subject.

    The reason and the note may name the person: they are emptied at ``erased_at``, when the person's record
    is disposed of, and all else stays.
    """

    membership = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    subject = models.CharField(max_length=120)
    reason = models.CharField(max_length=500)
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    judgement = models.CharField(max_length=20, choices=Judgement.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    erased_at = models.DateTimeField(null=True, editable=False)

    objects = EmergencyQuerySet.as_manager()

    shown_subject: str
    shown_reason: str
    """Set by ``breaking_glass.told_of``."""

    class Meta:
        verbose_name_plural = "emergencies"
        indexes = [models.Index(fields=["membership", "closes_at"], name="emergency_of_membership")]
        constraints = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opened_at")), name="emergency_ends"),
            models.CheckConstraint(
                condition=Q(reviewed_by__isnull=True) | ~Q(reviewed_by=F("account")),
                name="emergency_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, judgement="")
                | (Q(reviewed_at__isnull=False) & ~Q(judgement="")),
                name="emergency_judged_when_reviewed",
            ),
        ]
