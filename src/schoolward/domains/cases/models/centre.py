"""The attendance center (Project AIM): a delivery that names nobody, a visit, and what is done about it.

No address is kept of where a student was met, and no reason for an absence but one of a closed list, none of
which is a diagnosis.
"""

from __future__ import annotations

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import Agency, ProtectedRecord, RecordClass


class BroughtBy(models.TextChoices):
    """Who came with the student."""

    OFFICER = "officer", _("A peace officer")
    STAFF = "staff", _("School staff")
    PARENT = "parent", _("A parent or guardian")
    PROBATION = "probation", _("A probation officer")
    ALONE = "alone", _("Nobody: the student came alone")


class FromWhere(models.TextChoices):
    """From what kind of place. Never an address."""

    STREET = "street", _("A street")
    PARK = "park", _("A park")
    SHOPS = "shops", _("Shops")
    TRANSIT = "transit", _("A stop or a station")
    SCHOOL = "school", _("School grounds")
    HOME = "home", _("Home")
    OTHER = "other", _("Somewhere else")


class LegalBasis(models.TextChoices):
    """On what ground the student is here."""

    EC_48264 = "ec_48264", _("Absent without a valid excuse in school hours (Education Code 48264)")
    ASKED = "asked", _("Student or parent asked for help")
    SCHOOL = "school", _("The school asked the family to come")


class Cause(models.TextChoices):
    """What keeps the student from school, as student and family tell it. No diagnosis belongs here."""

    TRANSPORT = "transport", _("No way to get to school")
    UNSAFE_WAY = "unsafe_way", _("Does not feel safe on the way")
    UNSAFE_SCHOOL = "unsafe_school", _("Does not feel safe at school")
    BEHIND = "behind", _("Has fallen behind in classes")
    CONFLICT = "conflict", _("A conflict at school")
    CARING = "caring", _("Cares for somebody at home")
    WORK = "work", _("Works")
    HOUSING = "housing", _("No steady place to stay")
    SLEEP = "sleep", _("Is awake late and misses the morning")
    ENROLMENT = "enrolment", _("Is not enrolled, or the papers are wrong")
    INTEREST = "interest", _("Sees no point in it")
    NOT_TOLD = "not_told", _("Was not told")


class ReleasedTo(models.TextChoices):
    """Where the student went from the center."""

    SCHOOL = "school", _("Back to school")
    PARENT = "parent", _("To a parent or guardian")
    ADULT = "adult", _("To another adult whom the parent named")
    OFFICER = "officer", _("To a peace officer")


class Delivery(models.Model):
    """A peace officer brings somebody: when, from what kind of place, on what ground. It names nobody.

    The officer reads here what became of it, received and returned, and nothing else.
    """

    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="+")
    officer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    receipt = models.UUIDField(unique=True, default=uuid4)
    announced_at = models.DateTimeField()
    from_where = models.CharField(max_length=8, choices=FromWhere.choices)
    legal_basis = models.CharField(max_length=8, choices=LegalBasis.choices, default=LegalBasis.EC_48264)
    received_at = models.DateTimeField(null=True, blank=True)
    returned_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "deliveries"
        ordering = ["-announced_at", "-pk"]
        indexes = [models.Index(fields=["officer", "announced_at"], name="delivery_of_officer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(from_where__in=FromWhere.values) & Q(legal_basis__in=LegalBasis.values),
                name="delivery_words_known",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True)
                | (Q(received_at__isnull=False) & Q(returned_at__gte=F("received_at"))),
                name="delivery_returned_after_received",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at__isnull=True) | Q(received_at__isnull=True),
                name="delivery_taken_back_or_received",
            ),
        ]


class CentreVisit(ProtectedRecord):
    """One visit of a student to the center."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="visits")
    receipt = models.UUIDField(unique=True, default=uuid4, editable=False)
    #: The mark of what was sent with the receipt, and by whom.
    sent_as = models.UUIDField(null=True, editable=False)
    delivery = models.OneToOneField(
        Delivery, null=True, blank=True, on_delete=models.PROTECT, related_name="visit"
    )
    arrived_at = models.DateTimeField()
    brought_by = models.CharField(max_length=10, choices=BroughtBy.choices)
    brought_agency = models.ForeignKey(
        Agency, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    from_where = models.CharField(max_length=8, choices=FromWhere.choices)
    legal_basis = models.CharField(max_length=8, choices=LegalBasis.choices)
    cause = models.CharField(max_length=14, choices=Cause.choices, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)
    released_to = models.CharField(max_length=8, choices=ReleasedTo.choices, blank=True)
    #: Education Code 48906, where the student is released to a peace officer.
    parent_told_at = models.DateTimeField(null=True, blank=True)
    notice_exempt = models.BooleanField(default=False)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"cause", "left_at", "released_to", "parent_told_at", "notice_exempt"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["-arrived_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="visit_is_an_education_record"
            ),
            models.CheckConstraint(
                condition=Q(brought_by__in=BroughtBy.values)
                & Q(from_where__in=FromWhere.values)
                & Q(legal_basis__in=LegalBasis.values)
                & Q(cause__in=["", *Cause.values])
                & Q(released_to__in=["", *ReleasedTo.values]),
                name="visit_words_known",
            ),
            models.CheckConstraint(
                condition=(Q(left_at__isnull=True) & Q(released_to=""))
                | (Q(left_at__gte=F("arrived_at")) & ~Q(released_to="")),
                name="visit_left_with_where_to",
            ),
            models.CheckConstraint(
                condition=(Q(parent_told_at__isnull=True) & Q(notice_exempt=False))
                | (Q(released_to=ReleasedTo.OFFICER)),
                name="visit_notice_of_a_release",
            ),
        ]


class ContactBy(models.TextChoices):
    """How a parent was tried."""

    CALL = "call", _("Call")
    TEXT = "text", _("Text message")
    HERE = "here", _("Came to the center")
    HOME = "home", _("Visit at home")


class ParentContact(ProtectedRecord):
    """One try to reach a parent about a visit. There is no room for what was said."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(CentreVisit, on_delete=models.CASCADE, related_name="contacts")
    at = models.DateTimeField()
    by_means = models.CharField(max_length=4, choices=ContactBy.choices)
    was_reached = models.BooleanField()
    invented = models.BooleanField(default=False)

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(by_means__in=ContactBy.values), name="parent_contact_means_known"
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="parent_contact_is_education"
            ),
        ]


class AgreedStep(models.TextChoices):
    """What a plan may hold."""

    RIDE = "ride", _("A way to get to school")
    SAFE_WAY = "safe_way", _("Somebody to walk or ride with")
    SCHEDULE = "schedule", _("Another schedule")
    TUTORING = "tutoring", _("Tutoring")
    COUNSELOR = "counselor", _("A talk with the school counselor")
    TEAM = "team", _("A meeting of the student success team")
    CONFERENCE = "conference", _("A conference with the parent")
    ENROLMENT = "enrolment", _("Enrolment and papers put right")
    PROGRAM = "program", _("A program that the family says yes to")
    HOUSING = "housing", _("Help with a place to stay")


class PlanStep(ProtectedRecord):
    """One step that family and advocate agreed on, with its day."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(CentreVisit, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=AgreedStep.choices)
    due_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"done_on"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "kind"], name="plan_step_once"),
            models.CheckConstraint(condition=Q(kind__in=AgreedStep.values), name="plan_step_known"),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="plan_step_is_education"
            ),
        ]


class Attending(models.TextChoices):
    """What a follow-up found."""

    YES = "yes", _("Attends")
    PARTLY = "partly", _("Attends on some days")
    NO = "no", _("Does not attend")
    MOVED = "moved", _("Moved to another school or district")
    NOT_REACHED = "not_reached", _("Could not be found out")


class VisitFollowUp(ProtectedRecord):
    """A look at attendance 30, 60 or 90 days after a visit."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    visit = models.ForeignKey(CentreVisit, on_delete=models.CASCADE, related_name="follow_ups")
    days = models.PositiveSmallIntegerField()
    due_on = models.DateField(db_index=True)
    done_on = models.DateField(null=True, blank=True)
    found = models.CharField(max_length=12, choices=Attending.choices, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"done_on", "found"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["visit", "days"], name="visit_follow_up_once"),
            models.CheckConstraint(
                condition=(Q(done_on__isnull=True) & Q(found=""))
                | (Q(done_on__isnull=False) & Q(found__in=Attending.values)),
                name="visit_follow_up_done_with_what_was_found",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.EDUCATION), name="visit_follow_up_is_education"
            ),
        ]
