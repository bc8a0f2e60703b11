"""The pages of sites: list, map, profile, and the forms that change them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, DjangoDbBlocker

from schoolward.domains.people.seed import agencies_and_accounts, email_of
from schoolward.domains.places import queries
from schoolward.domains.places.models import Campus, School, SchoolOccupancy
from schoolward.domains.places.seed import enrolment, sites_and_schools
from schoolward.platform.access.models import Account
from schoolward.platform.audit.models import Event
from schoolward.platform.demo.registry import SeedContext

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST = "places:list"
BOARD_DAY = "?on=2012-09-06"
AS_OF = "?as_of=2012-09-06"


@pytest.fixture(scope="module")
def district(shared_rows: None, seeding: SeedContext, django_db_blocker: DjangoDbBlocker) -> None:
    """Accounts, sites, schools and students of the demonstration, for all tests of this module."""
    with django_db_blocker.unblock():
        for seed in (agencies_and_accounts, sites_and_schools, enrolment):
            seed(seeding)


@pytest.fixture
def as_role(district: None, db: None, settings: LazySettings) -> Callable[[str], Client]:
    """A signed-in browser of a demonstration account."""
    settings.DEMO = True

    def as_role(role: str) -> Client:
        client = Client()
        client.force_login(Account.objects.get(email=email_of(role)), BACKEND)
        return client

    return as_role


def test_the_list_says_what_operated_on_the_day(as_role: Callable[[str], Client]) -> None:
    text = as_role("trustee").get(reverse(LIST) + BOARD_DAY).content.decode()
    assert "75 district sites and 86 schools were in operation on September 6, 2012." in text
    assert "Clayton B. Wire Elementary, Nicholas Elementary" in text
    assert "Bring in the school directory" not in text


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ("", 88),
        ("&standing=district", 75),
        ("&standing=charter", 7),
        ("&standing=other", 3),
        ("&standing=closed", 3),
        ("&q=matson", 1),
        ("&q=34674396033765", 1),
        ("&q=Jedediah", 0),
        ("&kind=continuation", 1),
    ],
)
def test_the_list_narrows(as_role: Callable[[str], Client], asked: str, count: int) -> None:
    answer = as_role("trustee").get(reverse(LIST) + BOARD_DAY + asked)
    assert answer.context["table"].paginator.count == count


def test_the_list_asks_the_database_a_fixed_number_of_times(
    as_role: Callable[[str], Client], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    client = as_role("trustee")
    with django_assert_max_num_queries(22):
        client.get(reverse(LIST) + BOARD_DAY)


def test_the_list_exports_what_it_shows(as_role: Callable[[str], Client]) -> None:
    answer = as_role("trustee").get(reverse(LIST) + BOARD_DAY + "&q=matson&export=csv")
    lines = answer.getvalue().decode().splitlines()
    assert lines[0].startswith("Site,Schools,Kind,Address,Students")
    assert lines[1].startswith('Mark Hopkins Elementary,"Mark Hopkins Elementary, Success Academy"')


def test_the_map_gets_sites_with_their_schools_of_the_day(as_role: Callable[[str], Client]) -> None:
    answer = as_role("trustee").get(reverse("places:geojson") + BOARD_DAY)
    assert answer["Content-Type"] == "application/geo+json"
    assert len(answer.json()["features"]) == 88


@pytest.mark.parametrize("role", ["lead", "site_lead", "trustee", "regional_partner", "facilities"])
def test_a_profile_tells_of_the_site_over_time(as_role: Callable[[str], Client], role: str) -> None:
    text = (
        as_role(role).get(reverse("places:detail", args=["freeport-elementary"]) + BOARD_DAY).content.decode()
    )
    assert "Capitol Collegiate Academy" in text
    assert "Directly funded charter only" in text
    assert "30 Jun 2012" in text
    assert "invented" in text
    assert ("Change this site" in text) == (role == "lead")


def test_an_unverified_former_name_says_so(as_role: Callable[[str], Client]) -> None:
    text = as_role("trustee").get(reverse("places:detail", args=["miwok-middle"])).content.decode()
    assert "formerly Sutter Middle" in text
    assert "unverified" in text


def test_a_site_is_changed_by_who_keeps_it(as_role: Callable[[str], Client]) -> None:
    client, url = as_role("lead"), reverse("places:edit", args=["miwok-middle"])
    assert client.get(url).status_code == 200
    values = {"name": "Miwok", "address": "3150 I Street", "jurisdiction": "city", "latitude": "38.57"}
    refused = client.post(url, values)
    assert refused.status_code == 422
    assert "Give both latitude and longitude" in refused.content.decode()
    answer = client.post(url, values | {"longitude": "-121.46"})
    assert answer.status_code == 302
    campus = Campus.objects.get(slug="miwok-middle")
    assert (campus.name, campus.name_origin, campus.point_origin) == ("Miwok", "edited", "edited")
    event = Event.objects.get(action="places.campus_changed")
    assert set(event.detail["fields"]) == {"name", "jurisdiction", "latitude", "longitude", "zip_code"}


def test_an_address_of_another_site_is_refused(as_role: Callable[[str], Client]) -> None:
    values = {"name": "Miwok", "address": "2221 Matson Dr", "jurisdiction": "city"}
    answer = as_role("lead").post(reverse("places:edit", args=["miwok-middle"]), values)
    assert answer.status_code == 422
    assert "Another site has this address" in answer.content.decode()


def test_a_school_moves(as_role: Callable[[str], Client]) -> None:
    client, url = as_role("lead"), reverse("places:move_school", args=["34674396066690"])
    to = Campus.objects.get(slug="sam-brannan-middle")
    answer = client.post(url, {"to": to.pk, "on": "2012-07-01"})
    assert answer.status_code == 302
    stays = SchoolOccupancy.objects.filter(school__cds_code="34674396066690").order_by("valid_from")
    assert [str(stay.valid_to) for stay in stays] == ["2012-06-30", "None"]
    refused = client.post(url, {"to": to.pk, "on": "2012-08-01"})
    assert "The school is there already" in refused.content.decode()


def test_a_former_name_is_verified(as_role: Callable[[str], Client]) -> None:
    client, school = as_role("lead"), School.objects.get(cds_code="34674396066690")
    url = reverse("places:former_name", args=[school.cds_code])
    campus = queries.campus_for_cds(school.cds_code)
    assert campus is not None
    site = reverse("places:detail", args=[campus.slug])
    assert url in client.get(site).content.decode()
    too_long = client.post(url, {"former_name": "x" * 201})
    assert too_long.status_code == 422
    assert client.post(url, {"former_name": "  Old  Oak School "}).status_code == 302
    school.refresh_from_db()
    assert (school.former_name_note, school.former_name_verified) == ("Old Oak School", True)
    page = client.get(site).content.decode()
    assert "formerly Old Oak School" in page
    assert Event.objects.filter(action="places.former_name_verified").count() == 1


@pytest.mark.parametrize(
    ("name", "status"), [("Old Oak", 200), ("", 200), ("x" * 201, 422), ("Old\0Oak", 422)]
)
def test_a_former_name_is_verified_over_http(
    as_role: Callable[[str], Client], name: str, status: int
) -> None:
    client = as_role("lead")
    url = reverse("api:place_former_name", args=["34674396066690"])
    answer = client.post(url, {"former_name": name}, content_type="application/json")
    assert answer.status_code == status, answer.content
    school = School.objects.get(cds_code="34674396066690")
    assert school.former_name_verified is (status == 200)
    if status == 200:
        assert (answer.json()["former_name_note"], answer.json()["former_name_verified"]) == (name, True)
    unknown = reverse("api:place_former_name", args=["34000000000000"])
    assert client.post(unknown, {"former_name": "x"}, content_type="application/json").status_code == 404


@pytest.mark.parametrize("role", ["trustee", "site_lead", "accountability"])
def test_others_change_nothing(as_role: Callable[[str], Client], role: str) -> None:
    client = as_role(role)
    for url in (
        reverse("places:edit", args=["miwok-middle"]),
        reverse("places:move_school", args=["34674396066690"]),
        reverse("places:former_name", args=["34674396066690"]),
    ):
        assert client.get(url).status_code == 403
        assert client.post(url, {"name": "x"}).status_code == 403
    assert Campus.objects.get(slug="miwok-middle").name == "Miwok Middle"


def test_unknown_sites_and_schools_are_not_found(as_role: Callable[[str], Client]) -> None:
    client = as_role("lead")
    assert client.get(reverse("places:detail", args=["nowhere"])).status_code == 404
    assert client.get(reverse("places:move_school", args=["34000000000000"])).status_code == 404
    assert client.get(reverse("places:former_name", args=["34000000000000"])).status_code == 404


def test_nobody_unknown_sees_a_site(as_role: Callable[[str], Client]) -> None:
    for url in (reverse(LIST), reverse("places:geojson"), reverse("places:detail", args=["miwok-middle"])):
        assert Client().get(url).status_code == 302


def test_the_api_tells_the_same(as_role: Callable[[str], Client]) -> None:
    client = as_role("trustee")
    operating = client.get("/api/v1/places" + AS_OF + "&operating=true").json()
    assert len(operating) == 75
    site = client.get("/api/v1/places/nicholas-elementary" + AS_OF).json()
    assert [school["name"] for school in site["schools"]] == [
        "Clayton B. Wire Elementary",
        "Nicholas Elementary",
    ]
    assert client.get("/api/v1/places/nowhere").status_code == 404
    assert len(client.get("/api/v1/places/sites.geojson" + AS_OF).json()["features"]) == 88
