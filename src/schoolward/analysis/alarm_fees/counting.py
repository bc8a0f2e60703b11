"""The how-manieth each false alarm is in its window."""

from dataclasses import dataclass

import numpy as np

from schoolward.analysis.alarm_fees.alarms import BY_SYSTEM, Alarms
from schoolward.analysis.alarm_fees.days import (
    NO_DAY,
    Integers,
    anniversary_begins,
    rolling_months_begin,
    year_begins,
)
from schoolward.analysis.alarm_fees.ordinance import TYPES, Edition, Ordinance, Window, WindowKind


@dataclass(frozen=True)
class Counts:
    """For each counted alarm: the first day of its window, its ordinal there, and where to find the others.

    Alarms of one count, one after the other, are what `sequence` lists: the alarm stands at `position` there,
    and the ordinal - 1 places before it hold the earlier alarms of its window.
    """

    window_begins: Integers
    ordinal: Integers
    position: Integers
    sequence: Integers


def count(alarms: Alarms, anchor: Integers, ordinance: Ordinance) -> Counts:
    """Count alarms that are all false, each in the window and with the types that its own edition names.

    `anchor` is the day from which the system's permit year counts, NO_DAY if there never was one; such an
    alarm is counted by calendar year instead. Alarms that count stay in the count across editions.
    """
    size = len(alarms)
    begins, ordinal = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.int64)
    position, sequence, held = np.zeros(size, dtype=np.int64), [], 0
    for number in np.unique(alarms.edition).tolist():
        edition = ordinance.editions[number]
        for codes in _types_counted_together(edition):
            of_count = np.array([index in codes for index in range(len(TYPES))])[alarms.type]
            places = np.flatnonzero(of_count)
            own = alarms.edition[places] == number
            chosen = places[own]
            if not len(chosen):
                continue
            key = alarms.system[places] * BY_SYSTEM + alarms.day[places]
            starts = window_begins(edition.window, alarms.day[chosen], anchor[chosen])
            first = np.searchsorted(key, alarms.system[chosen] * BY_SYSTEM + starts)
            here = np.flatnonzero(own)
            begins[chosen], ordinal[chosen], position[chosen] = starts, here - first + 1, here + held
            sequence.append(places)
            held += len(places)
    together = np.concatenate(sequence) if sequence else np.zeros(0, dtype=np.int64)
    return Counts(begins, ordinal, position, together)


def _types_counted_together(edition: Edition) -> list[set[int]]:
    groups: dict[str, set[int]] = {}
    for kind, name in edition.counters().items():
        groups.setdefault(name, set()).add(TYPES.index(kind))
    return list(groups.values())


def window_begins(window: Window, days: Integers, anchor: Integers) -> Integers:
    """Return the first day of the window that holds, or ends with, each day."""
    match window.kind:
        case WindowKind.CALENDAR_YEAR:
            return year_begins(days)
        case WindowKind.ROLLING_DAYS:
            return days - window.length + 1
        case WindowKind.ROLLING_MONTHS:
            return rolling_months_begin(days, window.length)
    begins = year_begins(days)
    known = anchor != NO_DAY
    begins[known] = anniversary_begins(days[known], anchor[known])
    return begins
