"""Alarms in the one order in which they are judged, however they came: by system, by time, by number."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Final, Self

import numpy as np

from schoolward.analysis.alarm_fees.days import NEVER, NO_DAY, Integers, day_number
from schoolward.analysis.alarm_fees.ordinance import Ordinance
from schoolward.analysis.alarm_fees.records import Codes, Events
from schoolward.analysis.local_time import LocalClock

BY_SYSTEM: Final = 2**32
"""Systems lie this far apart in keys of system and day, so that one search finds both."""

BY_SYSTEM_SECONDS: Final = 2**40
"""The same for keys of system and second."""

_DAY: Final = 86_400


@dataclass(frozen=True)
class Alarms:
    """Columns of one length n, sorted by system, time and number; see :class:`records.Events`.

    `row` is the place in the events as they were handed in. `local` is wall-clock seconds, `day` the local
    day. `edition` indexes the ordinance's editions, -1 where none was in force. `notice` is the day of the
    city's notice, known or taken as the edition says.
    """

    row: Integers
    system: Integers
    time: Integers
    local: Integers
    day: Integers
    edition: Integers
    type: Codes
    disposition: Codes
    dispatched: Codes
    cancelled: Codes
    weather: Codes
    cause: Codes
    reset: Integers
    notice: Integers

    def __len__(self) -> int:
        return len(self.row)

    def take(self, which: Integers) -> Self:
        """Return some of the alarms, in the order of these places."""
        return type(self)(*(getattr(self, field.name)[which] for field in fields(self)))


def sort_alarms(events: Events, ordinance: Ordinance, systems: Sequence[str], as_of: int) -> Alarms:
    """Sort the alarms of days up to `as_of`. `systems` holds every system's name, sorted."""
    number = {name: index for index, name in enumerate(systems)}
    renumbered = np.array([number[name] for name in events.systems], dtype=np.int64)
    local = _local(events.time, LocalClock(ordinance.time_zone))
    day = local // _DAY
    system = renumbered[events.system] if len(renumbered) else events.system
    key = system * BY_SYSTEM_SECONDS + events.time
    row = np.argsort(key)
    _settle_ties(row, key[row], events.event)
    row = row[day[row] <= as_of]
    day = day[row]
    edition, notice_days = _editions(day, ordinance)
    notified = events.notified[row]
    return Alarms(
        row=row,
        system=system[row],
        time=events.time[row],
        local=local[row],
        day=day,
        edition=edition,
        type=events.type[row],
        disposition=events.disposition[row],
        dispatched=events.dispatched[row].astype(np.int8),
        cancelled=events.cancelled[row],
        weather=events.weather[row],
        cause=events.cause[row],
        reset=events.reset[row],
        notice=np.where(notified == NO_DAY, day + notice_days[edition], notified),
    )


def _local(time: Integers, clock: LocalClock) -> Integers:
    """Return wall-clock seconds; the zone is asked by the day, by the hour only where the clock is moved."""
    days, where = np.unique(time // _DAY, return_inverse=True)
    first, last = days * _DAY, days * _DAY + _DAY - 1
    offset = clock.to_local(first) - first
    moves = offset != clock.to_local(last) - last
    local = time + offset[where]
    if moves.any():
        hard = np.flatnonzero(moves[where])
        local[hard] = clock.to_local(time[hard])
    return local


def _settle_ties(row: Integers, key: Integers, names: Sequence[str]) -> None:
    """Put alarms of one system and second into the order of their numbers, in place."""
    same = np.flatnonzero(key[1:] == key[:-1])
    if not len(same):
        return
    breaks = np.flatnonzero(np.diff(same) > 1)
    firsts = same[np.concatenate([[0], breaks + 1])]
    lasts = same[np.concatenate([breaks, [len(same) - 1]])] + 1
    for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True):
        row[first : last + 1] = sorted(row[first : last + 1].tolist(), key=lambda index: names[index])


def _editions(day: Integers, ordinance: Ordinance) -> tuple[Integers, Integers]:
    """Return each day's edition, -1 for none, and the days to the notice by edition, with 0 for none last."""
    begins = np.array([day_number(edition.valid_from) for edition in ordinance.editions], dtype=np.int64)
    ends = np.array(
        [
            NEVER if edition.valid_to is None else day_number(edition.valid_to)
            for edition in ordinance.editions
        ],
        dtype=np.int64,
    )
    found = np.searchsorted(begins, day, side="right") - 1
    found = np.where((found >= 0) & (day <= ends[found]), found, -1)
    return found, np.array([edition.notice_days for edition in ordinance.editions] + [0], dtype=np.int64)
