"""Judging a report's numbers: beside earlier years, by their own months, and by the sites behind them."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from schoolward.analysis.anomaly import (
    AnomalyPolicy,
    Judgement,
    Part,
    Step,
    combined,
    judge,
    judge_parts,
    judge_series,
)
from schoolward.domains.places import queries as places
from schoolward.platform.measures.display import SHARES, display
from schoolward.platform.measures.period import EARLIEST, Period, Scope
from schoolward.platform.measures.reading import Reading, read, read_with_records
from schoolward.platform.measures.together import together
from schoolward.platform.measures.walls import is_protected
from schoolward.reports.asking import covers
from schoolward.reports.content import Cell, long_date

YEARS_BACK = 5
MONTHS_BACK = 24
ENDS_BACK = 12
SPANS_BACK = 12


def judged(cells: tuple[Cell, ...]) -> dict[int, Judgement]:
    """The judgement on each number that shows a value, by its position."""
    past = _Past()
    with together():
        return {cell.position: past.judge(cell) for cell in cells if cell.reading.value is not None}


@dataclass
class _Past:
    """What the measures gave at other times and sites; each question is asked once for a whole paper."""

    answers: dict[tuple[str, Period, Scope], Reading] = field(default_factory=dict)
    by_site: dict[tuple[str, Period], dict[int, int] | None] = field(default_factory=dict)
    verdicts: dict[tuple[str, Period, Scope, bool], Judgement] = field(default_factory=dict)

    def judge(self, cell: Cell) -> Judgement:
        """Every side from which the number can be looked at, as one judgement."""
        reading = cell.reading
        asked = (reading.measure.key, reading.period, reading.scope, cell.in_chart)
        if asked not in self.verdicts:
            sides = [self._by_years(reading), self._by_months(reading)]
            if not cell.in_chart:
                sides += self._by_sites(reading)
            self.verdicts[asked] = combined(sides)
        return self.verdicts[asked]

    def _by_years(self, reading: Reading) -> Judgement:
        """Against the same days of earlier years at the same sites, so that summer is held against summer.

        The history ends at the first year without records: before collection began is not zero.
        """
        history = []
        for years in range(1, YEARS_BACK + 1):
            then = self._read(reading, _earlier(reading.period, years))
            if then is None or then.value is None or not then.records:
                break
            history.append(float(then.value))
        return judge(
            float(reading.value or 0),
            history=history,
            counts=_is_count(reading),
            policy=_policy(reading),
            written=_writer(reading),
            name="earlier years",
        )

    def _by_months(self, reading: Reading) -> Judgement:
        """By the months that it spans; how things stand at a day, against the ends of earlier months."""
        if reading.measure.at_a_day:
            steps, name = self._ends_of_months(reading), "ends of earlier months"
        else:
            months = _months_of(reading.period)
            own = [first for first, _last in months if _begins_within(first, reading.period)]
            spans, name = (
                (months, "other months") if own else (_spans(reading.period), "other spans of its length")
            )
            steps = self._stretches(reading, spans)
        return judge_series(
            float(reading.value or 0),
            steps,
            counts=_is_count(reading),
            policy=_policy(reading),
            written=_writer(reading),
            name=name,
        )

    def _ends_of_months(self, reading: Reading) -> list[Step]:
        day = reading.period.as_of
        steps = []
        for back in range(ENDS_BACK, 0, -1):
            end = _month_end(day, back)
            then = self._read(reading, Period(None, None, end))
            if then is not None and then.value is not None and then.records:
                steps.append(Step(long_date(end), float(then.value), own=False))
        return [*steps, Step(long_date(day), float(reading.value or 0), own=True)]

    def _stretches(self, reading: Reading, spans: list[tuple[date, date]]) -> list[Step]:
        steps: list[Step] = []
        for first, last in spans:
            then = self._read(reading, Period(first, last, reading.period.as_of))
            if then is None or then.value is None or not (then.records or steps):
                continue  # before collection began is not zero
            own = _begins_within(first, reading.period) and last <= _end(reading.period)
            steps.append(Step(f"{long_date(first)} to {long_date(last)}", float(then.value), own=own))
        return steps

    def _by_sites(self, reading: Reading) -> list[Judgement]:
        """By the sites of a count of what happened: each against those of its level, and its own year before.

        Empty for a number that has no such side: how things stand at a day, money, records without a site.
        """
        measure, period = reading.measure, reading.period
        if measure.at_a_day or not isinstance(reading.numerator, int):
            return []
        now = self._counts_by_site(measure.key, period)
        if now is None:
            return []
        before = _earlier(period, 1)
        then = self._counts_by_site(measure.key, before) if before else None
        on = _end(period)
        year = places.latest_enrolment_year(on)
        students = places.students_by_campus(year, on) if year is not None else {}
        names = places.campus_names()
        parts = [
            Part(
                names.get(campus_id, ""),
                now.get(campus_id, 0),
                students.get(campus_id, 0) if students else 1,
                " ".join(sorted({school.level for school in schools})),
                then.get(campus_id, 0) if then is not None else None,
                own=reading.scope.campus_id in (None, campus_id),
            )
            for campus_id, schools in places.schools_by_campus(on).items()
        ]
        return [judge_parts(float(reading.value or 0), parts)]

    def _counts_by_site(self, key: str, period: Period) -> dict[int, int] | None:
        """How many of the measure's records lie at each site; None where that cannot be told."""
        asked = (key, period)
        if asked not in self.by_site:
            reading, records = read_with_records(key, period, Scope())
            known = reading.collected and not reading.suppressed and covers(reading)
            known = known and not is_protected(
                records.model
            )  # a few young people of a site are nobody's part
            if not known or not any(field.name == "campus" for field in records.model._meta.get_fields()):
                self.by_site[asked] = None
            else:
                counts = records.order_by().values_list("campus_id").annotate(count=Count("pk"))
                self.by_site[asked] = dict(counts.values_list("campus_id", "count"))
        return self.by_site[asked]

    def _read(self, like: Reading, period: Period | None) -> Reading | None:
        if period is None:
            return None
        asked = (like.measure.key, period, like.scope)
        if asked not in self.answers:
            self.answers[asked] = read(*asked)
        found = self.answers[asked]
        return found if found.collected and not found.suppressed else None


def _end(period: Period) -> date:
    return min(period.end or period.as_of, period.as_of)


def _begins_within(first: date, period: Period) -> bool:
    return (period.start is None or first >= period.start) and first <= _end(period)


def _months_of(period: Period) -> list[tuple[date, date]]:
    """The last whole months before the paper's day, and the period's own if it lies further back."""
    after = period.as_of + timedelta(days=1)
    months = [_month_end(after, back) for back in range(MONTHS_BACK, 0, -1)]
    if period.start is not None:
        end = _month_end(months[0], 1)
        while end.replace(day=1) >= period.start and len(months) < 2 * MONTHS_BACK:
            months.insert(0, end)
            end = _month_end(end, 1)
    return [(end.replace(day=1), end) for end in months if not _splits(end, period)]


def _splits(month_end: date, period: Period) -> bool:
    """Whether the period ends within this month: it is then neither its own nor another."""
    return month_end.replace(day=1) <= _end(period) < month_end


def _spans(period: Period) -> list[tuple[date, date]]:
    """The period and the spans of its length before it."""
    if period.start is None:
        return []
    last = _end(period)
    length = last - period.start + timedelta(days=1)
    spans = [(period.start - back * length, last - back * length) for back in range(SPANS_BACK, -1, -1)]
    return [(first, last) for first, last in spans if first > EARLIEST]


def _is_count(reading: Reading) -> bool:
    """Whether chance alone spreads it as it spreads a count of events."""
    return reading.denominator is None and isinstance(reading.value, int) and not _is_money(reading)


def _is_money(reading: Reading) -> bool:
    return display(100, reading.measure.unit).startswith("$")


def _policy(reading: Reading) -> AnomalyPolicy:
    return AnomalyPolicy(floor=1.0 if reading.measure.unit in SHARES else 0.0)


def _writer(reading: Reading) -> Callable[[float], str]:
    unit = reading.measure.unit
    return lambda value: display(round(value, 1), unit)


def _earlier(period: Period, years: int) -> Period | None:
    if period.as_of.year - years <= EARLIEST.year:
        return None
    return Period(_shift(period.start, years), _shift(period.end, years), _moved(period.as_of, years))


def _shift(day: date | None, years: int) -> date | None:
    return None if day is None else _moved(day, years)


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)


def _month_end(day: date, back: int) -> date:
    """The last day of the month that lies ``back`` months before the day's own."""
    year, month = divmod(day.year * 12 + day.month - 1 - back, 12)
    return date(year, month + 1, monthrange(year, month + 1)[1])
