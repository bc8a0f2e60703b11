"""Assessments: which campus was or will be looked at, with which instrument, by whom, and how far it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.models import RecordClass
from schoolward.platform.access.roles import Role


class AssessmentKind(models.TextChoices):
    """What kind of look it was."""

    CPTED = "cpted", _("Environmental design (CPTED)")
    SECURITY_AUDIT = "security_audit", _("Security audit")
    VULNERABILITY = "vulnerability", _("Vulnerability assessment")
    WALK = "walk", _("Safety walk")
    WAY_TO_SCHOOL = "way_to_school", _("Walk audit of the way to school")
    OTHER = "other", _("Other")


class AssessmentState(models.TextChoices):
    """How far it is. What was done on paper is entered as reviewed."""

    PLANNED = "planned", _("Planned")
    WALKING = "walking", _("Being walked")
    SUBMITTED = "submitted", _("Submitted, not yet reviewed")
    REVIEWED = "reviewed", _("Reviewed")


FINISHED = (AssessmentState.SUBMITTED, AssessmentState.REVIEWED)


class Assessment(models.Model):
    """One assessment of one campus.

    With an instrument's ``version`` it is walked here; without one it was done on paper and is entered.
    ``score``, ``low``, ``high``, ``coverage`` (percent) and ``change`` (points) are kept when it is handed
    in, as ``analysis.assessing`` gave them, and anew when a dispute of a double walk is settled; the answers
    of the walks cannot change afterwards.
    """

    reference = models.CharField(
        max_length=40, unique=True, help_text=_("Your own number for it; given when left empty.")
    )
    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=16, choices=AssessmentKind.choices)
    state = models.CharField(max_length=10, choices=AssessmentState.choices, default=AssessmentState.REVIEWED)
    version = models.ForeignKey(
        "assessments.InstrumentVersion",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="assessments",
    )
    bands = models.CharField(
        max_length=60,
        blank=True,
        help_text=_("The bands of grades whose items are asked, with commas between."),
    )
    planned_on = models.DateField(null=True, blank=True)
    assessed_on = models.DateField(null=True, blank=True)
    assessor_role = models.CharField(max_length=40, choices=Role.choices)
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    second_assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    is_double = models.BooleanField(default=False, help_text=_("Two assessors walk it, each alone."))
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    review_note = models.TextField(blank=True)
    score = models.FloatField(null=True, blank=True)
    low = models.FloatField(null=True, blank=True)
    high = models.FloatField(null=True, blank=True)
    coverage = models.FloatField(null=True, blank=True)
    change = models.FloatField(
        null=True,
        blank=True,
        help_text=_("Points since the assessment before, over the items that were rated both times."),
    )
    document = models.CharField(
        max_length=300, blank=True, help_text=_("Where the document is kept: a file number or an address.")
    )
    record_class = models.CharField(
        max_length=24, choices=RecordClass.choices, default=RecordClass.FACILITY, editable=False
    )
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = [F("assessed_on").desc(nulls_first=True), "reference"]
        indexes = [
            models.Index(fields=["campus", "-assessed_on"], name="assessment_campus_on"),
            models.Index(fields=["state", "assessed_on"], name="assessment_state_on"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AssessmentKind.values), name="assessment_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=AssessmentState.values), name="assessment_state_known"
            ),
            models.UniqueConstraint(
                fields=["campus", "kind", "assessed_on"],
                condition=Q(version__isnull=True),
                name="assessment_once_a_day_and_kind",
            ),
            models.CheckConstraint(
                condition=Q(state__in=FINISHED, assessed_on__isnull=False)
                | Q(~Q(state__in=FINISHED), assessed_on__isnull=True, version__isnull=False),
                name="assessment_finished_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state=AssessmentState.PLANNED) | Q(planned_on__isnull=False),
                name="assessment_planned_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(assessor__isnull=True)
                | Q(second_assessor__isnull=True)
                | ~Q(assessor=F("second_assessor")),
                name="assessment_two_assessors",
            ),
            models.CheckConstraint(
                condition=Q(second_assessor__isnull=True) | Q(is_double=True),
                name="assessment_second_where_double",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True)
                | Q(
                    score__range=(0, 100),
                    coverage__range=(0, 100),
                    low__lte=F("score"),
                    high__gte=F("score"),
                ),
                name="assessment_score_within_its_interval",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_finished(self) -> bool:
        """Whether it was submitted: its answers do not change any more."""
        return self.state in FINISHED

    @property
    def is_of_the_way(self) -> bool:
        """Whether it looks at the streets around the site: what fails is no finding of the site."""
        return self.kind == AssessmentKind.WAY_TO_SCHOOL
