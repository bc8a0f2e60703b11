"""Pages of assessments."""

from schoolward.domains.assessments.views.defects import DefectList, defect_report, work_panel
from schoolward.domains.assessments.views.disputes import dispute
from schoolward.domains.assessments.views.ending import cancel, finish_alone
from schoolward.domains.assessments.views.filled import filling_file, filling_xml
from schoolward.domains.assessments.views.findings import (
    FindingList,
    accept,
    accept_bundle,
    bundles,
    cover,
    decline,
    finding,
)
from schoolward.domains.assessments.views.handing_in import submit
from schoolward.domains.assessments.views.instruments import (
    add_crosswalk,
    add_instrument,
    crosswalk_file,
    instrument,
    instrument_file,
    instrument_fillings,
    instruments,
)
from schoolward.domains.assessments.views.journal import journal, journal_photo
from schoolward.domains.assessments.views.offline import differences, offline
from schoolward.domains.assessments.views.planning import (
    detail,
    plan,
    review,
    site_plan,
    site_plan_file,
    start,
)
from schoolward.domains.assessments.views.portfolio import grid, grid_points, site_panel
from schoolward.domains.assessments.views.register import AssessmentList, enter
from schoolward.domains.assessments.views.second_looks import ask_again, reinspect, reinspections
from schoolward.domains.assessments.views.upkeep import (
    plan_edit,
    plan_new,
    plans,
    point_end,
    point_new,
    point_print,
    points,
    report,
)
from schoolward.domains.assessments.views.walking import answer, as_last_time, photo, photo_add, walk

__all__ = [
    "AssessmentList",
    "DefectList",
    "FindingList",
    "accept",
    "accept_bundle",
    "add_crosswalk",
    "add_instrument",
    "answer",
    "as_last_time",
    "ask_again",
    "bundles",
    "cancel",
    "cover",
    "crosswalk_file",
    "decline",
    "defect_report",
    "detail",
    "differences",
    "dispute",
    "enter",
    "filling_file",
    "filling_xml",
    "finding",
    "finish_alone",
    "grid",
    "grid_points",
    "instrument",
    "instrument_file",
    "instrument_fillings",
    "instruments",
    "journal",
    "journal_photo",
    "offline",
    "photo",
    "photo_add",
    "plan",
    "plan_edit",
    "plan_new",
    "plans",
    "point_end",
    "point_new",
    "point_print",
    "points",
    "reinspect",
    "reinspections",
    "report",
    "review",
    "site_panel",
    "site_plan",
    "site_plan_file",
    "start",
    "submit",
    "walk",
    "work_panel",
]
