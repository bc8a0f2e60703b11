"""Results, volunteers and proposals of the demonstration: all invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from schoolward.domains.programs.models import (
    Assignment,
    Decision,
    InstrumentResult,
    Offering,
    Program,
    Proposal,
    Provider,
    Vetting,
    Volunteer,
)
from schoolward.platform.demo.registry import SeedContext

_VALUES = ("mean", "lowest", "highest")


def make_results(raws: list[dict[str, Any]], programs: dict[str, Program]) -> None:
    """Make the results of instruments."""
    for raw in raws:
        values = {name: Decimal(raw[name]) for name in _VALUES if name in raw}
        rest = {name: value for name, value in raw.items() if name not in (*_VALUES, "program")}
        InstrumentResult.objects.create(program=programs[raw["program"]], invented=True, **rest, **values)


def make_volunteers(raws: list[dict[str, Any]], context: SeedContext) -> None:
    """Make volunteers with their vettings, each at the offerings of a program that run on the day."""
    providers = {provider.key: provider for provider in Provider.objects.all()}
    for raw in raws:
        volunteer = Volunteer.objects.create(
            provider=providers[raw["provider"]], reference=raw["reference"], since=raw["since"], invented=True
        )
        Vetting.objects.bulk_create(
            Vetting(volunteer=volunteer, kind=kind, cleared_on=first, expires_on=last, invented=True)
            for kind, (first, last) in raw["cleared"].items()
        )
        for offering in Offering.objects.filter(
            program__key__in=raw.get("helps", ()), ends_on__gte=context.today
        ):
            Assignment.objects.create(
                volunteer=volunteer,
                offering=offering,
                starts_on=offering.starts_on,
                ends_on=offering.ends_on,
                invented=True,
            )


def make_proposals(raws: list[dict[str, Any]], context: SeedContext) -> None:
    """Make proposals; one of them was declined."""
    providers = {provider.key: provider for provider in Provider.objects.all()}
    for raw in raws:
        fields = {
            name: value for name, value in raw.items() if name not in ("provider", "target", "declined")
        }
        declined = raw.get("declined")
        Proposal.objects.create(
            provider=providers[raw["provider"]],
            target=Decimal(raw["target"]),
            proposed_by_name=context.by.account_name,
            decision=Decision.DECLINED if declined else "",
            decided_on=date.fromisoformat(declined) if declined else None,
            decided_by_name=context.by.account_name if declined else "",
            invented=True,
            **fields,
        )
