"""Works that one trade could do in one area in one go: what the bundles of findings offer to a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolward.domains.assessments import queries as assessments
from schoolward.domains.assessments.wording import TRADES
from schoolward.domains.funding.queries.candidates import CandidateNow, candidates_now
from schoolward.platform.access.viewer import Viewer


@dataclass(frozen=True)
class OfferedBundle:
    """Candidates of one trade in one area (ZIP code) that are in no bundle yet; at least two."""

    trade: str
    trade_label: str
    area: str
    candidates: tuple[CandidateNow, ...]

    @property
    def word(self) -> str:
        """A word for the bundle: the trade and the area."""
        return f"{self.trade} {self.area}".strip()

    @property
    def cost_cents(self) -> int:
        """What they cost together."""
        return sum(one.work.estimate_cents for one in self.candidates)


def offered_bundles(viewer: Viewer, *, on: date) -> list[OfferedBundle]:
    """The bundles of findings whose work is a candidate, the largest first.

    They are offered and not made: a bundle is paid whole or not at all, and whether a contractor gives a
    better price for all of it is for a person to know.
    """
    free = {one.work.pk: one for one in candidates_now(viewer, on=on).ready if not one.bundle}
    offered = []
    for bundle in assessments.bundles(viewer, TRADES):
        numbers = {one.work_id for one in bundle.findings if one.work_id is not None}
        works = sorted(numbers & free.keys())
        if len(works) > 1:
            chosen = tuple(free[pk] for pk in works)
            offered.append(OfferedBundle(bundle.trade, bundle.trade_label, bundle.area, chosen))
    return sorted(offered, key=lambda one: (-len(one.candidates), one.trade, one.area))
