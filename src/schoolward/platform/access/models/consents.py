"""Consent: the only key to fields of a special category."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.clock import today
from schoolward.platform.access.models.accounts import Account
from schoolward.platform.access.models.agencies import Agency
from schoolward.platform.access.models.protected import ProtectedRecord, UnsealedManager
from schoolward.platform.access.purposes import Purpose


class SpecialCategory(models.TextChoices):
    """What neither a role nor an agreement opens (42 CFR Part 2; health information; taking part).

    ``PROGRAM`` opens no field by itself: until a family has said yes, a provider does not see its referral.
    """

    HEALTH = "health", _("Health and counseling")
    SUBSTANCE_USE = "substance_use", _("Substance-use services")
    PROGRAM = "program", _("Taking part in a youth program")


class GivenBy(models.TextChoices):
    """Who consents. 42 CFR 2.14 lets some minors consent for themselves; counsel says who."""

    PARENT = "parent", _("Parent or guardian")
    YOUTH = "youth", _("The young person")
    COURT = "court", _("The court")


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Questions about consents that every caller must ask the same way."""

    def live(self, at: datetime) -> ConsentQuerySet:
        """Consents that hold at this moment: begun, not run out, not withdrawn."""
        day = today(at)
        return self.filter(valid_from__lte=day, valid_to__gte=day, withdrawn_at__isnull=True)


class ConsentManager(UnsealedManager.from_queryset(ConsentQuerySet)):  # type: ignore[misc]
    """Consents about subjects whose consent is not sealed."""


class Consent(ProtectedRecord):
    """That one agency may read one category about one person for one purpose, until a day.

    ``agency`` keeps the paper; ``recipient`` may read. Never changed but by its withdrawal.
    """

    recipient = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    category = models.CharField(max_length=20, choices=SpecialCategory.choices)
    purpose = models.CharField(max_length=40, choices=Purpose.choices)
    given_by = models.CharField(max_length=10, choices=GivenBy.choices)
    valid_from = models.DateField()
    valid_to = models.DateField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    changeable = frozenset({"withdrawn_at"})
    readers = ("agency_id", "recipient_id")

    objects = ConsentManager()

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["-recorded_at", "-pk"]
        indexes = [models.Index(fields=["subject", "category", "recipient"], name="consent_of_subject")]
        constraints = [
            models.CheckConstraint(condition=Q(valid_to__gte=F("valid_from")), name="consent_dates_in_order"),
            models.CheckConstraint(
                condition=Q(category__in=SpecialCategory.values), name="consent_category_known"
            ),
        ]

    def state(self, at: datetime) -> str:
        """``withdrawn``, ``begins`` later, ``ended``, or ``holds``."""
        day = today(at)
        if self.withdrawn_at is not None:
            return "withdrawn"
        if day < self.valid_from:
            return "begins"
        return "holds" if day <= self.valid_to else "ended"
