"""Risk by FEMA's method: the value of an asset, times the threat, times the vulnerability, each from 1 to 10.

Source: Federal Emergency Management Agency, "Reference Manual to Mitigate Potential Terrorist Attacks Against
Buildings" (FEMA 426) and "Risk Assessment" (FEMA 452), whose bands are low from 1 to 60, medium from 61 to
175, high from 176. A product of ratings has no unit: it ranks, and is no probability.

A pair of which a factor was not rated is not scored as if it were low. It has the range that the missing
rating leaves open.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from schoolward.analysis.assessing.scoring import check_answers, items_asked
from schoolward.analysis.assessing.shapes import Answer, Instrument, Item, Mark


class Band(StrEnum):
    """How high a risk is."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


LEAST_MEDIUM: Final = 61
"""The smallest product of the medium band (FEMA 426)."""
LEAST_HIGH: Final = 176
"""The smallest product of the high band (FEMA 426)."""


@dataclass(frozen=True)
class Risk:
    """One asset and one threat to it.

    `product` is from 1 to 1000, None where a factor was not rated; `low` and `high` are what it could be.
    """

    item: Item
    zones: tuple[str, ...]
    product: int | None
    low: int
    high: int

    @property
    def band(self) -> Band | None:
        """The band, also of a pair whose missing rating cannot change it; None where it could."""
        least, most = band_of(self.low), band_of(self.high)
        return least if least is most else None


@dataclass(frozen=True)
class RiskGroup:
    """The risks of a campus, layer or zone.

    The headline is the `highest` known risk, because a mean hides a grave one among many small ones. `low`
    and `high` are what the highest could be, given what was not rated. All are None where there is no risk to
    speak of, `highest` and `mean` also where none is known. `counts` are known risks by band.
    """

    highest: Risk | None
    mean: float | None
    low: int | None
    high: int | None
    counts: Mapping[Band, int]
    unrated: int

    @property
    def band(self) -> Band | None:
        """The band of the highest risk; None where what was not rated could raise it, or there is none."""
        if self.low is None or self.high is None:
            return None
        least, most = band_of(self.low), band_of(self.high)
        return least if least is most else None


@dataclass(frozen=True)
class Risks:
    """All risks of a campus, the highest first, and their groups."""

    risks: tuple[Risk, ...]
    campus: RiskGroup
    by_layer: Mapping[str, RiskGroup]
    by_zone: Mapping[str, RiskGroup]
    by_asset: Mapping[str, RiskGroup]
    by_threat: Mapping[str, RiskGroup]


def band_of(product: int) -> Band:
    """Return the band of a product of three ratings. Raises ValueError outside 1 to 1000."""
    if not 1 <= product <= 1000:
        raise ValueError(f"{product} is no product of three ratings from 1 to 10.")
    if product >= LEAST_HIGH:
        return Band.HIGH
    return Band.MEDIUM if product >= LEAST_MEDIUM else Band.LOW


def risks(
    instrument: Instrument, answers: Mapping[str, Answer], bands: Collection[str] | None = None
) -> Risks:
    """Return the risks of one campus. A pair whose asset or threat does not exist there is none of them.

    Args:
        instrument: one whose items rate assets, threats and pairs of both; others have no risks.
        answers: by the code of the item.
        bands: of the campus's schools; None asks every item.

    Raises:
        AnswerProblem: an answer is none.
    """
    check_answers(instrument, answers)
    alone = {
        item.asset or item.threat: item for item in instrument.items if bool(item.asset) != bool(item.threat)
    }
    zones = {section.key: section.zones for section in instrument.sections}
    found = []
    for item in items_asked(instrument, bands):
        if not (item.asset and item.threat):
            continue
        ranges = [_range(instrument, one, answers) for one in (alone[item.asset], alone[item.threat], item)]
        if None in ranges:
            continue
        low = high = 1
        for least, most in filter(None, ranges):
            low, high = low * least, high * most
        known = all(
            isinstance(answers.get(one.code), int) for one in (alone[item.asset], alone[item.threat], item)
        )
        found.append(Risk(item, zones[item.section], low if known else None, low, high))
    found.sort(key=lambda risk: (-risk.high, -risk.low))

    def by(parts_of: Callable[[Risk], Iterable[str]]) -> dict[str, RiskGroup]:
        parts: dict[str, list[Risk]] = {}
        for risk in found:
            for part in filter(None, parts_of(risk)):
                parts.setdefault(part, []).append(risk)
        return {part: group(members) for part, members in parts.items()}

    return Risks(
        risks=tuple(found),
        campus=group(found),
        by_layer=by(lambda risk: (risk.item.layer,)),
        by_zone=by(lambda risk: risk.zones),
        by_asset=by(lambda risk: (risk.item.asset,)),
        by_threat=by(lambda risk: (risk.item.threat,)),
    )


def group(members: Iterable[Risk]) -> RiskGroup:
    """Return what is to be said of several risks together."""
    every = list(members)
    known = [risk for risk in every if risk.product is not None]
    products = [risk.product for risk in known if risk.product is not None]
    bands = [band_of(product) for product in products]
    return RiskGroup(
        highest=max(known, key=lambda risk: risk.low, default=None),
        mean=sum(products) / len(products) if products else None,
        low=max((risk.low for risk in every), default=None),
        high=max((risk.high for risk in every), default=None),
        counts={band: bands.count(band) for band in Band},
        unrated=len(every) - len(known),
    )


def _range(instrument: Instrument, item: Item, answers: Mapping[str, Answer]) -> tuple[int, int] | None:
    """Return the least and the most that a rating could be; None where the thing does not exist."""
    answer = answers.get(item.code)
    if answer is Mark.DOES_NOT_EXIST:
        return None
    if answer is None or isinstance(answer, Mark):
        scale = instrument.scale_of(item)
        return scale.lowest, scale.highest
    return answer, answer
