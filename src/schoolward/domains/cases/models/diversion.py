"""Diversion: what is asked of eligibility, the offer or why there was none, the contract, and its end.

Nothing of a history is kept but the days of earlier diversions of this program, which are these rows.
"""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.offences.categories import NON_CRIMES, TITLES, Category
from schoolward.domains.cases.models.youth import Youth
from schoolward.platform.access.models import ProtectedRecord, RecordClass

KINDS = [(category.value, TITLES[category]) for category in Category if category not in NON_CRIMES]


class Path(models.TextChoices):
    """Who diverts, and so which section seals."""

    POLICE = "827.95", _("Police, instead of an arrest or a referral (827.95)")
    PROBATION = "786.5", _("Probation or prosecutor, instead of a petition (786.5)")


class Level(models.TextChoices):
    """How grave the law calls what happened."""

    INFRACTION = "infraction", _("Infraction")
    MISDEMEANOR = "misdemeanor", _("Misdemeanor")
    FELONY = "felony", _("Felony")


class Group(models.TextChoices):
    """As the young person or family says it; asked so that offers can be counted by group."""

    ASIAN = "asian", _("Asian")
    BLACK = "black", _("Black or African American")
    HISPANIC = "hispanic", _("Hispanic or Latino")
    NATIVE = "native", _("American Indian or Alaska Native")
    PACIFIC = "pacific", _("Native Hawaiian or Pacific Islander")
    WHITE = "white", _("White")
    MORE = "more", _("Two or more")
    NOT_SAID = "not_said", _("Not said")


class Answer(models.TextChoices):
    """What the rules said when it was decided."""

    YES = "yes", _("Eligible")
    NO = "no", _("Not eligible")
    NOT_KNOWN = "not_known", _("Not known yet")


class NoOffer(models.TextChoices):
    """Why somebody eligible was not offered diversion. Each is counted by group."""

    NO_SEAT = "no_seat", _("No place was free")
    REFERRED = "referred", _("Had been referred to probation already")
    VICTIM = "victim", _("Who was harmed objected")
    NOT_FOUND = "not_found", _("The family could not be reached")
    MOVED = "moved", _("Moved out of the area")
    OFFICER = "officer", _("The officer decided otherwise")


class Outcome(models.TextChoices):
    """How it ended."""

    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Not completed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the family")


class DiversionCase(ProtectedRecord):
    """One event for which a young person may be diverted."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="diversions")
    event_on = models.DateField()
    referred_on = models.DateField()
    path = models.CharField(max_length=6, choices=Path.choices)
    kind = models.CharField(max_length=16, choices=KINDS, blank=True)
    level = models.CharField(max_length=12, choices=Level.choices, blank=True)
    accepts_responsibility = models.BooleanField(null=True, blank=True)
    guardian_agrees = models.BooleanField(null=True, blank=True)
    victim_heard = models.BooleanField(null=True, blank=True)
    group = models.CharField(max_length=8, choices=Group.choices, default=Group.NOT_SAID)
    #: The rules' edition and answer on which the decision stands.
    edition = models.PositiveSmallIntegerField(null=True, blank=True)
    answer = models.CharField(max_length=9, choices=Answer.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    was_offered = models.BooleanField(null=True, blank=True)
    no_offer = models.CharField(max_length=9, choices=NoOffer.choices, blank=True)
    declined_on = models.DateField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, blank=True)
    outcome_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(
        null=True,
        blank=True,
        help_text=_(
            "The day of the end, of the no, or of the decision that made no offer: it is kept from then."
        ),
    )
    determined_on = models.DateField(null=True, blank=True)
    agency_told_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    changeable = frozenset(
        {
            "kind",
            "level",
            "accepts_responsibility",
            "guardian_agrees",
            "victim_heard",
            "group",
            "edition",
            "answer",
            "decided_on",
            "was_offered",
            "no_offer",
            "declined_on",
            "signed_on",
            "ends_on",
            "outcome",
            "outcome_on",
            "closed_on",
            "determined_on",
            "agency_told_on",
        }
    )

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["-referred_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.POLICE), name="diversion_is_a_police_record"
            ),
            models.CheckConstraint(
                condition=Q(referred_on__gte=F("event_on")), name="diversion_referred_after_event"
            ),
            models.CheckConstraint(
                condition=Q(path__in=Path.values)
                & Q(kind__in=["", *(value for value, _title in KINDS)])
                & Q(level__in=["", *Level.values])
                & Q(group__in=Group.values),
                name="diversion_words_known",
            ),
            # Decided: offered to an eligible youth, or eligible with a reason for no offer, or not eligible.
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, was_offered__isnull=True, no_offer="", answer="")
                | Q(decided_on__isnull=False, answer=Answer.YES, was_offered=True, no_offer="")
                | Q(
                    decided_on__isnull=False,
                    answer=Answer.YES,
                    was_offered=False,
                    no_offer__in=NoOffer.values,
                )
                | Q(decided_on__isnull=False, answer=Answer.NO, was_offered=False, no_offer=""),
                name="diversion_offer_or_reason",
            ),
            models.CheckConstraint(
                condition=(Q(signed_on__isnull=True) & Q(ends_on__isnull=True))
                | (Q(was_offered=True) & Q(declined_on__isnull=True) & Q(ends_on__gte=F("signed_on"))),
                name="diversion_signed_after_an_offer",
            ),
            models.CheckConstraint(
                condition=(Q(outcome="") & Q(outcome_on__isnull=True))
                | (Q(outcome__in=Outcome.values) & Q(outcome_on__gte=F("signed_on"))),
                name="diversion_outcome_of_a_contract",
            ),
        ]


class ContractTerm(ProtectedRecord):
    """One thing promised in a contract, by when."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(DiversionCase, on_delete=models.CASCADE, related_name="terms")
    kind = models.CharField(
        max_length=14,
        choices=[
            ("service_hours", _("Hours of service")),
            ("class", _("Classes")),
            ("check_in", _("Check-ins")),
            ("essay", _("Essay")),
            ("apology", _("Apology")),
            ("restitution", _("Making good, in dollars")),
        ],
    )
    amount = models.PositiveIntegerField()
    due_on = models.DateField()
    invented = models.BooleanField(default=False)

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="contract_term_once"),
            models.CheckConstraint(
                condition=Q(amount__gte=1)
                & Q(kind__in=["service_hours", "class", "check_in", "essay", "apology", "restitution"]),
                name="contract_term_of_something",
            ),
            models.CheckConstraint(
                condition=Q(record_class=RecordClass.POLICE), name="contract_term_is_police"
            ),
        ]


class TermProof(ProtectedRecord):
    """Part or all of a term that was shown to be done. Never changed."""

    youth = models.ForeignKey(Youth, on_delete=models.CASCADE, related_name="+")
    term = models.ForeignKey(ContractTerm, on_delete=models.CASCADE, related_name="proofs")
    amount = models.PositiveIntegerField()
    on = models.DateField()
    receipt = models.UUIDField(unique=True)
    invented = models.BooleanField(default=False)

    class Meta(ProtectedRecord.Meta):
        abstract = False
        ordering = ["on", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gte=1), name="term_proof_of_something"),
            models.CheckConstraint(condition=Q(record_class=RecordClass.POLICE), name="term_proof_is_police"),
        ]


class Reached(models.TextChoices):
    """What a tally counts."""

    ELIGIBLE = "eligible", _("Eligible")
    OFFERED = "offered", _("Offered")
    NOT_OFFERED = "not_offered", _("Eligible, and not offered")
    SIGNED = "signed", _("Signed a contract")
    COMPLETED = "completed", _("Completed")
    FAILED = "failed", _("Not completed")
    WITHDRAWN = "withdrawn", _("Withdrawn by the family")


class DiversionTally(models.Model):
    """How many of a group reached a stage, of those decided in a quarter. It outlives a seal.

    It names nobody. Without it, every completed and sealed diversion would be missing from the share that was
    completed.
    """

    quarter = models.DateField(help_text=_("Its first day."))
    counted = models.DateField(
        help_text=_(
            "The first day of the month in which the stage was entered: a table stands as of a month."
        )
    )
    group = models.CharField(max_length=8, choices=Group.choices)
    stage = models.CharField(max_length=11, choices=Reached.choices)
    reason = models.CharField(max_length=9, choices=NoOffer.choices, blank=True)
    number = models.PositiveIntegerField(default=0)
    invented = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "diversion tallies"
        ordering = ["quarter", "counted", "group", "stage", "reason"]
        constraints = [
            models.UniqueConstraint(
                fields=["quarter", "counted", "group", "stage", "reason"], name="diversion_tally_once"
            ),
            models.CheckConstraint(
                condition=Q(group__in=Group.values, stage__in=Reached.values), name="diversion_tally_known"
            ),
            models.CheckConstraint(
                condition=Q(stage=Reached.NOT_OFFERED, reason__in=NoOffer.values)
                | (~Q(stage=Reached.NOT_OFFERED) & Q(reason="")),
                name="diversion_tally_reason_of_no_offer",
            ),
        ]
