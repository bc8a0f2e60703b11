"""The worked example of fees: one system with a permit under the ordinance that the demonstration invents."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from schoolward.domains.alarms.examples.rows import case, ground, moment, signal
from schoolward.domains.alarms.models import Appeal, AppealOutcome, Permit
from schoolward.platform.measures.registry import Example

ROWS = """
    row | what     | when             | disposition | police | appeal
    ----|----------|------------------|-------------|--------|--------
    s   | test     | 2012-07-01 08:00 |             |        |
    A   | burglary | 2012-08-01 02:00 | false       | yes    |
    B   | burglary | 2012-09-02 02:00 | false       | yes    |
    C   | burglary | 2012-09-05 02:00 | false       | yes    |
    D   | burglary | 2012-09-06 02:00 | false       | no     |
    E   | burglary | 2012-09-08 02:00 | false       | yes    | granted
    F   | burglary | 2012-09-12 02:00 | false       | yes    |
    G   | burglary | 2012-09-15 02:00 | crime       | yes    |
    H   | burglary | 2012-09-20 02:00 | false       | yes    |
    I   | burglary | 2012-10-02 02:00 | false       | yes    |
"""
"""Two of a permit year are free: A and B. C and F cost $50 each, H $100. To D nobody was sent, E was struck
out on appeal, G was a crime, and I lies after the period."""

_SEPTEMBER = (date(2012, 9, 1), date(2012, 9, 30), date(2012, 9, 30))


def charged(value: int, *records: str) -> Example:
    """The example with what one measure makes of it."""
    return Example(rows=ROWS, period=_SEPTEMBER, value=value, records=records, build=_build)


def _build(rows: list[dict[str, str]]) -> dict[str, Any]:
    system, segment = ground(moment(rows[0]), frames=len(rows))
    Permit.objects.create(
        system=system, ordinance="demonstration", number="example", issued_on=date(2012, 1, 1)
    )
    made: dict[str, Any] = {}
    for index, row in enumerate(rows):
        made[row["row"]] = case(row, system) if row["disposition"] else signal(row, index, system, segment)
        if row["appeal"]:
            day = moment(row).date()
            Appeal.objects.create(
                case=made[row["row"]],
                filed_on=day + timedelta(days=5),
                grounds="Example",
                decided_on=day + timedelta(days=15),
                outcome=AppealOutcome(row["appeal"]),
            )
    return made
