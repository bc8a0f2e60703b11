"""The works of a scenario as rows of a file: what is paid by which line, and what is left out and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from schoolward.domains.funding.queries import Result
from schoolward.domains.funding.telling import in_names

COLUMNS = (
    "reference",
    "title",
    "site",
    "decision",
    "award",
    "line",
    "paid",
    "match",
    "cost",
    "risk_points",
    "reason",
)


def export_rows(result: Result) -> Iterator[Sequence[object]]:
    """A row for each part of a work that is paid, then one for each that is left out. Money in dollars."""
    told = result.scenario.plan.references
    for one in result.chosen:
        for part in one.parts:
            yield (
                one.reference,
                one.told["title"],
                one.told["campus_name"],
                "paid",
                part.fund["award_title"],
                part.fund["code"],
                _dollars(part.amount),
                _dollars(part.match),
                _dollars(one.cost),
                one.benefit,
                "",
            )
    for out in result.left_out:
        yield (
            out.reference,
            out.told["title"],
            out.told["campus_name"],
            "left out",
            "",
            "",
            "",
            "",
            _dollars(out.told["cost"]),
            out.told["benefit"],
            in_names(out.left_out.reason, told),
        )


def _dollars(cents: int) -> str:
    return f"{cents / 100:.2f}"
