"""Agencies: taken in, renamed, brought in from a file; what an administrator does about locks and dates."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from axes.models import AccessAttempt
from django.conf import LazySettings
from django.test import Client
from django.utils import timezone

from schoolward.domains.people.exchange import Agencies
from schoolward.platform.access import actions, agencies
from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.registry import get
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def police(by: Viewer, at: datetime) -> Agency:
    """A police department."""
    return agencies.open_agency(name="River City Police", kind=AgencyKind.POLICE, by=by, at=at)


def test_an_agency_gets_a_short_key_of_its_own(by: Viewer, at: datetime, police: Agency) -> None:
    assert police.key == "river-city-police"
    other = agencies.open_agency(name="River-City: Police", kind=AgencyKind.POLICE, by=by, at=at)
    assert other.key == "river-city-police-2"
    assert agencies.open_agency(name="警察", kind=AgencyKind.POLICE, by=by, at=at).key == "agency"
    assert Event.objects.filter(action="access.agency_opened").count() == 3


def test_two_agencies_of_one_name_are_refused(by: Viewer, at: datetime, police: Agency) -> None:
    with pytest.raises(agencies.UnfitAgency, match="has this name"):
        agencies.open_agency(name="river city  POLICE", kind=AgencyKind.CITY, by=by, at=at)


def test_a_kind_that_its_people_do_not_fit_is_refused(by: Viewer, at: datetime, police: Agency) -> None:
    account = actions.open_account(email="officer@example.org", name="Officer", by=by, at=at)
    Membership.objects.create(
        account=account,
        agency=police,
        role=Role.SCHOOL_RESOURCE_OFFICER,
        all_sites=True,
        valid_from=at.date(),
    )
    with pytest.raises(agencies.UnfitAgency, match="School resource officer"):
        agencies.change_agency(agency=police, name=police.name, kind=AgencyKind.CITY, by=by, at=at)
    assert agencies.change_agency(agency=police, name="City Police", kind=AgencyKind.POLICE, by=by, at=at)


def test_what_goes_out_comes_in_and_changes_nothing(by: Viewer, at: datetime, police: Agency) -> None:
    rows = list(Agencies().export_rows(by))
    assert rows == [("River City Police", "police")]
    text = (
        "name,kind\n" + "".join(f"{name},{kind}\n" for name, kind in rows) + "Oak Center,community\nX,army\n"
    )
    report = run("agencies", io.BytesIO(text.encode()), by=by, at=at)
    assert (report.created, report.unchanged, len(report.rejected)) == (1, 1, 1)
    assert report.rejected[0].column == "kind"
    assert get("agencies").permission == agencies.PERMISSION


def test_an_administrator_takes_an_agency_in_on_a_page(client_of: Callable[..., Client]) -> None:
    client = client_of("administrator")
    answer = client.post("/people/agencies/new", {"name": "Oak Center", "kind": "community"}, follow=True)
    assert "Oak Center" in answer.content.decode()
    refused = client.post("/people/agencies/new", {"name": "oak center", "kind": "community"})
    assert refused.status_code == 422
    assert "Another agency has this name" in refused.content.decode()
    assert client_of("lead").get("/people/agencies").status_code == 403


def test_a_membership_to_come_says_so_and_can_be_taken_back(
    client_of: Callable[..., Client], by: Viewer, at: datetime
) -> None:
    client = client_of("administrator")
    agency = Agency.objects.get(key="district")
    account = actions.open_account(email="later@example.org", name="Later", by=by, at=at)
    membership = Membership.objects.create(
        account=account,
        agency=agency,
        role=Role.LEAD,
        all_sites=True,
        valid_from=timezone.localdate() + timedelta(days=7),
    )
    page = client.get(f"/people/accounts/{account.pk}").content.decode()
    assert "not yet begun" in page
    assert f"/people/memberships/{membership.pk}/end" in page


def test_an_administrator_keeps_the_whole_installation(by: Viewer, at: datetime) -> None:
    district = agencies.open_agency(name="District", kind=AgencyKind.DISTRICT, by=by, at=at)
    account = actions.open_account(email="admin@example.org", name="Admin", by=by, at=at)
    with pytest.raises(actions.UnfitMembership, match="all sites"):
        actions.add_membership(
            account=account,
            agency=district,
            role=Role.ADMINISTRATOR,
            all_sites=False,
            campus_ids=[1],
            valid_from=date(2012, 9, 1),
            valid_to=None,
            title="",
            by=by,
            at=at,
        )


@pytest.mark.parametrize("way", ["unlock", "invite"])
def test_a_locked_sign_in_is_unlocked(client_of: Callable[..., Client], by: Viewer, way: str) -> None:
    administrator = client_of("administrator")
    account = Account.objects.create_user("locked@example.org", "a long enough word", name="Locked")
    nobody = Client()
    for _ in range(6):
        nobody.post("/accounts/login/", {"login": account.email, "password": "wrong"})
    assert actions.is_locked(account, timezone.now())
    page = administrator.get(f"/people/accounts/{account.pk}").content.decode()
    assert "Sign-in is locked" in page
    administrator.post(f"/people/accounts/{account.pk}/{way}")
    assert not AccessAttempt.objects.filter(username=account.email).exists()
    assert not actions.is_locked(account, timezone.now())


def test_without_a_mail_server_no_link_is_promised_or_written(
    settings: LazySettings, capsys: pytest.CaptureFixture[str]
) -> None:
    Account.objects.create_user("forgot@example.org", "a long enough word", name="Forgot")
    settings.MAIL_IS_SENT = False
    assert "sends no mail" in Client().get("/accounts/password/reset/").content.decode()
    Client().post("/accounts/password/reset/", {"email": "forgot@example.org"})
    assert "password/reset/key" not in capsys.readouterr().out
