"""Writes of routes: each one transaction and one audit event, or more where work follows."""

from schoolward.domains.routes.actions.asking import Answer as ChangeAnswer
from schoolward.domains.routes.actions.asking import ask_about_change
from schoolward.domains.routes.actions.barriers import (
    DESCRIPTIVE,
    PICTURES,
    SOURCE,
    add_photo,
    answer_recommendation,
    decide_barrier,
    describe_barrier,
    follow_work,
    open_work_for,
    recommend,
    report_barrier,
)
from schoolward.domains.routes.actions.buses import (
    SCHOOL_DAYS,
    Stop,
    keep_bus,
    keep_leader,
    keep_run,
    set_stops,
    why_not_leading,
)
from schoolward.domains.routes.actions.crossings import (
    CROSSING_FIELDS,
    POST_FIELDS,
    assign_guard,
    end_assignment,
    keep_count,
    keep_crossing,
    keep_post,
)
from schoolward.domains.routes.actions.networks import register_network
from schoolward.domains.routes.actions.planning import MOST_BYTES, Outcome, Planned, SiteOutcome, plan_ways
from schoolward.domains.routes.actions.recording import (
    RouteRefused,
)
from schoolward.domains.routes.actions.tallies import (
    keep_survey,
    keep_tally,
    plain_label,
    remove_tally,
)

__all__ = [
    "CROSSING_FIELDS",
    "DESCRIPTIVE",
    "MOST_BYTES",
    "PICTURES",
    "POST_FIELDS",
    "SCHOOL_DAYS",
    "SOURCE",
    "ChangeAnswer",
    "Outcome",
    "Planned",
    "RouteRefused",
    "SiteOutcome",
    "Stop",
    "add_photo",
    "answer_recommendation",
    "ask_about_change",
    "assign_guard",
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
    "plain_label",
    "plan_ways",
    "recommend",
    "register_network",
    "remove_tally",
    "report_barrier",
    "set_stops",
    "why_not_leading",
]
