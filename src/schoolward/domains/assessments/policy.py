"""Who sees and enters assessments: what they found may help whoever means harm, so only insiders."""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, register
from schoolward.platform.access.roles import Role

INSIDE = (
    Role.LEAD,
    Role.SCHOOL_RESOURCE_OFFICER,
    Role.FACILITIES,
    Role.ACCOUNTABILITY,
    Role.TRUSTEE,
    Role.ADMINISTRATOR,
    Role.GRANTS_ANALYST,
)

declare("assessments.view", _("See the register of assessments"), [*INSIDE, Role.SITE_LEAD])
declare(
    "assessments.register",
    _("Enter an assessment"),
    [Role.LEAD, Role.FACILITIES, Role.SCHOOL_RESOURCE_OFFICER],
)

register(
    ModelPolicy(
        model="assessments.Assessment",
        rules=(
            Rule("inside the partnership", frozenset(INSIDE), where=at_own_sites()),
            Rule("at one's own site", frozenset({Role.SITE_LEAD}), where=at_own_sites()),
        ),
    )
)
