"""What the district's roster says of a young person otherwise than their record does. A person decides."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass


class RosterField(models.TextChoices):
    """What is compared: of all that a roster holds, what the record holds and a program needs."""

    LEGAL_NAME = "legal_name", _("Name at school")
    SCHOOL = "school", _("School")


class Settled(models.TextChoices):
    """What became of a difference."""

    OPEN = "open", _("To be decided")
    TAKEN = "taken", _("Taken over")
    LEFT = "left", _("Left as it is")
    OVER = "over", _("Is none any more")


class RosterDifference(ProtectedRecord):
    """One field in which a roster and a record differ, with the roster's word: a name, or a school."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    field = models.CharField(max_length=12, choices=RosterField.choices)
    told = models.CharField(max_length=200, blank=True)
    told_school = models.ForeignKey(
        "places.School", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    found_on = models.DateField()
    state = models.CharField(max_length=8, choices=Settled.choices, default=Settled.OPEN)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    invented = models.BooleanField(default=False)

    changeable = frozenset({"state", "decided_at", "decided_by_id"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["found_on", "pk"]
        verbose_name = _("difference to the roster")
        verbose_name_plural = _("differences to the roster")
        indexes = [models.Index(fields=["youth", "state"], name="roster_difference_of_youth")]
        constraints = [
            models.CheckConstraint(
                condition=Q(field=RosterField.LEGAL_NAME, told_school__isnull=True) & ~Q(told="")
                | Q(field=RosterField.SCHOOL, told_school__isnull=False, told=""),
                name="roster_difference_says_what",
            ),
            models.CheckConstraint(
                condition=Q(state__in=Settled.values), name="roster_difference_state_known"
            ),
            models.CheckConstraint(
                condition=Q(state=Settled.OPEN, decided_at__isnull=True)
                | (~Q(state=Settled.OPEN) & Q(decided_at__isnull=False)),
                name="roster_difference_decided_at_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="roster_difference_is_education"
            ),
        ]
