"""What was reported is joined to work that is there, shown on its page, and taken apart again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.assessments import actions, queries
from schoolward.domains.assessments.models import DefectPoint, DefectReport, Finding, Walk
from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions as work
from schoolward.domains.work.models import WorkItem
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def tell(site: Campus, by: Viewer, at: datetime) -> Callable[..., DefectReport]:
    """Report something at a spot of the site, whose code is made where there is none."""

    def report(label: str = "Gate by the gym", kind: str = "lock", text: str = "") -> DefectReport:
        point = DefectPoint.objects.filter(label=label).first()
        point = point or actions.make_point(campus_id=site.pk, label=label, by=by, at=at)
        return actions.report_defect(
            token=point.token, kind=kind, text=text, client_id=uuid4(), by=Viewer.anonymous(at=at), at=at
        )

    return report


@pytest.fixture
def propose(site: Campus, by: Viewer, at: datetime) -> Callable[..., WorkItem]:
    """Work at the site that somebody proposed."""

    def make(title: str, trade: str = "other", campus_id: int | None = None) -> WorkItem:
        return work.propose(title=title, trade=trade, campus_id=campus_id or site.pk, by=by, at=at)

    return make


@pytest.fixture
def elsewhere(db: None) -> Campus:
    return Campus.objects.create(
        name="Elm", slug="elm", address="1 Elm", address_key="1 ELM", zip_code="95814"
    )


def test_the_closest_work_comes_first(
    tell: Any, propose: Any, walked: Callable[..., Walk], elsewhere: Campus, by: Viewer, at: datetime
) -> None:
    trade = propose("Rekey the office", "locks")
    other_lock = actions.defect_to_work(report_id=tell("Door 3").pk, by=by, at=at)
    same_spot = actions.defect_to_work(report_id=tell(kind="graffiti").pk, by=by, at=at)
    walk = walked({"G2": 0})
    actions.submit_walk(walk_id=walk.pk, by=by, at=at)
    zone = Finding.objects.get()
    propose("Paint the hall", "paint")
    propose("Rekey Elm", "locks", elsewhere.pk)
    found = queries.work_that_may_mend(by, tell())
    assert [(one.item.pk, one.why) for one in found] == [
        (same_spot.work_id, "reported at the same spot"),
        (other_lock.work_id, "the same, reported at Door 3"),
        (zone.work_id, "found here: The gate"),
        (trade.pk, "the same trade"),
    ]


def test_closed_work_and_what_has_no_trade_are_not_offered(
    tell: Any, propose: Any, by: Viewer, at: datetime
) -> None:
    work.decline(item_id=propose("Rekey the office", "locks").pk, reason="Sold.", by=by, at=at)
    propose("Anything")
    assert queries.work_that_may_mend(by, tell()) == []
    assert queries.work_that_may_mend(by, tell(kind="other")) == []


def test_joined_and_taken_apart(tell: Any, propose: Any, by: Viewer, at: datetime) -> None:
    item, report = propose("Rekey the office", "locks"), tell()
    joined = actions.join_defect(report_id=report.pk, work_id=item.pk, by=by, at=at)
    assert (joined.state, joined.work_id, joined.is_joined) == ("work", item.pk, True)
    assert list(queries.reports_of_work(by, item.pk)) == [report]
    assert WorkItem.objects.count() == 1
    with pytest.raises(actions.AssessmentRefused, match="settled already"):
        actions.join_defect(report_id=report.pk, work_id=item.pk, by=by, at=at)
    apart = actions.separate_defect(report_id=report.pk, by=by, at=at)
    assert (apart.state, apart.work_id, apart.settled_on) == ("new", None, None)
    told = Event.objects.filter(subject=f"assessments.DefectReport:{report.pk}").order_by("pk")
    assert [one.action.partition(".")[2] for one in told] == [
        "defect_reported",
        "defect_joined",
        "defect_separated",
    ]
    assert [one.detail.get("work") for one in told] == [None, item.pk, item.pk]


def test_what_opened_its_work_is_not_taken_apart(tell: Any, by: Viewer, at: datetime) -> None:
    report = actions.defect_to_work(report_id=tell().pk, by=by, at=at)
    assert not report.is_joined
    for pk in (report.pk, tell("Door 3").pk):
        with pytest.raises(actions.AssessmentRefused, match="not joined"):
            actions.separate_defect(report_id=pk, by=by, at=at)


def test_only_open_work_of_the_site_is_joined(
    tell: Any, propose: Any, elsewhere: Campus, by: Viewer, at: datetime
) -> None:
    closed, other = propose("Rekey the office", "locks"), propose("Rekey Elm", "locks", elsewhere.pk)
    work.decline(item_id=closed.pk, reason="Sold.", by=by, at=at)
    report = tell()
    for pk, told in ((closed.pk, "closed already"), (other.pk, "no such work"), (10**9, "no such work")):
        with pytest.raises(actions.AssessmentRefused, match=told):
            actions.join_defect(report_id=report.pk, work_id=pk, by=by, at=at)
    report.refresh_from_db()
    assert report.state == "new"


def test_who_joins(
    tell: Any, propose: Any, site: Campus, person: Callable[..., Viewer], at: datetime
) -> None:
    item, report = propose("Rekey the office", "locks"), tell()
    for who in (person("trustee"), person("site_lead", campus_ids={site.pk + 1})):
        for action, sent in ((actions.join_defect, {"work_id": item.pk}), (actions.separate_defect, {})):
            with pytest.raises(AccessDenied):
                action(report_id=report.pk, by=who, at=at, **sent)
    own = person("site_lead", campus_ids={site.pk})
    assert actions.join_defect(report_id=report.pk, work_id=item.pk, by=own, at=at).is_joined


def test_on_the_pages(tell: Any, propose: Any, client_of: Callable[..., Client]) -> None:
    keeper = client_of("facilities")
    item, report, other = (
        propose("Rekey the office", "locks"),
        tell(text="It does not latch."),
        propose("Paint"),
    )
    page = reverse("assessments:defect_report", args=[report.pk])
    panel = reverse("assessments:work_panel", args=[item.pk])
    assert "the same trade" in keeper.get(page).content.decode()
    assert "Nothing that was reported" in keeper.get(panel).content.decode()
    assert f'hx-get="{panel}"' in keeper.get(reverse("work:detail", args=[item.pk])).content.decode()
    for wrong in ("", "x", "9" * 30, "²"):
        assert "no such work" in keeper.post(page, {"join": wrong}, follow=True).content.decode()
    assert "Joined" in keeper.post(page, {"join": str(item.pk)}, follow=True).content.decode()
    assert "It does not latch." in keeper.get(panel).content.decode()
    keeper.post(page, {"separate": "yes"})
    assert keeper.post(page, {"other": "yes", "work_id": "0"}).status_code == 422
    assert keeper.post(page, {"other": "yes", "work_id": str(other.pk)}).status_code == 302
    report.refresh_from_db()
    assert report.work_id == other.pk
    assert client_of("trustee").get(panel).status_code == 403


def test_over_http(tell: Any, propose: Any, client_of: Callable[..., Client]) -> None:
    keeper = client_of("facilities")
    item, report, other = propose("Rekey the office", "locks"), tell(), tell("Door 3")
    url = f"/api/v1/assessments/defects/{report.pk}"

    def post(path: str, **sent: Any) -> Any:
        return keeper.post(f"{url}/{path}", sent, content_type="application/json")

    (row, _other) = keeper.get("/api/v1/assessments/defects?state=new").json()["items"][::-1]
    assert (row["id"], row["spot"], row["is_joined"]) == (report.pk, "Gate by the gym", False)
    (candidate,) = keeper.get(f"{url}/work").json()
    assert (candidate["work_id"], candidate["why"]) == (item.pk, "the same trade")
    assert post("join", work_id=10**9).status_code == 422
    assert post("separate").status_code == 409
    assert post("join", work_id=item.pk).json()["is_joined"] is True
    assert post("propose").status_code == 409
    assert post("separate").json()["state"] == "new"
    assert post("dismiss", reason=" ").status_code == 422
    assert post("dismiss", reason="Mended.").json()["reason"] == "Mended."
    url = f"/api/v1/assessments/defects/{other.pk}"
    assert post("propose").json()["is_joined"] is False
    assert keeper.get("/api/v1/assessments/defects/1000000").status_code == 404
