"""By when a finding of a severity has to be mended: rows with dates, so that a finding is judged by the rule
that held on the day it was found.

The district's own rule; ``data/due_days.csv`` is where another one is written, as further rows.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

_TABLE = Path(__file__).parent / "data" / "due_days.csv"


@dataclass(frozen=True)
class DueRule:
    """So many days for a severity, from one day to another (both included; ``None`` is open)."""

    severity: str
    days: int
    valid_from: date
    valid_to: date | None


@cache
def due_rules() -> tuple[DueRule, ...]:
    """Every rule there is, in the order of the table."""
    with _TABLE.open(encoding="utf-8", newline="") as handle:
        return tuple(
            DueRule(
                row["severity"],
                int(row["days"]),
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
            )
            for row in csv.DictReader(handle)
        )


def due_for(severity: str, found_on: date) -> date | None:
    """The day by which a finding of this severity is due; ``None`` where no rule held on the day."""
    for rule in due_rules():
        holds = rule.valid_from <= found_on and (rule.valid_to is None or found_on <= rule.valid_to)
        if rule.severity == severity and holds:
            return found_on + timedelta(days=rule.days)
    return None
