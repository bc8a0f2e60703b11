"""People who act for a purpose, an invented youth with a grandmother, a program and a consent."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from schoolward.domains.cases import actions
from schoolward.domains.cases.actions import Booking
from schoolward.domains.cases.models import Guardian, Referral, Youth, of_youth
from schoolward.domains.places.models import Campus
from schoolward.domains.programs import actions as program_actions
from schoolward.domains.programs.models import Program
from schoolward.platform.access.consenting import Scope, record_consent
from schoolward.platform.access.middleware import MEMBERSHIP_KEY, PURPOSE_KEY
from schoolward.platform.access.models import Account, Agency, Agreement, Consent, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.access.wall import within

THEN = datetime(2010, 9, 1, tzinfo=UTC)
PURPOSE = "youth_program"


@pytest.fixture
def membership(db: None) -> Callable[..., Membership]:
    """A person in a role at an agency: ``membership("provider", "community", who="the other")``."""

    def make(
        role: str, agency: str = "district", campuses: list[Campus] | None = None, who: str = "the"
    ) -> Membership:
        found, _made = Agency.objects.get_or_create(
            key=agency, defaults={"name": agency.title(), "kind": agency, "created_at": THEN}
        )
        account, _made = Account.objects.get_or_create(
            email=f"{who.replace(' ', '-')}.{role}.{agency}@example.org",
            defaults={"name": f"{who} {role}", "created_at": THEN},
        )
        made = Membership.objects.get_or_create(
            account=account,
            agency=found,
            role=role,
            all_sites=campuses is None,
            valid_from=date(2010, 9, 1),
        )[0]
        made.campuses.set(campuses or [])
        return made

    return make


@pytest.fixture
def person(membership: Callable[..., Membership], at: datetime) -> Callable[..., Viewer]:
    """A viewer with an account of its own, who runs a youth program unless another purpose is named."""

    def make(
        role: str,
        agency: str = "district",
        campuses: list[Campus] | None = None,
        who: str = "the",
        purpose: str = PURPOSE,
    ) -> Viewer:
        return viewer_for(membership(role, agency, campuses, who), at=at, purpose=purpose)

    return make


@pytest.fixture
def client_of(membership: Callable[..., Membership]) -> Callable[..., Client]:
    """A signed-in browser of such a person, with the purpose stated."""

    def make(
        role: str,
        agency: str = "district",
        campuses: list[Campus] | None = None,
        who: str = "the",
        purpose: str = PURPOSE,
    ) -> Client:
        held = membership(role, agency, campuses, who)
        client = Client()
        client.force_login(held.account, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session[PURPOSE_KEY], session[MEMBERSHIP_KEY] = purpose, held.pk
        session.save()
        return client

    return make


@pytest.fixture
def coordinator(person: Callable[..., Viewer]) -> Viewer:
    """Who stands by the youth: a coordinator of the district."""
    return person("program_coordinator")


@pytest.fixture
def campus(db: None) -> Campus:
    """A site."""
    return Campus.objects.create(
        name="Oak High", slug="oak-high", address="1 Oak Street", address_key="1 oak st"
    )


@pytest.fixture
def youth(coordinator: Viewer) -> Youth:
    """An invented youth of fourteen, whom the coordinator stands by."""
    return make_youth(coordinator)


def make_youth(coordinator: Viewer, *, taken: bool = True, **fields: object) -> Youth:
    """An invented youth of the coordinator's agency; at the intake where nobody has taken it."""
    told: dict[str, object] = {
        "legal_name": "Invented Person",
        "preferred_name": "Vinny",
        "born_on": date(1998, 3, 1),
        "home_language": "es",
        "entered_on": date(2012, 8, 30),
        "invented": True,
    }
    with within(coordinator):
        return Youth.objects.create(
            agency_id=coordinator.agency_id,
            record_class="education",
            coordinator_id=coordinator.account_id if taken else None,
            **{**told, **fields},
        )


@pytest.fixture
def guardian(youth: Youth, coordinator: Viewer) -> Guardian:
    """The youth's grandmother."""
    with within(coordinator):
        return Guardian.objects.create(
            **of_youth(youth),
            name="Invented Grandmother",
            relation="grandparent",
            language="es",
            reach_by="call",
            reach_at="(916) 555-0100",
            invented=True,
        )


@pytest.fixture
def program(membership: Callable[..., Membership], by: Viewer, at: datetime) -> Program:
    """A service for one family at a time that the community's agency delivers."""
    agency = membership("provider", "community").agency
    provider = program_actions.add_provider(name="The League", agency_id=agency.pk, by=by, at=at)
    return program_actions.add_program(
        title="Lifeline",
        kind="case",
        provider_id=provider.pk,
        starts_on=date(2011, 9, 1),
        min_age=10,
        max_age=17,
        by=by,
        at=at,
    )


@pytest.fixture
def consent(youth: Youth, program: Program, coordinator: Viewer, at: datetime) -> Consent:
    """The family's yes to the program, for a year."""
    return record_consent(
        scope=Scope(
            subject=youth.subject,
            recipient=program.provider.agency,
            category="program",
            purpose=PURPOSE,
            given_by="parent",
            valid_from=date(2012, 9, 3),
            valid_to=date(2013, 6, 30),
        ),
        by=coordinator,
        at=at,
    )


@pytest.fixture
def agreement(membership: Callable[..., Membership], at: datetime) -> Callable[..., Agreement]:
    """A live agreement: ``agreement("district", "community", ["cases.Referral.told"])``."""

    def make(
        owner: str, recipient: str, fields: list[str], classes: tuple[str, ...] = ("education",)
    ) -> Agreement:
        parties = {key: membership("lead", key) for key in (owner, recipient)}
        made = Agreement.objects.create(
            title=f"{owner} to {recipient}",
            owner=parties[owner].agency,
            recipient=parties[recipient].agency,
            record_classes=list(classes),
            purposes=[PURPOSE, "school_safety"],
            fields=fields,
            valid_from=date(2012, 7, 1),
            valid_to=date(2013, 6, 30),
        )
        for held in parties.values():
            made.signatures.create(
                agency=held.agency, account=held.account, role="lead", at=at, terms_sha256="0" * 64
            )
        return made

    return make


def booking(**fields: object) -> Booking:
    """What a school tells of an invented youth."""
    told: dict[str, object] = {
        "legal_name": "Invented Person",
        "born_on": date(1998, 3, 1),
        "need": "attendance",
        "local_number": "100-42",
        "home_language": "es",
        "guardian_name": "Invented Mother",
        "reach_at": "(916) 555-0101",
        "family_knows": True,
        "invented": True,
    }
    return Booking(**{**told, **fields})  # type: ignore[arg-type]


@pytest.fixture
def principal(person: Callable[..., Viewer], campus: Campus) -> Viewer:
    """The lead of a site, who refers."""
    return person("site_lead", campuses=[campus], purpose="school_safety")


@pytest.fixture
def referral(
    principal: Viewer, coordinator: Viewer, program: Program, campus: Campus, at: datetime
) -> Referral:
    """A referral of the first of the month that the coordinator has taken on."""
    made = actions.refer(
        booking=booking(program_id=program.pk, campus_id=campus.pk), on=date(2012, 9, 1), by=principal, at=at
    )
    return actions.take(referral_id=made.pk, by=coordinator, at=at)


@pytest.fixture
def brought_to(referral: Referral, coordinator: Viewer, at: datetime) -> Callable[[str], Referral]:
    """The referral, as far as it has come: ``brought_to("consented")``."""

    def bring(state: str) -> Referral:
        who: dict[str, Any] = {"referral_id": referral.pk, "by": coordinator, "at": at}
        steps: dict[str, Callable[[], object]] = {
            "contacted": lambda: actions.log_contact(
                way="call", minutes=10, reached=True, on=date(2012, 9, 3), **who
            ),
            "consented": lambda: actions.consent(
                given_by="parent",
                valid_from=date(2012, 9, 3),
                valid_to=date(2013, 6, 30),
                on=date(2012, 9, 4),
                **who,
            ),
            "started": lambda: actions.start(on=date(2012, 9, 5), **who),
            "completed": lambda: actions.complete(on=date(2012, 9, 6), **who),
        }
        for name, step in steps.items():
            step()
            if name == state:
                break
        with within(Viewer.system(at=at)):
            return Referral.objects.get(pk=referral.pk)

    return bring
