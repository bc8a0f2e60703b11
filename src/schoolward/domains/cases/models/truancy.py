"""What the district did about truancy, by day: reports, notices, efforts, the review board."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass


class DeedKind(models.TextChoices):
    """What was done. The law behind each is in `analysis/attendance/law.toml`."""

    REPORT = "report", _("Reported as a truant (48260, 48261)")
    NOTICE = "notice", _("Parent notified of truancy (48260.5)")
    CONFERENCE = "conference", _("Tried to hold a conference with the parent (48262)")
    SARB_REFERRAL = "sarb_referral", _("Referred to the attendance review board (48263)")
    SARB_NOTICE = "sarb_notice", _("Family told in writing of the referral (48263)")


class TruancyDeed(ProtectedRecord):
    """One thing that was done about one student's attendance, on its day. Never changed."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=14, choices=DeedKind.choices)
    on = models.DateField()
    invented = models.BooleanField(default=False)

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["youth", "kind", "on"], name="truancy_deed_once_a_day"),
            models.CheckConstraint(condition=Q(kind__in=DeedKind.values), name="truancy_deed_known"),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="truancy_deed_is_education"
            ),
        ]


class Kept(models.TextChoices):
    """What became of a contract of the review board."""

    KEPT = "kept", _("Kept")
    NOT_KEPT = "not_kept", _("Not kept")


class BoardContract(ProtectedRecord):
    """A contract of student, family and review board (M31)."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    signed_on = models.DateField()
    ends_on = models.DateField()
    outcome = models.CharField(max_length=8, choices=Kept.choices, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"outcome", "outcome_on"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_on__gte=F("signed_on")), name="board_contract_in_order"),
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(outcome_on__isnull=True))
                | (Q(outcome__in=Kept.values) & Q(outcome_on__gte=F("signed_on"))),
                name="board_contract_outcome_with_its_day",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="board_contract_is_education"
            ),
        ]
