"""The demonstration's accounts of site roles stand at sites of their kind."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from schoolward.domains.people.seed import agencies_and_accounts
from schoolward.domains.places.queries import schools_on
from schoolward.domains.places.seed import enrolment, sites_and_schools
from schoolward.home.seed import sites_of_accounts
from schoolward.platform.access.models import Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext

pytestmark = pytest.mark.django_db
TODAY = date(2012, 9, 6)


def test_each_site_role_gets_one_site_of_its_kind(by: Viewer, at: datetime) -> None:
    context = SeedContext(by, at, TODAY)
    for seed in (agencies_and_accounts, sites_and_schools, enrolment, sites_of_accounts):
        seed(context)

    def schools(role: str) -> list[Any]:
        (campus,) = Membership.objects.get(role=role).campuses.all()
        return list(schools_on(campus.pk, TODAY))

    for role in (Role.SITE_LEAD, Role.CAMPUS_MONITOR):
        assert any(school.kind == "high" and not school.is_charter for school in schools(role))
    assert schools(Role.SITE_LEAD) != schools(Role.CAMPUS_MONITOR)
    assert all(school.charter_funding == "direct" for school in schools(Role.REGIONAL_PARTNER))
