"""Who sees how pupils come to school and what is in their way, and who may write what.

Barriers, crossings and walking buses are no secret: every member of the partnership sees them, at its own
sites. What a single class told may be one child on a bike; it is shown to those who tally or answer for the
numbers. A parent's form is shown to those who keep the forms alone. Who stands at a post or leads a bus is
shown to those who run that.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import EVERYONE, declare
from schoolward.platform.access.policy import ModelPolicy, Rule, at_own_sites, everywhere, register
from schoolward.platform.access.roles import Role

_RUN = (Role.SAFE_ROUTES, Role.LEAD)
_AT_SCHOOL = (Role.SITE_LEAD, Role.CAMPUS_MONITOR, Role.PROGRAM_COORDINATOR, Role.PROVIDER)
_ANSWER_FOR = (Role.ACCOUNTABILITY, Role.PRIVACY_OFFICER)

declare("routes.view", _("See the way to school: travel, barriers, guards and walking buses"), EVERYONE)
declare("routes.tally", _("Tally how a class came to school"), [*_RUN, *_AT_SCHOOL])
declare(
    "routes.survey",
    _("Enter what parents answered about the way to school"),
    [*_RUN, Role.SITE_LEAD, Role.PROGRAM_COORDINATOR],
)
declare("routes.survey_forms", _("Take single parents' forms in and out"), [*_RUN, Role.ACCOUNTABILITY])
declare(
    "routes.report",
    _("Report a barrier on the way to school"),
    [*_RUN, *_AT_SCHOOL, Role.SCHOOL_RESOURCE_OFFICER, Role.FACILITIES],
)
declare(
    "routes.decide",
    _("Accept and decline barriers, recommend what to do, write down the owner's answer, open work"),
    _RUN,
)
declare(
    "routes.audits",
    _("See walk audits of the way to school, and what of them became barriers"),
    [*_RUN, Role.SITE_LEAD, Role.SCHOOL_RESOURCE_OFFICER, Role.FACILITIES, Role.ADMINISTRATOR],
)
declare(
    "routes.application",
    _("See the tables of a grant application for the way to school"),
    [*_RUN, Role.GRANTS_ANALYST, Role.ACCOUNTABILITY],
)
declare("routes.manage", _("Keep crossings, posts of guards and walking buses"), _RUN)
declare(
    "routes.count",
    _("Count vehicles, pupils and gaps at a crossing"),
    [*_RUN, Role.SITE_LEAD, Role.CAMPUS_MONITOR],
)
declare("routes.lead", _("Write down a walk of a walking bus"), [*_RUN, *_AT_SCHOOL])
declare(
    "routes.plan",
    _("Plan the ways to school from pupils' addresses; choose the network; set the walk zones"),
    _RUN,
)
declare("routes.import", _("Import the way to school: tallies, barriers, guards and walking buses"), _RUN)


def _roles(*roles: str) -> frozenset[str]:
    return frozenset(str(role) for role in roles)


def _at(path: str, *roles: str, relation: str) -> tuple[Rule, ...]:
    return (Rule(relation, _roles(*roles), where=at_own_sites(path)),)


_MEMBER = "member of the partnership, at its sites"
for _model, _path in (
    ("AuditDecision", "assessment__campus"),
    ("Barrier", "campus"),
    ("BarrierStep", "barrier__campus"),
    ("Recommendation", "barrier__campus"),
    ("Crossing", "campus"),
    ("CrossingCount", "crossing__campus"),
    ("GuardPost", "crossing__campus"),
    ("WalkingBus", "campus"),
    ("BusStop", "bus__campus"),
    ("BusRun", "bus__campus"),
    ("SchoolPlan", "campus"),
    ("WalkedStreet", "plan__campus"),
    ("PlannedFix", "plan__campus"),
):
    register(ModelPolicy(model=f"routes.{_model}", rules=_at(_path, *EVERYONE, relation=_MEMBER)))

register(
    ModelPolicy(
        model="routes.ClassTally",
        rules=_at("campus", *_RUN, *_AT_SCHOOL, *_ANSWER_FOR, relation="tallies or answers for the numbers"),
    )
)
register(
    ModelPolicy(
        model="routes.ParentSurvey",
        rules=_at("campus", *_RUN, Role.ACCOUNTABILITY, relation="keeps the parents' forms"),
    )
)
for _model, _path in (("GuardAssignment", "post__crossing__campus"), ("BusLeader", "bus__campus")):
    register(
        ModelPolicy(
            model=f"routes.{_model}",
            rules=_at(
                _path,
                *_RUN,
                *_AT_SCHOOL,
                Role.PRIVACY_OFFICER,
                Role.ADMINISTRATOR,
                relation="runs guards or walking buses",
            ),
        )
    )

# Streets are no secret, nor is how far pupils are expected to walk.
for _model, _why in (("StreetNetwork", "a public map"), ("WalkZoneRule", "a rule of the district")):
    register(ModelPolicy(model=f"routes.{_model}", rules=(Rule(_why, _roles(*EVERYONE), where=everywhere),)))

# The state publishes each of them; no person is in them.
declare("collisions.view", _("See collisions on the streets near schools"), EVERYONE)
declare("collisions.import", _("Import the state's collision records"), [*_RUN, Role.ACCOUNTABILITY])
for _model in ("Collision", "CollisionNear"):
    register(
        ModelPolicy(
            model=f"routes.{_model}",
            rules=(Rule("a public record", _roles(*EVERYONE), where=everywhere),),
        )
    )
