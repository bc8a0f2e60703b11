"""Judging a report's numbers against the same measure in earlier years."""

from __future__ import annotations

from datetime import date

from schoolward.analysis.anomaly import Judgement, judge
from schoolward.platform.measures.display import SHARES
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read
from schoolward.reports.content import Cell

YEARS_BACK = 5


def judged(cell: Cell) -> Judgement | None:
    """The judgement on one number; None where there is no value, or a chart shows it among its peers.

    History is the same measure at the same sites in the same days of earlier years, so that summer is
    compared with summer. It ends at the first year without records: before collection began is not zero.
    """
    if cell.value is None or cell.in_chart:
        return None
    history = []
    for years in range(1, YEARS_BACK + 1):
        reading = read(cell.key, _earlier(cell.period, years), cell.scope)
        if not reading.collected or reading.value is None or not reading.records:
            break
        history.append(float(reading.value))
    return judge(cell.value, history=history, counts=cell.unit not in SHARES and cell.denominator is None)


def _earlier(period: Period, years: int) -> Period:
    return Period(_shift(period.start, years), _shift(period.end, years), _moved(period.as_of, years))


def _shift(day: date | None, years: int) -> date | None:
    return None if day is None else _moved(day, years)


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
