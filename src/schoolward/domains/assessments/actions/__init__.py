"""Writes of assessments: each one transaction and one audit event; work's events come beside it."""

from schoolward.domains.assessments.actions.crosswalks import AddedCrosswalk, add_crosswalk
from schoolward.domains.assessments.actions.deciding import (
    accept_bundle,
    accept_finding,
    cover_finding,
    decline_finding,
    request_reinspection,
    review_assessment,
)
from schoolward.domains.assessments.actions.defects import (
    MOST_AT_ONCE,
    TooMany,
    defect_to_work,
    dismiss_defect,
    end_point,
    make_point,
    report_defect,
)
from schoolward.domains.assessments.actions.differing import Decided, decide_difference
from schoolward.domains.assessments.actions.ending import cancel_assessment, finish_alone
from schoolward.domains.assessments.actions.fillings import keep_filling, keep_filling_file
from schoolward.domains.assessments.actions.following import follow_work
from schoolward.domains.assessments.actions.instruments import Added, add_instrument, load_shipped
from schoolward.domains.assessments.actions.joining import join_defect, separate_defect
from schoolward.domains.assessments.actions.planning import plan_assessment, start_reinspection, start_walk
from schoolward.domains.assessments.actions.receiving import Received, receive_form
from schoolward.domains.assessments.actions.refusals import (
    AnswerConflict,
    AssessmentRefused,
    DevicesDiffer,
    FillingConflict,
    FormNotFinished,
    NotTheAssessor,
    WalkClosed,
)
from schoolward.domains.assessments.actions.registering import correct_document, register_assessment
from schoolward.domains.assessments.actions.settling import settle_dispute
from schoolward.domains.assessments.actions.submitting import Submitted, submit_walk
from schoolward.domains.assessments.actions.taking_in import (
    LARGEST_PHOTO,
    PhotoDamaged,
    TakenIn,
    put_photo,
    receive_entries,
)
from schoolward.domains.assessments.actions.upkeep import change_plan, make_plan, open_due_work
from schoolward.domains.assessments.actions.walking import (
    GivenAnswer,
    Kept,
    Pin,
    add_photo,
    add_site_plan,
    answer_as_last_time,
    give_answers,
)

__all__ = [
    "LARGEST_PHOTO",
    "MOST_AT_ONCE",
    "Added",
    "AddedCrosswalk",
    "AnswerConflict",
    "AssessmentRefused",
    "Decided",
    "DevicesDiffer",
    "FillingConflict",
    "FormNotFinished",
    "GivenAnswer",
    "Kept",
    "NotTheAssessor",
    "PhotoDamaged",
    "Pin",
    "Received",
    "Submitted",
    "TakenIn",
    "TooMany",
    "WalkClosed",
    "accept_bundle",
    "accept_finding",
    "add_crosswalk",
    "add_instrument",
    "add_photo",
    "add_site_plan",
    "answer_as_last_time",
    "cancel_assessment",
    "change_plan",
    "correct_document",
    "cover_finding",
    "decide_difference",
    "decline_finding",
    "defect_to_work",
    "dismiss_defect",
    "end_point",
    "finish_alone",
    "follow_work",
    "give_answers",
    "join_defect",
    "keep_filling",
    "keep_filling_file",
    "load_shipped",
    "make_plan",
    "make_point",
    "open_due_work",
    "plan_assessment",
    "put_photo",
    "receive_entries",
    "receive_form",
    "register_assessment",
    "report_defect",
    "request_reinspection",
    "review_assessment",
    "separate_defect",
    "settle_dispute",
    "start_reinspection",
    "start_walk",
    "submit_walk",
]
