"""Today's instance: funds, candidates and rules as the planner reads them, with the records of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from schoolward.analysis.assessing.shapes import TRADES
from schoolward.analysis.portfolio import Candidate, Fund, Instance, Option, TransferRule
from schoolward.domains.funding.queries.candidates import CandidateNow, CandidatesNow, candidates_now
from schoolward.domains.funding.queries.funds import FundNow, FundsNow, RoomNow, funds_now
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class Snapshot:
    """The instance of a day, and everything that it was made from."""

    on: date
    instance: Instance
    funds: FundsNow
    candidates: CandidatesNow

    def references(self) -> dict[str, Any]:
        """Which records the names of the instance are, how each stood, and what was left aside, as JSON."""
        return {
            "funds": {fund.key: _fund_as_json(fund) for fund in self.funds.funds},
            "candidates": {one.reference: _candidate_as_json(one) for one in self.candidates.ready},
            "aside": [
                {
                    "work": one.work.pk,
                    "reference": one.work.reference,
                    "title": one.work.title,
                    "why": one.why.value,
                    "other": one.other,
                }
                for one in self.candidates.aside
            ],
        }


def snapshot_now(viewer: Viewer, *, on: date) -> Snapshot:
    """The instance as records stand now, reckoned from a day. Match money is without limit in it.

    What a scenario asks beyond it (locks, limits by site, floors, match) is no part of it.
    """
    funds, candidates = funds_now(viewer, on=on), candidates_now(viewer, on=on)
    used = funds.taking_part
    instance = Instance(
        today=on,
        funds=tuple(_fund(fund) for fund in used),
        candidates=tuple(
            _candidate(one, {fund.line.pk: fund.key for fund in used}) for one in candidates.ready
        ),
        transfers=tuple(_rule(room, used) for room in funds.rooms),
        match_available=None,
    )
    return Snapshot(on, instance, funds, candidates)


def kind_of(category: str, trade: str) -> str:
    """What the planner calls a category: the budget's and the trade, as an award may allow some trades."""
    return f"{category}/{trade}"


def _fund(fund: FundNow) -> Fund:
    return Fund(
        id=fund.key,
        amount=fund.amount,
        categories=tuple(kind_of(fund.line.category, trade) for trade in fund.trades or TRADES),
        sites=tuple(sorted(campus.slug for campus in fund.campuses)) or None,
        expires=fund.award.end,
        match_rate=round(fund.match_percent / 100, 4),
    )


def _candidate(one: CandidateNow, keys: dict[int, str]) -> Candidate:
    options = None
    if one.options:
        options = tuple(
            Option(
                fund=keys[option.line_id],
                cost=option.cost_cents,
                benefit=one.benefit if option.benefit is None else option.benefit,
            )
            for option in one.options
            if option.line_id in keys
        )
    return Candidate(
        id=one.reference,
        site=one.work.campus.slug,
        category=kind_of(one.category, one.work.trade),
        cost=one.work.estimate_cents,
        benefit=one.benefit,
        lead_days=one.lead_days or 0,
        bundle=one.bundle or None,
        requires=one.requires,
        conflicts=one.conflicts,
        options=options,
    )


def _rule(room: RoomNow, used: Iterable[FundNow]) -> TransferRule:
    held = sum(fund.amount for fund in used if fund.key in room.funds)
    return TransferRule(funds=room.funds, max=held if room.cents is None else min(room.cents, held))


def _fund_as_json(fund: FundNow) -> dict[str, Any]:
    return {
        "award": fund.award.pk,
        "award_key": fund.award.key,
        "award_title": fund.award.title,
        "line": fund.line.pk,
        "code": fund.line.code,
        "title": fund.line.title,
        "category": fund.line.category,
        "ends": fund.award.end.isoformat(),
        "amount": fund.amount,
        "budgeted": fund.budgeted,
        "expended": fund.expended,
        "obligated": fund.obligated,
        "allocated": fund.allocated,
        "moved_in": fund.moved_in,
        "moved_out": fund.moved_out,
        "held_back": fund.held_back,
        "match_percent": fund.match_percent,
        "no_part": fund.no_part.value if fund.no_part is not None else "",
        "said": fund.said,
        "invented": fund.award.invented_ledger,
    }


def _candidate_as_json(one: CandidateNow) -> dict[str, Any]:
    return {
        "work": one.work.pk,
        "title": one.work.title,
        "campus": one.work.campus_id,
        "campus_name": one.work.campus.name,
        "campus_slug": one.work.campus.slug,
        "trade": one.work.trade,
        "severity": one.work.severity,
        "category": one.category,
        "lead_days": one.lead_days,
        "cost": one.work.estimate_cents,
        "benefit": one.benefit,
        "computed_benefit": one.computed_benefit,
        "due": one.work.due.isoformat() if one.work.due else None,
        "invented": one.work.invented,
        "facts": {
            kind: {"value": fact.value, "reason": fact.reason, "by": fact.by_name}
            for kind, fact in one.facts.items()
        },
        "bases": [
            {
                "kind": basis.kind.value,
                "points": basis.points,
                "title": basis.title,
                "severity": basis.severity,
                "finding": basis.finding_id,
                "instrument": basis.instrument,
                "rated_on": basis.rated_on.isoformat() if basis.rated_on else None,
            }
            for basis in one.bases
        ],
    }
