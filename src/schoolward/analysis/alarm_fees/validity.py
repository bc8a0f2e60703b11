"""When a system had a permit in force, which term it was, and when the alarm system was put in."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from schoolward.analysis.alarm_fees.alarms import BY_SYSTEM
from schoolward.analysis.alarm_fees.days import NEVER, NO_DAY, Flags, Integers, day_number, months_later
from schoolward.analysis.alarm_fees.ordinance import Ordinance
from schoolward.analysis.alarm_fees.records import Codes, Permit


class Status(IntEnum):
    """Where a system's permit stood on a day. UNKNOWN where no permits were handed in at all."""

    UNKNOWN = 0
    PERMITTED = 1
    NONE = 2
    EXPIRED = 3
    CANCELLED = 4


@dataclass(frozen=True)
class Cancellation:
    """A permit that went out of force from a day until another (NEVER), and why it did."""

    system: int
    day: int
    until: int


@dataclass(frozen=True)
class Validity:
    """Spans in which permits were in force, sorted by system and first day; `key` is both in one number.

    `reach` is the furthest end of this span and those before it, as a key; `anchor` the day from which the
    permit year counts; `was_cancelled` tells whether a cancellation ended the span.
    """

    key: Integers
    reach: Integers
    anchor: Integers
    was_cancelled: Flags
    first_permit: Integers
    """By system: the first day with a permit, NEVER for none."""

    def status(self, system: Integers, day: Integers) -> tuple[Codes, Integers]:
        """Return for each system and day the Status and the anchor of the permit year.

        The year of a permit that lapsed runs on. Where there never was one, the anchor is NO_DAY.
        """
        status = np.full(len(day), Status.NONE, dtype=np.int8)
        anchor = np.full(len(day), NO_DAY, dtype=np.int64)
        if not len(self.key):
            return status, anchor
        asked = system * BY_SYSTEM + day
        span = np.searchsorted(self.key, asked, side="right") - 1
        # A key's system is read off by rounding, because days before 1970 are below zero.
        known = (span >= 0) & ((self.key[span] + BY_SYSTEM // 2) // BY_SYSTEM == system)
        in_force = known & (self.reach[span] > asked)
        ended = known & ~in_force
        status[in_force] = Status.PERMITTED
        status[ended] = np.where(self.was_cancelled[span[ended]], Status.CANCELLED, Status.EXPIRED)
        anchor[known] = self.anchor[span[known]]
        return status, anchor


def term_ends(permits: Sequence[Permit], ordinance: Ordinance) -> Integers:
    """Return the day after the last of each term: as it says itself, or as the ordinance then said."""
    starts = np.array([day_number(permit.starts_on) for permit in permits], dtype=np.int64)
    months = np.zeros(len(permits), dtype=np.int64)
    for index, permit in enumerate(permits):
        edition = ordinance.edition_on(permit.valid_from) or ordinance.editions[-1]
        months[index] = edition.permit_fees(permit.kind).term_months
    said = np.array(
        [NO_DAY if permit.ends_on is None else day_number(permit.ends_on) + 1 for permit in permits],
        dtype=np.int64,
    )
    return np.where(said == NO_DAY, months_later(starts, months), said)


def reinstatement_after(permits: Iterable[Permit], day: int) -> int:
    """Return the first day after `day` on which one of a system's permits was reinstated, else NEVER."""
    found = (day_number(permit.reinstated_on) for permit in permits if permit.reinstated_on is not None)
    return min((number for number in found if number > day), default=NEVER)


def validity(
    permits: Sequence[Permit],
    ends: Integers,
    systems: Mapping[str, int],
    cancelled: Iterable[Cancellation] = (),
) -> Validity:
    """Work out when permits were in force: their terms without what the permits themselves, and `cancelled`,
    put out of force. A cancellation reaches all terms that held, or were granted, up to its day."""
    by_system: dict[int, list[Cancellation]] = {}
    for cancellation in cancelled:
        by_system.setdefault(cancellation.system, []).append(cancellation)
    spans: list[tuple[int, int, int, int, bool]] = []
    first_permit = np.full(len(systems), NEVER, dtype=np.int64)
    for permit, end in zip(permits, ends.tolist(), strict=True):
        system, begin = systems[permit.system], day_number(permit.valid_from)
        first_permit[system] = min(first_permit[system], begin)
        gaps = [(gap.day, gap.until) for gap in by_system.get(system, ()) if begin <= gap.day]
        if permit.cancelled_on is not None:
            gone = day_number(permit.cancelled_on)
            back = NEVER if permit.reinstated_on is None else day_number(permit.reinstated_on)
            gaps.append((gone, back if back > gone else NEVER))
        anchor = day_number(permit.starts_on)
        for gone, back in sorted(gaps):
            if gone < end:
                # Of a term that was cancelled at once a span without length stays, to say what became of it.
                spans.append((system, begin, max(begin, gone), anchor, True))
                begin = max(begin, back)
        if begin < end:
            spans.append((system, begin, end, anchor, False))
    spans.sort()
    columns = np.array(spans, dtype=np.int64).reshape(len(spans), 5).T
    far = columns[0] * BY_SYSTEM
    return Validity(
        key=far + columns[1],
        reach=np.maximum.accumulate(far + columns[2]),
        anchor=columns[3],
        was_cancelled=columns[4].astype(np.bool_),
        first_permit=first_permit,
    )


def installed_before(permits: Sequence[Permit], systems: Mapping[str, int]) -> Integers:
    """Return sorted keys of system and day for each day on which an alarm system was put in."""
    keys = {
        systems[permit.system] * BY_SYSTEM + day_number(permit.installed_on)
        for permit in permits
        if permit.installed_on is not None
    }
    return np.array(sorted(keys), dtype=np.int64)
