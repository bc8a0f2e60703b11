"""Making a plan of an instance: search, then say of everything that is left out why."""

from __future__ import annotations

from collections.abc import Iterable
from time import perf_counter

from schoolward.analysis.portfolio.answer import Allocation, Answer, Demand, LeftOut, Status
from schoolward.analysis.portfolio.clash import clash
from schoolward.analysis.portfolio.instance import Instance
from schoolward.analysis.portfolio.paying import moves
from schoolward.analysis.portfolio.reading import check_instance
from schoolward.analysis.portfolio.reasons import reasons
from schoolward.analysis.portfolio.search import Search

_CLASH_SECONDS = 5.0  # at least, for saying which demands clash: without it "infeasible" helps nobody


def plan(
    instance: Instance,
    *,
    seconds: float = 60.0,
    gap: float = 0.002,
    start: Iterable[Allocation] = (),
    why_left_out: bool = True,
) -> Answer:
    """Return a plan that keeps every rule, with a bound that no plan passes.

    The search stops when the plan is within `gap` of the bound, as a share of its benefit, or after `seconds`
    by the clock on the wall. `start` is an earlier plan, to begin with as far as it still holds. Raises
    InstanceProblem if the instance names what is not there.
    """
    check_instance(instance)
    begun = perf_counter()
    search = Search(instance, gap, begun + seconds)
    search.run(start)
    if why_left_out:
        search.polish()
    search.cheapen()
    status = search.status
    if status in (Status.INFEASIBLE, Status.UNKNOWN):
        demands: tuple[Demand, ...] = ()
        if status is Status.INFEASIBLE:
            demands = clash(instance, seconds=max(begun + seconds - perf_counter(), _CLASH_SECONDS))
        return Answer(
            status=status,
            objective=None,
            bound=None if status is Status.INFEASIBLE else search.bound,
            gap=None,
            seconds=perf_counter() - begun,
            clash=demands,
        )
    left_out = reasons(search.model, search.allocations, search.known) if why_left_out else ()
    return Answer(
        status=status,
        objective=search.benefit,
        bound=search.benefit if status is Status.OPTIMAL else max(search.bound, search.benefit),
        gap=search.reached,
        allocations=tuple(sorted(search.allocations, key=lambda one: (one.candidate, one.fund))),
        left_out=tuple(left_out),
        transfers=tuple(moves(instance, search.allocations) or ()),
        seconds=perf_counter() - begun,
    )


def explain(instance: Instance, answer: Answer) -> tuple[LeftOut, ...]:
    """Return why each candidate that an answer does without is left out.

    The answer may be one that was kept and changed by hand since; prices are those of the instance as it is.
    """
    check_instance(instance)
    search = Search(instance, 0.0, perf_counter() + 60.0)
    search.price()
    return tuple(reasons(search.model, answer.allocations, search.known))


def with_locks(
    instance: Instance, *, locked_in: Iterable[str] = (), locked_out: Iterable[str] = ()
) -> Instance:
    """Return the instance with further candidates that must be, or must not be, chosen.

    Raises InstanceProblem for a name that is no candidate.
    """
    changed = instance.changed(
        locked_in=tuple(dict.fromkeys([*instance.locked_in, *locked_in])),
        locked_out=tuple(dict.fromkeys([*instance.locked_out, *locked_out])),
    )
    check_instance(changed)
    return changed
