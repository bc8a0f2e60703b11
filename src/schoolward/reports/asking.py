"""What a token of a text asks: which days, which sites, and what of the reading is printed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from schoolward.platform.measures.display import CENTS, display, parts, shown, span
from schoolward.platform.measures.lineage import Lineage, empty
from schoolward.platform.measures.period import Period, PeriodError, Scope
from schoolward.platform.measures.reading import Reading
from schoolward.platform.measures.registry import Measure
from schoolward.reports.content import long_date, school_year_name
from schoolward.reports.text import TextError, Token


def period_of(token: Token, as_of: date, measure: Measure) -> Period:
    """The dates that a token asks about, as of the report's date. Raises :class:`TextError`."""
    start, end = token.option("from"), token.option("to")
    if not start and not end:
        period = named_period(token.option("period"), as_of)
    else:
        last = date.fromisoformat(end) if end else as_of
        first = date.fromisoformat(start) if start else None
        try:
            period = Period(first, last, as_of)
        except PeriodError as error:
            raise TextError(token.raw, str(error)) from error
    if not measure.at_a_day:
        return period
    if start:
        raise TextError(token.raw, "this number stands at a day, it has no period; give to=… alone")
    day = period.end or as_of
    if day > as_of:
        raise TextError(token.raw, f"{day} lies after {as_of}, the day at which the figures stand")
    return Period(None, None, day)


def named_period(name: str, as_of: date) -> Period:
    """The period of this name, as of the report's date; the school year to date where none is given."""
    if name == "to-date":
        return Period(None, as_of, as_of)
    if name == "last-school-year":
        return Period.previous_school_year(as_of)
    if name in ("twelve-months", "twelve-months-before"):
        last = as_of if name == "twelve-months" else _year_before(as_of)
        return Period(_year_before(last) + timedelta(days=1), last, as_of)
    if name == "year-before-last":
        begun = Period.previous_school_year(as_of).start
        assert begun is not None  # noqa: S101 - a whole year has a start
        before = Period.school_year(begun - timedelta(days=1))
        return Period(before.start, before.end, as_of)
    return Period.school_year(as_of)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def words_for(name: str, as_of: date) -> str:
    """A named period in words: "school year 2011/12"."""
    period = named_period(name, as_of)
    if period.start is None:
        return f"up to {long_date(as_of)}"
    if name in ("twelve-months", "twelve-months-before"):
        return f"the twelve months to {long_date(period.end or as_of)}"
    words = f"school year {school_year_name(period.start)}"
    return words if name != "school-year" else f"{words} up to {long_date(as_of)}"


def scope_of(token: Token) -> Scope:
    """The sites that a token asks about. Raises :class:`TextError`."""
    code = token.option("site")
    if not code:
        return Scope()
    from schoolward.domains.places.queries import campus_for_cds

    campus = campus_for_cds(code)
    if campus is None:
        raise TextError(token.raw, f"no school has the code {code}; give a CDS code of 14 digits")
    return Scope(campus.pk, campus.name)


def whole(reading: Reading, lineage: Lineage) -> tuple[Reading, Lineage]:
    """The reading as it is, or as not collected where its period reaches beyond the records.

    A count of the three months that were brought in is not the count of the year.
    """
    if covers(reading):
        return reading, lineage
    assert reading.known_between is not None  # noqa: S101 - else it would cover
    note = _(
        "The records brought in so far do not cover the whole period: they reach from about %(first)s to "
        "about %(last)s."
    ) % {"first": long_date(reading.known_between[0]), "last": long_date(reading.known_between[1])}
    partial = replace(
        reading, value=None, numerator=None, denominator=None, records=0, collected=False, note=note
    )
    return partial, empty(lineage.model)


def covers(reading: Reading) -> bool:
    """Whether records were brought in for the whole period, as far as the measure can tell."""
    if reading.known_between is None:
        return True
    first, last = reading.known_between
    start, end = reading.period.start, min(reading.period.end or reading.period.as_of, reading.period.as_of)
    return (start is None or start >= first) and end <= last


def printed(reading: Reading, show: str) -> str:
    """What stands in the text: the value, or the part of it that the token asks for.

    Raises ``NoInterval`` where an interval is asked for of a measure that knows none.
    """
    if not reading.collected or reading.suppressed or show in ("", "value"):
        return shown(reading)
    if show == "parts":
        return parts(reading) or shown(reading)
    if show == "records":
        return display(reading.records, "records")
    if show == "interval":
        return span(reading)
    value = reading.numerator if show == "numerator" else reading.denominator
    unit = reading.measure.record_unit
    if show == "denominator":
        unit = reading.measure.denominator_unit or unit
    return display(value, unit if unit in CENTS else "")
