"""What holds of a work where nobody says otherwise: by its trade and severity, as rows with dates.

The district's own assumptions. ``data/trades.csv`` and ``data/severity_points.csv`` are where others are
written, as further rows; a plan is made by those that hold on its day.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


@dataclass(frozen=True)
class TradeRule:
    """The budget category that work of a trade is paid under, and the days until it is done."""

    trade: str
    category: str
    lead_days: int
    basis: str
    valid_from: date
    valid_to: date | None


@dataclass(frozen=True)
class SeverityRule:
    """The risk points of a finding that no instrument rates, by its severity (on FEMA's scale, 1 to 1000)."""

    severity: str
    points: int
    basis: str
    valid_from: date
    valid_to: date | None


@cache
def trade_rules() -> tuple[TradeRule, ...]:
    """Every rule of trades, in the order of the table."""
    return tuple(
        TradeRule(row["trade"], row["category"], int(row["lead_days"]), row["basis"], *_dates(row))
        for row in _rows("trades.csv")
    )


@cache
def severity_rules() -> tuple[SeverityRule, ...]:
    """Every rule of severities, in the order of the table."""
    return tuple(
        SeverityRule(row["severity"], int(row["points"]), row["basis"], *_dates(row))
        for row in _rows("severity_points.csv")
    )


def rule_for_trade(trade: str, on: date) -> TradeRule | None:
    """The rule of a trade that holds on a day; ``None`` where none does."""
    return next((rule for rule in trade_rules() if rule.trade == trade and _holds(rule, on)), None)


def rule_for_severity(severity: str, on: date) -> SeverityRule | None:
    """The rule of a severity that holds on a day; ``None`` where none does."""
    return next((rule for rule in severity_rules() if rule.severity == severity and _holds(rule, on)), None)


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_DATA / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(handle)


def _dates(row: dict[str, str]) -> tuple[date, date | None]:
    last = row["valid_to"]
    return date.fromisoformat(row["valid_from"]), date.fromisoformat(last) if last else None


def _holds(rule: TradeRule | SeverityRule, on: date) -> bool:
    return rule.valid_from <= on and (rule.valid_to is None or on <= rule.valid_to)
