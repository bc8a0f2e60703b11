"""Who sees and makes funding plans. A plan is about every site: only those of the whole district see it."""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, register
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

INSIDE = (
    Role.LEAD,
    Role.GRANTS_ANALYST,
    Role.FACILITIES,
    Role.ACCOUNTABILITY,
    Role.TRUSTEE,
    Role.ADMINISTRATOR,
)

declare("funding.view", _("See funding plans, their scenarios and what was approved"), INSIDE)
declare(
    "funding.describe",
    _("Say of works what a plan needs to know: category, days, benefit, ties and prices"),
    [Role.GRANTS_ANALYST, Role.LEAD, Role.FACILITIES],
)
declare(
    "funding.plan",
    _("Say what awards may buy, make plans and ask for scenarios"),
    [Role.GRANTS_ANALYST, Role.LEAD],
)
declare(
    "funding.approve",
    _("Approve a scenario that somebody else asked for, and withdraw its allocations"),
    [Role.LEAD],
)


def of_every_site(viewer: Viewer) -> Q | None:
    """The relation "sees every site": what is about all sites is for those who may see all of them."""
    return Q(pk__isnull=False) if viewer.campus_ids is None else None


for _model in ("AwardScope", "Plan", "Scenario", "Approval", "TransferNeed"):
    register(
        ModelPolicy(
            model=f"funding.{_model}",
            rules=(Rule("of the whole district", frozenset(INSIDE), where=of_every_site),),
        )
    )
for _model in ("CandidateFact", "WorkLink", "PriceOption", "Allocation"):
    register(
        ModelPolicy(
            model=f"funding.{_model}",
            rules=(Rule("of work at own sites", frozenset(INSIDE), where=at_own_sites("work__campus")),),
        )
    )
