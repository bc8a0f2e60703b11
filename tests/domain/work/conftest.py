"""People, sites and a piece of work that can be taken to any state."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import Move, State, path_to
from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer

Person = Callable[..., Viewer]
Advance = Callable[..., WorkItem]


@pytest.fixture
def site(db: None) -> Campus:
    """A site."""
    return Campus.objects.create(name="Oak", slug="oak", address="1 Oak Street", address_key="1 OAK ST")


@pytest.fixture
def other_site(db: None) -> Campus:
    """Another site."""
    return Campus.objects.create(name="Elm", slug="elm", address="1 Elm Street", address_key="1 ELM ST")


@pytest.fixture
def membership(db: None) -> Callable[..., Membership]:
    """Make a person with an account in a role: ``membership("lead")``; at some sites only with ``sites``."""

    def make(role: str, *, name: str = "", sites: list[Campus] | None = None) -> Membership:
        then = datetime(2010, 9, 1, tzinfo=UTC)
        agency, _made = Agency.objects.get_or_create(
            key="district", defaults={"name": "District", "kind": AgencyKind.DISTRICT, "created_at": then}
        )
        email = f"{name or role}@example.org"
        account, _made = Account.objects.get_or_create(
            email=email,
            defaults={"name": name or f"The {role}", "is_demonstration": True, "created_at": then},
        )
        made = Membership.objects.create(
            account=account,
            agency=agency,
            role=role,
            all_sites=sites is None,
            valid_from=date(2010, 9, 1),
        )
        made.campuses.set(sites or [])
        return made

    return make


@pytest.fixture
def person(membership: Callable[..., Membership], at: datetime) -> Person:
    """A viewer with an account of its own: ``person("facilities")``."""

    def make(role: str, **options: Any) -> Viewer:
        return viewer_for(membership(role, **options), at=at)

    return make


@pytest.fixture
def client_of(membership: Callable[..., Membership]) -> Callable[..., Client]:
    """A signed-in browser of a person in a role."""

    def make(role: str, **options: Any) -> Client:
        client = Client()
        client.force_login(
            membership(role, **options).account,
            backend="allauth.account.auth_backends.AuthenticationBackend",
        )
        return client

    return make


@pytest.fixture
def proposed(site: Campus, person: Person, at: datetime) -> WorkItem:
    """Proposed work at the site."""
    return actions.propose(
        title="Repair the fence", campus_id=site.pk, by=person("lead", name="proposer"), at=at
    )


@pytest.fixture
def advance(person: Person, at: datetime) -> Advance:
    """Take work along the straight path to a state: ``advance(item, State.DONE)``. Done work has evidence."""
    everyone: dict[str, Viewer] = {}

    def who(role: str) -> Viewer:
        if role not in everyone:
            everyone[role] = replace(person(role, name=f"story-{role}"), at=at)
        return everyone[role]

    def make(item: WorkItem, state: State, *, evidence: bool = True) -> WorkItem:
        steps: dict[Move, Callable[[], WorkItem]] = {
            Move.ACCEPT: lambda: actions.accept(
                item_id=item.pk, due=date(2012, 12, 14), by=who("lead"), at=at
            ),
            Move.FUND: lambda: actions.fund(
                item_id=item.pk, amount_cents=35_000, money_source="Site budget", by=who("lead"), at=at
            ),
            Move.SCHEDULE: lambda: actions.schedule(
                item_id=item.pk, planned_on=date(2012, 9, 20), by=who("facilities"), at=at
            ),
            Move.COMPLETE: lambda: actions.complete(
                item_id=item.pk, actual_cents=34_000, by=who("facilities"), at=at
            ),
            Move.VERIFY: lambda: actions.verify(item_id=item.pk, by=who("site_lead"), at=at),
            Move.DECLINE: lambda: actions.decline(item_id=item.pk, reason="Too dear", by=who("lead"), at=at),
        }
        made = item
        for move in path_to(state):
            if move is Move.VERIFY and evidence:
                actions.add_evidence(item_id=item.pk, text="Seen it", by=who("facilities"), at=at)
            made = steps[move]()
        return made

    return make
