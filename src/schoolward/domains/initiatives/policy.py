"""Who sees and follows initiatives. They are plans and totals: everybody with a role may read them."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, register
from schoolward.platform.access.roles import Role

declare("initiatives.view", _("See goals, initiatives, programs and bodies"), EVERYONE)
declare(
    "initiatives.report",
    _("Report how an initiative stands, reach milestones, raise and clear obstacles"),
    [
        Role.LEAD,
        Role.SCHOOL_RESOURCE_OFFICER,
        Role.ALARM_OPERATOR,
        Role.FACILITIES,
        Role.GRANTS_ANALYST,
        Role.PROGRAM_COORDINATOR,
        Role.ACCOUNTABILITY,
        Role.SAFE_ROUTES,
        Role.SECRETARY,
    ],
)
declare("initiatives.override", _("Override the rule's color, with a reason and evidence"), [Role.LEAD])
declare(
    "initiatives.plan",
    _("Set goals, objectives and targets; open, change, close and re-open initiatives and their milestones"),
    [Role.LEAD, Role.ACCOUNTABILITY],
)
declare(
    "initiatives.meet",
    _("Hold a meeting and write down its decisions"),
    [Role.LEAD, Role.SECRETARY, Role.ACCOUNTABILITY],
)
declare(
    "initiatives.import", _("Import goals, initiatives and status updates"), [Role.LEAD, Role.ACCOUNTABILITY]
)

for _model in (
    "Goal",
    "Objective",
    "MeasureLink",
    "Initiative",
    "Fact",
    "Milestone",
    "StatusUpdate",
    "DueChange",
    "Reopening",
    "Blocker",
    "Meeting",
    "Decision",
    "Seat",
    "FundingFact",
):
    register(
        ModelPolicy(
            model=f"initiatives.{_model}", rules=(Rule("member of the partnership", frozenset(EVERYONE)),)
        )
    )
