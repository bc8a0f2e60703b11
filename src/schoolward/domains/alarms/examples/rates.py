"""The worked example of the rates: one site, one system, some nights of cases, closings and openings."""

from __future__ import annotations

from datetime import date
from typing import Any

from schoolward.domains.alarms.examples.rows import case, ground, moment, signal
from schoolward.domains.alarms.models import SignalKind
from schoolward.platform.measures.registry import Example

ROWS = """
    row | what     | when             | disposition | police | verified
    ----|----------|------------------|-------------|--------|---------
    c1  | closing  | 2012-08-31 22:00 |             |        |
    o1  | opening  | 2012-09-01 06:00 |             |        |
    c2  | closing  | 2012-09-03 22:00 |             |        |
    A   | burglary | 2012-09-04 02:00 | false       | yes    | no
    B   | burglary | 2012-09-04 04:00 | crime       | yes    | yes
    o2  | opening  | 2012-09-04 06:00 |             |        |
    C   | hold_up  | 2012-09-04 11:00 | unfounded   | yes    | no
    D   | burglary | 2012-09-04 15:00 | test        | no     | no
    E   | trouble  | 2012-09-04 16:00 | technical   | no     | no
    c3  | closing  | 2012-09-04 22:00 |             |        |
    F   | burglary | 2012-09-05 03:00 |             | no     | no
    o3  | opening  | 2012-09-05 06:00 |             |        |
    G   | burglary | 2012-08-20 03:00 | false       | yes    | no
"""
"""Armed in the period: 6 h of the first night, 8 h of the second, 8 h of the third. D was a test, E a fault
and no activation, F is not closed yet, G lies before the period. One system stands for all six days."""

PERIOD = (date(2012, 9, 1), date(2012, 9, 6), date(2012, 9, 6))


def example(value: float | None, *records: str) -> Example:
    """The example with what one measure makes of it."""
    return Example(rows=ROWS, period=PERIOD, value=value, records=records, build=build)


def build(rows: list[dict[str, str]]) -> dict[str, Any]:
    """Make a case of each alarm and a signal of each opening and closing; return each by its first column."""
    system, segment = ground(moment(rows[0]), frames=len(rows))
    return {
        row["row"]: signal(row, index, system, segment)
        if row["what"] in (SignalKind.OPENING, SignalKind.CLOSING)
        else case(row, system)
        for index, row in enumerate(rows)
    }
