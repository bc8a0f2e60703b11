"""Opportunities and applications of the demonstration: those that became the awards, and invented others."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from schoolward.domains.grants.models import Application, Award, Choice, Opportunity, Outcome
from schoolward.platform.demo.registry import SeedContext


def opportunities(told: list[dict[str, Any]], awards: list[Award], context: SeedContext) -> None:
    """Make an opportunity for each award and for each that was told."""
    for award in awards:
        found = Opportunity.objects.create(
            key=f"{award.key}-call"[:60],
            title=f"{award.title}: call for applications",
            funder_name=award.funder_name,
            funder=award.funder,
            aln=award.aln,
            closes=award.awarded_on - timedelta(days=120),
            match_percent=award.match_percent,
            choice=Choice.GO,
            choice_reason="Fits the plan.",
            chosen_on=award.awarded_on - timedelta(days=170),
            invented=True,
        )
        application = Application.objects.create(
            opportunity=found,
            requested_cents=award.amount_cents,
            match_cents=award.match_required_cents,
            outcome=Outcome.AWARDED,
            submitted_on=award.awarded_on - timedelta(days=122),
            decided_on=award.awarded_on,
            invented=True,
        )
        award.application = application
        award.save(update_fields=["application"])
    for raw in told:
        _other(raw)


def _other(raw: dict[str, Any]) -> None:
    is_chosen = raw["choice"] != Choice.OPEN
    found = Opportunity.objects.create(
        key=raw["key"],
        title=raw["title"],
        funder_name=raw["funder"],
        closes=raw["closes"],
        ceiling_cents=raw["ceiling"] * 100,
        match_percent=raw["match_percent"],
        choice=raw["choice"],
        choice_reason=raw["reason"],
        chosen_on=raw["closes"] - timedelta(days=40) if is_chosen else None,
        invented=True,
    )
    if "outcome" in raw:
        Application.objects.create(
            opportunity=found,
            requested_cents=raw["asked"] * 100,
            outcome=raw["outcome"],
            submitted_on=raw["closes"] - timedelta(days=1),
            decided_on=raw["decided_on"],
            invented=True,
        )
