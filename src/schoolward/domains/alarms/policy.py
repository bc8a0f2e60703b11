"""Who sees alarms and answers them. Whoever holds only some sites sees the cases of these sites.

How a system reports (lines, keys, accounts) is for those who keep it; what happened, for those who act on it.
"""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, everywhere, register
from schoolward.platform.access.roles import Role

#: Roles that answer alarms.
ANSWERING = (Role.ALARM_OPERATOR, Role.LEAD)
#: Roles that see every case.
INSIDE = (
    *ANSWERING,
    Role.SCHOOL_RESOURCE_OFFICER,
    Role.FACILITIES,
    Role.ACCOUNTABILITY,
    Role.TRUSTEE,
    Role.GRANTS_ANALYST,
    Role.ADMINISTRATOR,
)
AT_SITES = (Role.SITE_LEAD, Role.CAMPUS_MONITOR)
#: Roles that keep systems, zones, plans, call lists and schedules.
KEEPING = (Role.LEAD, Role.FACILITIES, Role.ADMINISTRATOR)

declare("alarms.view", _("See alarm cases, systems and rates"), [*INSIDE, *AT_SITES])
declare("alarms.answer", _("Answer alarms at the desk"), ANSWERING)
declare("alarms.keep", _("Keep systems, zones, plans, call lists and schedules"), KEEPING)
declare("alarms.test", _("Put a system on test"), [*ANSWERING, Role.FACILITIES])
declare("alarms.import", _("Import alarm accounts"), [Role.LEAD, Role.ADMINISTRATOR, Role.FACILITIES])
declare("alarms.journal", _("Read received frames and prove the journal"), [*KEEPING, Role.ACCOUNTABILITY])
declare("alarms.appeal", _("Appeal against a fee"), [Role.LEAD, Role.GRANTS_ANALYST])

#: Roles that read cases to judge the partnership's work, and call nobody: they see who is called, not where.
WITHOUT_NUMBERS = (Role.TRUSTEE, Role.GRANTS_ANALYST)
_OF_CONTACTS = frozenset({"campus", "order", "title", "wait_seconds", "invented"})


def _register(model: str, path: str) -> None:
    register(
        ModelPolicy(
            model=f"alarms.{model}",
            rules=(
                Rule("inside the partnership", frozenset(INSIDE), where=at_own_sites(path)),
                Rule("at one's own site", frozenset(AT_SITES), where=at_own_sites(path)),
            ),
        )
    )


for _model, _path in (
    ("AlarmSystem", "campus"),
    ("Zone", "system__campus"),
    ("Signal", "campus"),
    ("Case", "campus"),
    ("CaseEntry", "case__campus"),
    ("ArmingSchedule", "system__campus"),
    ("OnTest", "system__campus"),
    ("Permit", "system__campus"),
    ("Appeal", "case__campus"),
):
    _register(_model, _path)
register(
    ModelPolicy(
        model="alarms.CallContact",
        rules=(
            Rule(
                "inside the partnership",
                frozenset(INSIDE) - frozenset(WITHOUT_NUMBERS),
                where=at_own_sites("campus"),
            ),
            Rule("at one's own site", frozenset(AT_SITES), where=at_own_sites("campus")),
            Rule(
                "reading about the work",
                frozenset(WITHOUT_NUMBERS),
                where=at_own_sites("campus"),
                fields=_OF_CONTACTS,
            ),
        ),
    )
)
register(
    ModelPolicy(
        model="alarms.HandOver",
        rules=(Rule("who answers alarms", frozenset(ANSWERING), where=everywhere),),
    )
)
for _model in ("Line", "ActionPlan", "PlanStep"):
    register(
        ModelPolicy(
            model=f"alarms.{_model}",
            rules=(Rule("inside the partnership", frozenset(INSIDE), where=everywhere),),
        )
    )
register(
    ModelPolicy(
        model="alarms.JournalSegment",
        rules=(
            Rule("who keeps or audits alarms", frozenset((*KEEPING, Role.ACCOUNTABILITY)), where=everywhere),
        ),
    )
)
