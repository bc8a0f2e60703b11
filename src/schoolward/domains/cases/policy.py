"""Who reads what of a young person, and who may do what with a referral.

Nobody reads a young person by a role alone: the relation to this one, the purpose and, across agencies, an
agreement decide (docs/reference/protected-records.md). Those who lead, pay or publish see numbers.
"""

from __future__ import annotations

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from schoolward.platform.access.permissions import declare
from schoolward.platform.access.policy import Across, ModelPolicy, Protection, Rule, register
from schoolward.platform.access.purposes import Purpose
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer

COORDINATORS = frozenset({str(Role.PROGRAM_COORDINATOR)})
GUARDS = frozenset({str(Role.PRIVACY_OFFICER)})
FOR_PROGRAMS = frozenset({str(Purpose.YOUTH_PROGRAM)})
FOR_RECORDS = frozenset({str(Purpose.RECORDS)})
#: Who may break the glass for a young person (``emergency.open``), and then reach those who care for them.
_IN_AN_EMERGENCY = frozenset(
    {str(Role.LEAD), str(Role.SCHOOL_RESOURCE_OFFICER), str(Role.SITE_LEAD), str(Role.PROGRAM_COORDINATOR)}
)

declare("cases.view", _("See the young people of the own caseload"), [*COORDINATORS, *GUARDS])
declare("cases.keep", _("Keep the records of the own caseload"), [*COORDINATORS])


def stands_by(to_youth: str = "") -> Rule:
    """The rule of whoever stands by the young person, and of the agency's intake until somebody does.

    ``to_youth`` leads from the row to the young person, such as ``"youth__"``.
    """

    def where(viewer: Viewer) -> Q | None:
        if viewer.account_id is None:
            return None
        coordinator = f"{to_youth}coordinator"
        return Q(**{coordinator: viewer.account_id}) | Q(**{f"{coordinator}__isnull": True})

    return Rule("stands by them", COORDINATORS, where=where, purposes=FOR_PROGRAMS, across=Across.SAME)


def guards_records() -> Rule:
    """The rule of whoever answers a privacy request or carries out a seal, for the own agency's records."""
    return Rule("guards the records", GUARDS, purposes=FOR_RECORDS, across=Across.SAME)


def about_a_youth(
    model: str, *rules: Rule, to_youth: str = "youth__", opens: frozenset[str] = frozenset()
) -> None:
    """Register the policy of a table about young people; ``opens`` is what an emergency may show."""
    register(
        ModelPolicy(
            model=model,
            rules=(stands_by(to_youth), guards_records(), *rules),
            protection=Protection(
                emergency_roles=_IN_AN_EMERGENCY if opens else frozenset(), emergency_fields=opens
            ),
        )
    )


about_a_youth(
    "cases.Youth",
    to_youth="",
    opens=frozenset({"legal_name", "preferred_name", "home_language", "school"}),
)
about_a_youth(
    "cases.Guardian",
    opens=frozenset({"youth", "name", "relation", "language", "reach_by", "reach_at"}),
)

# --- The attendance centre and diversion -------------------------------------------------------------------

OFFICERS = frozenset({str(Role.SCHOOL_RESOURCE_OFFICER)})

declare("centre.view", _("See visits to the attendance centre, and what is due about them"), [*COORDINATORS])
declare("centre.keep", _("Receive students at the attendance centre and follow up"), [*COORDINATORS])
declare(
    "centre.deliver", _("Bring a student to the attendance centre, and see that it was received"), OFFICERS
)
declare("diversion.view", _("See diversions of the own caseload"), [*COORDINATORS])
declare("diversion.keep", _("Decide about diversion, and keep its contracts"), [*COORDINATORS])
declare(
    "diversion.rules",
    _("Read the rules of eligibility for diversion"),
    [*COORDINATORS, *OFFICERS, *GUARDS, Role.LEAD, Role.ACCOUNTABILITY, Role.TRUSTEE],
)


def _brought_it(viewer: Viewer) -> Q | None:
    return None if viewer.account_id is None else Q(officer=viewer.account_id)


register(
    ModelPolicy(
        model="cases.Delivery",
        rules=(
            Rule("brought the student", OFFICERS, where=_brought_it),
            Rule("receives students", COORDINATORS, purposes=FOR_PROGRAMS),
        ),
    )
)
for _model in (
    "CentreVisit",
    "ParentContact",
    "PlanStep",
    "VisitFollowUp",
    "TruancyDeed",
    "BoardContract",
    "DiversionCase",
    "ContractTerm",
    "TermProof",
):
    about_a_youth(f"cases.{_model}")
