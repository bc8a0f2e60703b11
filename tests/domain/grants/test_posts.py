"""Posts and who pays them are set right, exactly, and what they were stays on record."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.actions import GrantRefused
from schoolward.domains.grants.models import Award, Position, PositionFunding
from schoolward.platform.access.permissions import AccessDenied
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
THIRD = Fraction(10_000, 3)


@pytest.fixture
def post(analyst: Viewer, at: datetime) -> Position:
    """A post that three sources pay by 33.33 percent each."""
    made = actions.add_position(
        title="Family advocate", annual_cents=60_000_00, starts=date(2011, 7, 1), by=analyst, at=at
    )
    for name in ("City", "County", "General fund"):
        actions.fund_position(
            position_id=made.pk,
            local_source=name,
            start=date(2011, 7, 1),
            end=date(2013, 6, 30),
            share=3_333,
            by=analyst,
            at=at,
        )
    return made


def change(funding: PositionFunding, by: Viewer, at: datetime, **changed: Any) -> PositionFunding:
    given = {
        "local_source": funding.local_source,
        "start": funding.start,
        "end": funding.end,
        "share": funding.part,
    }
    return actions.change_funding(funding_id=funding.pk, by=by, at=at, **{**given, **changed})


def stands(by: Viewer) -> queries.Post:
    (stood,) = queries.posts(queries.positions(by), on=date(2012, 9, 6))
    return stood


def test_three_thirds_come_to_the_whole(post: Position, analyst: Viewer, at: datetime) -> None:
    assert (stands(analyst).cliff.secured_to, stands(analyst).cliff.share_after) == (None, 9_999)
    for funding in post.funding.all():
        change(funding, analyst, at, share=THIRD)
    assert stands(analyst).cliff.secured_to == date(2013, 6, 30)
    event = Event.objects.filter(action="grants.position_funding_changed").first()
    assert event is not None
    assert (event.detail["before"]["share"], event.detail["after"]["share"]) == ("33.33%", "33 1/3%")


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"share": 3_335}, "percent"),
        ({"share": 0}, "percent"),
        ({"share": Fraction(1, 7_919)}, "percent"),
        ({"end": date(2011, 6, 30)}, "end"),
        ({"start": date(2011, 6, 30)}, "start"),
        ({"local_source": " "}, "award_id"),
        ({"local_source": "", "award_id": 0}, "award_id"),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    post: Position, analyst: Viewer, at: datetime, changed: dict[str, Any], field: str
) -> None:
    first = post.funding.order_by("pk")[0]
    before = PositionFunding.objects.filter(pk=first.pk).values().get()
    with pytest.raises(GrantRefused) as refused:
        change(first, analyst, at, **changed)
    assert refused.value.field == field
    assert PositionFunding.objects.filter(pk=first.pk).values().get() == before


def test_an_award_takes_over_a_part(post: Position, award: Award, analyst: Viewer, at: datetime) -> None:
    first = post.funding.order_by("pk")[0]
    with pytest.raises(GrantRefused, match="The award pays from October 1, 2009 to September 30, 2012"):
        change(first, analyst, at, local_source="", award_id=award.pk)
    change(first, analyst, at, local_source="", award_id=award.pk, end=date(2012, 9, 30))
    first.refresh_from_db()
    assert (first.award_id, first.local_source) == (award.pk, "")


def test_what_is_said_of_a_post_is_changed(post: Position, analyst: Viewer, at: datetime) -> None:
    given: dict[str, Any] = {"position_id": post.pk, "by": analyst, "at": at}
    actions.add_position(title="Coordinator", annual_cents=1, starts=date(2012, 1, 1), by=analyst, at=at)
    for changes, field in (
        ({"title": "COORDINATOR"}, "title"),
        ({"title": " "}, "title"),
        ({"annual_cents": 0}, "annual_cents"),
        ({"ends": date(2011, 6, 30)}, "ends"),
        ({"ends": date(2013, 6, 29)}, "ends"),
        ({"starts": date(2011, 7, 2)}, "starts"),
    ):
        with pytest.raises(GrantRefused) as refused:
            actions.change_position(**given, changes=changes)
        assert refused.value.field == field
    actions.change_position(**given, changes={"title": "Advocate, site 2", "annual_cents": 61_000_00})
    actions.change_position(**given, changes={"title": "Advocate, site 2"})
    post.refresh_from_db()
    assert (post.key, post.title, post.annual_cents) == ("family-advocate", "Advocate, site 2", 61_000_00)
    event = Event.objects.get(action="grants.position_changed")
    assert event.detail["changes"]["annual_cents"] == ["6000000", "6100000"]


def test_only_who_keeps_grants_changes_them(
    post: Position, person: Callable[..., Viewer], at: datetime
) -> None:
    for role in ("trustee", "facilities"):
        with pytest.raises(AccessDenied):
            change(post.funding.all()[0], person(role, 5), at, share=THIRD)
        with pytest.raises(AccessDenied):
            actions.change_position(position_id=post.pk, changes={"title": "X"}, by=person(role, 5), at=at)


def test_by_the_pages(post: Position, client_of: ClientOf, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    client, home = client_of("grants_analyst"), reverse("grants:positions")
    edits = [reverse("grants:funding_edit", args=[one.pk]) for one in post.funding.all()]
    edit = reverse("grants:position_edit", args=[post.key])
    shown = client.get(home).content.decode()
    assert all(address in shown for address in (*edits, edit))
    assert 'value="33.33%"' in client.get(edits[0]).content.decode()
    form = {"start": "2011-07-01", "end": "2013-06-30", "percent": "1/3"}
    wrong = client.post(edits[0], {**form, "local_source": "City", "percent": "a third"})
    assert (wrong.status_code, "1/3 for a third" in wrong.content.decode()) == (422, True)
    for address, name in zip(edits, ("City", "County", "General fund"), strict=True):
        client.post(address, {**form, "local_source": name})
    assert "Paid in full until June 30, 2013" in client.get(home).content.decode()
    assert 'value="60000.00"' in client.get(edit).content.decode()
    client.post(edit, {"title": "Advocate, site 2", "annual_cents": "61,000", "starts": "2011-07-01"})
    assert "Advocate, site 2" in client.get(home).content.decode()
    assert client_of("trustee").get(edit).status_code == 403
