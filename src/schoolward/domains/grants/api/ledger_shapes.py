"""What the API says of entries, budget lines and transfers."""

# No deferred annotations here: Ninja cannot resolve annotations kept as text in a paginator.

from datetime import date, datetime
from typing import Annotated

from ninja import Field, Schema

from schoolward.domains.grants.models import (
    Entry,
    Transfer,
)
from schoolward.platform.ui.asking import Cents, RowNumber, Text


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


class LineOut(Schema):
    """A line of the financial report."""

    code: str
    title: str
    cents: int


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
