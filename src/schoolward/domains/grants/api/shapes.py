"""Shapes of grants over HTTP. Money is in cents, days are dates."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Schema

from schoolward.analysis.grants.parts import percent
from schoolward.domains.grants.models import (
    Amendment,
    OverrideRequest,
    PositionFunding,
    ReportDue,
)
from schoolward.domains.grants.queries import RuleOfAward, Standing
from schoolward.domains.grants.wording import change_in_words
from schoolward.platform.ui.asking import Text


class BalancesOut(Schema):
    """The balances in cents. ``unliquidated``: obligated and not paid."""

    budgeted: int
    obligated: int
    unliquidated: int
    expended: int
    drawn: int
    matched: int


class LapseOut(Schema):
    """What will lapse, in cents, with the ends of its 80 percent interval."""

    days_left: int
    unspent: int
    expected: int
    low: int
    high: int


class AwardOut(Schema):
    """An award as it stands on a day. ``elapsed`` and ``spent`` are shares from 0 to 1."""

    key: str
    title: str
    funder_name: str
    funder: str
    number: str
    aln: str
    amount_cents: int
    awarded_on: date
    start: date
    end: date
    match_required_cents: int
    closed_on: date | None
    invented_ledger: bool
    on: date
    balances: BalancesOut
    elapsed: float
    spent: float
    lapse: LapseOut | None


class ReportOut(Schema):
    """A report that is owed."""

    id: int
    award: str
    kind: str
    start: date
    end: date
    due: date
    is_final: bool
    submitted_on: date | None

    @staticmethod
    def resolve_award(report: ReportDue) -> str:
        """The award's short name."""
        return report.award.key


class SpanOut(Schema):
    """Days on which the same sources pay the same part.

    ``share`` is in whole hundredths of a percent, rounded down; ``part`` is exact, such as ``33 1/3%``.
    """

    start: date
    end: date
    share: int
    part: str
    sources: list[str]


class PositionOut(Schema):
    """A post: until when it is paid in full, and every span of its pay."""

    key: str
    title: str
    annual_cents: int
    program: str
    funding: list["PostFundingOut"]
    secured_to: date | None
    share_after: int
    spans: list[SpanOut]


class AmendmentOut(Schema):
    """A change of an award that the funder approved. What was and what is stands where it was changed."""

    id: int
    kind: str
    approval: str
    approved_on: date
    text: str
    change: str
    end_before: date | None
    end_after: date | None
    cents_before: int | None
    cents_after: int | None
    match_before: Decimal | None
    match_after: Decimal | None
    waived_before: Decimal | None
    waived_after: Decimal | None
    by_name: str

    @staticmethod
    def resolve_change(row: Amendment) -> str:
        """The change in words."""
        return change_in_words(row)


class OverrideOut(Schema):
    """A request to let something by: ``post``, ``transfer`` or ``reopen``; who asked, and who decided."""

    id: int
    award: str
    action: str
    state: str
    message: str
    citation: str
    reason: str
    asked_by: str
    asked_at: datetime
    decided_by: str
    decided_at: datetime | None
    decision_reason: str

    @classmethod
    def of(cls, row: OverrideRequest) -> dict[str, Any]:
        """The request as it is sent."""
        names = ("id", "action", "state", "message", "citation", "reason", "asked_at", "decided_at")
        return {
            **{name: getattr(row, name) for name in names},
            "award": row.award.key,
            "asked_by": row.asked_by_name,
            "decided_by": row.decided_by_name,
            "decision_reason": row.decision_reason,
        }


class RuleOut(Schema):
    """A rule as one award answers to it: where it is written, how it is set here, what was let by."""

    key: str
    title: str
    says: str
    citation: str
    valid_from: date | None
    valid_to: date | None
    setting: str
    amendments: list[int]
    let_by: list[OverrideOut]

    @classmethod
    def of(cls, one: RuleOfAward) -> dict[str, Any]:
        """The rule as it is sent."""
        return {
            "key": str(one.rule.key),
            "title": one.title,
            "says": one.rule.says,
            "citation": one.rule.citation,
            "valid_from": one.rule.valid_from,
            "valid_to": one.rule.valid_to,
            "setting": one.setting,
            "amendments": [amendment.pk for amendment in one.amendments],
            "let_by": [OverrideOut.of(asked) for asked in one.let_by],
        }


class PostFundingOut(Schema):
    """What a source pays of a post. ``part`` is exact, such as ``33 1/3%``."""

    id: int
    award: str | None
    local_source: str
    start: date
    end: date
    part: str

    @classmethod
    def of(cls, row: PositionFunding) -> dict[str, Any]:
        """The source as it is sent."""
        return {
            "id": row.pk,
            "award": row.award.key if row.award else None,
            "local_source": row.local_source,
            "start": row.start,
            "end": row.end,
            "part": percent(row.part),
        }


class FeedOut(Schema):
    """A calendar feed of one's own. Its secret is not kept."""

    id: int
    name: str
    made_at: datetime
    last_read_at: datetime | None
    revoked_at: datetime | None


class NewFeedOut(FeedOut):
    """A feed that was just made, with its address, which is told this once only."""

    address: str


class WhyIn(Schema):
    """Why."""

    reason: Text


def standing_out(stood: Standing) -> dict[str, Any]:
    """An award as it stands, as it is sent."""
    award, lapse = stood.award, stood.lapse
    computed = {"on", "balances", "elapsed", "spent", "lapse"}
    return {
        **{name: getattr(award, name) for name in AwardOut.model_fields if name not in computed},
        "on": stood.on,
        "balances": {name: getattr(stood.balances, name) for name in BalancesOut.model_fields},
        "elapsed": round(stood.elapsed, 6),
        "spent": round(stood.spent, 6),
        "lapse": None if lapse is None else {name: getattr(lapse, name) for name in LapseOut.model_fields},
    }
