"""Writes of routes: each one transaction and one audit event, or more where work follows."""

from schoolward.domains.routes.actions.audits import (
    cancel_audit,
    plan_audit,
    same_as_barrier,
    set_aside,
    take_all,
    take_as_barrier,
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
from schoolward.domains.routes.actions.recommending import (
    SOURCE,
    answer_recommendation,
    change_recommendation,
    follow_work,
    open_work_for,
    recommend,
)
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
    "PICTURES",
    "POST_FIELDS",
    "SCHOOL_DAYS",
    "SOURCE",
    "RouteRefused",
    "Stop",
    "add_photo",
    "answer_recommendation",
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
    "plain_label",
    "plan_audit",
    "recommend",
    "remove_tally",
    "report_barrier",
    "same_as_barrier",
    "set_aside",
    "set_stops",
    "take_all",
    "take_as_barrier",
    "why_not_leading",
]
