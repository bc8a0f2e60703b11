"""Who sees incidents: the partnership's inner roles everywhere, site leads and monitors at their own sites.

The police publish these records without names; still, those who only plan or decide see no street address.
"""

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, everywhere, register
from schoolward.platform.access.roles import Role

#: Roles that act on incidents and need to know where exactly they were.
ACTING = (
    Role.LEAD,
    Role.SCHOOL_RESOURCE_OFFICER,
    Role.ALARM_OPERATOR,
    Role.ACCOUNTABILITY,
    Role.PRIVACY_OFFICER,
)
#: Roles that plan, pay or decide: what, when and at which site.
PLANNING = (Role.TRUSTEE, Role.GRANTS_ANALYST, Role.FACILITIES, Role.SAFE_ROUTES, Role.ADMINISTRATOR)
AT_SITES = (Role.SITE_LEAD, Role.CAMPUS_MONITOR)

WITHOUT_ADDRESS = frozenset(
    {
        "source",
        "occurred_at",
        "local_date",
        "local_hour",
        "school_year",
        "offence",
        "category",
        "is_crime",
        "campus",
        "method",
        "at_campus",
        "near_campus",
        "in_school_hours",
        "record_class",
        "generated",
    }
)

declare("incidents.view", _("See incidents"), [*ACTING, *PLANNING, *AT_SITES])
declare(
    "incidents.record",
    _("Enter an incident by hand"),
    [Role.LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.ALARM_OPERATOR, *AT_SITES],
)
declare(
    "incidents.correct", _("Correct an incident"), [Role.LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.SITE_LEAD]
)
declare("incidents.import", _("Import police records"), [Role.LEAD, Role.ACCOUNTABILITY])

register(
    ModelPolicy(
        model="incidents.Incident",
        rules=(
            Rule("acting for the partnership", frozenset(ACTING), where=at_own_sites()),
            Rule("at one's own site", frozenset(AT_SITES), where=at_own_sites()),
            Rule("planning or deciding", frozenset(PLANNING), where=at_own_sites(), fields=WITHOUT_ADDRESS),
        ),
    )
)
register(
    ModelPolicy(
        model="incidents.Offence",
        rules=(Rule("a list of codes", frozenset((*ACTING, *PLANNING, *AT_SITES)), where=everywhere),),
    )
)
