"""Which alarms count as false, and why the others do not."""

from collections.abc import Sequence
from enum import IntEnum
from typing import Final

import numpy as np

from schoolward.analysis.alarm_fees.alarms import BY_SYSTEM, BY_SYSTEM_SECONDS, Alarms
from schoolward.analysis.alarm_fees.days import NO_DAY, Flags, Integers
from schoolward.analysis.alarm_fees.ordinance import Exclusion, Ordinance
from schoolward.analysis.alarm_fees.records import (
    CANCELLED,
    CAUSES,
    DISPOSITIONS,
    REAL_CAUSES,
    WEATHER,
    Codes,
)


class Reason(IntEnum):
    """Why an alarm counts or does not; the first that applies, from the top."""

    COUNTED = 0
    NO_RULE = 1
    REAL = 2
    UNDECIDED = 3
    NOT_DISPATCHED = 4
    CANCELLED_BEFORE_DISPATCH = 5
    CANCELLED_BEFORE_ARRIVAL = 6
    TEST = 7
    VIOLENT_WEATHER = 8
    POWER_OUTAGE = 9
    TELEPHONE_LINE = 10
    ALARM_COMPANY = 11
    OUTSIDER = 12
    GRACE = 13
    APPEAL_GRANTED = 14
    SAME_AS_REAL = 15
    SAME_AS_GRANTED = 16
    SAME_INCIDENT = 17


REASON_OF: Final = {exclusion: Reason[exclusion.name] for exclusion in Exclusion}
"""The reason that an exclusion of an ordinance gives."""


def screen(
    alarms: Alarms, ordinance: Ordinance, granted: Flags, installed: Integers
) -> tuple[Codes, Integers]:
    """Return each alarm's Reason, and for those of an incident the place of the alarm that stands for it.

    `granted` tells which alarms an appeal has struck out; `installed` is from `validity.installed_before`.
    An alarm stands for its incident if it is the first that would count by itself. An incident with a real
    cause, or whose appeal was granted, does not count at all. The place is -1 where there is no such alarm.
    """
    reason = _by_itself(alarms, ordinance, installed)
    reason[(reason == Reason.COUNTED) & granted] = Reason.APPEAL_GRANTED
    stands = np.full(len(alarms), -1, dtype=np.int64)
    once = np.array([edition.until_reset for edition in ordinance.editions] + [False])[alarms.edition]
    if once.any():
        _count_incidents_once(alarms, once, granted, reason, stands)
    return reason, stands


def _by_itself(alarms: Alarms, ordinance: Ordinance, installed: Integers) -> Codes:
    reason = np.full(len(alarms), Reason.COUNTED, dtype=np.int8)
    # From the last reason to the first, so that the first one stays.
    grace = np.array([edition.grace_days for edition in ordinance.editions] + [0], dtype=np.int64)
    if len(installed) and grace.any():
        asked = alarms.system * BY_SYSTEM + alarms.day
        latest = np.searchsorted(installed, asked, side="right") - 1
        # Of another system it lies thousands of years back, and no grace is as long.
        within = (latest >= 0) & (asked - installed[latest] < grace[alarms.edition])
        reason[within] = Reason.GRACE
    for exclusion in reversed(Exclusion):
        listed = np.array([exclusion in edition.exclusions for edition in ordinance.editions] + [False])
        if listed.any():
            holds = _holds(exclusion, alarms)
            reason[holds if listed[:-1].all() else holds & listed[alarms.edition]] = REASON_OF[exclusion]
    reason[alarms.disposition == DISPOSITIONS.index("unknown")] = Reason.UNDECIDED
    reason[_is_one_of(alarms.disposition, DISPOSITIONS, REAL_CAUSES)] = Reason.REAL
    reason[alarms.edition < 0] = Reason.NO_RULE
    return reason


def _holds(exclusion: Exclusion, alarms: Alarms) -> Flags:
    match exclusion:
        case Exclusion.NOT_DISPATCHED:
            return alarms.dispatched == 0
        case Exclusion.CANCELLED_BEFORE_DISPATCH:
            return alarms.cancelled == CANCELLED.index("before_dispatch")
        case Exclusion.CANCELLED_BEFORE_ARRIVAL:
            return alarms.cancelled != CANCELLED.index("no")
        case Exclusion.TEST:
            return alarms.disposition == DISPOSITIONS.index("test")
        case Exclusion.VIOLENT_WEATHER:
            return alarms.weather == WEATHER.index("violent")
        case _:
            return alarms.cause == CAUSES.index(exclusion.value)


def _is_one_of(codes: Codes, names: Sequence[str], wanted: Sequence[str]) -> Flags:
    chosen = np.array([name in wanted for name in names])
    found: Flags = chosen[codes]
    return found


def _count_incidents_once(
    alarms: Alarms, once: Flags, granted: Flags, reason: Codes, stands: Integers
) -> None:
    """Find the incidents among alarms where `once` holds; write reasons and standing alarms in place."""
    places = np.flatnonzero(once)
    system = alarms.system[places] * BY_SYSTEM_SECONDS
    reset = np.where(alarms.reset[places] == NO_DAY, alarms.time[places], alarms.reset[places])
    reach = np.maximum.accumulate(system + reset)
    begins = np.ones(len(places), dtype=np.bool_)
    begins[1:] = system[1:] + alarms.time[places[1:]] >= reach[:-1]
    incident = np.cumsum(begins) - 1
    count = int(incident[-1]) + 1

    def has(flags: Flags) -> Flags:
        return np.bincount(incident[flags[places]], minlength=count)[incident] > 0

    own = reason[places]
    candidates = own == Reason.COUNTED
    standing = np.full(count, -1, dtype=np.int64)
    # Written from the last to the first, so that the first candidate of each incident stays.
    standing[incident[candidates][::-1]] = places[candidates][::-1]
    stands[places] = standing[incident]
    own = np.where(candidates & (standing[incident] != places), Reason.SAME_INCIDENT, own)
    own = np.where(candidates & has(reason == Reason.APPEAL_GRANTED), Reason.SAME_AS_GRANTED, own)
    own = np.where(candidates & has(reason == Reason.REAL), Reason.SAME_AS_REAL, own)
    reason[places] = own.astype(np.int8)
