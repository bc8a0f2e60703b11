"""The demonstration's grants: the real awards with invented terms and ledgers, and invented opportunities."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from django.utils import timezone

from schoolward.domains.grants.actions import plan_reports, raise_alerts, rebuild_sums
from schoolward.domains.grants.models import (
    Amendment,
    AmendmentKind,
    Award,
    BudgetLine,
    Entry,
    Evidence,
    Position,
    PositionFunding,
    Purpose,
    ReportDue,
)
from schoolward.domains.grants.seed.asking import a_request_that_waits
from schoolward.domains.grants.seed.seeking import opportunities
from schoolward.domains.grants.seed.telling import Ledger, Work, tell_draws_and_match, tell_line
from schoolward.domains.initiatives.queries import funding_facts, initiatives
from schoolward.domains.work.queries import work_items
from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.audit.actions import record
from schoolward.platform.demo.registry import SeedContext, seed

DATA = Path(__file__).resolve().parent.parent / "data" / "demonstration.toml"
_TRADES = {"E1": ("cameras",), "E2": ("locks",), "C1": ("lighting",)}
#: Under this name the demonstration's work says that the award paid for it (``work.seed``).
WORK_PAID_BY = "Secure Our Schools 2009"


@seed(70, "grants")
def grants(context: SeedContext) -> str:
    """Make the awards with their ledgers, posts, reports and opportunities. Runs once."""
    if Award.objects.exists():
        return "already there"
    random = Random(context.random_seed)  # noqa: S311 - a repeatable story, not a secret
    told = tomllib.loads(DATA.read_text(encoding="utf-8"))
    goals = {one.key: (f"initiatives.Initiative:{one.pk}", one.title) for one in initiatives(context.by)}
    awards = _awards(told["award"], context)
    posts = _positions(told["position"], awards, goals)
    analyst = Account.objects.filter(is_demonstration=True, memberships__role=Role.GRANTS_ANALYST).first()
    writer = {"by": analyst, "by_name": analyst.name if analyst else ""}
    ledgers = []
    for raw in told["award"]:
        ledger = Ledger(awards[raw["key"]], context.today, random, writer)
        _tell(ledger, raw, posts, goals, context)
        ledgers.append(ledger)
    count = _write(ledgers, random)
    _reports(list(awards.values()), context.today)
    opportunities(told["opportunity"], list(awards.values()), context)
    a_request_that_waits(awards["attendance-centers"], context)
    raise_alerts(on=context.today, by=context.by, at=context.at)
    record(
        "grants.seeded",
        by=context.by,
        at=context.at,
        subject="grants.Award",
        detail={"awards": len(awards), "entries": count},
    )
    return f"{len(awards)} awards with {count} invented ledger entries"


def _awards(told: list[dict[str, Any]], context: SeedContext) -> dict[str, Award]:
    facts = {fact.key: fact for fact in funding_facts(on=context.today)}
    own = ("key", "title", "aln", "funder", "awarded_on", "start", "match_percent", "terms")
    further = ("transfer_percent", "final_days", "may_subaward", "match_in_cash_only")
    made: dict[str, Award] = {}
    for raw in told:
        fact = facts[raw["fact"]]
        award = Award.objects.create(
            funder_name=fact.funder,
            number=fact.award_number,
            amount_cents=fact.amount_cents,
            source=fact.source,
            end=raw.get("extended_to", raw["end"]),
            allowed=",".join(raw["allowed"]),
            invented_ledger=True,
            invented_terms=True,
            **{name: raw[name] for name in own},
            **{name: raw[name] for name in further if name in raw},
        )
        if "extended_to" in raw:
            _extension(award, raw["end"])
        made[award.key] = award
    return made


def _extension(award: Award, before: date) -> None:
    day = before - timedelta(days=45)
    Amendment.objects.create(
        award=award,
        kind=AmendmentKind.EXTENSION,
        approval="GAN 2 (invented)",
        approved_on=day,
        text="Bids for the lighting came late.",
        end_before=before,
        end_after=award.end,
        at=datetime.combine(day, time(12), tzinfo=timezone.get_default_timezone()),
        by_name="",
        invented=True,
    )


def _positions(
    told: list[dict[str, Any]], awards: dict[str, Award], goals: dict[str, tuple[str, str]]
) -> dict[str, tuple[str, str]]:
    made = {}
    for raw in told:
        program, title = goals[raw["initiative"]]
        position = Position.objects.create(
            key=raw["key"],
            title=raw["title"],
            annual_cents=raw["annual_dollars"] * 100,
            starts=raw["starts"],
            program=program,
            program_title=title,
            invented=True,
        )
        PositionFunding.objects.bulk_create(
            PositionFunding(
                position=position,
                award=awards[one["award"]] if "award" in one else None,
                local_source=one.get("local", ""),
                start=one["start"],
                end=one["end"],
                share=one["share"] * 100,
                invented=True,
            )
            for one in raw["funding"]
        )
        made[position.key] = (f"grants.Position:{position.pk}", position.title)
    return made


def _tell(
    ledger: Ledger,
    raw: dict[str, Any],
    posts: dict[str, tuple[str, str]],
    goals: dict[str, tuple[str, str]],
    context: SeedContext,
) -> None:
    works = _works(context) if ledger.award.key == "secure-our-schools-2009" else []
    for told in raw["line"]:
        line = BudgetLine.objects.create(
            award=ledger.award, code=told["code"], title=told["title"], category=told["category"]
        )
        tell_line(
            ledger,
            line,
            told,
            share=raw["spent_share"],
            position=posts.get(told.get("position", "")),
            initiative=goals.get(raw["initiative"]),
            works=[work for work in works if work.trade in _TRADES[line.code]] if works else [],
        )
    tell_draws_and_match(ledger)


def _works(context: SeedContext) -> list[Work]:
    """Work that says that the award paid for it, and that is done."""
    rows = work_items(context.by).filter(
        money_source=WORK_PAID_BY, actual_cents__gt=0, done_on__lt=context.today - timedelta(days=20)
    )
    return [
        Work(
            f"work.WorkItem:{row.pk}",
            f"{row.reference} {row.title}",
            row.trade,
            row.actual_cents,
            row.done_on + timedelta(days=14),
        )
        for row in rows.order_by("done_on", "pk")
        if row.actual_cents and row.done_on
    ]


def _write(ledgers: list[Ledger], random: Random) -> int:
    """Write everything in bulk: what names an obligation after the obligations."""
    entries = [entry for ledger in ledgers for entry in ledger.entries]
    Entry.objects.bulk_create([e for e in entries if e.obligation is None], batch_size=500)
    paying = [e for e in entries if e.obligation is not None]
    for entry in paying:
        entry.obligation_id = entry.obligation.pk if entry.obligation else None
    Entry.objects.bulk_create(paying, batch_size=500)
    purposes = [purpose for ledger in ledgers for purpose in ledger.purposes]
    for purpose in purposes:
        purpose.entry_id = purpose.entry.pk
    Purpose.objects.bulk_create(purposes, batch_size=500)
    Evidence.objects.bulk_create(
        [
            Evidence(
                entry=entry,
                text=f"{entry.document} in the finance office's file (invented)",
                at=entry.at,
                by=entry.by,
                by_name=entry.by_name,
                invented=True,
            )
            for entry in entries
            if entry.document and random.random() < 0.96
        ],
        batch_size=500,
    )
    rebuild_sums()
    return len(entries)


def _reports(awards: list[Award], today: date) -> None:
    """Plan each award's reports; those due before today went out, but for the newest progress report."""
    for award in awards:
        plan_reports(award)
    rows = list(ReportDue.objects.filter(due__lt=today).order_by("due", "pk"))
    late = next((row for row in reversed(rows) if row.kind == "progress"), None)
    for row in rows:
        if row != late:
            row.submitted_on = row.due - timedelta(days=4)
            row.note = "Invented for the demonstration."
    ReportDue.objects.bulk_update(rows, ["submitted_on", "note"])
