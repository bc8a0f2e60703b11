"""Pages that keep systems, plans, call lists and schedules: each is one form and one action."""

from schoolward.domains.alarms.views.keeping.plans import (
    contact_edit,
    contact_new,
    contact_remove,
    plan_edit,
    plan_new,
)
from schoolward.domains.alarms.views.keeping.schedules import schedule_edit, schedule_new, schedule_remove
from schoolward.domains.alarms.views.keeping.systems import (
    line_edit,
    line_new,
    system_edit,
    system_new,
    system_or_404,
    zone_edit,
    zone_new,
)

__all__ = [
    "contact_edit",
    "contact_new",
    "contact_remove",
    "line_edit",
    "line_new",
    "plan_edit",
    "plan_new",
    "schedule_edit",
    "schedule_new",
    "schedule_remove",
    "system_edit",
    "system_new",
    "system_or_404",
    "zone_edit",
    "zone_new",
]
