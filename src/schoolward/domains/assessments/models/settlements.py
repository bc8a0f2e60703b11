"""What settles a dispute of a double walk: an answer that counts instead of the two, with its reason."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.assessments.models.assessments import Assessment
from schoolward.domains.assessments.models.findings import Finding
from schoolward.domains.assessments.models.instruments import InstrumentItem
from schoolward.domains.assessments.models.walks import Mark


class SettlementEffect(models.TextChoices):
    """What became of a finding by it; empty where it changed none."""

    FOUND = "found", _("It became a finding")
    DECLINED = "declined", _("Its finding was declined")
    SEEN = "seen", _("An earlier finding was seen again")
    MENDED = "mended", _("An earlier finding was seen mended")


class Settlement(models.Model):
    """One settling of one disputed item. Rows are only added; the last of an item counts.

    The answers of both walks stay as they were given, and so does how far the two agree.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.PROTECT, related_name="settlements")
    item = models.ForeignKey(InstrumentItem, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    mark = models.CharField(max_length=3, blank=True, choices=Mark.choices)
    reason = models.CharField(max_length=300)
    effect = models.CharField(max_length=8, blank=True, choices=SettlementEffect.choices)
    finding = models.ForeignKey(
        Finding, null=True, blank=True, on_delete=models.PROTECT, related_name="settlements"
    )
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["assessment", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(value__isnull=False, mark="") | Q(value__isnull=True, mark__in=Mark.values),
                name="settlement_is_one_answer",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_has_a_reason"),
            models.CheckConstraint(
                condition=Q(effect="", finding__isnull=True)
                | Q(effect__in=SettlementEffect.values, finding__isnull=False),
                name="settlement_effect_has_its_finding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.item_id}"
