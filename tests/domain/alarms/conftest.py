"""A site with an alarm system, people of the desk, and a journal that receivers might have written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

import pytest
from tests.domain.alarms.journal_writer import NIGHT, Receiver, make_case

from schoolward.domains.alarms.models import AlarmSystem, Case, Line, Zone
from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer

Person = Callable[..., Viewer]


@pytest.fixture
def site(db: None) -> Campus:
    """A site in the city."""
    return Campus.objects.create(
        name="Oak", slug="oak", address="1 Oak Street", address_key="1 OAK ST", jurisdiction="city"
    )


@pytest.fixture
def other_site(db: None) -> Campus:
    """Another site, whose jurisdiction nobody has entered."""
    return Campus.objects.create(name="Elm", slug="elm", address="1 Elm Street", address_key="1 ELM ST")


@pytest.fixture
def system(site: Campus) -> AlarmSystem:
    """An alarm system at the site with two zones."""
    line = Line.objects.create(name="main")
    made = AlarmSystem.objects.create(line=line, account="0012", campus=site, changed_at=NIGHT)
    Zone.objects.create(system=made, number="3", title="East door", device="door")
    Zone.objects.create(
        system=made, number="4", title="Hall", device="motion", camera_link="https://cam.test/4"
    )
    return made


@pytest.fixture
def person(db: None, at: datetime) -> Person:
    """A viewer with an account of its own: ``person("lead")``; at some sites only with ``sites``."""

    def make(
        role: str = "alarm_operator", *, name: str = "", sites: Sequence[Campus] | None = None
    ) -> Viewer:
        then = datetime(2010, 9, 1, tzinfo=UTC)
        agency, _made = Agency.objects.get_or_create(
            key="district", defaults={"name": "District", "kind": AgencyKind.DISTRICT, "created_at": then}
        )
        account, _made = Account.objects.get_or_create(
            email=f"{name or role}@example.org",
            defaults={"name": name or f"The {role}", "is_demonstration": True, "created_at": then},
        )
        made = Membership.objects.create(
            account=account, agency=agency, role=role, all_sites=sites is None, valid_from=date(2010, 9, 1)
        )
        made.campuses.set(sites or [])
        return viewer_for(made, at=at)

    return make


@pytest.fixture
def receiver(db: None) -> Receiver:
    """A receiver whose journal is empty."""
    return Receiver()


@pytest.fixture
def case(system: AlarmSystem) -> Case:
    """A waiting burglary of the east door, a minute old."""
    return make_case(system)
