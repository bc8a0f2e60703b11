"""Plans, each a frozen snapshot of a day, and their scenarios: what was asked, and what came of it."""

from __future__ import annotations

import json
from decimal import Decimal
from hashlib import sha256

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.domains.funding.models.entered import Entered


class Plan(Entered):
    """What could be bought with what on a day. Never changed: the database refuses it (migration 0002).

    ``instance`` is in the format of docs/reference/funding-plan.md. ``references`` says which records its
    funds and candidates are, how each stood, and which works and awards were left out, with the reason.
    """

    title = models.CharField(max_length=200)
    on = models.DateField(help_text=_("The day that it is of."))
    instance = models.JSONField()
    references = models.JSONField()

    class Meta:
        ordering = ["-on", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(title=""), name="funding_plan_has_title")]

    def __str__(self) -> str:
        return self.title


class ScenarioState(models.TextChoices):
    """How a scenario stands."""

    ASKED = "asked", _("Waits to be computed")
    COMPUTING = "computing", _("Being computed")
    READY = "ready", _("Ready")
    FAILED = "failed", _("Not computed")


class Scenario(Entered):
    """One question to a plan, and its answer. The question never changes: another one is another scenario.

    ``by`` is the one who asked. Works are named by their references, funds by award and line, sites by their
    short names. ``match_available_cents`` empty is as much as it takes. ``answer`` is in the format of
    docs/reference/funding-plan.md; ``frontier`` holds one point for each step of the budget.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="scenarios")
    title = models.CharField(max_length=200)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="copies"
    )
    locked_in = models.JSONField(default=list, blank=True)
    locked_out = models.JSONField(default=list, blank=True)
    funds_out = models.JSONField(default=list, blank=True)
    share_percent = models.PositiveSmallIntegerField(default=100)
    match_available_cents = models.BigIntegerField(null=True, blank=True)
    site_min = models.JSONField(default=dict, blank=True)
    site_max = models.JSONField(default=dict, blank=True)
    equity = models.JSONField(default=list, blank=True)
    may_split = models.BooleanField(default=False)
    gap = models.DecimalField(max_digits=6, decimal_places=5, default=Decimal("0.002"))
    seconds = models.PositiveSmallIntegerField(default=20)
    frontier_steps = models.PositiveSmallIntegerField(default=10)
    state = models.CharField(max_length=9, choices=ScenarioState.choices, default=ScenarioState.ASKED)
    job_id = models.UUIDField(null=True, blank=True)
    answer = models.JSONField(null=True, blank=True)
    frontier = models.JSONField(null=True, blank=True)
    failure = models.TextField(blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "title"], name="scenario_title_once"),
            models.CheckConstraint(condition=~Q(title=""), name="scenario_has_title"),
            models.CheckConstraint(condition=Q(state__in=ScenarioState.values), name="scenario_state_known"),
            models.CheckConstraint(
                condition=Q(state=ScenarioState.READY, answer__isnull=False, computed_at__isnull=False)
                | Q(~Q(state=ScenarioState.READY), answer__isnull=True),
                name="scenario_ready_has_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state=ScenarioState.FAILED) | ~Q(failure=""), name="scenario_failed_says_why"
            ),
            models.CheckConstraint(condition=Q(share_percent__lte=100), name="scenario_share_up_to_100"),
            models.CheckConstraint(condition=Q(gap__gte=0, gap__lte=1), name="scenario_gap_is_a_share"),
            models.CheckConstraint(
                condition=Q(seconds__gte=1, seconds__lte=600), name="scenario_seconds_bounded"
            ),
            models.CheckConstraint(condition=Q(frontier_steps__lte=100), name="scenario_frontier_bounded"),
            models.CheckConstraint(
                condition=Q(match_available_cents__isnull=True) | Q(match_available_cents__gte=0),
                name="scenario_match_not_negative",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def answer_digest(self) -> str:
        """What stands for what the answer pays and moves; empty where there is none.

        How long it took and how near the bound came is no part of it: who approves, approves the payments.
        """
        if self.answer is None:
            return ""
        paid = [sorted(map(sorted_json, self.answer[name])) for name in ("allocations", "transfers")]
        return sha256(json.dumps(paid).encode()).hexdigest()


def sorted_json(value: object) -> str:
    """A value as JSON that is the same for the same value."""
    return json.dumps(value, sort_keys=True)
