"""What the engine says of each alarm, and the sums of it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import numpy as np

from schoolward.analysis.alarm_fees.alarms import Alarms
from schoolward.analysis.alarm_fees.charges import Charge
from schoolward.analysis.alarm_fees.counting import Counts
from schoolward.analysis.alarm_fees.days import NO_DAY, Integers, day_date, years_of
from schoolward.analysis.alarm_fees.ordinance import TYPES, Edition, Ordinance
from schoolward.analysis.alarm_fees.pricing import Prices
from schoolward.analysis.alarm_fees.records import Codes
from schoolward.analysis.alarm_fees.screening import Reason
from schoolward.analysis.alarm_fees.sentences import Facts, sentence
from schoolward.analysis.alarm_fees.states import State
from schoolward.analysis.alarm_fees.terms import Ruling, Rulings
from schoolward.analysis.alarm_fees.validity import Cancellation, Status

_WALL_CLOCK = datetime(1970, 1, 1)  # noqa: DTZ001 - a wall clock has no zone


@dataclass(frozen=True, slots=True)
class Assessment:
    """What one alarm came to. Money is in cents; `time` is the city's wall clock.

    `claimed_cents` is what is asked for: fee and surcharge unless waived or struck out, and the late fee. It
    is None where the ordinance's amounts are not known, or none of its editions was in force. `ordinal` is 0
    where the alarm does not count. `earlier` names the alarms of the window that were counted before it.
    """

    event: str
    system: str
    time: datetime
    type: str
    counts: bool
    reason: Reason
    why: str
    ordinal: int
    window_from: date | None
    earlier: tuple[str, ...]
    permit: Status
    fee_cents: int
    surcharge_cents: int
    late_fee_cents: int
    claimed_cents: int | None
    state: State
    appeal: Ruling
    appeal_by: date | None
    decision_by: date | None
    pay_by: date | None
    paid_on: date | None


@dataclass(frozen=True, slots=True)
class Total:
    """Sums over a system (None: all) and a calendar year (None: all), in cents.

    `claimed_cents` is for alarms and is `paid_cents` + `appealed_cents` + `owed_cents`; `permit_cents` comes
    beside it. `unknown_amounts` counts false alarms whose fee is not known and so stands in no sum;
    `not_assessed` counts alarms of days on which no edition of the ordinance was in force.
    """

    system: str | None
    year: int | None
    alarms: int
    false_alarms: int
    claimed_cents: int
    paid_cents: int
    appealed_cents: int
    owed_cents: int
    waived_cents: int
    permit_cents: int
    unknown_amounts: int
    not_assessed: int


@dataclass(frozen=True)
class Assessments:
    """All that was assessed, in columns, sorted by system, time and number; iterate for single alarms.

    `reason`, `stands`, `rulings` and `deadline` are of all alarms, `counts`, `prices`, `due`, `paid`,
    `state` and `late_fee` of those at the places `counted`.
    """

    ordinance: Ordinance
    as_of: date
    names: Sequence[str]
    systems: Sequence[str]
    alarms: Alarms
    reason: Codes
    stands: Integers
    rulings: Rulings
    deadline: Integers
    counted: Integers
    counts: Counts
    prices: Prices
    due: Integers
    paid: Integers
    state: Integers
    late_fee: Integers
    charges: tuple[Charge, ...]
    cancellations: tuple[Cancellation, ...]

    def __len__(self) -> int:
        return len(self.alarms)

    def __iter__(self) -> Iterator[Assessment]:
        return (self[place] for place in range(len(self)))

    def __getitem__(self, place: int) -> Assessment:
        if not 0 <= place < len(self):
            raise IndexError(place)
        reason = Reason(int(self.reason[place]))
        ruling = Ruling(int(self.rulings.ruling[place]))
        counts = reason is Reason.COUNTED
        struck = reason in (Reason.APPEAL_GRANTED, Reason.SAME_AS_GRANTED)
        at = int(np.searchsorted(self.counted, place))
        prices = self.prices
        fee, surcharge = (int(prices.fee[at]), int(prices.surcharge[at])) if counts else (0, 0)
        late_fee = int(self.late_fee[at]) if counts else 0
        state = (
            State(int(self.state[at])) if counts else State.VOID_ON_APPEAL if struck else State.NOT_COUNTED
        )
        state = State.NOT_ASSESSED if reason is Reason.NO_RULE else state
        claimed: int | None = 0 if state is State.WAIVED else fee + surcharge + late_fee
        has_rule = self.alarms.edition[place] >= 0
        return Assessment(
            event=self._name(place),
            system=self.systems[int(self.alarms.system[place])],
            time=_WALL_CLOCK + timedelta(seconds=int(self.alarms.local[place])),
            type=TYPES[self.alarms.type[place]],
            counts=counts,
            reason=reason,
            why=sentence(self._facts(place, at, reason, state)),
            ordinal=int(self.counts.ordinal[at]) if counts else 0,
            window_from=day_date(int(self.counts.window_begins[at])) if counts else None,
            earlier=self._earlier(at) if counts else (),
            permit=Status(int(prices.status[at])) if counts else Status.UNKNOWN,
            fee_cents=fee,
            surcharge_cents=surcharge,
            late_fee_cents=late_fee,
            claimed_cents=None if state in (State.AMOUNT_UNKNOWN, State.NOT_ASSESSED) else claimed,
            state=state,
            appeal=ruling,
            appeal_by=_date(self.deadline[place]) if has_rule and (counts or struck) else None,
            decision_by=_date(self.rulings.decision_due[place]),
            pay_by=_date(self.due[at]) if counts and claimed else None,
            paid_on=_date(self.paid[at]) if counts else None,
        )

    def notable(self) -> Integers:
        """Return the places of alarms that cost something, would have, or were struck out on appeal."""
        struck = np.isin(self.reason, (Reason.APPEAL_GRANTED, Reason.SAME_AS_GRANTED))
        struck[self.counted[self.state != State.FREE]] = True
        return np.flatnonzero(struck)

    def not_assessed(self) -> str:
        """Say how many alarms no edition of the ordinance reaches, and why; nothing where it reaches all."""
        places = np.flatnonzero(self.reason == Reason.NO_RULE)
        if not len(places):
            return ""
        days = self.alarms.day[places]
        spans = ", ".join(
            f"{one.valid_from} to {one.valid_to}" if one.valid_to else f"from {one.valid_from} on"
            for one in self.ordinance.editions
        )
        which = "The only alarm" if len(self) == 1 else f"{len(places):,} of {len(self):,} alarms"
        first, last = day_date(int(days.min())), day_date(int(days.max()))
        return f"{which} ({first} to {last}) cannot be assessed: the rule that is known here holds {spans}."

    def totals(self) -> list[Total]:
        """Sum up by system and year, by system, by year and over all, in this order."""
        years = years_of(self.alarms.day)
        known = [*{*np.unique(years).tolist(), *(charge.day.year for charge in self.charges)}]
        if not known:
            return [Total(None, None, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)]
        first = min(known)
        columns = self._sums(years, first, max(known) - first + 1)  # what is summed, systems, years
        found = []
        present = np.argwhere((columns[0] > 0) | (columns[7] > 0)).tolist()
        of_each = columns[:, *np.array(present).T].T.tolist()
        for (system, year), sums in zip(present, of_each, strict=True):
            found.append(Total(self.systems[system], first + year, *sums))
        for system in sorted({system for system, _ in present}):
            found.append(_total(self.systems[system], None, columns[:, system].sum(axis=1)))
        for year in sorted({year for _, year in present}):
            found.append(_total(None, first + year, columns[:, :, year].sum(axis=1)))
        return [*found, _total(None, None, columns.sum(axis=(1, 2)))]

    def _sums(self, years: Integers, first: int, width: int) -> Integers:
        shape = (len(self.systems), width)
        cell = self.alarms.system * width + years - first
        of_counted = cell[self.counted]
        fees = self.prices.fee + self.prices.surcharge
        claimed = np.where(np.isin(self.state, (State.WAIVED, State.AMOUNT_UNKNOWN)), 0, fees) + self.late_fee

        def spread(cells: Integers, cents: Integers | None = None) -> Integers:
            if cents is None:
                return np.bincount(cells, minlength=shape[0] * width).reshape(shape)
            # Weights are floats, exact up to 2**53 cents.
            added = np.bincount(cells, weights=cents, minlength=shape[0] * width)
            return added.astype(np.int64).reshape(shape)

        paid, appealed = self.state == State.PAID, self.state == State.APPEALED
        permits = np.zeros(shape, dtype=np.int64)
        number = {name: index for index, name in enumerate(self.systems)}
        for charge in self.charges:
            permits[number[charge.system], charge.day.year - first] += charge.cents
        return np.stack(
            [
                spread(cell),
                spread(of_counted),
                spread(of_counted, claimed),
                spread(of_counted[paid], claimed[paid]),
                spread(of_counted[appealed], claimed[appealed]),
                spread(of_counted[~paid & ~appealed], claimed[~paid & ~appealed]),
                spread(of_counted[self.state == State.WAIVED], fees[self.state == State.WAIVED]),
                permits,
                spread(of_counted[self.state == State.AMOUNT_UNKNOWN]),
                spread(cell[self.reason == Reason.NO_RULE]),
            ]
        )

    def _name(self, place: int) -> str:
        return self.names[int(self.alarms.row[place])]

    def _earlier(self, at: int) -> tuple[str, ...]:
        counts = self.counts
        position, ordinal = int(counts.position[at]), int(counts.ordinal[at])
        others = counts.sequence[position - ordinal + 1 : position].tolist()
        return tuple(self._name(int(self.counted[other])) for other in others)

    def _edition(self, place: int) -> Edition | None:
        number = int(self.alarms.edition[place])
        return None if number < 0 else self.ordinance.editions[number]

    def _facts(self, place: int, at: int, reason: Reason, state: State) -> Facts:
        prices, counts = self.prices, reason is Reason.COUNTED
        stands = int(self.stands[place])
        return Facts(
            reason=reason,
            state=state,
            ruling=Ruling(int(self.rulings.ruling[place])),
            edition=self._edition(place),
            type=TYPES[self.alarms.type[place]],
            ordinal=int(self.counts.ordinal[at]) if counts else 0,
            window_from=day_date(int(self.counts.window_begins[at])) if counts else None,
            permit=Status(int(prices.status[at])) if counts else Status.UNKNOWN,
            fee_cents=int(prices.fee[at]) if counts else 0,
            surcharge_cents=int(prices.surcharge[at]) if counts else 0,
            late_fee_cents=int(self.late_fee[at]) if counts else 0,
            instead=counts and bool(prices.instead[at]),
            unpermitted_ordinal=int(prices.unpermitted_ordinal[at]) if counts else 0,
            waiver_ends=_date(prices.waiver_ends[at]) if counts else None,
            stands_for=self._name(stands) if stands >= 0 and reason is Reason.SAME_INCIDENT else "",
            appeal_by=_date(self.deadline[place]),
            pay_by=_date(self.due[at]) if counts else None,
        )


def _date(number: int) -> date | None:
    return None if number == NO_DAY else day_date(int(number))


def _total(system: str | None, year: int | None, sums: Integers) -> Total:
    return Total(system, year, *(int(value) for value in sums))
