"""That it was written down wrongly where a student went from the center, set right by a row that stays."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.centre import CentreVisit, ReleasedTo
from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass


class ReleaseCorrection(ProtectedRecord):
    """What stood there, what stands there since, why and by whom. Never changed.

    A release that was to no officer had no notice to give: what was said of one is kept here alone.
    """

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(CentreVisit, on_delete=models.CASCADE, related_name="release_corrections")
    before = models.CharField(max_length=8, choices=ReleasedTo.choices)
    after = models.CharField(max_length=8, choices=ReleasedTo.choices)
    told_before = models.DateTimeField(null=True, blank=True)
    exempt_before = models.BooleanField(default=False)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    invented = models.BooleanField(default=False)

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["at", "pk"]
        verbose_name = _("correction of a release")
        verbose_name_plural = _("corrections of releases")
        constraints = [
            models.CheckConstraint(
                condition=Q(before__in=ReleasedTo.values) & Q(after__in=ReleasedTo.values),
                name="release_correction_words_known",
            ),
            models.CheckConstraint(condition=~Q(before=F("after")), name="release_correction_corrects"),
            models.CheckConstraint(condition=~Q(reason=""), name="release_correction_has_a_reason"),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="release_correction_is_education"
            ),
        ]
