"""What a funding plan is made from: pots of money, things it could buy, and the demands on the choice.

The declarations below are the format of the file: `read_instance` reads by them, and the JSON Schema in
docs/reference/ is written from them. docs/reference/funding-plan.md says what each name means.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field

MOST_CENTS: Final = 10**12  # ten thousand million dollars: more is a slip of the pen
MOST_DAYS: Final = 36_525  # a hundred years

Name = Annotated[str, Field(min_length=1, max_length=200)]
Cents = Annotated[int, Field(ge=0, le=MOST_CENTS, description="An amount of money in cents.")]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Amount = Annotated[float, Field(ge=0, le=1e12, allow_inf_nan=False)]


class Declared(BaseModel):
    """A part of the format: unknown names and values of another type are refused; nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Fund(Declared):
    """A pot: an award, or one line of its budget."""

    id: Name
    amount: Annotated[Cents, Field(description="What is left in the fund, in cents.")]
    categories: Annotated[
        tuple[Name, ...] | None,
        Field(description="What it may be spent on. Null: anything."),
    ]
    sites: Annotated[
        tuple[Name, ...] | None,
        Field(description="Where it may be spent. Null: everywhere."),
    ] = None
    expires: Annotated[date, Field(description="The last day on which something paid from it may be done.")]
    match_rate: Annotated[
        float,
        Field(
            ge=0,
            lt=1,
            allow_inf_nan=False,
            description="The share of the whole cost that match money pays: 0.25 means a quarter.",
        ),
    ] = 0.0
    category_max: Annotated[
        Mapping[Name, Cents],
        Field(description="The most that the fund pays in a category, in cents."),
    ] = Field(default_factory=dict)


class Option(Declared):
    """What a candidate costs and brings if one fund pays it."""

    fund: Name
    cost: Annotated[Cents, Field(description="The whole cost, match included, in cents.")]
    benefit: Amount


class Candidate(Declared):
    """One thing that money could buy."""

    id: Name
    site: Name
    category: Name
    cost: Annotated[Cents, Field(description="The whole cost, match included, in cents.")]
    benefit: Annotated[Amount, Field(description="The risk that it takes away, in the unit of the caller.")]
    lead_days: Annotated[int, Field(ge=0, le=MOST_DAYS)] = 0
    bundle: Annotated[
        Name | None,
        Field(description="Candidates with the same word are chosen all together or not at all."),
    ] = None
    requires: Annotated[
        tuple[Name, ...], Field(description="Candidates without which this one is not chosen.")
    ] = ()
    conflicts: Annotated[
        tuple[Name, ...], Field(description="Candidates that are not chosen beside this one.")
    ] = ()
    options: Annotated[
        tuple[Option, ...] | None,
        Field(description="Where given: the only funds that may pay it, each with its own cost and benefit."),
    ] = None
    split: Annotated[
        bool | None,
        Field(description="Whether several funds may share the cost. Null: as the instance says."),
    ] = None


class Limit(Declared):
    """Something other than money that is scarce: crew hours of a trade, slots of a purchasing office."""

    name: Name
    weights: Annotated[
        Mapping[Name, Amount],
        Field(description="How much of it each candidate takes; who is not named takes none."),
    ]
    max: Amount


class Equity(Declared):
    """A floor under what is spent at some sites, as a share of everything that is spent."""

    sites: tuple[Name, ...]
    share: Share


class TransferRule(Declared):
    """Funds between which money may be moved, and how much of it in sum: the lines of one award."""

    funds: tuple[Name, ...]
    max: Annotated[Cents, Field(description="The most that may be moved between them altogether, in cents.")]


class Instance(Declared):
    """Everything that a plan is made from."""

    funds: tuple[Fund, ...]
    candidates: tuple[Candidate, ...]
    limits: tuple[Limit, ...] = ()
    site_min: Annotated[
        Mapping[Name, Cents],
        Field(description="The least that is spent at a site, match included, in cents."),
    ] = Field(default_factory=dict)
    site_max: Annotated[
        Mapping[Name, Cents],
        Field(description="The most that is spent at a site, match included, in cents."),
    ] = Field(default_factory=dict)
    equity: tuple[Equity, ...] = ()
    match_available: Annotated[
        int | None,
        Field(
            ge=0, le=MOST_CENTS, description="Match money for all funds, in cents. Null: as much as it takes."
        ),
    ] = 0
    today: Annotated[date, Field(description="The day from which lead times count.")]
    split: Annotated[bool, Field(description="Whether several funds may share the cost of a candidate.")] = (
        False
    )
    transfers: tuple[TransferRule, ...] = ()
    locked_in: Annotated[tuple[Name, ...], Field(description="Candidates that must be chosen.")] = ()
    locked_out: Annotated[tuple[Name, ...], Field(description="Candidates that must not be chosen.")] = ()

    @cached_property
    def fund_of(self) -> dict[str, Fund]:
        """Funds by their id."""
        return {fund.id: fund for fund in self.funds}

    @cached_property
    def candidate_of(self) -> dict[str, Candidate]:
        """Candidates by their id."""
        return {candidate.id: candidate for candidate in self.candidates}

    def changed(self, **fields: Any) -> Instance:
        """Return the instance with other values of some fields, which are not read anew."""
        return Instance.model_construct(
            **({name: getattr(self, name) for name in Instance.model_fields} | fields)
        )
