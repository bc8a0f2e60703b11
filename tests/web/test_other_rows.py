"""Somebody else's rows: the address of a row at another site, or of another account, opens nothing."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from schoolward.domains.incidents.actions import IncidentDraft, record_incident
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.work import actions as work_actions
from schoolward.platform.access import tokens
from schoolward.platform.access.models import Account, Agency, ApiToken, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from web.test_access_matrix import URLS

pytestmark = pytest.mark.django_db


@pytest.fixture
def sites() -> tuple[Campus, Campus]:
    oak, elm = (
        Campus.objects.create(name=name, slug=name, address=f"1 {name} Street", address_key=f"1 {name} ST")
        for name in ("OAK", "ELM")
    )
    for number, campus in enumerate((oak, elm), start=1):
        school = School.objects.create(cds_code=f"{number:014d}", name=campus.name, kind="elementary")
        SchoolOccupancy.objects.create(school=school, campus=campus)
    return oak, elm


def member(role: str, site: Campus | None, email: str) -> tuple[Membership, Client]:
    agency, _made = Agency.objects.get_or_create(
        key="district", defaults={"name": "District", "kind": "district", "created_at": timezone.now()}
    )
    account = Account.objects.create_user(email, None, name=email)
    membership = Membership.objects.create(
        account=account, agency=agency, role=role, all_sites=site is None, valid_from=date(2010, 9, 1)
    )
    membership.campuses.set([site] if site else [])
    client = Client()
    client.force_login(account)
    return membership, client


@pytest.fixture
def rows(sites: tuple[Campus, Campus], by: Viewer, at: datetime) -> list[str]:
    """The addresses of an incident and a piece of work at the first site, on pages and over HTTP."""
    incident = record_incident(
        draft=IncidentDraft(
            occurred_at=datetime(2012, 9, 6, 15, 15, tzinfo=UTC), category="vandalism", campus_id=sites[0].pk
        ),
        by=by,
        at=at,
    )
    item = work_actions.propose(title="Mend the gate", campus_id=sites[0].pk, by=by, at=at)
    return [
        reverse("incidents:detail", args=[incident.pk]),
        reverse("work:detail", args=[item.pk]),
        reverse("api:incident", args=[incident.pk]),
        reverse("api:work_item", args=[item.pk]),
    ]


def test_a_site_lead_opens_rows_of_the_own_site_and_of_no_other(
    rows: list[str], sites: tuple[Campus, Campus]
) -> None:
    own, other, nowhere = (
        member(Role.SITE_LEAD, sites[0], "own@example.org")[1],
        member(Role.SITE_LEAD, sites[1], "other@example.org")[1],
        member(Role.SITE_LEAD, None, "nowhere@example.org"),
    )
    Membership.objects.filter(pk=nowhere[0].pk).update(all_sites=False)
    for path in rows:
        assert own.get(path).status_code == 200, path
        for stranger in (other, nowhere[1]):
            refused = stranger.get(path)
            assert refused.status_code in (403, 404), path
            assert b"Mend the gate" not in refused.content


def test_a_row_that_is_not_mine_looks_like_one_that_is_not_there(
    rows: list[str], sites: tuple[Campus, Campus]
) -> None:
    """The answer must not tell whether another site has such a row."""
    _membership, other = member(Role.SITE_LEAD, sites[1], "other@example.org")
    for path in rows:
        number = next(part for part in path.split("/") if part.isdigit())
        absent = other.get(path.replace(f"/{number}", "/2147483647", 1))
        assert other.get(path).status_code == absent.status_code, path


def test_lists_hold_no_rows_of_other_sites(rows: list[str], sites: tuple[Campus, Campus]) -> None:
    _membership, other = member(Role.SITE_LEAD, sites[1], "other@example.org")
    for path in (reverse("work:list"), reverse("api:work"), f"{reverse('work:list')}?export=csv"):
        response = other.get(path)
        assert response.status_code == 200
        content = b"".join(response.streaming_content) if response.streaming else response.content
        assert b"Mend the gate" not in content


@pytest.mark.parametrize("panel", [url.name for url in URLS if "/panel/" in url.path])
def test_the_panel_of_another_site_is_not_there(panel: str, sites: tuple[Campus, Campus]) -> None:
    """An empty panel would say that the site has no work and no incidents, which is not for them to know."""
    _membership, lead = member(Role.SITE_LEAD, sites[0], "own@example.org")
    own, other = (lead.get(reverse(panel, args=[site.pk])).status_code for site in sites)
    assert (own, other) == (200, 404)


def test_a_provider_opens_no_incident_and_no_work(rows: list[str]) -> None:
    _membership, provider = member(Role.PROVIDER, None, "provider@example.org")
    for path in rows:
        assert provider.get(path).status_code == 403, path


def test_a_revocation_between_two_requests_is_felt(rows: list[str], at: datetime) -> None:
    membership, lead = member(Role.LEAD, None, "lead@example.org")
    assert lead.get(rows[0]).status_code == 200
    Membership.objects.filter(pk=membership.pk).update(revoked_at=at)
    assert [lead.get(path).status_code for path in rows] == [403, 403, 401, 401]


def test_another_accounts_token_cannot_be_ended(at: datetime) -> None:
    now = timezone.now()
    membership, _client = member(Role.LEAD, None, "lead@example.org")
    token, _secret = tokens.issue(
        membership=membership,
        name="script",
        scopes=["measures.view"],
        expires_at=now + timedelta(days=1),
        by=viewer_for(membership, at=now),
        at=now,
    )
    _membership, other = member(Role.TRUSTEE, None, "other@example.org")
    assert other.post(reverse("people:token_revoke", args=[token.pk])).status_code == 404
    assert ApiToken.objects.get().revoked_at is None
