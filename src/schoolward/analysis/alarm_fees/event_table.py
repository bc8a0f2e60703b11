"""The CSV file of alarms."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import BinaryIO, Final

import numpy as np

from schoolward.analysis.alarm_fees.days import NO_DAY, Integers, day_date, day_number
from schoolward.analysis.alarm_fees.ordinance import TYPES
from schoolward.analysis.alarm_fees.records import CANCELLED, CAUSES, DISPOSITIONS, WEATHER, Events
from schoolward.analysis.alarm_fees.tables import (
    CellProblem,
    Cells,
    Column,
    Read,
    one_of,
    parsed,
    read_moment,
)
from schoolward.analysis.local_time import LocalClock

EVENT_COLUMNS: Final = (
    Column("event", "The alarm's number, different for each", required=True),
    Column("time", "When it sounded: 2012-09-06 08:15 in the city's time, or with an offset", required=True),
    Column("system", "The alarm system that is billed, as permits name it", required=True),
    Column("type", f"One of {', '.join(TYPES)}", required=True),
    Column("disposition", f"One of {', '.join(DISPOSITIONS)}; empty is unknown", required=True),
    Column("dispatched", "Whether anyone was sent: yes or no; empty is yes"),
    Column("cancelled", f"One of {', '.join(CANCELLED)}; empty is no"),
    Column("weather", f"One of {', '.join(WEATHER)}; empty is none"),
    Column("cause", f"One of {', '.join(CAUSES)}; empty is not_stated"),
    Column("reset_at", "When the system was reset or deactivated; empty is not known"),
    Column("notified_on", "Day of the city's notice; empty is as the ordinance assumes"),
)

_TYPE_WORDS = {
    "hold_up": "robbery",
    "holdup": "robbery",
    "duress": "panic",
    "distress": "panic",
    "intrusion": "burglary",
}
_DISPOSITION_WORDS = {
    "": "unknown",
    "false_alarm": "false",
    "unfounded": "false",
    "actual": "emergency",
    "attempted": "attempt",
}
_YES_OR_NO = {"": True, "yes": True, "y": True, "true": True, "1": True}
_YES_OR_NO |= {"no": False, "n": False, "false": False, "0": False}
_EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone
_EPOCH_UTC = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND = timedelta(seconds=1)
_OLDEST, _NEWEST = 1900, 2200

_Row = tuple[str, int, bool, str, int, int, bool, int, int, int, int, bool, int]


def read_events(stream: BinaryIO, time_zone: str) -> tuple[Events, Read]:
    """Read alarms, and say which rows were refused and why. Raises TableProblem.

    A time without an offset is the city's wall clock; an hour that it repeats in autumn is taken as its first
    pass. Rows that say the same of one alarm are taken once; of rows that differ none is taken, because
    which of them is right must not depend on their order.
    """
    read = Read()
    kept: dict[str, tuple[int, _Row]] = {}
    clashing: dict[str, list[int]] = {}
    for number, row in parsed(stream, EVENT_COLUMNS, read, _Rows()):
        first, known = kept.setdefault(row[0], (number, row))
        if known != row:
            clashing.setdefault(row[0], [first]).append(number)
    for event, numbers in clashing.items():
        kept.pop(event)
        for number in numbers:
            others = ", ".join(str(other) for other in numbers if other != number)
            error = f"stands in row {others} as well, and the rows differ"
            read.refuse(number, "event", event, error, "Keep the one that is right, or number them apart.")
    events = _columns(kept, LocalClock(time_zone), time_zone, read)
    read.problems.sort(key=lambda problem: problem.row)
    return events, read


class _Rows:
    """Reads one row; what words mean is remembered, because files repeat a few of them."""

    def __init__(self) -> None:
        self._words: dict[tuple[str, str], int] = {}

    def __call__(self, cells: Cells) -> _Row:
        event = cells.needed("event")
        time, is_utc = _seconds(cells.needed("time"))
        system = cells.needed("system")
        kind = self._word(cells, "type", TYPES, _TYPE_WORDS)
        disposition = self._word(cells, "disposition", DISPOSITIONS, _DISPOSITION_WORDS)
        sent = cells.text("dispatched").lower()
        if sent not in _YES_OR_NO:
            raise CellProblem("is neither yes nor no", "Write yes or no.")
        cancelled = self._word(cells, "cancelled", CANCELLED, {"": "no"})
        weather = self._word(cells, "weather", WEATHER, {"": "none", "severe": "violent"})
        cause = self._word(cells, "cause", CAUSES, {"": "not_stated"})
        reset_text = cells.text("reset_at")
        reset, reset_utc = _seconds(reset_text) if reset_text else (NO_DAY, True)
        notified = cells.day("notified_on")
        return (
            event,
            time,
            is_utc,
            system,
            kind,
            disposition,
            _YES_OR_NO[sent],
            cancelled,
            weather,
            cause,
            reset,
            reset_utc,
            NO_DAY if notified is None else day_number(notified),
        )

    def _word(self, cells: Cells, name: str, known: Sequence[str], others: dict[str, str]) -> int:
        text = cells.text(name)
        code = self._words.get((name, text))
        if code is None:
            code = self._words[name, text] = known.index(one_of(text, known, others))
        return code


def _seconds(text: str) -> tuple[int, bool]:
    """Return seconds since 1970, and whether of UTC; else of the wall clock."""
    moment = read_moment(text)
    if not _OLDEST <= moment.year < _NEWEST:
        raise CellProblem("lies outside 1900 to 2199", "Mend the year.")
    if moment.tzinfo is None:
        return (moment - _EPOCH) // _SECOND, False
    return (moment - _EPOCH_UTC) // _SECOND, True


def _columns(kept: dict[str, tuple[int, _Row]], clock: LocalClock, zone: str, read: Read) -> Events:
    """Put rows into columns, in UTC, without those whose days contradict each other."""
    numbers = [number for number, _ in kept.values()]
    columns = list(zip(*(row for _, row in kept.values()), strict=True)) or [()] * 13
    time = _utc(columns[1], columns[2], clock)
    reset = _utc(columns[10], columns[11], clock)
    notified = np.array(columns[12], dtype=np.int64)
    day = clock.to_local(time) // 86_400
    written = np.array(columns[1], dtype=np.int64)
    twice = int(np.count_nonzero(clock.doubtful(written) & ~np.array(columns[2], dtype=np.bool_)))
    if twice:
        read.cautions.append(
            f"{twice:,} times without an offset are shown twice, or not at all, by the clock of {zone} when "
            "it is moved; the first pass was taken."
        )
    early_reset = (reset != NO_DAY) & (reset < time)
    early_notice = (notified != NO_DAY) & (notified < day)
    for place in np.flatnonzero(early_reset).tolist():
        value = datetime.fromtimestamp(int(reset[place]), UTC).astimezone(clock.zone)
        error, mend = "lies before the alarm", "Mend the time, or leave reset_at empty."
        read.refuse(numbers[place], "reset_at", f"{value:%Y-%m-%d %H:%M}", error, mend)
    for place in np.flatnonzero(early_notice & ~early_reset).tolist():
        day_said = str(day_date(int(notified[place])))
        error, mend = "lies before the alarm's day", "Mend the day, or leave notified_on empty."
        read.refuse(numbers[place], "notified_on", day_said, error, mend)
    good = np.flatnonzero(~early_reset & ~early_notice)
    systems = sorted({columns[3][place] for place in good.tolist()})
    code = {name: index for index, name in enumerate(systems)}
    return Events(
        event=[columns[0][place] for place in good.tolist()],
        time=time[good],
        systems=systems,
        system=np.array([code[columns[3][place]] for place in good.tolist()], dtype=np.int64),
        type=np.array(columns[4], dtype=np.int8)[good],
        disposition=np.array(columns[5], dtype=np.int8)[good],
        dispatched=np.array(columns[6], dtype=np.bool_)[good],
        cancelled=np.array(columns[7], dtype=np.int8)[good],
        weather=np.array(columns[8], dtype=np.int8)[good],
        cause=np.array(columns[9], dtype=np.int8)[good],
        reset=reset[good],
        notified=notified[good],
    )


def _utc(seconds: Sequence[int], is_utc: Sequence[bool], clock: LocalClock) -> Integers:
    found = np.array(seconds, dtype=np.int64)
    local = np.flatnonzero(~np.array(is_utc, dtype=np.bool_))
    found[local] = clock.to_utc(found[local])
    return found
