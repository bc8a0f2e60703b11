"""Sharing agreements: what one agency may see of another's records, as data that two persons sign."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.clock import today
from schoolward.platform.access.models.accounts import Account
from schoolward.platform.access.models.agencies import Agency


class AgreementQuerySet(models.QuerySet["Agreement"]):
    """Questions about agreements that every caller must ask the same way."""

    def live(self, at: datetime) -> AgreementQuerySet:
        """Agreements that open something at this moment.

        Signed for both parties, begun, not run out, not revoked, and both parties still partners.
        """
        day = today(at)
        signed = Signature.objects.filter(at__lte=at)
        return self.filter(
            pk__in=signed.filter(agency=F("agreement__owner")).values("agreement"),
            valid_from__lte=day,
            valid_to__gte=day,
            revoked_at__isnull=True,
            owner__revoked_at__isnull=True,
            recipient__revoked_at__isnull=True,
        ).filter(pk__in=signed.filter(agency=F("agreement__recipient")).values("agreement"))


class Agreement(models.Model):
    """What one agency may see of another's records: classes, purposes, fields, until when.

    ``fields`` are written ``app.Model.field``: a field of the same name elsewhere is not opened by them.
    Terms never change (a trigger holds it); another wish is another agreement.
    """

    title = models.CharField(max_length=200)
    owner = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_given")
    recipient = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="agreements_held")
    record_classes = models.JSONField(default=list)
    purposes = models.JSONField(default=list)
    fields = models.JSONField(default=list)
    valid_from = models.DateField()
    valid_to = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=300, blank=True)
    revoked_by = models.ForeignKey(Account, on_delete=models.PROTECT, null=True, related_name="+")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(owner=F("recipient")), name="agreement_between_two"),
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="agreement_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Signature(models.Model):
    """One person's signature for one party. Only ever added."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="signatures")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="+")
    role = models.CharField(max_length=40)
    at = models.DateTimeField()
    terms_sha256 = models.CharField(
        max_length=64, help_text=_("Of the terms as they stood before the signer's eyes.")
    )

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "agency"], name="signature_one_a_party"),
            models.UniqueConstraint(fields=["agreement", "account"], name="signature_two_persons"),
        ]
