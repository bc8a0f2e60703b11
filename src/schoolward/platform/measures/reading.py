"""Reading a measure: value and records from one and the same queryset."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Model, QuerySet, Sum
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from schoolward.platform.access.policy import readable, visible
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period, Scope
from schoolward.platform.measures.protection import is_withheld
from schoolward.platform.measures.registry import Ends, Measure, Part, Rows, get, rows_of
from schoolward.platform.measures.walls import count_of, counting, is_protected
from schoolward.platform.measures.windows import released

Number = int | float
_NO_WINDOW = gettext_lazy(
    "Counts of students are given from July 1 or January 1 to the end of a month of the same school year: "
    "so no child is found by subtraction."
)


class Shown(StrEnum):
    """What an interval says of a change."""

    NOTHING = ""
    RISE = "rise"
    FALL = "fall"
    NOT_SHOWN = "no change shown"


@dataclass(frozen=True)
class Reading:
    """One measure's value for one period and scope, with what it was divided by.

    ``known_between`` is given where the records were read (:func:`read_with_records`): the days for which
    records were brought in at all. ``parts`` are those whose records can be opened.
    """

    measure: Measure
    period: Period
    scope: Scope
    value: Number | None
    numerator: Number | None
    denominator: Number | None
    records: int
    suppressed: bool = False
    collected: bool = True
    note: str = ""
    known_between: tuple[date, date] | None = field(default=None, compare=False)
    parts: tuple[Part, ...] = (Part.NUMERATOR,)
    ends: Callable[[Number, Number], Ends] | None = field(default=None, compare=False, repr=False)
    unchanged: float | None = None

    @property
    def interval(self) -> Ends | None:
        """The 95 percent interval in the value's unit; ``None`` where the measure knows none."""
        if self.ends is None or self.value is None or self.numerator is None or not self.denominator:
            return None
        return self.ends(self.numerator, self.denominator)

    @property
    def shows(self) -> Shown:
        """What the interval of a change shows; empty where the number is no change, or knows no interval."""
        ends = None if self.unchanged is None else self.interval
        if ends is None or self.unchanged is None:
            return Shown.NOTHING
        low, high = ends
        if low > self.unchanged:
            return Shown.RISE
        return Shown.FALL if high is not None and high < self.unchanged else Shown.NOT_SHOWN

    def as_json(self) -> dict[str, Any]:
        """The shape that scripts rely on (issue: command line and API)."""
        return {
            "key": self.measure.key,
            "value": self.value,
            "numerator": self.numerator,
            "denominator": self.denominator,
            "unit": self.measure.unit,
            "suppressed": self.suppressed,
            "records": self.records,
            "collected": self.collected,
            "note": self.note,
            "interval": self.interval,
            "shows": self.shows.value,
        }


def _total(rows: Rows) -> tuple[Number, int]:
    """The numerator and the number of records behind it."""
    count = count_of(rows.numerator) if rows.known_count is None else rows.known_count()
    if rows.amount is None:
        return count, count
    return _plain(rows.numerator.aggregate(total=Sum(rows.amount))["total"] or 0), count


def _held_against(rows: Rows) -> Number:
    """What the numerator is held against: a number, rows counted, or an amount of rows summed."""
    if not isinstance(rows.denominator, QuerySet):
        return _plain(rows.denominator)
    if rows.denominator_amount is None:
        return count_of(rows.denominator)
    return _plain(rows.denominator.aggregate(total=Sum(rows.denominator_amount))["total"] or 0)


def _plain(number: Any) -> Number:
    if isinstance(number, Decimal):
        return int(number) if number == number.to_integral_value() else float(number)
    return number


def read(key: str, period: Period, scope: Scope = Scope()) -> Reading:  # noqa: B008 - frozen value
    """Read one measure, by the count that it has at hand where it has one. Raises ``UnknownMeasure``.

    A count of students of 1 up to ``minimum_count - 1`` is suppressed, and so is a site from which a smaller
    one could be worked out (see ``protection``): value and parts are ``None``.
    """
    found = get(key)
    window = window_of(found, period, scope)
    return _reading(found, rows_of(found, window or period, scope), period, scope, window)


def read_given(key: str, window: Period, scope: Scope) -> Reading:
    """Read a measure for a window that :func:`~schoolward.platform.measures.windows.given` gave for it: it is
    not looked for again. Raises ``UnknownMeasure``."""
    found = get(key)
    return _reading(found, rows_of(found, window, scope), window, scope, window)


def read_with_records(key: str, period: Period, scope: Scope) -> tuple[Reading, QuerySet[Any]]:
    """The reading and the very queryset that it was counted from, row by row. Raises ``UnknownMeasure``.

    Whoever opens a number, or publishes it, is not served a count that was kept.
    """
    reading, rows = _counted(key, period, scope)
    return reading, rows.numerator


def _counted(key: str, period: Period, scope: Scope) -> tuple[Reading, Rows]:
    found = get(key)
    window = window_of(found, period, scope)
    rows = replace(rows_of(found, window or period, scope), known_count=None)
    reading = _reading(found, rows, period, scope, window)
    if rows.known_between is not None and reading.collected:
        reading = replace(reading, known_between=rows.known_between())
    return reading, rows


@dataclass(frozen=True)
class Opened:
    """A number opened: its reading, and the records of one of its parts.

    ``is_hidden``: there are none to show, because nothing is collected, or because they are of so few
    students that they are withheld. ``amount`` names what is summed of each record, ``None`` for a part
    whose records are counted.
    """

    reading: Reading
    part: Part
    behind: QuerySet[Any]
    records: int
    is_hidden: bool
    amount: str | None = None

    def keys(self) -> list[str]:
        """The records as ``"app.Model:pk"``, in primary-key order; none where they are hidden."""
        return [] if self.is_hidden else _keys(self.behind)

    @property
    def is_protected(self) -> bool:
        """Whether the records are about persons: then only whoever reads one whole may learn its key."""
        return is_protected(self.behind.model)

    def amount_of(self, row: Model, viewer: Viewer) -> Number | None:
        """What a record adds to the sum, in the measure's unit: the record comes from ``behind``.

        ``None`` where records are counted, or the viewer may not read the field of this record.
        """
        if self.amount is None:
            return None
        is_kept = any(field.name == self.amount for field in row._meta.concrete_fields)
        if is_kept and not readable(row, self.amount, viewer):
            return None
        return _plain(getattr(row, self.amount))

    def amounts(self, viewer: Viewer) -> list[Number | None]:
        """What each record adds to the sum, in the order of :meth:`keys`.

        ``None`` for a record that is not the viewer's to open. Empty where records are counted.
        """
        if self.amount is None or self.is_hidden or self.is_protected:
            return []
        seen = {row.pk: self.amount_of(row, viewer) for row in visible(self.behind, viewer)}
        return [seen.get(pk) for pk in self.behind.order_by("pk").values_list("pk", flat=True)]


def open_part(
    key: str,
    period: Period,
    scope: Scope = Scope(),  # noqa: B008 - frozen value
    part: Part = Part.NUMERATOR,
) -> Opened:
    """Open the records of a part of a number. Raises ``UnknownMeasure`` and ``NoSuchPart``.

    The records that are outstanding may be few where the number itself is large enough to be shown.
    """
    reading, rows = _counted(key, period, scope)
    behind = rows.behind(part)
    if reading.suppressed or not reading.collected:
        return Opened(reading, part, behind, 0, is_hidden=True)
    with counting(behind):
        count = reading.records if part is Part.NUMERATOR else behind.count()
    amount = rows.amount if part is Part.NUMERATOR else None
    # Where students are summed over records, the reading has looked at the sum already.
    is_summed = (amount or (rows.denominator_amount if part is Part.DENOMINATOR else None)) is not None
    if not is_summed and 0 < count < reading.measure.minimum_count:
        return Opened(reading, part, behind, 0, is_hidden=True)
    return Opened(reading, part, behind, count, is_hidden=False, amount=amount)


def window_of(found: Measure, period: Period, scope: Scope) -> Period | None:
    """The window that is read: that asked for, or for counts of students what may be given for it."""
    return released(found, period, scope) if found.minimum_count else period


def _reading(found: Measure, rows: Rows, asked: Period, scope: Scope, window: Period | None) -> Reading:
    period = window or asked
    nothing = Reading(found, period, scope, None, None, None, 0, collected=False, note=str(rows.missing))
    if not found.by_site and scope.campus_id is not None:
        return replace(nothing, note=_("It is told of all sites together, and not by site."))
    if not found.by_program and scope.program:
        return replace(nothing, note=_("It is told of all programs together, and not by program."))
    if not rows.collected:
        return nothing
    if rows.withheld or window is None:
        note = str(rows.note) if window is not None else str(_NO_WINDOW)
        return Reading(found, period, scope, None, None, None, 0, suppressed=True, note=note)
    with counting(rows.numerator, rows.denominator):
        numerator, records = _total(rows)
        held_against = None if rows.denominator is None else _held_against(rows)
    if held_against is None:
        denominator: Number | None = None
        value: Number | None = numerator
    else:
        denominator = held_against
        if rows.needs_denominator and not denominator:
            return nothing
        value = rows.factor * numerator / denominator if denominator else None
    small = [n for n in (numerator, denominator) if n is not None and 0 < n < found.minimum_count]
    if small or (found.minimum_count and is_withheld(found, period, scope)):
        return Reading(found, period, scope, None, None, None, 0, suppressed=True, note=str(rows.note))
    return Reading(
        found,
        period,
        scope,
        value,
        numerator,
        denominator,
        records,
        note=" ".join(filter(None, (str(rows.note), _until(asked, period)))),
        parts=rows.parts,
        ends=rows.interval,
        unchanged=rows.unchanged,
    )


def _until(asked: Period, window: Period) -> str:
    """From and until when students were counted, where these are not the days asked about."""
    told = ""
    if asked.start is None and window.start is not None:
        told = _("Counted from %(day)s, the first day of the school year.") % {
            "day": date_format(window.start, "F j, Y")
        }
    day = window.end or window.as_of
    if day == (asked.end or asked.as_of):
        return told
    until = _("Counted to %(day)s: a later month is not over, or what it added is too few to be given.") % {
        "day": date_format(day, "F j, Y")
    }
    return f"{told} {until}".strip()


def records(key: str, period: Period, scope: Scope = Scope()) -> QuerySet[Any]:  # noqa: B008
    """The records behind the reading: the very queryset that the value was counted from."""
    return get(key).rows(period, scope).numerator


def record_keys(key: str, period: Period, scope: Scope = Scope()) -> list[str]:  # noqa: B008
    """The records behind the reading as ``"app.Model:pk"``, in primary-key order."""
    return _keys(records(key, period, scope))


def _keys(queryset: QuerySet[Any]) -> list[str]:
    label = queryset.model._meta.label
    with counting(queryset):
        return [f"{label}:{pk}" for pk in queryset.order_by("pk").values_list("pk", flat=True)]
