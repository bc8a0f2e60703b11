"""Writes of funding: each one transaction and one audit event; computing is two, with the solver between."""

from typing import TYPE_CHECKING

from schoolward.domains.funding.rooms import asked_late

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

__getattr__ = asked_late(__name__, _ROOMS)

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
