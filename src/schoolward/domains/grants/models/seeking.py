"""Opportunities and applications: what could be had, whether to try, and who signed."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.analysis.grants.rules import Funder
from schoolward.domains.grants.models.awards import FUNDERS
from schoolward.platform.access.roles import Role


class Choice(models.TextChoices):
    """Whether the partnership tries for an opportunity."""

    OPEN = "open", _("Not decided")
    GO = "go", _("Go")
    NO_GO = "no_go", _("No go")


class Opportunity(models.Model):
    """Money that could be applied for."""

    key = models.SlugField(max_length=60, unique=True)
    title = models.CharField(max_length=200)
    funder_name = models.CharField(max_length=200)
    funder = models.CharField(max_length=8, choices=FUNDERS, default=Funder.FEDERAL.value)
    number = models.CharField(max_length=60, blank=True)
    aln = models.CharField(max_length=6, blank=True)
    opens = models.DateField(null=True, blank=True)
    closes = models.DateField()
    ceiling_cents = models.BigIntegerField(null=True, blank=True)
    match_percent = models.DecimalField(max_digits=5, decimal_places=2, default=Decimal(0))
    eligibility = models.TextField(blank=True)
    purpose = models.TextField(blank=True)
    choice = models.CharField(max_length=5, choices=Choice.choices, default=Choice.OPEN)
    choice_reason = models.TextField(blank=True)
    chosen_on = models.DateField(null=True, blank=True)
    chosen_by_name = models.CharField(max_length=200, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-closes", "key"]
        verbose_name_plural = "opportunities"
        constraints = [
            models.CheckConstraint(condition=~Q(title="") & ~Q(funder_name=""), name="opportunity_has_names"),
            models.CheckConstraint(
                condition=Q(opens__isnull=True) | Q(closes__gte=F("opens")), name="opportunity_days_in_order"
            ),
            models.CheckConstraint(
                condition=Q(match_percent__gte=0, match_percent__lt=100), name="opportunity_match_makes_sense"
            ),
            models.CheckConstraint(
                condition=Q(choice=Choice.OPEN, chosen_on__isnull=True)
                | (~Q(choice=Choice.OPEN) & ~Q(choice_reason="") & Q(chosen_on__isnull=False)),
                name="opportunity_choice_is_reasoned",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Outcome(models.TextChoices):
    """How an application stands."""

    DRAFTING = "drafting", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    AWARDED = "awarded", _("Awarded")
    DECLINED = "declined", _("Declined by the funder")
    WITHDRAWN = "withdrawn", _("Withdrawn")


DECIDED = (Outcome.AWARDED, Outcome.DECLINED)


class Application(models.Model):
    """An application for an opportunity."""

    opportunity = models.OneToOneField(Opportunity, on_delete=models.PROTECT, related_name="application")
    requested_cents = models.BigIntegerField()
    match_cents = models.BigIntegerField(default=0)
    summary = models.TextField(blank=True)
    outcome = models.CharField(max_length=9, choices=Outcome.choices, default=Outcome.DRAFTING)
    submitted_on = models.DateField(null=True, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-decided_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(requested_cents__gt=0, match_cents__gte=0), name="application_asks_for_something"
            ),
            models.CheckConstraint(
                condition=(
                    Q(outcome__in=[Outcome.DRAFTING, Outcome.WITHDRAWN]) | Q(submitted_on__isnull=False)
                ),
                name="application_submitted_on_a_day",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=DECIDED, decided_on__gte=F("submitted_on"))
                | (~Q(outcome__in=DECIDED) & Q(decided_on__isnull=True)),
                name="application_decided_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(self.opportunity)


class PartKind(models.TextChoices):
    """What belongs to an application."""

    BUDGET = "budget", _("Budget line")
    LETTER = "letter", _("Letter of support or match")
    NARRATIVE = "narrative", _("Narrative")
    OTHER = "other", _("Other document")


class ApplicationPart(models.Model):
    """A budget line, a letter or a document of an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=9, choices=PartKind.choices)
    title = models.CharField(max_length=200)
    amount_cents = models.BigIntegerField(null=True, blank=True)
    file = models.ForeignKey(
        "files.StoredFile", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    file_name = models.CharField(max_length=255, blank=True)

    class Meta:
        ordering = ["application", "kind", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="application_part_has_title"),
            models.CheckConstraint(condition=Q(kind__in=PartKind.values), name="application_part_known"),
            models.CheckConstraint(
                condition=Q(amount_cents__isnull=True) | Q(kind=PartKind.BUDGET, amount_cents__gt=0),
                name="application_part_amount_of_budget",
            ),
        ]


#: Whose signatures an application needs before it goes out.
SIGNERS = (Role.GRANTS_ANALYST, Role.LEAD)


class SignOff(models.Model):
    """That somebody stands for an application, in a role. Rows that only grow (migration 0002)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="signatures")
    role = models.CharField(max_length=40, choices=[(role.value, role.label) for role in SIGNERS])
    at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["application", "pk"]
        constraints = [models.UniqueConstraint(fields=["application", "role"], name="signed_once_a_role")]
