"""Two records that may be of one young person. A person decides; nothing here is a reason for a service."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass


class Decided(models.TextChoices):
    """What a person says of a pair."""

    OPEN = "open", _("To be decided")
    SAME = "same", _("The same")
    NOT_SAME = "not_same", _("Not the same")
    LATER = "later", _("Later")


class LookAlike(ProtectedRecord):
    """A pair in the grey zone. ``facts`` names what agrees and what differs, and holds none of it.

    It belongs to the agency of ``youth``; of two agencies' records each has a pair of its own.
    """

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    other = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    facts = models.JSONField(default=list)
    why = models.CharField(max_length=400)
    found_on = models.DateField()
    decision = models.CharField(max_length=8, choices=Decided.choices, default=Decided.OPEN)
    again_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    merging = models.ForeignKey(
        "access.Merging", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(default=False)

    moves_with_person = False
    changeable = frozenset(
        {"facts", "why", "decision", "again_on", "reason", "decided_at", "decided_by_id", "merging_id"}
    )

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["found_on", "pk"]
        verbose_name = _("pair of records")
        verbose_name_plural = _("pairs of records")
        constraints = [
            models.UniqueConstraint(fields=["youth", "other"], name="look_alike_once"),
            models.CheckConstraint(condition=~Q(youth=F("other")), name="look_alike_of_two"),
            models.CheckConstraint(
                condition=Q(decision__in=Decided.values), name="look_alike_decision_known"
            ),
            models.CheckConstraint(
                condition=Q(decision=Decided.OPEN) | (~Q(reason="") & Q(decided_at__isnull=False)),
                name="look_alike_decided_with_a_reason",
            ),
            models.CheckConstraint(
                condition=(Q(decision=Decided.LATER) & Q(again_on__isnull=False))
                | (~Q(decision=Decided.LATER) & Q(again_on__isnull=True)),
                name="look_alike_later_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(merging__isnull=True) | Q(decision=Decided.SAME), name="look_alike_merged_as_same"
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="look_alike_is_education"
            ),
        ]
