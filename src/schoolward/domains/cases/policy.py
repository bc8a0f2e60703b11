"""Who reads what of a young person and of a referral, and who may do what.

Nobody reads a young person by a role alone: the relation to this one, the purpose and, across agencies, an
agreement decide (docs/reference/protected-records.md). Those who lead, pay or publish see numbers.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from schoolward.domains.cases.relations import (
    ANSWERED,
    COORDINATORS,
    DELIVERED,
    DELIVERERS,
    FOR_PROGRAMS,
    GUARDS,
    LEADS_OF_SITES,
    OFFICERS,
    OUTLINE,
    REFERRERS,
    TAUGHT_HOURS,
    TAUGHT_MEMBER,
    about_a_youth,
    brought_it,
    delivers,
    delivers_of,
    in_an_academy,
    leads_the_site,
    runs_the_cohort,
    teaches_the_cohort,
    through_a_referral,
    who_referred,
    youths_alike,
    youths_named,
)
from schoolward.platform.access.permissions import declare
from schoolward.platform.access.persons import Persons, persons
from schoolward.platform.access.policy import (
    Across,
    ModelPolicy,
    Rule,
    register,
)
from schoolward.platform.access.roles import Role

declare("cases.view", _("See the young people of the own caseload"), [*sorted(DELIVERERS), *GUARDS])
declare("cases.keep", _("Answer referrals: contact, consent, plan, transfer, end"), COORDINATORS)
declare("cases.deliver", _("Say that a young person has started or completed a program"), DELIVERERS)
declare("cases.refer", _("Refer a young person, and learn whether they started"), [*REFERRERS, *COORDINATORS])
declare(
    "cases.performance",
    _("See what grants ask of programs, as numbers by half a year"),
    [*COORDINATORS, Role.LEAD, Role.ACCOUNTABILITY, Role.TRUSTEE, Role.GRANTS_ANALYST],
)
declare("cases.import", _("Import referrals"), COORDINATORS)

persons(Persons("cases.Youth", youths_named, youths_alike, "cases:who_is_who"))
about_a_youth(
    "cases.Youth",
    through_a_referral("pk"),
    in_an_academy(runs_the_cohort),
    in_an_academy(leads_the_site),
    in_an_academy(lambda path: teaches_the_cohort(path, TAUGHT_MEMBER)),
    to_youth="",
    opens=frozenset({"legal_name", "preferred_name", "home_language", "school"}),
)
about_a_youth(
    "cases.Guardian",
    through_a_referral("youth"),
    opens=frozenset({"youth", "name", "relation", "language", "reach_by", "reach_at"}),
)
about_a_youth(
    "cases.Referral",
    Rule(
        "delivers the program",
        DELIVERERS,
        where=delivers,
        fields=DELIVERED,
        purposes=FOR_PROGRAMS,
        across=Across.AGREEMENT,
    ),
    Rule(
        "colleague",
        COORDINATORS,
        fields=OUTLINE,
        purposes=FOR_PROGRAMS,
        across=Across.SAME,
    ),
    Rule("referred them", REFERRERS, where=who_referred, fields=ANSWERED, across=Across.AGREEMENT),
    to_youth="",
)
for _model in ("Step", "Contact", "Goal", "FollowUp"):
    about_a_youth(f"cases.{_model}", to_youth="referral__")


for _model in ("Service", "ClassSeat", "MonthlyTrack"):
    about_a_youth(f"cases.{_model}", delivers_of("referral"), to_youth="referral__")
about_a_youth("cases.SeatDuty", delivers_of("seat__referral"), to_youth="seat__referral__")
about_a_youth("cases.AttendanceDay")

# --- The attendance center and diversion -------------------------------------------------------------------

declare("centre.view", _("See visits to the attendance center, and what is due about them"), [*COORDINATORS])
declare("centre.keep", _("Receive students at the attendance center and follow up"), [*COORDINATORS])
declare(
    "centre.deliver", _("Bring a student to the attendance center, and see that it was received"), OFFICERS
)
declare(
    "centre.results",
    _("See whether attendance rose after visits to the attendance center, as numbers"),
    [*COORDINATORS, Role.LEAD, Role.ACCOUNTABILITY, Role.TRUSTEE, Role.GRANTS_ANALYST],
)
declare("diversion.view", _("See diversions of the own caseload"), [*COORDINATORS])
declare("diversion.keep", _("Decide about diversion, and keep its contracts"), [*COORDINATORS])
declare(
    "diversion.rules",
    _("Read the rules of eligibility for diversion"),
    [*COORDINATORS, *OFFICERS, *GUARDS, Role.LEAD, Role.ACCOUNTABILITY, Role.TRUSTEE],
)


register(
    ModelPolicy(
        model="cases.Delivery",
        rules=(
            Rule("brought the student", OFFICERS, where=brought_it),
            Rule("receives students", COORDINATORS, purposes=FOR_PROGRAMS),
        ),
    )
)
#: Counts of a few are in it: they are read through pages and measures, which hide them.
register(ModelPolicy(model="cases.DiversionTally", rules=()))
register(ModelPolicy(model="cases.CountEdition", rules=()))
declare("identity.decide", _("Decide which records are of one young person"), [*COORDINATORS, *GUARDS])
for _model in (
    "LookAlike",
    "RosterDifference",
    "ReleaseCorrection",
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

# --- Incidents of discipline: no student is in them, and still not everybody reads each ---------------------

declare(
    "discipline.view",
    _("See incidents of discipline one by one, as the state's files tell them without students"),
    [Role.ACCOUNTABILITY],
)
declare("discipline.import", _("Bring in the state's files of incidents"), [Role.ACCOUNTABILITY])
declare(
    "discipline.counts",
    _("See removals by school and school year, as numbers in which small ones are hidden"),
    [Role.ACCOUNTABILITY, Role.LEAD, Role.TRUSTEE],
)
for _model in ("DisciplineIncident", "DisciplineLine"):
    register(
        ModelPolicy(
            model=f"cases.{_model}",
            rules=(Rule("answers for the numbers", frozenset({Role.ACCOUNTABILITY})),),
        )
    )

# --- Academies, and what programs come to as numbers ------------------------------------------------------

OF_ACADEMIES = DELIVERERS | LEADS_OF_SITES | OFFICERS
ANSWER_FOR = (Role.LEAD, Role.ACCOUNTABILITY, Role.TRUSTEE, Role.GRANTS_ANALYST)
declare(
    "cases.results",
    _("See what outreach and academies came to, as numbers in which small ones are hidden"),
    [*COORDINATORS, *ANSWER_FOR],
)
declare(
    "cases.work",
    _("See what waits in class days, monthly tracking and academies"),
    [*DELIVERERS, *LEADS_OF_SITES, *ANSWER_FOR],
)
declare(
    "academies.view",
    _("See the academies' cohorts, and the students of those that one runs or teaches"),
    OF_ACADEMIES,
)
declare("academies.keep", _("Keep academies: cohorts, students, days, and who left how"), COORDINATORS)
declare("academies.log", _("Write down students' hours of service"), DELIVERERS | OFFICERS)
declare(
    "academies.approve",
    _("Approve hours of service that somebody else wrote down"),
    [*DELIVERERS, *LEADS_OF_SITES],
)

for _model in ("AcademyCohort", "AcademyStaff"):
    register(
        ModelPolicy(
            model=f"cases.{_model}",
            rules=(
                Rule(
                    "works with academies or answers for them",
                    OF_ACADEMIES | {*map(str, ANSWER_FOR)},
                ),
            ),
        )
    )
for _model, _path, _taught in (
    ("AcademyMember", "cohort", TAUGHT_MEMBER),
    ("ServiceHours", "member__cohort", TAUGHT_HOURS),
    ("AcademyPresence", "member__cohort", None),
):
    _teaches = () if _taught is None else (teaches_the_cohort(_path, _taught),)
    about_a_youth(f"cases.{_model}", runs_the_cohort(_path), leads_the_site(_path), *_teaches)
