"""Proposals for new programs: need, evidence, cost, a pilot with a measure, and the rule that ends it."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.programs.kinds import Kind
from schoolward.domains.programs.models.catalogue import Program, Provider


class Decision(models.TextChoices):
    """What a lead said."""

    PILOT = "pilot", _("Pilot")
    DECLINED = "declined", _("Declined")


class Ending(models.TextChoices):
    """What became of a pilot."""

    ADOPTED = "adopted", _("Adopted")
    STOPPED = "stopped", _("Stopped")


class ProposalState(models.TextChoices):
    """How a proposal stands on a day. It is not kept: it follows from what was decided and from the date."""

    OPEN = "open", _("Waits for a decision")
    PILOT = "pilot", _("Pilot")
    OVER = "over", _("Pilot over, not adopted")
    ADOPTED = "adopted", _("Adopted")
    STOPPED = "stopped", _("Stopped")
    DECLINED = "declined", _("Declined")


class Proposal(models.Model):
    """An idea for a program. Sunset by default: a pilot that nobody adopts is over on its last day."""

    key = models.SlugField(unique=True, max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    provider = models.ForeignKey(Provider, on_delete=models.PROTECT, related_name="proposals")
    need = models.CharField(
        max_length=600, help_text=_("What shows the need: numbers, no stories of children.")
    )
    audience = models.CharField(max_length=200)
    evidence = models.CharField(max_length=600, help_text=_("Who found what, of whom, when."))
    cost_cents = models.PositiveBigIntegerField()
    pilot_starts = models.DateField()
    pilot_ends = models.DateField()
    measure_key = models.CharField(max_length=80, help_text=_("The measure named before the pilot begins."))
    target = models.DecimalField(max_digits=14, decimal_places=2)
    stop_rule = models.CharField(max_length=300, help_text=_("What ends the pilot early."))
    proposed_on = models.DateField()
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by_name = models.CharField(max_length=200)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by_name = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=600, blank=True)
    program = models.OneToOneField(
        Program, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal"
    )
    ending = models.CharField(max_length=10, choices=Ending.choices, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ending_reason = models.CharField(max_length=600, blank=True)
    invented = models.BooleanField(default=False)

    class Meta:
        ordering = ["-proposed_on", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="proposal_kind_known"),
            models.CheckConstraint(
                condition=~Q(title="")
                & ~Q(need="")
                & ~Q(evidence="")
                & ~Q(stop_rule="")
                & ~Q(measure_key=""),
                name="proposal_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(pilot_ends__gte=F("pilot_starts")), name="proposal_pilot_dates_in_order"
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_on__isnull=True)
                | Q(~Q(reason=""), decision__in=Decision.values, decided_on__isnull=False),
                name="proposal_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(decided_by=F("proposed_by")),
                name="proposal_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on__isnull=True)
                | Q(
                    ~Q(ending_reason=""),
                    ending__in=Ending.values,
                    ended_on__isnull=False,
                    decision=Decision.PILOT,
                ),
                name="proposal_ended_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def state_on(self, day: date) -> ProposalState:
        """How it stands on a day."""
        if self.ended_on is not None and self.ended_on <= day:
            return ProposalState(self.ending)
        if self.decided_on is None or self.decided_on > day:
            return ProposalState.OPEN
        if self.decision == Decision.DECLINED:
            return ProposalState.DECLINED
        return ProposalState.PILOT if day <= self.pilot_ends else ProposalState.OVER
