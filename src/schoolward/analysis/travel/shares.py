"""The share of trips made on foot or by bike, and its interval."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Final

Z95: Final = 1.959963984540054
"""The 97.5 percent point of the normal distribution."""


@dataclass(frozen=True, slots=True)
class ClassCount:
    """What one class raised its hands for, over all times that it was asked.

    ``cluster`` tells classes apart: the site and the class's label. ``active`` of ``trips`` were walked or
    ridden; ``occasions`` is how often the class was asked.
    """

    cluster: tuple[int, str]
    active: int
    trips: int
    occasions: int = 1

    def __post_init__(self) -> None:
        """Raise ``ValueError`` for counts that cannot be."""
        if not 0 <= self.active <= self.trips or self.occasions < 1:
            raise ValueError(
                f"{self.cluster}: {self.active} of {self.trips} trips, asked {self.occasions} times"
            )


@dataclass(frozen=True, slots=True)
class Share:
    """A share of trips with its 95 percent interval. All three are ``None`` where there is no trip.

    ``design_effect`` is by how much the classes' likeness widens the variance, 1 where it does not.
    """

    active: int
    trips: int
    classes: int
    value: float | None
    low: float | None
    high: float | None
    design_effect: float


def wilson(part: float, whole: float, *, z: float = Z95) -> tuple[float, float]:
    """The score interval of a share: Wilson (1927), "Probable inference, the law of succession, and
    statistical inference", Journal of the American Statistical Association 22, 209-212.

    ``part`` and ``whole`` may be broken numbers: an effective sample. Raises ``ValueError`` for no sample, or
    a part that lies outside of it.

    >>> [round(end, 4) for end in wilson(5, 10)]
    [0.2366, 0.7634]
    """
    if whole <= 0 or not 0 <= part <= whole:
        raise ValueError(f"no share: {part} of {whole}")
    found = part / whole
    middle = (found + z * z / (2 * whole)) / (1 + z * z / whole)
    half = z / (1 + z * z / whole) * sqrt(found * (1 - found) / whole + z * z / (4 * whole * whole))
    low = 0.0 if part == 0 else max(0.0, min(middle - half, found))
    high = 1.0 if part == whole else min(1.0, max(middle + half, found))
    return low, high


def by_class(counts: Iterable[ClassCount]) -> list[ClassCount]:
    """One count a class, in the order of the classes; classes without a trip are left out."""
    found: dict[tuple[int, str], ClassCount] = {}
    for one in counts:
        there = found.get(one.cluster)
        found[one.cluster] = (
            one
            if there is None
            else ClassCount(
                one.cluster,
                there.active + one.active,
                there.trips + one.trips,
                there.occasions + one.occasions,
            )
        )
    return [found[cluster] for cluster in sorted(found) if found[cluster].trips]


def ratio_variance(counts: Sequence[ClassCount]) -> float | None:
    """The variance of the share over classes, by linearising the ratio: Cochran, Sampling Techniques, 3rd
    ed. (1977), section 9A.1 in the form of Rao and Scott (1992), Biometrics 48, 577-585.

    ``counts`` has one entry a class; ``None`` for fewer than two classes.
    """
    classes = len(counts)
    if classes < 2:
        return None
    trips = sum(one.trips for one in counts)
    value = sum(one.active for one in counts) / trips
    squares = sum((one.active - value * one.trips) ** 2 for one in counts)
    return classes / (classes - 1) * squares / trips**2


def share(counts: Iterable[ClassCount]) -> Share:
    """The share of trips walked or ridden, with the Wilson interval on the effective sample.

    The sample is what is left of the trips once they are divided by the design effect, the cluster variance
    over the binomial one (Rao and Scott 1992; Korn and Graubard 1998, Survey Methodology 24, 193-201). It is
    never below 1. Where it cannot be had (one class, or nobody or everybody walks), each class is taken to
    have been asked once, however often it was.
    """
    told = by_class(counts)
    trips, active = sum(one.trips for one in told), sum(one.active for one in told)
    if not trips:
        return Share(0, 0, 0, None, None, None, 1.0)
    value = active / trips
    variance, binomial = ratio_variance(told), value * (1 - value) / trips
    if variance is None or not binomial:
        effect = trips / sum(one.trips / one.occasions for one in told)
    else:
        effect = max(1.0, variance / binomial)
    # No effect leaves less than one trip of each class.
    whole = max(trips / effect, float(len(told)))
    low, high = wilson(value * whole, whole)
    return Share(active, trips, len(told), value, low, high, trips / whole)
