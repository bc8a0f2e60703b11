"""Whom the alarm desk calls: kept on a page, from a file and over HTTP, and refused where it cannot be so."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from schoolward.domains.people import actions
from schoolward.domains.people.exchange import ResponseNumbers
from schoolward.domains.people.models import ResponseNumber, Serves
from schoolward.domains.places.models import Jurisdiction
from schoolward.platform.access import agencies
from schoolward.platform.access.models import Agency, AgencyKind
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event
from schoolward.platform.exchange.running import run

pytestmark = pytest.mark.django_db
CITY = {"serves": "city", "use": "non_emergency", "title": "City, non-emergency", "phone": "916-555-0100"}


@pytest.fixture
def police(by: Viewer, at: datetime) -> Agency:
    """A police department."""
    return agencies.open_agency(name="River City Police", kind=AgencyKind.POLICE, by=by, at=at)


def test_ground_is_named_as_sites_name_their_jurisdiction() -> None:
    known = set(Jurisdiction.values) - {Jurisdiction.UNKNOWN}
    assert set(Serves.values) - {Serves.EVERYWHERE} == known


def test_the_same_ground_and_use_is_one_number(by: Viewer, at: datetime, police: Agency) -> None:
    first = actions.keep_number(**CITY, agency=police, by=by, at=at)
    again = actions.keep_number(**CITY, agency=police, by=by, at=at)
    changed = actions.keep_number(**{**CITY, "phone": "916-555-0101"}, agency=police, by=by, at=at)

    assert (first.outcome, again.outcome, changed.outcome) == ("created", "unchanged", "updated")
    assert ResponseNumber.objects.get().phone == "916-555-0101"
    assert Event.objects.filter(action="people.number_kept").count() == 2


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"phone": "call me"}, "phone"),
        ({"phone": "9"}, "phone"),
        ({"phone": "javascript:alert(911)"}, "phone"),
        ({"title": "  "}, "title"),
        ({"use": "guard"}, "use"),
        ({"serves": "everywhere"}, "use"),
    ],
)
def test_what_cannot_be_dialed_or_does_not_fit_is_refused(
    values: dict[str, str], field: str, by: Viewer, at: datetime, police: Agency
) -> None:
    with pytest.raises(actions.UnfitNumber) as refused:
        actions.keep_number(**{**CITY, **values}, agency=police, by=by, at=at)
    assert refused.value.field == field
    assert not ResponseNumber.objects.exists()


def test_the_database_refuses_a_guard_of_one_jurisdiction(police: Agency) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ResponseNumber.objects.create(agency=police, serves="city", use="guard", title="Guard", phone="911")


def test_only_who_may_writes_them(viewer: Callable[..., Viewer], at: datetime, police: Agency) -> None:
    with pytest.raises(AccessDenied):
        actions.keep_number(**CITY, agency=police, by=viewer("alarm_operator"), at=at)


def test_what_goes_out_comes_in_and_changes_nothing(by: Viewer, at: datetime, police: Agency) -> None:
    actions.keep_number(**CITY, agency=police, by=by, at=at)
    (row,) = ResponseNumbers().export_rows(by)
    header = ",".join(ResponseNumbers().column_names)
    lines = [
        header,
        ",".join(f'"{cell}"' for cell in row),
        "everywhere,guard,River City Police,Guard desk,916-555-0102",
        "county,emergency,Nobody,County,911",
        "county,emergency,River City Police,County,none",
        "county,guard,River City Police,County,911",
    ]

    report = run("response-numbers", io.BytesIO("\n".join(lines).encode()), by=by, at=at)

    assert (report.created, report.updated, report.unchanged) == (1, 0, 1)
    assert [one.column for one in report.rejected] == ["agency", "phone", "use"]


def test_a_lead_keeps_and_removes_one_on_its_page(
    client_of: Callable[..., Client], police: Agency, by: Viewer, at: datetime
) -> None:
    lead, operator = client_of("lead"), client_of("alarm_operator")
    assert "No number is kept yet" in lead.get("/people/numbers").content.decode()

    kept = lead.post("/people/numbers/new", {**CITY, "agency": police.pk}, follow=True)
    assert "916-555-0100" in kept.content.decode()
    twice = lead.post("/people/numbers/new", {**CITY, "agency": police.pk, "phone": "911"})
    assert twice.status_code == 422
    assert "is kept already" in twice.content.decode()

    number = ResponseNumber.objects.get()
    seen = operator.get("/people/numbers").content.decode()
    assert "916-555-0100" in seen
    assert f"/people/numbers/{number.pk}/edit" not in seen
    lead.post(f"/people/numbers/{number.pk}/edit", {**CITY, "agency": police.pk, "phone": "916-555-0199"})
    assert ResponseNumber.objects.get().phone == "916-555-0199"

    assert (
        "Take “City, non-emergency” away?" in lead.get(f"/people/numbers/{number.pk}/remove").content.decode()
    )
    lead.post(f"/people/numbers/{number.pk}/remove")
    assert not ResponseNumber.objects.exists()
    assert Event.objects.filter(action="people.number_removed").count() == 1


def test_over_http(client_of: Callable[..., Client], police: Agency) -> None:
    lead, url = client_of("lead"), "/api/v1/people/numbers"
    told = {**CITY, "agency": police.key}
    made = lead.post(url, told, content_type="application/json")
    again = lead.post(url, told, content_type="application/json")
    assert (made.status_code, again.status_code) == (201, 200)
    assert lead.get(url).json() == [{**told, "id": ResponseNumber.objects.get().pk}]

    wrong = lead.post(url, {**told, "phone": "none"}, content_type="application/json")
    assert wrong.status_code == 422
    assert "cannot be dialed" in wrong.content.decode()
    assert lead.post(url, {**told, "agency": "x"}, content_type="application/json").status_code == 404
