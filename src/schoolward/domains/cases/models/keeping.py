"""What is agreed with a family, each contact with it, and what was found long after. No clinical note."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.models.referrals import Referral
from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass

LONGEST_CONTACT = 480
"""Minutes; what is longer is a slip of the keyboard."""
MONTHS = (6, 12, 24)
DAYS_OF = {6: 183, 12: 365, 24: 730}
"""Days that must have passed since the exit before a follow-up counts (M34: 365)."""


class Way(models.TextChoices):
    """How somebody was contacted."""

    CALL = "call", _("Call")
    MESSAGE = "message", _("Message")
    LETTER = "letter", _("Letter")
    SCHOOL = "school", _("Talk at school")
    HOME = "home", _("Visit at home")
    PROGRAM = "program", _("Talk at the program")


class Contact(ProtectedRecord):
    """One contact, or the attempt at one. Only ever added; the note is short, and no number stands in it."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="contacts")
    on = models.DateField()
    way = models.CharField(max_length=8, choices=Way.choices)
    minutes = models.PositiveSmallIntegerField()
    reached = models.BooleanField()
    note = models.CharField(
        max_length=200, blank=True, help_text=_("What was agreed, in a few words. Nothing about health.")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    invented = models.BooleanField(default=False)

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["-on", "-pk"]
        indexes = [models.Index(fields=["referral", "on"], name="contact_of_referral")]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=Way.values), name="contact_way_known"),
            models.CheckConstraint(condition=Q(minutes__lte=LONGEST_CONTACT), name="contact_believable"),
        ]


class GoalState(models.TextChoices):
    """What became of a goal."""

    OPEN = "open", _("Under way")
    REACHED = "reached", _("Reached")
    DROPPED = "dropped", _("Given up")


class Goal(ProtectedRecord):
    """A goal in the family's own words, and when it is looked at again."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="goals")
    words = models.CharField(max_length=300, help_text=_("As the family says it."))
    review_on = models.DateField()
    state = models.CharField(max_length=8, choices=GoalState.choices, default=GoalState.OPEN)
    invented = models.BooleanField(default=False)

    changeable = frozenset({"words", "review_on", "state"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["review_on", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="goal_says_something"),
            models.CheckConstraint(condition=Q(state__in=GoalState.values), name="goal_state_known"),
        ]


class Service(ProtectedRecord):
    """What a program gives to this young person: sessions planned, and sessions that they came to."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="services")
    offering = models.ForeignKey("programs.Offering", on_delete=models.PROTECT, related_name="+")
    planned = models.PositiveSmallIntegerField(_("sessions planned"))
    attended = models.PositiveSmallIntegerField(_("sessions attended"), default=0)
    counted_on = models.DateField(null=True, blank=True, help_text=_("The day of the last count."))
    invented = models.BooleanField(default=False)

    changeable = frozenset({"planned", "attended", "counted_on"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "offering"], name="service_once_an_offering"),
            models.CheckConstraint(condition=Q(planned__gte=1, planned__lte=400), name="service_believable"),
            models.CheckConstraint(condition=Q(attended__lte=F("planned")), name="service_within_plan"),
        ]


class Found(models.TextChoices):
    """Whether there was a new sustained referral or arrest."""

    NO = "no", _("None")
    YES = "yes", _("A new one")
    UNKNOWN = "unknown", _("Not known")


class FoundBy(models.TextChoices):
    """Who answered."""

    PROBATION = "probation", _("Probation")
    POLICE = "police", _("Police")
    SCHOOL = "school", _("School")
    FAMILY = "family", _("The family")
    NOBODY = "nobody", _("Nobody answered")


class FollowUp(ProtectedRecord):
    """What was found 6, 12 or 24 months after the exit: yes, no or not known, and from whom. No offence."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="follow_ups")
    months = models.PositiveSmallIntegerField()
    full_on = models.DateField(help_text=_("The day on which the time was full."))
    found = models.CharField(max_length=8, choices=Found.choices)
    source = models.CharField(max_length=10, choices=FoundBy.choices)
    on = models.DateField()
    invented = models.BooleanField(default=False)

    changeable = frozenset({"found", "source", "on"})

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["months", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral", "months"], name="follow_up_once"),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.PROTECTED), name="follow_up_is_protected"
            ),
            models.CheckConstraint(condition=Q(months__in=MONTHS), name="follow_up_months_known"),
            models.CheckConstraint(condition=Q(on__gte=F("full_on")), name="follow_up_when_full"),
            models.CheckConstraint(
                condition=Q(found=Found.UNKNOWN, source=FoundBy.NOBODY)
                | (Q(found__in=[Found.YES, Found.NO]) & ~Q(source=FoundBy.NOBODY)),
                name="follow_up_says_from_whom",
            ),
        ]
