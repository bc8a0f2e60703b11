"""Sealing: the duty to seal a record, its clock, and that it was done."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models.accounts import Account
from schoolward.platform.access.models.agencies import Agency


class Ground(models.TextChoices):
    """Why a record is to be sealed. The section says which; counsel confirms the days."""

    COURT_ORDER = "court_order", _("Court order")
    WIC_786 = "wic_786", _("Dismissed after probation (Welfare and Institutions Code 786)")
    WIC_786_5 = "wic_786_5", _("Diversion completed (Welfare and Institutions Code 786.5)")
    WIC_827_95 = "wic_827_95", _("Police diversion (Welfare and Institutions Code 827.95)")


class SealingQuerySet(models.QuerySet["Sealing"]):
    """Questions about orders that every caller must ask the same way."""

    def in_force(self) -> SealingQuerySet:
        """Orders that were carried out and are not lifted."""
        return self.filter(sealed_at__isnull=False, lifting__isnull=True)


class Sealing(models.Model):
    """An order that one record be sealed by a day, with all that hangs on it. Hidden once it is done.

    One order of a record is under way or in force at a time; ``access.sealing`` holds to it under a lock.
    """

    record = models.CharField(max_length=120, db_index=True)
    subject = models.CharField(max_length=120, db_index=True)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    ground = models.CharField(max_length=20, choices=Ground.choices)
    reason = models.CharField(max_length=300)
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    sealed_at = models.DateTimeField(null=True, blank=True)
    sealed_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SealingQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ground__in=Ground.values), name="sealing_ground_known"),
            models.CheckConstraint(
                condition=Q(sealed_by__isnull=True) | Q(sealed_at__isnull=False),
                name="sealing_by_when_sealed",
            ),
        ]


class SealedPartQuerySet(models.QuerySet["SealedPart"]):
    """The same question about what was sealed with a record."""

    def in_force(self) -> SealedPartQuerySet:
        """Parts of orders that were carried out and are not lifted."""
        return self.filter(sealing__sealed_at__isnull=False, sealing__lifting__isnull=True)


class SealedPart(models.Model):
    """A record that was sealed with the one which an order names. Only ever added."""

    sealing = models.ForeignKey(Sealing, on_delete=models.PROTECT, related_name="parts")
    record = models.CharField(max_length=120, db_index=True)

    objects = SealedPartQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sealing", "record"], name="sealed_part_once")]


class Lifting(models.Model):
    """That a seal was taken off again, by somebody else than who had sealed, and why. Only ever added."""

    sealing = models.OneToOneField(Sealing, on_delete=models.PROTECT, related_name="lifting")
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
