"""Writes of funding: each one transaction and one audit event; computing is two, with the solver between."""

# As in queries: commands that plan nothing do without the planner, which takes half a second to load.
from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from schoolward.domains.funding.actions.approving import approve
    from schoolward.domains.funding.actions.computing import (
        begin_computing,
        compute,
        keep_answer,
        keep_failure,
        note_job,
        solve,
    )
    from schoolward.domains.funding.actions.describing import (
        bundle_works,
        link_works,
        price_work,
        say_fact,
        unlink_works,
        unprice_work,
        unsay_fact,
    )
    from schoolward.domains.funding.actions.planning import add_scenario, copy_scenario, make_plan
    from schoolward.domains.funding.actions.questions import Floor, Question
    from schoolward.domains.funding.actions.refusals import (
        FundingRefused,
        NotTrueAnyMore,
        PersonMissing,
        ReasonMissing,
        SamePerson,
    )
    from schoolward.domains.funding.actions.scopes import set_scope
    from schoolward.domains.funding.actions.withdrawing import withdraw

_ROOMS: dict[str, tuple[str, ...]] = {
    "approving": ("approve",),
    "computing": (
        "begin_computing",
        "compute",
        "keep_answer",
        "keep_failure",
        "note_job",
        "solve",
    ),
    "describing": (
        "bundle_works",
        "link_works",
        "price_work",
        "say_fact",
        "unlink_works",
        "unprice_work",
        "unsay_fact",
    ),
    "planning": (
        "add_scenario",
        "copy_scenario",
        "make_plan",
    ),
    "questions": (
        "Floor",
        "Question",
    ),
    "refusals": (
        "FundingRefused",
        "NotTrueAnyMore",
        "PersonMissing",
        "ReasonMissing",
        "SamePerson",
    ),
    "scopes": ("set_scope",),
    "withdrawing": ("withdraw",),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """Load the room of a name. Raises ``AttributeError`` for one that is not here."""
    if name not in _ROOM_OF:
        raise AttributeError(f"{__name__} has no {name}")
    return getattr(import_module(f"{__name__}.{_ROOM_OF[name]}"), name)


__all__ = [
    "Floor",
    "FundingRefused",
    "NotTrueAnyMore",
    "PersonMissing",
    "Question",
    "ReasonMissing",
    "SamePerson",
    "add_scenario",
    "approve",
    "begin_computing",
    "bundle_works",
    "compute",
    "copy_scenario",
    "keep_answer",
    "keep_failure",
    "link_works",
    "make_plan",
    "note_job",
    "price_work",
    "say_fact",
    "set_scope",
    "solve",
    "unlink_works",
    "unprice_work",
    "unsay_fact",
    "withdraw",
]
