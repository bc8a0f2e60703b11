"""The shapes of funds and candidates over HTTP. Money in cents, benefits in risk points."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from schoolward.domains.funding.queries import CandidateNow, FundNow, LeftAside, OfferedBundle, key_of
from schoolward.domains.funding.wording import no_candidate_in_words, no_part_in_words


class FundOut(Schema):
    """A budget line. ``amount`` is what a plan may use; ``why_not`` is empty where it takes part."""

    key: str
    award: str
    line: str
    category: str
    ends: date
    budgeted: int
    expended: int
    obligated: int
    allocated: int
    moved_in: int
    moved_out: int
    held_back: int
    amount: int
    match_percent: float
    trades: list[str]
    sites: list[str]
    takes_part: bool
    why_not: str
    said: str

    @classmethod
    def of(cls, fund: FundNow) -> dict[str, Any]:
        """A fund as it is told."""
        told = {name: getattr(fund, name, None) for name in cls.model_fields}
        return told | {
            "award": fund.award.key,
            "line": fund.line.code,
            "category": fund.line.category,
            "ends": fund.award.end,
            "trades": list(fund.trades),
            "sites": sorted(campus.slug for campus in fund.campuses),
            "why_not": no_part_in_words(fund.no_part.value) if fund.no_part is not None else "",
        }


class FactOut(Schema):
    """What a person said instead of a default."""

    fact: str
    value: str
    reason: str
    by_name: str


class BasisOut(Schema):
    """A part of a benefit, and where from: ``rated``, ``severity`` of a finding, or the ``work``."""

    kind: str
    points: int
    title: str
    severity: str
    instrument: str
    rated_on: date | None
    finding: int | None = Field(None, alias="finding_id")


class OptionOut(Schema):
    """What a work costs where a fund pays it."""

    id: int
    fund: str
    cost_cents: int
    benefit: float | None
    reason: str


class LinkOut(Schema):
    """How two works are tied."""

    id: int
    work: str
    other: str
    kind: str
    reason: str


class CandidateOut(Schema):
    """A work that a plan may choose."""

    reference: str
    work: int
    title: str
    site: str
    trade: str
    severity: str
    cost_cents: int
    category: str
    lead_days: int
    benefit: float
    computed_benefit: float
    bundle: str
    bases: list[BasisOut]
    facts: list[FactOut]
    links: list[LinkOut]
    options: list[OptionOut]

    @classmethod
    def of(cls, one: CandidateNow) -> dict[str, Any]:
        """A candidate as it is told."""
        item = one.work
        return {
            "reference": one.reference,
            "work": item.pk,
            "title": item.title,
            "site": item.campus.slug,
            "trade": item.trade,
            "severity": item.severity,
            "cost_cents": item.estimate_cents,
            "category": one.category,
            "lead_days": one.lead_days,
            "benefit": one.benefit,
            "computed_benefit": one.computed_benefit,
            "bundle": one.bundle,
            "bases": list(one.bases),
            "facts": list(one.facts.values()),
            "links": [link_out(link) for link in one.links],
            "options": [option_out(option) for option in one.options],
        }


def link_out(link: Any) -> dict[str, Any]:
    """A tie as it is told."""
    return {
        "id": link.pk,
        "work": link.work.reference,
        "other": link.other.reference,
        "kind": link.kind,
        "reason": link.reason,
    }


def option_out(option: Any) -> dict[str, Any]:
    """A price as it is told."""
    return {
        "id": option.pk,
        "fund": key_of(option.line.award, option.line),
        "cost_cents": option.cost_cents,
        "benefit": option.benefit,
        "reason": option.reason,
    }


class AsideOut(Schema):
    """Accepted work without money that is no candidate, and why."""

    reference: str
    work: int
    title: str
    why: str
    told: str

    @classmethod
    def of(cls, one: LeftAside) -> dict[str, Any]:
        """Such work as it is told."""
        return {
            "reference": one.work.reference,
            "work": one.work.pk,
            "title": one.work.title,
            "why": one.why.value,
            "told": no_candidate_in_words(one.why.value, one.other),
        }


class CandidatesOut(Schema):
    """Accepted work without money: candidates, and what is none."""

    ready: list[CandidateOut]
    aside: list[AsideOut]


class OfferedOut(Schema):
    """Candidates that one trade could do in one area in one go. ``word`` is a word for the bundle."""

    word: str
    trade: str
    area: str
    works: list[str]
    cost_cents: int

    @classmethod
    def of(cls, one: OfferedBundle) -> dict[str, Any]:
        """An offered bundle as it is told."""
        return {
            "word": one.word,
            "trade": one.trade,
            "area": one.area,
            "works": [candidate.reference for candidate in one.candidates],
            "cost_cents": one.cost_cents,
        }
