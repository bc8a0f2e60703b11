"""What ledger and work can overtake of a scenario, as words that do without the planner."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Overtaken(StrEnum):
    """What is no longer true."""

    NO_CANDIDATE = "no_candidate"  # the work is funded, declined, changed to be none, or gone
    COST = "cost"
    SITE = "site"
    NO_FUND = "no_fund"  # the line takes no part any more, or its award is closed or over
    NOT_ALLOWED = "not_allowed"  # the line may not pay this work any more
    MATCH = "match"
    TOO_LITTLE = "too_little"
    TRANSFERS = "transfers"
    TIES = "ties"  # what it needs, excludes or comes with


@dataclass(frozen=True)
class Obstacle:
    """One thing that keeps a scenario from being approved. ``cents``: what there was and what there is.

    ``against`` are the planner's words for what keeps a fund from paying: category, site, date or option.
    """

    why: Overtaken
    subject: str
    detail: str = ""
    cents: tuple[int, int] | None = None
    against: tuple[str, ...] = ()
