"""What each counted false alarm costs: the schedule's fee, and what a missing permit changes."""

from dataclasses import dataclass, fields

import numpy as np

from schoolward.analysis.alarm_fees.alarms import Alarms
from schoolward.analysis.alarm_fees.days import NO_DAY, Flags, Integers
from schoolward.analysis.alarm_fees.ordinance import TYPES, Ordinance, UnpermittedMode
from schoolward.analysis.alarm_fees.records import Codes
from schoolward.analysis.alarm_fees.validity import Status, Validity


@dataclass(frozen=True)
class Prices:
    """For each counted alarm its fee, in cents.

    `fee` is the schedule's, or what stands in its place without a permit (`instead`); `surcharge` comes on
    top. `waived` tells whether nothing is claimed although there is a fee; `unknown` whether the ordinance
    has a fee and we do not know it. `unpermitted_ordinal` is 0 with a permit; `waiver_ends` is the last day
    on which a permit still waives the fee, NO_DAY where none does.
    """

    status: Codes
    fee: Integers
    surcharge: Integers
    instead: Flags
    waived: Flags
    unknown: Flags
    unpermitted_ordinal: Integers
    waiver_ends: Integers

    def put(self, places: Integers, others: "Prices") -> None:
        """Put the prices of some alarms in place of those that stood there."""
        for field in fields(self):
            getattr(self, field.name)[places] = getattr(others, field.name)

    @property
    def claimed(self) -> Integers:
        """What is asked for each alarm, without what lateness costs."""
        claimed: Integers = np.where(self.waived | self.unknown, 0, self.fee + self.surcharge)
        return claimed


def price(
    alarms: Alarms, place_in_window: Integers, ordinance: Ordinance, permits: Validity | None
) -> Prices:
    """Price alarms that all count, given the ordinal of each in its window.

    All alarms of a system must be there. Without `permits` none is taken to be without one.
    """
    size = len(alarms)
    status = np.full(size, Status.UNKNOWN, dtype=np.int8)
    if permits is not None:
        status, _ = permits.status(alarms.system, alarms.day)
    fee, unknown = _scheduled(alarms, place_in_window, ordinance)
    surcharge, instead = np.zeros(size, dtype=np.int64), np.zeros(size, dtype=np.bool_)
    waived, waiver_ends = np.zeros(size, dtype=np.bool_), np.full(size, NO_DAY, dtype=np.int64)
    without = status > Status.PERMITTED
    ordinal = _running(alarms.system, without)
    for number, edition in enumerate(ordinance.editions):
        rule = edition.unpermitted
        if rule is None or permits is None:
            continue
        here = without & (alarms.edition == number)
        if rule.mode is UnpermittedMode.INSTEAD:
            fee[here], instead[here], unknown[here] = rule.cents, True, False
        else:
            surcharge[here] = rule.cents
        never = here & (status == Status.NONE) & (ordinal <= rule.waive_first)
        if never.any():
            last = _first_day(alarms, ordinal, len(permits.first_permit)) + rule.waive_within_days
            waiver_ends[never] = last[never]
            waived |= never & (permits.first_permit[alarms.system] <= last)
    return Prices(status, fee, surcharge, instead, waived, unknown, ordinal, waiver_ends)


def _scheduled(alarms: Alarms, ordinal: Integers, ordinance: Ordinance) -> tuple[Integers, Flags]:
    fee, unknown = np.zeros(len(alarms), dtype=np.int64), np.zeros(len(alarms), dtype=np.bool_)
    for number, edition in enumerate(ordinance.editions):
        of_edition = alarms.edition == number
        if edition.schedules is None:
            unknown |= of_edition
            continue
        for code, kind in enumerate(TYPES):
            schedule = edition.schedule_of(kind)
            if schedule is None:
                continue
            here = np.flatnonzero(of_edition & (alarms.type == code))
            firsts = np.array([tier.first for tier in schedule.tiers])
            cents = np.array([0, *(tier.cents for tier in schedule.tiers)], dtype=np.int64)
            fee[here] = cents[np.searchsorted(firsts, ordinal[here], side="right")]
    return fee, unknown


def _running(system: Integers, chosen: Flags) -> Integers:
    """Number the chosen alarms of each system 1, 2, 3 …; the others get 0. Systems stand together."""
    number = np.zeros(len(system), dtype=np.int64)
    places = np.flatnonzero(chosen)
    if len(places):
        begins = np.flatnonzero(np.diff(system[places], prepend=-1))
        lengths = np.diff(begins, append=len(places))
        number[places] = np.arange(len(places)) - np.repeat(begins, lengths) + 1
    return number


def _first_day(alarms: Alarms, ordinal: Integers, systems: int) -> Integers:
    """Return for each alarm the day of its system's first alarm without a permit."""
    first = np.zeros(systems, dtype=np.int64)
    places = np.flatnonzero(ordinal == 1)
    first[alarms.system[places]] = alarms.day[places]
    return first[alarms.system]
