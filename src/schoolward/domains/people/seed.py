"""The demonstration's agencies, whom its desk calls, and its accounts: one a role, the Lieutenant with two
memberships.

Every name of a person here is invented.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.hashers import make_password

from schoolward.domains.people.models import Person, ResponseNumber, Serves, Use
from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
from schoolward.platform.access.roles import DESCRIPTIONS, Role
from schoolward.platform.demo.registry import SeedContext, seed

DEMONSTRATION_PASSWORD = "schoolward-demo"  # noqa: S105 - printed by `schoolward run`; demonstration only

AGENCIES: tuple[tuple[str, str, AgencyKind], ...] = (
    ("district", "Sacramento City Unified School District", AgencyKind.DISTRICT),
    ("police", "Sacramento Police Department", AgencyKind.POLICE),
    ("city", "City of Sacramento", AgencyKind.CITY),
    ("county", "County of Sacramento", AgencyKind.COUNTY),
    ("charter", "Directly funded charter schools", AgencyKind.CHARTER),
    ("community", "Community partners", AgencyKind.COMMUNITY),
)

#: As the district's communication protocol lists them (published by the agencies).
NUMBERS: tuple[tuple[Serves, Use, str, str, str], ...] = (
    (Serves.CITY, Use.EMERGENCY, "police", "City, 911", "911"),
    (Serves.CITY, Use.NON_EMERGENCY, "police", "City, non-emergency", "916-264-5471"),
    (Serves.COUNTY, Use.EMERGENCY, "county", "County sheriff, 911", "911"),
    (Serves.COUNTY, Use.NON_EMERGENCY, "county", "County sheriff, non-emergency", "916-874-5115"),
    (Serves.EVERYWHERE, Use.GUARD, "district", "Security desk", "916-643-7444"),
)

AGENCY_OF_ROLE: dict[Role, str] = {
    Role.LEAD: "district",
    Role.SCHOOL_RESOURCE_OFFICER: "police",
    Role.ALARM_OPERATOR: "district",
    Role.CAMPUS_MONITOR: "district",
    Role.SITE_LEAD: "district",
    Role.FACILITIES: "district",
    Role.GRANTS_ANALYST: "district",
    Role.PROGRAM_COORDINATOR: "district",
    Role.PROVIDER: "community",
    Role.ACCOUNTABILITY: "district",
    Role.TRUSTEE: "district",
    Role.SAFE_ROUTES: "city",
    Role.REGIONAL_PARTNER: "charter",
    Role.PRIVACY_OFFICER: "district",
    Role.SECRETARY: "city",
    Role.ADMINISTRATOR: "district",
}
# Roles that stand at some sites only. Their sites are set by the seed of places.
SITE_ROLES: tuple[Role, ...] = (Role.CAMPUS_MONITOR, Role.SITE_LEAD, Role.REGIONAL_PARTNER)


def email_of(role: str) -> str:
    """The demonstration account's address of a role."""
    return f"{str(role).replace('_', '-')}@demo.schoolward.example"


@seed(10, "agencies and accounts")
def agencies_and_accounts(context: SeedContext) -> str:
    """Make the agencies and one account a role. Safe to run again."""
    agencies = {
        key: Agency.objects.get_or_create(
            key=key, defaults={"name": name, "kind": kind, "created_at": context.at}
        )[0]
        for key, name, kind in AGENCIES
    }
    for serves, use, key, title, phone in NUMBERS:
        ResponseNumber.objects.get_or_create(
            serves=serves, use=use, defaults={"agency": agencies[key], "title": title, "phone": phone}
        )
    password = make_password(DEMONSTRATION_PASSWORD)
    begun = date(2010, 9, 1)
    for number, role in enumerate(DESCRIPTIONS):
        account, _made = Account.objects.get_or_create(
            email=email_of(role),
            defaults={
                "name": f"Demonstration {role.label}",
                "password": password,
                "is_demonstration": True,
                "is_staff": role == Role.ADMINISTRATOR,
                "is_superuser": role == Role.ADMINISTRATOR,
                "created_at": context.at,
            },
        )
        Membership.objects.get_or_create(
            account=account,
            agency=agencies[AGENCY_OF_ROLE[role]],
            role=role,
            defaults={"valid_from": begun, "all_sites": role not in SITE_ROLES},
        )
        Person.objects.get_or_create(
            agency=agencies[AGENCY_OF_ROLE[role]],
            name=account.name,
            position=str(role.label),
            # 555-0100 to 555-0199 are set aside for invented numbers.
            defaults={
                "account": account,
                "phone": f"(916) 555-01{number:02d}",
                "email": account.email,
                "invented": True,
            },
        )
    lead = Account.objects.get(email=email_of(Role.LEAD))
    Membership.objects.get_or_create(
        account=lead,
        agency=agencies["police"],
        role=Role.LEAD,
        defaults={"valid_from": begun, "all_sites": True, "title": "Lieutenant"},
    )
    return f"{len(agencies)} agencies, {len(DESCRIPTIONS)} accounts"
