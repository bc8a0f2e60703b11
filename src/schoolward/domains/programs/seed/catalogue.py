"""Providers and programs of the demonstration, with plans, rules, ratings and places."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from schoolward.domains.programs.models import (
    CapacityReport,
    DosagePlan,
    EligibilityRule,
    Equipment,
    EvidenceRating,
    Oversight,
    Program,
    Provider,
    Waiver,
)
from schoolward.platform.access.models import Agency
from schoolward.platform.access.roles import Role
from schoolward.platform.demo.registry import SeedContext

_PARTS = ("bodies", "plan", "rule", "ratings", "capacity", "waivers", "equipment", "provider")


def make_catalogue(
    providers: list[dict[str, Any]], programs: list[dict[str, Any]], context: SeedContext
) -> dict[str, Program]:
    """Make everything that does not take place on a day; the programs by key."""
    agencies = {agency.key: agency for agency in Agency.objects.all()}
    known = {
        raw["key"]: Provider.objects.create(**{**raw, "agency": agencies[raw["agency"]]}) for raw in providers
    }
    made = {}
    for raw in programs:
        fields = {name: value for name, value in raw.items() if name not in _PARTS}
        program = Program.objects.create(provider=known[raw["provider"]], details_invented=True, **fields)
        _said(program, raw)
        _kept(program, raw, context)
        made[program.key] = program
    return made


def _said(program: Program, raw: dict[str, Any]) -> None:
    """What is planned, ruled and rated."""
    Oversight.objects.bulk_create(
        Oversight(program=program, body_key=key, invented=True) for key in raw.get("bodies", ())
    )
    if "plan" in raw:
        DosagePlan.objects.create(program=program, **raw["plan"])
    if "rule" in raw:
        EligibilityRule.objects.create(
            program=program, version=1, written_by_role=Role.PROGRAM_COORDINATOR, **raw["rule"]
        )
    EvidenceRating.objects.bulk_create(
        EvidenceRating(program=program, **rating) for rating in raw.get("ratings", ())
    )


def _kept(program: Program, raw: dict[str, Any], context: SeedContext) -> None:
    """Places, papers and things, all of them invented."""
    Waiver.objects.bulk_create(
        Waiver(program=program, invented=True, **waiver) for waiver in raw.get("waivers", ())
    )
    Equipment.objects.bulk_create(
        Equipment(program=program, invented=True, **thing) for thing in raw.get("equipment", ())
    )
    if "capacity" in raw:
        on = context.today - timedelta(days=3)
        CapacityReport.objects.create(
            program=program,
            on=on,
            at=datetime.combine(on, time(9), tzinfo=timezone.get_default_timezone()),
            by_name=context.by.account_name,
            invented=True,
            **raw["capacity"],
        )
