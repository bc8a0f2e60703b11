"""Gives the demonstration's accounts of site roles their sites."""

from __future__ import annotations

from datetime import date

from schoolward.domains.people.seed import email_of
from schoolward.domains.places.queries import school_year, schools_by_campus, students_by_campus
from schoolward.platform.access.models import Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.demo.registry import SeedContext, seed


def _largest_high_schools(on: date) -> list[int]:
    """Campuses with a comprehensive high school, the one with the most students first."""
    students = students_by_campus(school_year(on), on)
    campuses = [
        campus_id
        for campus_id, schools in schools_by_campus(on).items()
        if any(school.kind == "high" and not school.is_charter for school in schools)
    ]
    return sorted(campuses, key=lambda campus_id: (-students.get(campus_id, 0), campus_id))


def _charters(on: date) -> list[int]:
    """Campuses of directly funded charter schools, in order of the school's name."""
    named = sorted(
        (schools[0].name, campus_id)
        for campus_id, schools in schools_by_campus(on).items()
        if all(school.charter_funding == "direct" for school in schools)
    )
    return [campus_id for _name, campus_id in named]


@seed(90, "sites of the demonstration accounts")
def sites_of_accounts(context: SeedContext) -> str:
    """The site lead and the campus monitor get a large high school each, the partner a charter."""
    high_schools, charters = _largest_high_schools(context.today), _charters(context.today)
    chosen = {
        Role.SITE_LEAD: high_schools[:1],
        Role.CAMPUS_MONITOR: high_schools[1:2],
        Role.REGIONAL_PARTNER: charters[:1],
    }
    for role, campuses in chosen.items():
        for membership in Membership.objects.filter(account__email=email_of(role), role=role):
            membership.campuses.set(campuses)
    return f"{len(chosen)} accounts stand at their sites"
