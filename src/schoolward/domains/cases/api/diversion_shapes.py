"""What goes in and out of diversion over HTTP."""

# No deferred annotations here: Ninja resolves the types of what is sent from the annotations themselves.
from datetime import date
from typing import Literal
from uuid import UUID

from ninja import Schema

from schoolward.domains.cases.models import NoOffer, Outcome, Path
from schoolward.platform.access.guarded import GuardedSchema
from schoolward.platform.ui.asking import RowNumber, Text


class RuleOut(Schema):
    """One rule's answer with its reason."""

    rule: str
    says: str
    answer: str
    reason: str


class TermOut(Schema):
    """A term of a contract."""

    id: int
    kind: str
    amount: int
    proven: int
    due_on: date
    state: str


class ClockOut(Schema):
    """A clock towards the seal. ``assumed``: the number of days was not read in the text."""

    step: str
    citation: str
    from_day: date
    due_on: date | None
    done_on: date | None
    assumed: bool


class DutyOut(Schema):
    """What the law still asks after a completed diversion: of which case, and its clock."""

    case: int
    youth: int
    outcome_on: date
    clock: ClockOut
    is_late: bool


class CaseOut(Schema):
    """A case. ``answer`` is empty until it is decided."""

    id: int
    youth: int
    event_on: date
    referred_on: date
    path: str
    edition: int | None
    answer: str
    was_offered: bool | None
    no_offer: str
    declined_on: date | None
    signed_on: date | None
    ends_on: date | None
    outcome: str
    outcome_on: date | None
    rules: list[RuleOut]
    terms: list[TermOut]
    clocks: list[ClockOut]


class CaseIn(GuardedSchema):
    """An event for which a youth may be diverted."""

    youth: RowNumber
    event_on: date
    path: Path


class FactsIn(GuardedSchema):
    """What the rules ask for; an empty word is not known yet."""

    kind: Text = ""
    level: Text = ""
    accepts_responsibility: Literal["yes", "no", ""] = ""
    guardian_agrees: Literal["yes", "no", ""] = ""
    victim_heard: Literal["yes", "no", ""] = ""
    group: Text = "not_said"


class DecideIn(GuardedSchema):
    """Decide by the rules; ``no_offer`` says why somebody eligible is not offered it."""

    no_offer: NoOffer | None = None


class SignIn(GuardedSchema):
    """The contract was signed."""

    signed_on: date


class ProofIn(GuardedSchema):
    """Part or all of a term was shown to be done."""

    amount: int
    on: date
    receipt: UUID | None = None


class EndIn(GuardedSchema):
    """How it ended."""

    outcome: Outcome


class StepIn(GuardedSchema):
    """A step towards the seal."""

    step: Literal["determination", "agency-told"]
    on: date


class EditionOut(Schema):
    """An edition of the rules."""

    number: int
    valid_from: date
    valid_to: date | None
    source: str
    rules: list[str]


class GroupOut(Schema):
    """A group at a stage, out of the stage before; ``null`` is hidden."""

    stage: str
    group: str
    count: int | None
    base: int | None
    rate: float | None
    low: float | None
    high: float | None
    ratio: float | None
    reading: str
    ratio_to_others: float | None
    reading_to_others: str
    until: date | None


class DueOut(Schema):
    """Something due about a case. ``step`` is ``null`` where the contract has run out and has no outcome."""

    case: int
    step: str | None
    due_on: date
    is_late: bool


class NotKeptOut(Schema):
    """A group by which no difference is told: nothing is kept of it."""

    key: str
    title: str
    why: str
