"""Judging a crossing by an edition: each criterion with what was found, what was wanted, and why."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import inf

from schoolward.analysis.crossing_warrants.observed import CrossingAsIs, Observed
from schoolward.analysis.crossing_warrants.tables import HOURLY, Criterion, Edition, Need, Quantity


class Outcome(StrEnum):
    """What a criterion, or all of them, come to."""

    MET = "met"
    NOT_MET = "not_met"
    UNKNOWN = "unknown"
    DOES_NOT_APPLY = "does_not_apply"


@dataclass(frozen=True, slots=True)
class NeedFound:
    """What a criterion needs, and what was found: ``None`` where it was not counted.

    Of an hourly need for several hours, ``found`` is the value of the last hour that is needed: with two
    hours, the second highest. Of :attr:`Quantity.NEXT_CONTROLLED_FT` it is infinite where there is none near.
    """

    need: Need
    found: float | None

    @property
    def outcome(self) -> Outcome:
        """Whether the bound is kept."""
        if self.found is None:
            return Outcome.UNKNOWN
        kept = {
            "above": self.found > self.need.value,
            "at_least": self.found >= self.need.value,
            "below": self.found < self.need.value,
        }[self.need.bound]
        return Outcome.MET if kept else Outcome.NOT_MET


@dataclass(frozen=True, slots=True)
class CriterionFound:
    """A criterion, the day that speaks most for it, and each of its needs."""

    criterion: Criterion
    day: date | None
    needs: tuple[NeedFound, ...]
    applies: bool

    @property
    def outcome(self) -> Outcome:
        """Met where all is; not met where one is not; unknown where only a count is wanting."""
        if not self.applies:
            return Outcome.DOES_NOT_APPLY
        outcomes = {need.outcome for need in self.needs}
        if Outcome.NOT_MET in outcomes:
            return Outcome.NOT_MET
        return Outcome.UNKNOWN if Outcome.UNKNOWN in outcomes else Outcome.MET


@dataclass(frozen=True, slots=True)
class Verdict:
    """A crossing by an edition. Any one criterion that is met warrants a guard."""

    edition: Edition
    criteria: tuple[CriterionFound, ...]
    is_rural: bool
    gap_s: float

    @property
    def outcome(self) -> Outcome:
        """Whether a guard is warranted; unknown where a count is wanting that could still show it."""
        outcomes = {one.outcome for one in self.criteria}
        if Outcome.MET in outcomes:
            return Outcome.MET
        return Outcome.UNKNOWN if Outcome.UNKNOWN in outcomes else Outcome.NOT_MET


def gap_seconds(width_ft: float, rows: int, edition: Edition) -> float:
    """How long a gap in traffic must be for a group to cross: width over walking speed, plus the time to
    start, plus a headway for each further row of the group (Institute of Transportation Engineers, "A
    Program for School Crossing Protection", 1962).

    Feet and seconds. Raises ``ValueError`` for no width or no row.
    """
    if width_ft <= 0 or rows < 1:
        raise ValueError(f"no crossing of {width_ft} feet by {rows} rows")
    return width_ft / edition.walking_ft_s + edition.start_s + edition.row_s * (rows - 1)


def evaluate(crossing: CrossingAsIs, counts: Iterable[Observed], edition: Edition) -> Verdict:
    """Judge a crossing by an edition, from what was counted there.

    Rates are taken by the hour of the clock in which a count begins: counts of one hour are added up, and a
    count shorter than an hour is scaled to one. Each criterion is judged by each day on its own, and stands
    as on the day that speaks most for it.
    """
    told = list(counts)
    rural = crossing.rural or (
        crossing.speed_85_mph is not None and crossing.speed_85_mph > edition.rural_above_mph
    )
    rows = max((one.rows for one in told), default=1)
    found = tuple(_criterion(one, crossing, rural, told) for one in edition.criteria)
    return Verdict(edition, found, rural, gap_seconds(crossing.width_ft, rows, edition))


_BEST = (Outcome.MET, Outcome.UNKNOWN, Outcome.NOT_MET)


def _criterion(
    criterion: Criterion, crossing: CrossingAsIs, rural: bool, counts: list[Observed]
) -> CriterionFound:
    if not _applies(criterion, crossing, rural):
        return CriterionFound(criterion, None, (), False)
    days: list[date | None] = list(dict.fromkeys(sorted({one.day for one in counts}, reverse=True))) or [None]
    judged = [
        CriterionFound(
            criterion,
            day,
            tuple(
                NeedFound(need, _found(need, crossing, [one for one in counts if one.day == day]))
                for need in criterion.needs
            ),
            True,
        )
        for day in days
    ]
    return min(judged, key=lambda one: (_BEST.index(one.outcome), -_kept(one)))


def _kept(judged: CriterionFound) -> int:
    return sum(need.outcome is Outcome.MET for need in judged.needs)


def _applies(criterion: Criterion, crossing: CrossingAsIs, rural: bool) -> bool:
    return (
        crossing.control in criterion.controls
        and criterion.rural in (None, rural)
        and crossing.lanes >= criterion.least_lanes
        and criterion.divided in (None, crossing.divided)
        and not (criterion.without_refuge and crossing.has_refuge)
    )


def _found(need: Need, crossing: CrossingAsIs, counts: Sequence[Observed]) -> float | None:
    quantity = need.quantity
    if quantity is Quantity.WIDTH_FT:
        return crossing.width_ft
    if quantity is Quantity.NEXT_CONTROLLED_FT:
        return inf if crossing.controlled_within_ft is None else crossing.controlled_within_ft
    if not counts:
        return None
    if quantity in HOURLY:
        rates = _hourly(quantity, counts)
        return rates[need.hours - 1] if len(rates) >= need.hours else None
    if quantity is Quantity.PUPILS_PER_DAY:
        return float(sum(one.pupils for one in counts))
    counted = [one for one in counts if one.gaps is not None]
    if not counted:
        return None
    return sum(one.gaps or 0 for one in counted) / sum(one.minutes for one in counted)


def _hourly(quantity: Quantity, counts: Sequence[Observed]) -> list[float]:
    """The rates of a day's hours, highest first."""
    hours: dict[int, tuple[int, int]] = {}
    for one in counts:
        number = {
            Quantity.VEHICLES_PER_HOUR: one.vehicles,
            Quantity.TURNING_PER_HOUR: one.turning,
            Quantity.PUPILS_PER_HOUR: one.pupils,
        }[quantity]
        before = hours.get(one.begins.hour, (0, 0))
        hours[one.begins.hour] = (before[0] + number, before[1] + one.minutes)
    return sorted((number * 60 / minutes for number, minutes in hours.values()), reverse=True)
