"""Who sees and moves work. Whoever holds only some sites sees and does what is at these sites."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, register
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

#: The roles that work on behalf of the district or the police and may know how its sites are protected.
INSIDE = (
    Role.LEAD,
    Role.SCHOOL_RESOURCE_OFFICER,
    Role.ALARM_OPERATOR,
    Role.FACILITIES,
    Role.GRANTS_ANALYST,
    Role.ACCOUNTABILITY,
    Role.TRUSTEE,
    Role.ADMINISTRATOR,
)
AT_SITES = (Role.SITE_LEAD, Role.CAMPUS_MONITOR)

#: The city's engineer works on streets, and knows of no site how it is protected: only such work is theirs.
ON_STREETS = (Role.SAFE_ROUTES,)
FROM_STREETS = "routes."


def asked_for_by(begin: str, field: str = "", path: str = "campus") -> Callable[[Viewer], Q | None]:
    """The relation "at a site of mine, and asked for by such a record"; ``field`` leads from the row to its
    work."""

    def where(viewer: Viewer) -> Q | None:
        own = at_own_sites(path)(viewer)
        return None if own is None else own & Q(**{f"{field}source__startswith": begin})

    return where


declare("work.view", _("See work"), [*INSIDE, *AT_SITES, *ON_STREETS])
declare(
    "work.propose",
    _("Propose work"),
    [
        Role.LEAD,
        Role.FACILITIES,
        Role.SITE_LEAD,
        Role.SCHOOL_RESOURCE_OFFICER,
        Role.CAMPUS_MONITOR,
        Role.ALARM_OPERATOR,
        Role.ACCOUNTABILITY,
    ],
)
declare("work.describe", _("Change the description of work"), [Role.LEAD, Role.FACILITIES, Role.SITE_LEAD])
declare("work.decide", _("Accept, decline and re-open work, move its due date"), [Role.LEAD, Role.FACILITIES])
declare("work.assign", _("Give work to a role or a person"), [Role.LEAD, Role.FACILITIES])
declare("work.fund", _("Say what pays for work"), [Role.LEAD, Role.GRANTS_ANALYST])
declare(
    "work.carry_out",
    _("Schedule work and say that it is done"),
    [Role.LEAD, Role.FACILITIES, Role.SITE_LEAD, *ON_STREETS],
)
declare("work.verify", _("Verify done work, or send it back"), [Role.LEAD, Role.FACILITIES, Role.SITE_LEAD])
declare(
    "work.add_evidence",
    _("Add evidence to work"),
    [
        Role.LEAD,
        Role.FACILITIES,
        Role.SITE_LEAD,
        Role.CAMPUS_MONITOR,
        Role.SCHOOL_RESOURCE_OFFICER,
        Role.ALARM_OPERATOR,
        *ON_STREETS,
    ],
)
declare("work.import", _("Import work from a file"), [Role.LEAD, Role.FACILITIES])

register(
    ModelPolicy(
        model="work.WorkItem",
        rules=(
            Rule("inside the partnership", frozenset(INSIDE), where=at_own_sites()),
            Rule("at one's own site", frozenset(AT_SITES), where=at_own_sites()),
            Rule("work on the way to school", frozenset(ON_STREETS), where=asked_for_by(FROM_STREETS)),
        ),
    )
)
for _model in ("Transition", "DueChange", "Evidence"):
    register(
        ModelPolicy(
            model=f"work.{_model}",
            rules=(
                Rule(
                    "of work that one sees",
                    frozenset((*INSIDE, *AT_SITES)),
                    where=at_own_sites("item__campus"),
                ),
                Rule(
                    "of work on the way to school",
                    frozenset(ON_STREETS),
                    where=asked_for_by(FROM_STREETS, "item__", "item__campus"),
                ),
            ),
        )
    )
