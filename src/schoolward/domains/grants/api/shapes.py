"""Shapes of grants over HTTP. Money is in cents, days are dates."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Field, Schema

from schoolward.analysis.grants.parts import percent
from schoolward.domains.grants.models import (
    Amendment,
    Application,
    Entry,
    Opportunity,
    OverrideRequest,
    PositionFunding,
    ReportDue,
    Transfer,
)
from schoolward.domains.grants.queries import RuleOfAward, Standing
from schoolward.domains.grants.wording import change_in_words
from schoolward.platform.ui.asking import Cents, RowNumber, Text


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


class EntryOut(Schema):
    """An entry of a ledger, in signed cents."""

    id: int
    kind: str
    line: str | None
    amount_cents: int
    on: date
    incurred_on: date
    description: str
    document: str
    payee: str
    match_kind: str
    given_by: str | None
    external_id: str
    obligation: int | None = Field(None, alias="obligation_id")
    reverses: int | None = Field(None, alias="reverses_id")
    invented: bool

    @staticmethod
    def resolve_line(entry: Entry) -> str | None:
        """The line's code."""
        return entry.line.code if entry.line else None


class PostedOut(EntryOut):
    """An entry that was made. ``warning``: its line has less than approved plans set aside; else empty."""

    warning: str


class EntryIn(Schema):
    """An entry to make. ``line`` is the code of a budget line; draws and match have none.

    With ``override_reason``, what a rule blocks and a person may let by is asked for.
    """

    kind: Text
    amount_cents: Annotated[Cents, Field(strict=True)]
    on: date
    description: Text
    line: Text | None = None
    incurred_on: date | None = None
    document: Text = ""
    payee: Text = ""
    external_id: Text = ""
    match_kind: Text = ""
    given_by: Text = ""
    adds_to_local_money: bool = False
    agreement: Text = ""
    obligation: RowNumber | None = None
    override_reason: Text = ""


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


class LineOut(Schema):
    """A line of the financial report."""

    code: str
    title: str
    cents: int


class OpportunityOut(Schema):
    """Money that could be applied for. ``application`` is the number of the application for it."""

    key: str
    title: str
    funder_name: str
    funder: str
    number: str
    opens: date | None
    closes: date
    ceiling_cents: int | None
    match_percent: Decimal
    eligibility: str
    purpose: str
    choice: str
    choice_reason: str
    application: int | None
    invented: bool

    @staticmethod
    def resolve_application(row: Opportunity) -> int | None:
        """The application's number."""
        found = Application.objects.filter(opportunity=row).first()
        return found.pk if found else None


class ApplicationPartOut(Schema):
    """A budget line, a letter or a document of an application."""

    id: int
    kind: str
    title: str
    amount_cents: int | None
    file_name: str


class ApplicationOut(Schema):
    """An application: what it asks for, its parts, who signed, and what keeps it from going out."""

    id: int
    opportunity: str
    requested_cents: int
    match_cents: int
    summary: str
    outcome: str
    submitted_on: date | None
    decided_on: date | None
    parts: list[ApplicationPartOut]
    signed_by: list[str]
    lacks: list[str]

    @classmethod
    def of(cls, row: Application, lacks: list[str]) -> dict[str, Any]:
        """The application as it is sent."""
        names = ("id", "requested_cents", "match_cents", "summary", "outcome", "submitted_on", "decided_on")
        return {
            **{name: getattr(row, name) for name in names},
            "opportunity": row.opportunity.key,
            "parts": list(row.parts.all()),
            "signed_by": [one.role for one in row.signatures.all()],
            "lacks": lacks,
        }


class BudgetLineOut(Schema):
    """A budget line and its balances now."""

    code: str
    title: str
    category: str
    budgeted: int
    obligated: int
    unliquidated: int
    expended: int
    available: int


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


class TransferOut(Schema):
    """Money that moved between two lines, by their codes."""

    id: int
    from_line: str
    to_line: str
    amount_cents: int
    on: date
    reason: str
    approval: str
    takes_back: int | None = Field(None, alias="takes_back_id")

    @staticmethod
    def resolve_from_line(row: Transfer) -> str:
        """The code of the line that gave."""
        return row.from_line.code

    @staticmethod
    def resolve_to_line(row: Transfer) -> str:
        """The code of the line that got."""
        return row.to_line.code


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


class PurposeOut(Schema):
    """What a part of an entry was for."""

    id: int
    kind: str
    target: str
    title: str
    amount_cents: int
    takes_back: int | None = Field(None, alias="takes_back_id")
    by_name: str


class EntryEvidenceOut(Schema):
    """What proves an entry."""

    id: int
    text: str
    file_name: str
    at: datetime
    by_name: str


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
