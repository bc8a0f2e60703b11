"""Who sees and keeps grants. What an award pays for is public business; its ledger is the district's."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import ModelPolicy, Rule, register
from schoolward.platform.access.roles import Role

INSIDE = (
    Role.LEAD,
    Role.GRANTS_ANALYST,
    Role.FACILITIES,
    Role.PROGRAM_COORDINATOR,
    Role.ACCOUNTABILITY,
    Role.TRUSTEE,
    Role.ADMINISTRATOR,
)

declare("grants.view", _("See grants, their ledgers and what each dollar was for"), INSIDE)
declare(
    "grants.seek",
    _("Enter opportunities, decide on them, write and sign applications"),
    [Role.GRANTS_ANALYST, Role.LEAD],
)
declare(
    "grants.manage",
    _("Enter awards, budget lines, amendments, positions and reports; close awards"),
    [Role.GRANTS_ANALYST, Role.LEAD],
)
declare("grants.post", _("Enter, take back and move money in the ledger"), [Role.GRANTS_ANALYST])
declare(
    "grants.link",
    _("Say what an expenditure was for, and add its evidence"),
    [Role.GRANTS_ANALYST, Role.LEAD, Role.FACILITIES, Role.PROGRAM_COORDINATOR],
)
declare(
    "grants.approve",
    _("Let by, or refuse, what a rule blocks and somebody else asked for"),
    [Role.LEAD, Role.GRANTS_ANALYST],
)
declare("grants.import", _("Import ledgers and accounts"), [Role.GRANTS_ANALYST])

for _model in (
    "Opportunity",
    "Application",
    "ApplicationPart",
    "SignOff",
    "Award",
    "BudgetLine",
    "Amendment",
    "ReportDue",
    "LapseAlert",
    "Entry",
    "Transfer",
    "Evidence",
    "Purpose",
    "OverrideRequest",
    "LedgerAccount",
    "Position",
    "PositionFunding",
):
    register(
        ModelPolicy(model=f"grants.{_model}", rules=(Rule("inside the partnership", frozenset(INSIDE)),))
    )
