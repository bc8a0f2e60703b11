"""The roles of the partnership: what each is for, in words that an administrator can choose by."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """Every role that a membership can carry."""

    LEAD = "lead", _("Safe-schools lead")
    SCHOOL_RESOURCE_OFFICER = "school_resource_officer", _("School resource officer")
    ALARM_OPERATOR = "alarm_operator", _("Alarm and dispatch operator")
    CAMPUS_MONITOR = "campus_monitor", _("Campus monitor")
    SITE_LEAD = "site_lead", _("Principal or site lead")
    FACILITIES = "facilities", _("Facilities planner or technician")
    GRANTS_ANALYST = "grants_analyst", _("Grants and fiscal analyst")
    PROGRAM_COORDINATOR = "program_coordinator", _("Program coordinator or family advocate")
    PROVIDER = "provider", _("Community provider")
    ACCOUNTABILITY = "accountability", _("Accountability analyst")
    TRUSTEE = "trustee", _("Superintendent or trustee")
    SAFE_ROUTES = "safe_routes", _("Safe Routes coordinator or city engineer")
    REGIONAL_PARTNER = "regional_partner", _("Regional partner")
    PRIVACY_OFFICER = "privacy_officer", _("Privacy and records officer")
    SECRETARY = "secretary", _("Council or task-force secretary")
    ADMINISTRATOR = "administrator", _("System administrator")
    SYSTEM = "system", _("The system itself")


@dataclass(frozen=True)
class RoleDescription:
    """What a role is for and the jobs that it is judged by."""

    role: Role
    purpose: str | Promise
    jobs: tuple[str | Promise, ...]
    agency_kinds: tuple[str, ...]
    must_use_second_factor: bool = True


def _d(
    role: Role,
    purpose: str | Promise,
    jobs: tuple[str | Promise, ...],
    kinds: tuple[str, ...],
    mfa: bool = True,
) -> RoleDescription:
    return RoleDescription(role, purpose, jobs, kinds, mfa)


_DISTRICT, _POLICE, _CITY, _COUNTY, _COMMUNITY = "district", "police", "city", "county", "community"
_SCHOOLS = ("private_school", "charter")

DESCRIPTIONS: dict[Role, RoleDescription] = {
    d.role: d
    for d in (
        _d(
            Role.LEAD,
            _("Runs the partnership day by day and answers for it."),
            (
                _("Read the morning page"),
                _("Assign and unblock findings"),
                _("Put staff where the risk is"),
                _("Defend the numbers to the board"),
                _("Renew contract and grants"),
            ),
            (_DISTRICT, _POLICE),
        ),
        _d(
            Role.SCHOOL_RESOURCE_OFFICER,
            _("A sworn officer posted to schools."),
            (
                _("See today's posts and calls"),
                _("Log an activity or incident in two minutes"),
                _("Check diversion eligibility and refer"),
                _("Review site safety plans"),
                _("Share only what law allows"),
            ),
            (_POLICE,),
        ),
        _d(
            Role.ALARM_OPERATOR,
            _("Watches alarms around the clock."),
            (
                _("Triage a signal"),
                _("Verify"),
                _("Dispatch or abort"),
                _("Code the cause"),
                _("Hand the shift over"),
            ),
            (_DISTRICT, _POLICE),
        ),
        _d(
            Role.CAMPUS_MONITOR,
            _("Keeps a campus safe on foot."),
            (
                _("Check in at the post"),
                _("Walk doors and gates"),
                _("Report"),
                _("Get help fast"),
                _("Stay certified"),
            ),
            (_DISTRICT,),
            False,
        ),
        _d(
            Role.SITE_LEAD,
            _("Leads one school or campus."),
            (
                _("Act on a protocol"),
                _("Report incidents and meet legal duties"),
                _("Close site findings"),
                _("Adopt the safety plan by 1 March"),
                _("Tell parents"),
            ),
            (_DISTRICT, *_SCHOOLS),
        ),
        _d(
            Role.FACILITIES,
            _("Plans and does the repairs."),
            (
                _("Work the queue by trade and route"),
                _("Order parts"),
                _("Show before and after"),
                _("Verify the fix"),
                _("Keep the preventive plan"),
            ),
            (_DISTRICT,),
            False,
        ),
        _d(
            Role.GRANTS_ANALYST,
            _("Keeps the money lawful and spent in time."),
            (
                _("Test allowability"),
                _("Braid funding"),
                _("Forecast the burn"),
                _("Report progress"),
                _("Hand over the audit pack"),
            ),
            (_DISTRICT, _CITY),
        ),
        _d(
            Role.PROGRAM_COORDINATOR,
            _("Runs a program or stands by a family."),
            (_("Accept a referral"), _("Obtain consent"), _("Plan"), _("Log the dose"), _("Follow up")),
            (_DISTRICT, _COMMUNITY, _CITY),
        ),
        _d(
            Role.PROVIDER,
            _("Delivers a program for the partnership."),
            (
                _("See slots and referrals"),
                _("Confirm start and finish"),
                _("Send the monthly roster"),
                _("Invoice"),
                _("Hold no excess data"),
            ),
            (_COMMUNITY,),
        ),
        _d(
            Role.ACCOUNTABILITY,
            _("Owns the measures and what is published."),
            (
                _("Define measures"),
                _("Check data quality"),
                _("Prepare mid-year and final reports"),
                _("Watch equity"),
                _("Publish corrections"),
            ),
            (_DISTRICT,),
        ),
        _d(
            Role.TRUSTEE,
            _("Decides, and asks why."),
            (
                _("Read the one-page truth"),
                _("Ask why"),
                _("Compare to plan"),
                _("Approve"),
                _("Answer the public"),
            ),
            (_DISTRICT,),
        ),
        _d(
            Role.SAFE_ROUTES,
            _("Makes the way to school safe."),
            (
                _("Audit a route"),
                _("List barriers"),
                _("Tally trips"),
                _("Plan projects"),
                _("Run walking buses"),
            ),
            (_CITY, _COUNTY, _DISTRICT, _COMMUNITY),
            False,
        ),
        _d(
            Role.REGIONAL_PARTNER,
            _("A neighbouring agency, private school or charter."),
            (
                _("Read bulletins"),
                _("Share training"),
                _("Assess its own site"),
                _("Keep its contact tree"),
                _("Give mutual aid"),
            ),
            (_POLICE, _COUNTY, *_SCHOOLS),
        ),
        _d(
            Role.PRIVACY_OFFICER,
            _("Guards the records."),
            (
                _("Keep the disclosure log"),
                _("Run retention and sealing"),
                _("Review access"),
                _("Redact public records"),
                _("Answer privacy requests"),
            ),
            (_DISTRICT, _POLICE),
        ),
        _d(
            Role.SECRETARY,
            _("Serves a council or task force."),
            (
                _("Build the agenda"),
                _("Watch the quorum"),
                _("Write minutes"),
                _("Chase actions"),
                _("Show aggregate indicators"),
            ),
            (_CITY, _DISTRICT, _COUNTY),
            False,
        ),
        _d(
            Role.ADMINISTRATOR,
            _("Keeps the installation running."),
            (
                _("Open and close accounts"),
                _("Back up and restore"),
                _("Watch the audit chain"),
                _("Upgrade"),
                _("Connect sign-in"),
            ),
            (_DISTRICT, _POLICE, _CITY),
        ),
    )
}

HUMAN_ROLES: tuple[Role, ...] = tuple(DESCRIPTIONS)
