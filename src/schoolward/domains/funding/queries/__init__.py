"""Reads of funding: funds, candidates, plans and scenarios, and how what was approved stands today."""

from typing import TYPE_CHECKING

from schoolward.domains.funding.rooms import asked_late

if TYPE_CHECKING:
    from schoolward.domains.funding.queries.bundling import OfferedBundle, offered_bundles
    from schoolward.domains.funding.queries.candidates import (
        CandidateNow,
        CandidatesNow,
        LeftAside,
        NoCandidate,
        candidates_now,
    )
    from schoolward.domains.funding.queries.checking import obstacles_today
    from schoolward.domains.funding.queries.entered import (
        allocations,
        approvals,
        approved_for_public,
        facts,
        links,
        options,
        plans,
        plans_waiting,
        scenarios,
        scopes,
        transfer_needs,
    )
    from schoolward.domains.funding.queries.funds import (
        FOR_WORKS,
        FundNow,
        FundsNow,
        NoPart,
        RoomNow,
        funds_now,
        key_of,
        lacking_now,
    )
    from schoolward.domains.funding.queries.overtaking import Obstacle, Overtaken
    from schoolward.domains.funding.queries.questions import answer_of, asked, instance_of, instance_of_plan
    from schoolward.domains.funding.queries.results import (
        Chosen,
        Compared,
        FundUse,
        MovedInPlan,
        Out,
        Part,
        Result,
        SiteUse,
        compared,
        result_of,
    )
    from schoolward.domains.funding.queries.snapshots import Snapshot, kind_of, snapshot_now
    from schoolward.domains.funding.queries.standing import (
        AllocationNow,
        NeedNow,
        allocations_now,
        needs_now,
        target_of,
    )

_ROOMS: dict[str, tuple[str, ...]] = {
    "bundling": (
        "OfferedBundle",
        "offered_bundles",
    ),
    "candidates": (
        "CandidateNow",
        "CandidatesNow",
        "LeftAside",
        "NoCandidate",
        "candidates_now",
    ),
    "checking": ("obstacles_today",),
    "overtaking": ("Obstacle", "Overtaken"),
    "entered": (
        "allocations",
        "approvals",
        "approved_for_public",
        "facts",
        "links",
        "options",
        "plans",
        "plans_waiting",
        "scenarios",
        "scopes",
        "transfer_needs",
    ),
    "funds": (
        "FOR_WORKS",
        "FundNow",
        "FundsNow",
        "NoPart",
        "RoomNow",
        "funds_now",
        "lacking_now",
        "key_of",
    ),
    "questions": (
        "answer_of",
        "asked",
        "instance_of",
        "instance_of_plan",
    ),
    "results": (
        "Chosen",
        "Compared",
        "FundUse",
        "MovedInPlan",
        "Out",
        "Part",
        "Result",
        "SiteUse",
        "compared",
        "result_of",
    ),
    "snapshots": (
        "Snapshot",
        "kind_of",
        "snapshot_now",
    ),
    "standing": (
        "AllocationNow",
        "NeedNow",
        "allocations_now",
        "needs_now",
        "target_of",
    ),
}

__getattr__ = asked_late(__name__, _ROOMS)

__all__ = [
    "FOR_WORKS",
    "AllocationNow",
    "CandidateNow",
    "CandidatesNow",
    "Chosen",
    "Compared",
    "FundNow",
    "FundUse",
    "FundsNow",
    "LeftAside",
    "MovedInPlan",
    "NeedNow",
    "NoCandidate",
    "NoPart",
    "Obstacle",
    "OfferedBundle",
    "Out",
    "Overtaken",
    "Part",
    "Result",
    "RoomNow",
    "SiteUse",
    "Snapshot",
    "allocations",
    "allocations_now",
    "answer_of",
    "approvals",
    "approved_for_public",
    "asked",
    "candidates_now",
    "compared",
    "facts",
    "funds_now",
    "instance_of",
    "instance_of_plan",
    "key_of",
    "kind_of",
    "lacking_now",
    "links",
    "needs_now",
    "obstacles_today",
    "offered_bundles",
    "options",
    "plans",
    "plans_waiting",
    "result_of",
    "scenarios",
    "scopes",
    "snapshot_now",
    "target_of",
    "transfer_needs",
]
