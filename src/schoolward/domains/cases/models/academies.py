"""Academies within high schools: a cohort that enters together, its members, and their hours of service."""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import Agency, ProtectedRecord, RecordClass

LONGEST_SERVICE = 720
"""Minutes of one entry; what is longer is two days, or a slip of the keyboard."""


class AcademyCohort(models.Model):
    """Students who enter an academy of a site together, and are to complete it together. It names nobody."""

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    program = models.ForeignKey("programs.Program", on_delete=models.PROTECT, related_name="+")
    campus = models.ForeignKey("places.Campus", on_delete=models.PROTECT, related_name="+")
    entered_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-entered_on", "campus", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["program", "campus", "entered_on"], name="academy_cohort_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gt=F("entered_on")), name="academy_cohort_days_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.campus.name}, {self.entered_on.year} to {self.ends_on.year}"

    @property
    def reference(self) -> str:
        """The name under which files speak of it: the site's short name and the year of entry."""
        return f"{self.campus.slug}-{self.entered_on.year}"


class AcademyStaff(models.Model):
    """Who runs a cohort, from one day to another: a member of staff, never a student."""

    cohort = models.ForeignKey(AcademyCohort, on_delete=models.CASCADE, related_name="staff")
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name_plural = "academy staff"
        ordering = ["cohort", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cohort", "account"], condition=Q(until__isnull=True), name="academy_staff_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="academy_staff_days_in_order"
            ),
        ]


class LeftAs(models.TextChoices):
    """How a student left an academy."""

    COMPLETED = "completed", _("Completed it")
    MOVED = "moved", _("Moved to another school")
    LEFT = "left", _("Left before the end")


class AcademyMember(ProtectedRecord):
    """One student in one cohort."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="academies")
    cohort = models.ForeignKey(AcademyCohort, on_delete=models.PROTECT, related_name="members")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_as = models.CharField(max_length=9, choices=LeftAs.choices, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"left_on", "left_as"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["joined_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["youth", "cohort"], name="academy_member_once"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True, left_as="")
                | Q(left_on__gte=F("joined_on"), left_as__in=LeftAs.values),
                name="academy_member_left_as_something",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="academy_member_is_education"
            ),
        ]


class ServiceKind(models.TextChoices):
    """What the service was."""

    COMMUNITY = "community", _("Event of the community")
    SCHOOL = "school", _("Event of the school")
    YOUNGER = "younger", _("Helping younger students")
    PARKS = "parks", _("Parks and neighborhood")
    POLICE = "police", _("With the police department")
    FOOD = "food", _("Food bank or shelter")
    OTHER = "other", _("Other service")


class ToldBy(models.TextChoices):
    """Who told of the hours."""

    STUDENT = "student", _("The student's own slip")
    TEACHER = "teacher", _("The teacher was there")
    HOST = "host", _("Whoever was served")


class HoursState(models.TextChoices):
    """Whether hours count."""

    WAITING = "waiting", _("Waits for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Does not count")


class ServiceHours(ProtectedRecord):
    """Hours of service of one student on one day. They count once somebody else than the logger approves."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(AcademyMember, on_delete=models.CASCADE, related_name="hours")
    receipt = models.UUIDField(unique=True, default=uuid4, editable=False)
    on = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=9, choices=ServiceKind.choices)
    told_by = models.CharField(max_length=7, choices=ToldBy.choices)
    state = models.CharField(max_length=8, choices=HoursState.choices, default=HoursState.WAITING)
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    logged_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"state", "decided_by_id", "decided_at"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        verbose_name_plural = "service hours"
        ordering = ["on", "pk"]
        indexes = [models.Index(fields=["member", "on"], name="hours_of_member")]
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__gte=15, minutes__lte=LONGEST_SERVICE), name="hours_believable"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=ServiceKind.values) & Q(told_by__in=ToldBy.values),
                name="hours_words_known",
            ),
            models.CheckConstraint(
                condition=Q(state=HoursState.WAITING, decided_at__isnull=True, decided_by__isnull=True)
                | Q(
                    state__in=[HoursState.APPROVED, HoursState.REFUSED],
                    decided_at__isnull=False,
                    decided_by__isnull=False,
                ),
                name="hours_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(logged_by__isnull=True)
                | ~Q(decided_by=F("logged_by")),
                name="hours_approved_by_another",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="hours_are_an_education_record"
            ),
        ]


class DayOfAcademy(models.TextChoices):
    """Days on which it is noted who came."""

    UNIFORM = "uniform", _("Uniform day")
    COMPETITION = "competition", _("Competition")
    VISIT = "visit", _("Visit or field trip")


class AcademyPresence(ProtectedRecord):
    """Whether one student came on a uniform day, to a competition or on a visit. No reason is kept."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(AcademyMember, on_delete=models.CASCADE, related_name="presences")
    on = models.DateField()
    kind = models.CharField(max_length=11, choices=DayOfAcademy.choices)
    came = models.BooleanField()
    invented = models.BooleanField(default=False)

    changeable = frozenset({"came"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["member", "on", "kind"], name="academy_presence_once"),
            models.CheckConstraint(
                condition=Q(kind__in=DayOfAcademy.values), name="academy_presence_kind_known"
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="academy_presence_is_education"
            ),
        ]
