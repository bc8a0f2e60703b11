"""From how many points on a work that is left out would be paid: the best plan with it against the best plan.

One bounded solve a work. A work enters once it brings what the best plan loses by making room for it: the
best as asked, less the best with it and without its own points. Where a solve was stopped before it
proved its plan the best, the price is told as the two ends between which it lies.
"""

from __future__ import annotations

from time import perf_counter

from schoolward.analysis.portfolio.answer import Answer, LeftOut, Status, Why
from schoolward.analysis.portfolio.instance import Candidate, Instance
from schoolward.analysis.portfolio.planning import plan, with_locks

MOST_PRICED = 25
"""So many works are priced, those that would bring most first."""
_EACH_SECONDS = 2.0
_WEIGHED = frozenset((Why.DISPLACED, Why.OUTBID, Why.BLOCKED, Why.NOT_SETTLED))


def with_entry_prices(
    instance: Instance, answer: Answer, *, seconds: float, most: int = MOST_PRICED
) -> Answer:
    """Return the answer with the price of entry of at most `most` works, found within `seconds` together.

    A work that no plan can contain is told as blocked. Works whose points differ by fund have no one price.
    """
    if answer.objective is None or answer.bound is None:
        return answer
    until = perf_counter() + seconds
    weighed = [one for one in answer.left_out if one.why in _WEIGHED]
    weighed.sort(key=lambda one: (-instance.candidate_of[one.candidate].benefit, one.candidate))
    priced: dict[str, LeftOut] = {}
    for one in weighed[:most]:
        left = until - perf_counter()
        if left <= 0:
            break
        if _has_one_benefit(instance.candidate_of[one.candidate]):
            priced[one.candidate] = _priced(instance, answer, one, seconds=min(left, _EACH_SECONDS))
    told = tuple(priced.get(one.candidate, one) for one in answer.left_out)
    return answer.model_copy(update={"left_out": told})


def _has_one_benefit(candidate: Candidate) -> bool:
    return all(option.benefit == candidate.benefit for option in candidate.options or ())


def _priced(instance: Instance, answer: Answer, one: LeftOut, *, seconds: float) -> LeftOut:
    best = plan(
        with_locks(instance, locked_in=(one.candidate,)), seconds=seconds, gap=0.0, why_left_out=False
    )
    if best.status is Status.INFEASIBLE:
        told = {
            "why": Why.BLOCKED,
            "reason": "No plan that keeps every rule can contain it.",
            "displaces": (),
            "enters_at_benefit": None,
        }
        return one.model_copy(update=told)
    if best.objective is None or best.bound is None or answer.objective is None or answer.bound is None:
        return one
    own = instance.candidate_of[one.candidate].benefit
    low, high = answer.objective - (best.bound - own), answer.bound - (best.objective - own)
    return one.model_copy(update={"price_low": round(max(low, 0.0), 6), "price_high": round(high, 6)})
