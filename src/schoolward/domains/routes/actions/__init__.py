"""Writes of routes: each one transaction and one audit event, or more where work follows."""

from schoolward.domains.routes.actions.asking import Answer as ChangeAnswer
from schoolward.domains.routes.actions.asking import ask_about_change
from schoolward.domains.routes.actions.audits import (
    Taken,
    cancel_audit,
    plan_audit,
    same_as_barrier,
    set_aside,
    take_all,
    take_as_barrier,
    why_left,
)
from schoolward.domains.routes.actions.barriers import (
    DESCRIPTIVE,
    PICTURES,
    add_photo,
    decide_barrier,
    describe_barrier,
    report_barrier,
)
from schoolward.domains.routes.actions.buses import (
    SCHOOL_DAYS,
    keep_bus,
    keep_leader,
    keep_run,
    why_not_leading,
)
from schoolward.domains.routes.actions.crossings import (
    CROSSING_FIELDS,
    keep_count,
    keep_crossing,
)
from schoolward.domains.routes.actions.networks import register_network
from schoolward.domains.routes.actions.placing import DETOURS as BUS_DETOURS
from schoolward.domains.routes.actions.placing import (
    FARTHEST_M,
    MOST_GUARDS,
    BusAnswer,
    GuardsAnswer,
    Placed,
    place_guards,
    plan_bus,
)
from schoolward.domains.routes.actions.planning import MOST_BYTES, Outcome, Planned, SiteOutcome, plan_ways
from schoolward.domains.routes.actions.posts import POST_FIELDS, assign_guard, end_assignment, keep_post
from schoolward.domains.routes.actions.recommending import (
    SOURCE,
    answer_recommendation,
    change_recommendation,
    follow_work,
    open_work_for,
    recommend,
)
from schoolward.domains.routes.actions.recording import RouteRefused, StandsAlready
from schoolward.domains.routes.actions.stops import Stop, set_stops
from schoolward.domains.routes.actions.tallies import (
    keep_survey,
    keep_tally,
    plain_label,
    remove_tally,
)
from schoolward.domains.routes.actions.zones import remove_walk_zone, set_walk_zone

__all__ = [
    "BUS_DETOURS",
    "CROSSING_FIELDS",
    "DESCRIPTIVE",
    "FARTHEST_M",
    "MOST_BYTES",
    "MOST_GUARDS",
    "PICTURES",
    "POST_FIELDS",
    "SCHOOL_DAYS",
    "SOURCE",
    "BusAnswer",
    "ChangeAnswer",
    "GuardsAnswer",
    "Outcome",
    "Placed",
    "Planned",
    "RouteRefused",
    "SiteOutcome",
    "StandsAlready",
    "Stop",
    "Taken",
    "add_photo",
    "answer_recommendation",
    "ask_about_change",
    "assign_guard",
    "cancel_audit",
    "change_recommendation",
    "decide_barrier",
    "describe_barrier",
    "end_assignment",
    "follow_work",
    "keep_bus",
    "keep_count",
    "keep_crossing",
    "keep_leader",
    "keep_post",
    "keep_run",
    "keep_survey",
    "keep_tally",
    "open_work_for",
    "place_guards",
    "plain_label",
    "plan_audit",
    "plan_bus",
    "plan_ways",
    "recommend",
    "register_network",
    "remove_tally",
    "remove_walk_zone",
    "report_barrier",
    "same_as_barrier",
    "set_aside",
    "set_stops",
    "set_walk_zone",
    "take_all",
    "take_as_barrier",
    "why_left",
    "why_not_leading",
]
