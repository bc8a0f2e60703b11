"""Pages of alarms: the desk, cases, signals, systems, and what they stand on."""

from schoolward.domains.alarms.views.cases import answer, case_page
from schoolward.domains.alarms.views.desk import desk, hand_over_read, hand_overs, section
from schoolward.domains.alarms.views.fees import appeal_page, fees_page
from schoolward.domains.alarms.views.journal import journal, receivers, signal_page
from schoolward.domains.alarms.views.keeping import (
    contact_edit,
    contact_new,
    contact_remove,
    line_edit,
    line_new,
    plan_edit,
    plan_new,
    schedule_edit,
    schedule_new,
    schedule_remove,
    system_edit,
    system_new,
    zone_edit,
    zone_new,
)
from schoolward.domains.alarms.views.lists import (
    CaseList,
    ContactList,
    LineList,
    PlanList,
    ScheduleList,
    SignalList,
    SystemList,
)
from schoolward.domains.alarms.views.permits import PermitList, permit_edit, permit_new
from schoolward.domains.alarms.views.reduction import corrective_action, reduction_page
from schoolward.domains.alarms.views.systems import site_panel, system_page, test_begin, test_end, zone_page

__all__ = [
    "CaseList",
    "ContactList",
    "LineList",
    "PermitList",
    "PlanList",
    "ScheduleList",
    "SignalList",
    "SystemList",
    "answer",
    "appeal_page",
    "case_page",
    "contact_edit",
    "contact_new",
    "contact_remove",
    "corrective_action",
    "desk",
    "fees_page",
    "hand_over_read",
    "hand_overs",
    "journal",
    "line_edit",
    "line_new",
    "permit_edit",
    "permit_new",
    "plan_edit",
    "plan_new",
    "receivers",
    "reduction_page",
    "schedule_edit",
    "schedule_new",
    "schedule_remove",
    "section",
    "signal_page",
    "site_panel",
    "system_edit",
    "system_new",
    "system_page",
    "test_begin",
    "test_end",
    "zone_edit",
    "zone_new",
    "zone_page",
]
