"""Rates of alarms, measures M4 to M7, each with its numerator, what it is held against, and an interval.

The share of false alarms says little alone: it stays near 97 % whatever one does, and may rise while alarms
become fewer. So it is shown beside the activations per 1,000 armed hours and the dispatches per system per
year.

A rate over nothing is None, never 0. Shares have Wilson's interval, rates the exact Poisson interval of
Garwood. Both take events as independent; alarms come in bursts, so count cases (signals grouped by zone and
time), not signals.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from schoolward.analysis.false_alarms.intervals import Interval, check_confidence, garwood, wilson
from schoolward.analysis.false_alarms.kinds import Disposition

_REAL = frozenset({Disposition.CRIME, Disposition.ATTEMPT})


@dataclass(frozen=True)
class Activation:
    """What the rates ask of one activation. `disposition` is None while it is open."""

    disposition: Disposition | None
    dispatched: bool = False
    verified_before_dispatch: bool = False


@dataclass(frozen=True)
class Tally:
    """Activations counted. All but `tests` count non-test activations only.

    `undisposed` are those still open: among the activations, and not among the false. `verified` are those
    dispatched that were verified before.
    """

    activations: int
    false: int
    undisposed: int
    dispatched: int
    verified: int
    tests: int = 0

    def __post_init__(self) -> None:
        if min(self.false, self.undisposed, self.dispatched, self.verified, self.tests) < 0:
            raise ValueError(f"A count below 0: {self}.")
        if self.false + self.undisposed > self.activations:
            raise ValueError(f"More false and open activations than activations: {self}.")
        if not self.verified <= self.dispatched <= self.activations:
            raise ValueError(f"More verified than dispatched, or more dispatched than activations: {self}.")


@dataclass(frozen=True)
class Rate:
    """One rate. `value`, `low` and `high` are None where there is nothing to hold it against.

    `key` is the measure's, `numerator` the count of events, `denominator` the count or the exposure in the
    unit of `unit`, `per` how much of that the value speaks of (1,000 armed hours, 1 system-year; 1 for
    shares).
    """

    key: str
    numerator: int
    denominator: float
    unit: str
    per: float
    value: float | None
    low: float | None
    high: float | None
    confidence: float


def tally(activations: Iterable[Activation]) -> Tally:
    """Count activations for the rates. Authorised tests are counted apart, and nowhere else."""
    counted = false = undisposed = dispatched = verified = tests = 0
    for activation in activations:
        if activation.disposition is Disposition.AUTHORISED_TEST:
            tests += 1
            continue
        counted += 1
        undisposed += activation.disposition is None
        false += activation.disposition is not None and activation.disposition not in _REAL
        dispatched += activation.dispatched
        verified += activation.dispatched and activation.verified_before_dispatch
    return Tally(counted, false, undisposed, dispatched, verified, tests)


def share_false(counts: Tally, *, confidence: float = 0.95) -> Rate:
    """Return M4, with Wilson's interval.

    M4 false-alarm rate = activations with disposition not {crime, attempt, authorised-test excluded} / all
    non-test activations, month & rolling 12. (Report M4 with M5: M4 can rise while things improve.)

    What is still open has no disposition yet: it is held against and not counted as false, so the rate of a
    running month is a little low. `Tally.undisposed` says by how many at most.
    """
    return _share("M4", counts.false, counts.activations, "activations", confidence)


def activations_per_1000_armed_hours(
    activations: int, armed_hours: float, *, confidence: float = 0.95
) -> Rate:
    """Return M5, with the exact Poisson interval. Takes non-test activations and hours from `armed_hours`.

    M5 activations per armed-site-1000 h = activations / sum armed hours x 1000.
    """
    return _per_exposure("M5", activations, armed_hours, "armed hours", 1000.0, confidence)


def police_dispatch_rate(counts: Tally, *, confidence: float = 0.95) -> Rate:
    """Return M6, with Wilson's interval.

    M6 police dispatch rate = police-dispatched / non-test activations.
    """
    return _share("M6", counts.dispatched, counts.activations, "activations", confidence)


def verified_share(counts: Tally, *, confidence: float = 0.95) -> Rate:
    """Return M7, with Wilson's interval.

    M7 verified share = events verified before dispatch / dispatched.
    """
    return _share("M7", counts.verified, counts.dispatched, "dispatches", confidence)


def dispatches_per_system_year(dispatches: int, system_years: float, *, confidence: float = 0.95) -> Rate:
    """Return dispatches per alarm system per year, with the exact Poisson interval.

    Takes years from `exposure.system_years`. The number that police and the alarm industry compare by
    (SIAC 2005: 0.9 over all systems, a bit over 1 for commercial ones); MISSION gives it no key.
    """
    return _per_exposure(
        "dispatches_per_system_year", dispatches, system_years, "system-years", 1.0, confidence
    )


def _share(key: str, count: int, total: int, unit: str, confidence: float) -> Rate:
    check_confidence(confidence)
    if total == 0:
        return Rate(key, count, 0.0, unit, 1.0, None, None, None, confidence)
    interval = wilson(count, total, confidence)
    return Rate(key, count, float(total), unit, 1.0, count / total, *interval, confidence)


def _per_exposure(key: str, events: int, exposure: float, unit: str, per: float, confidence: float) -> Rate:
    check_confidence(confidence)
    if events < 0 or not exposure >= 0:
        raise ValueError(f"{events} events over {exposure} {unit}: neither may be below 0.")
    if exposure == 0:
        return Rate(key, events, 0.0, unit, per, None, None, None, confidence)
    interval = Interval(*(end * per for end in garwood(events, exposure, confidence)))
    return Rate(key, events, float(exposure), unit, per, events / exposure * per, *interval, confidence)
