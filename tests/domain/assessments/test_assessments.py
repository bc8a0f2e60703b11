"""The register of assessments, and coverage counted from it."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import Assessment
from schoolward.domains.places.models import Campus
from schoolward.platform.access.models import Account, Agency, AgencyKind, Membership
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.exchange import registry
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read

pytestmark = pytest.mark.django_db
DAY = date(2012, 9, 6)
HEADER = "reference,site,kind,assessed_on,assessor_role,document"


@pytest.fixture
def site(db: None) -> Campus:
    return Campus.objects.create(name="Oak", slug="oak", address="1 Oak Street", address_key="1 OAK ST")


def entered(site: Campus, by: Viewer, at: datetime, **more: Any) -> Assessment:
    given = {"kind": "cpted", "assessed_on": DAY, "assessor_role": "lead", **more}
    return actions.register_assessment(campus_id=site.pk, by=by, at=at, **given)


def test_coverage_is_not_collected_until_a_row_is_there(site: Campus) -> None:
    reading = read("assessments.coverage", Period.school_year(DAY))

    assert not reading.collected
    assert reading.value is None


@pytest.mark.parametrize(
    ("day", "since"),
    [(DAY, date(2010, 9, 6)), (date(2012, 2, 29), date(2010, 2, 28)), (date(2013, 3, 1), date(2011, 3, 1))],
)
def test_twenty_four_months_back(day: date, since: date) -> None:
    assert queries.covered_since(day) == since


def test_an_assessment_gets_a_reference(site: Campus, by: Viewer, at: datetime) -> None:
    made = entered(site, by, at)

    assert made.reference == f"A-{made.pk:05d}"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"assessed_on": DAY + timedelta(days=1)}, "assessed_on"),
        ({}, "assessed_on"),
        ({"kind": "walk", "reference": "A-1"}, "reference"),
    ],
)
def test_what_is_refused(site: Campus, by: Viewer, at: datetime, change: dict[str, Any], field: str) -> None:
    entered(site, by, at, reference="A-1")

    with pytest.raises(actions.AssessmentRefused) as refusal:
        entered(site, by, at, **change)
    assert refusal.value.field == field


def test_the_database_refuses_the_same_twice(site: Campus, by: Viewer, at: datetime) -> None:
    made = entered(site, by, at)
    made.pk, made.reference = None, "other"

    with pytest.raises(IntegrityError), transaction.atomic():
        made.save(force_insert=True)


def test_roles_and_sites(site: Campus, viewer: Any, by: Viewer, at: datetime) -> None:
    entered(site, by, at)

    assert queries.assessments(viewer("lead")).count() == 1
    assert queries.assessments(viewer("site_lead", campus_ids={site.pk})).count() == 1
    assert queries.assessments(viewer("site_lead", campus_ids={site.pk + 1})).count() == 0
    assert queries.assessments(viewer("provider")).count() == 0
    with pytest.raises(AccessDenied):
        entered(site, viewer("trustee"), at, kind="walk")
    with pytest.raises(AccessDenied):
        entered(site, viewer("facilities", campus_ids={site.pk + 1}), at, kind="walk")


def test_files_round_trip_and_name_bad_rows(site: Campus, by: Viewer, at: datetime) -> None:
    def bring(*rows: str) -> Any:
        return run("assessments", io.BytesIO("\n".join([HEADER, *rows, ""]).encode()), by=by, at=at)

    good = "X-1,oak,cpted,2012-05-21,lead,File 7"
    assert bring(good).created == 1
    assert bring(good.replace("File 7", "File 8")).updated == 1
    exchange = registry.get("assessments")
    out = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))
    assert run("assessments", io.BytesIO(out), by=by, at=at).unchanged == 1

    bad = bring(
        "X-2,nowhere,cpted,2012-05-21,lead,",
        "X-3,oak,look,2012-05-21,lead,",
        "X-4,oak,cpted,2013-05-21,lead,",
        "X-1,oak,walk,2012-05-21,lead,",
        "X-5,oak,cpted,2012-05-21,lead,",
    )
    assert [(row.row, row.column) for row in bad.rejected] == [
        (2, "site"),
        (3, "kind"),
        (4, "assessed_on"),
        (5, "kind"),
        (6, "assessed_on"),
    ]
    assert Assessment.objects.count() == 1


def test_pages_and_api(site: Campus, settings: Any) -> None:
    settings.DEMO = True
    then = datetime(2010, 9, 1, tzinfo=UTC)
    district = Agency.objects.create(key="d", name="District", kind=AgencyKind.DISTRICT, created_at=then)
    account = Account.objects.create(email="l@example.org", name="Lead", is_demonstration=True)
    Membership.objects.create(
        account=account, agency=district, role="lead", all_sites=True, valid_from=date(2010, 9, 1)
    )
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert "not collected" in client.get(reverse("assessments:list")).content.decode()

    sent = {
        "campus_id": site.pk,
        "kind": "cpted",
        "assessed_on": "2012-09-03",
        "assessor_role": "lead",
        "document": "File 7",
    }
    url = reverse("assessments:enter")
    assert client.get(url).status_code == 200
    assert client.post(url, {**sent, "assessed_on": "2012-09-30"}).status_code == 422
    assert client.post(url, sent).status_code == 302

    assert "File 7" in client.get(reverse("assessments:list")).content.decode()
    assert client.get("/api/v1/assessments").json()["items"][0]["document"] == "File 7"
