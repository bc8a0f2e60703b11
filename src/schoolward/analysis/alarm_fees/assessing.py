"""The engine: a set of alarms, permits, appeals and payments in, every charge out.

The result is a function of what is known on a day and of nothing else. In what order or in how many batches
the records came does not matter: whoever learns of a late alarm puts it to the others and assesses anew.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from schoolward.analysis.alarm_fees.alarms import Alarms, sort_alarms
from schoolward.analysis.alarm_fees.charges import permit_charges
from schoolward.analysis.alarm_fees.counting import count
from schoolward.analysis.alarm_fees.days import NO_DAY, Flags, Integers, day_number
from schoolward.analysis.alarm_fees.ordinance import Ordinance
from schoolward.analysis.alarm_fees.pricing import Prices, price
from schoolward.analysis.alarm_fees.records import Appeal, Events, Payments, Permit
from schoolward.analysis.alarm_fees.results import Assessments
from schoolward.analysis.alarm_fees.screening import Reason, screen
from schoolward.analysis.alarm_fees.states import State
from schoolward.analysis.alarm_fees.terms import Ruling, Rulings, appeal_deadlines, judge, payment_due
from schoolward.analysis.alarm_fees.validity import (
    Cancellation,
    Status,
    Validity,
    installed_before,
    reinstatement_after,
    term_ends,
    validity,
)


class PermitsNeeded(ValueError):
    """The ordinance counts by permit year, and nobody said when permits began."""


@dataclass(frozen=True)
class _Permits:
    """The permits that are known, the day after the last of each, and the numbers of systems."""

    held: Sequence[Permit]
    ends: Integers
    systems: Mapping[str, int]

    @cached_property
    def by_system(self) -> dict[int, list[int]]:
        """The places of each system's permits."""
        found: dict[int, list[int]] = {}
        for place, permit in enumerate(self.held):
            found.setdefault(self.systems[permit.system], []).append(place)
        return found

    def without(self, cancelled: Iterable[Cancellation], only: Iterable[int] | None = None) -> Validity:
        """Return when permits were in force, less what was cancelled; `only` names some systems alone."""
        if only is None:
            return validity(self.held, self.ends, self.systems, cancelled)
        places = [place for system in only for place in self.by_system[system]]
        some = [self.held[place] for place in places]
        return validity(some, self.ends[places], self.systems, cancelled)

    def reinstated_after(self, system: int, day: int) -> int:
        """Return the first day after another on which a permit of a system was reinstated, else NEVER."""
        return reinstatement_after((self.held[place] for place in self.by_system[system]), day)


@dataclass(frozen=True)
class _Money:
    """For each counted alarm when its charge is to be paid, and when it was (NO_DAY: it was not)."""

    due: Integers
    paid: Integers
    pending: Flags
    known: bool
    """Whether payments were handed in at all."""

    def late(self, as_of: int) -> Flags:
        """Tell which charges were not paid in time; none where payments are not known."""
        if not self.known:
            return np.zeros(len(self.due), dtype=np.bool_)
        unpaid = (self.paid == NO_DAY) & (as_of > self.due)
        found: Flags = ~self.pending & (unpaid | (self.paid > self.due))
        return found


def assess(
    ordinance: Ordinance,
    events: Events,
    *,
    as_of: date,
    permits: Iterable[Permit] | None = None,
    appeals: Iterable[Appeal] = (),
    payments: Payments | None = None,
) -> Assessments:
    """Assess every alarm up to the end of the day `as_of`, in the city's time, from what is known by then.

    Where `permits` is None no system is taken to lack one, and where `payments` is None nothing is taken to
    be late; to hand in none is to say that there are none. Raises PermitsNeeded.
    """
    if permits is None and ordinance.needs_permits:
        raise PermitsNeeded(f"{ordinance.title} counts by permit year, so the permits have to be known")
    today = day_number(as_of)
    held = _known(permits or (), as_of)
    systems = sorted({*events.systems, *(permit.system for permit in held)})
    number = {name: index for index, name in enumerate(systems)}
    alarms = sort_alarms(events, ordinance, systems, today)

    appealed = list(appeals)
    places = _places(events, alarms) if appealed or payments else {}
    rulings = judge(alarms, places, appealed, ordinance, today)
    reason, stands = screen(alarms, ordinance, rulings.granted, installed_before(held, number))
    counted = np.flatnonzero(reason == Reason.COUNTED)
    false = alarms.take(counted)
    own = Rulings(rulings.ruling[counted], rulings.decided[counted], rulings.decision_due[counted])
    paid = np.full(len(alarms), NO_DAY, dtype=np.int64)
    for name, day in (payments or {}).items():
        if name in places and day <= as_of:
            paid[places[name]] = day_number(day)
    pending = own.ruling == Ruling.PENDING
    money = _Money(payment_due(false, own, ordinance), paid[counted], pending, payments is not None)

    known = None if permits is None else _Permits(held, term_ends(held, ordinance), number)
    in_force = None if known is None else known.without(())
    anchor = np.full(len(false), NO_DAY, dtype=np.int64)
    if in_force is not None:
        _, anchor = in_force.status(false.system, false.day)
    counts = count(false, anchor, ordinance)
    prices = price(false, counts.ordinal, ordinance, in_force)
    cancelled: list[Cancellation] = []
    if known is not None and in_force is not None and money.known:
        cancelled = _cancel_for_debt(false, prices, counts.ordinal, money, ordinance, known, in_force, today)

    state, late_fee = _states(false, prices, money, ordinance, cancelled, today)
    return Assessments(
        ordinance=ordinance,
        as_of=as_of,
        names=events.event,
        systems=systems,
        alarms=alarms,
        reason=reason,
        stands=stands,
        rulings=rulings,
        deadline=appeal_deadlines(alarms, ordinance),
        counted=counted,
        counts=counts,
        prices=prices,
        due=money.due,
        paid=money.paid,
        state=state,
        late_fee=late_fee,
        charges=permit_charges(ordinance, held, number, cancelled, today),
        cancellations=tuple(sorted(cancelled, key=lambda found: (found.system, found.day))),
    )


def _known(permits: Iterable[Permit], as_of: date) -> list[Permit]:
    """Return the permits that held by a day, each once and in one order."""
    known = {permit for permit in permits if permit.valid_from <= as_of}
    return sorted(known, key=_in_order)


def _in_order(permit: Permit) -> tuple[str, date, str, date, str]:
    return permit.system, permit.valid_from, permit.number, permit.starts_on, permit.kind


def _places(events: Events, alarms: Alarms) -> dict[str, int]:
    return {events.event[row]: place for place, row in enumerate(alarms.row.tolist())}


def _cancel_for_debt(
    false: Alarms,
    prices: Prices,
    ordinal: Integers,
    money: _Money,
    ordinance: Ordinance,
    permits: _Permits,
    in_force: Validity,
    today: int,
) -> list[Cancellation]:
    """Find the permits that unpaid charges cancelled, and price in place what came while they were.

    A cancellation makes later alarms dearer, and those, unpaid, may cancel a permit that was reinstated. So
    each round finds for each system its first cancellation after those known, and only systems that had one
    are looked at again.
    """
    cancels = np.array([edition.payment.cancels_permit for edition in ordinance.editions] + [False])
    if not cancels.any():
        return []
    found: list[Cancellation] = []
    late = cancels[false.edition] & money.late(today)
    rows = np.arange(len(false))
    while True:
        owing = rows[(late & (prices.claimed > 0))[rows]]
        status, _ = in_force.status(false.system[owing], money.due[owing] + 1)
        owing = owing[status == Status.PERMITTED]
        first: dict[int, int] = {}
        for system, due in zip(false.system[owing].tolist(), money.due[owing].tolist(), strict=True):
            first[system] = min(due + 1, first.get(system, due + 1))
        if not first:
            return found
        found += [Cancellation(one, day, permits.reinstated_after(one, day)) for one, day in first.items()]
        concerned = np.zeros(len(permits.systems), dtype=np.bool_)
        concerned[list(first)] = True
        in_force = permits.without([one for one in found if one.system in first], set(first))
        rows = np.flatnonzero(concerned[false.system])
        prices.put(rows, price(false.take(rows), ordinal[rows], ordinance, in_force))


def _states(
    false: Alarms,
    prices: Prices,
    money: _Money,
    ordinance: Ordinance,
    cancelled: Sequence[Cancellation],
    today: int,
) -> tuple[Integers, Integers]:
    """Return each counted alarm's State and late fee."""
    claimed, late = prices.claimed, money.late(today)
    owing = claimed > 0
    late_fees = np.array([edition.payment.late_fee_cents for edition in ordinance.editions] + [0])
    cancelling = {(found.system, found.day) for found in cancelled}
    cancels = np.zeros(len(false), dtype=np.bool_)
    for place in np.flatnonzero(owing & late).tolist() if cancelling else ():
        cancels[place] = (int(false.system[place]), int(money.due[place]) + 1) in cancelling
    state = np.full(len(false), State.FREE, dtype=np.int64)
    state[owing] = State.DUE
    state[owing & late] = State.OVERDUE
    state[cancels] = State.PERMIT_CANCELLED
    state[owing & (money.paid != NO_DAY)] = State.PAID
    state[owing & money.pending] = State.APPEALED
    state[prices.waived] = State.WAIVED
    state[prices.unknown] = State.AMOUNT_UNKNOWN
    return state, np.where(owing & late, late_fees[false.edition], 0)
