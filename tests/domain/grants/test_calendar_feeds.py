"""A calendar feed: a secret that stands for one person as that person may see now, and ends when revoked."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from schoolward.domains.grants.actions import feeds
from schoolward.domains.grants.actions.feeds import MOST
from schoolward.domains.grants.models import Award, CalendarFeed
from schoolward.platform.access.models import Account, Membership
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]
    cache.clear()


@pytest.fixture
def trustee(client_of: ClientOf) -> Client:
    return client_of("trustee")


@pytest.fixture
def address(award: Award, trustee: Client) -> str:
    """The path of a feed that a trustee made on the page."""
    shown = trustee.post(reverse("grants:feed_new"), {"name": "My telephone"}).content.decode()
    found = re.search(r"(/grants/calendar/[\w-]{43}\.ics)", shown)
    assert found is not None
    return found[1]


def test_it_shows_what_is_due_to_nobody_but_who_knows_the_secret(address: str, trustee: Client) -> None:
    told = Client().get(address)
    assert (told.status_code, told["Cache-Control"]) == (200, "private, no-store")
    assert b"SUMMARY:Period ends: Safer doors" in told.content
    assert Client().get(address.replace(address[20:24], "AAAA")).status_code == 404
    listed = trustee.get(reverse("grants:feeds")).content.decode()
    assert "My telephone" in listed
    feed = CalendarFeed.objects.get()
    secret = address.rsplit("/", 1)[1].removesuffix(".ics")
    assert secret not in listed
    assert secret not in f"{feed.digest}{[event.detail for event in Event.objects.all()]}"
    assert feed.last_read_at is not None


def test_a_revoked_feed_is_none_and_both_ends_are_on_record(
    address: str, trustee: Client, client_of: ClientOf
) -> None:
    revoke = reverse("grants:feed_revoke", args=[CalendarFeed.objects.get().pk])
    assert client_of("grants_analyst").post(revoke).status_code == 404
    assert Client().get(address).status_code == 200
    trustee.post(revoke)
    gone = Client().get(address)
    assert (gone.status_code, b"BEGIN:VCALENDAR" in gone.content) == (404, False)
    actions = Event.objects.filter(action__startswith="grants.feed").order_by("sequence")
    assert [event.action for event in actions] == ["grants.feed_made", "grants.feed_revoked"]


def test_it_shows_what_its_owner_may_see_at_that_moment(address: str) -> None:
    membership = CalendarFeed.objects.get().membership
    Membership.objects.filter(pk=membership.pk).update(role="provider")
    assert Client().get(address).status_code == 404
    Membership.objects.filter(pk=membership.pk).update(role="trustee")
    assert Client().get(address).status_code == 200
    Membership.objects.filter(pk=membership.pk).update(valid_to=date(2012, 9, 1))
    assert Client().get(address).status_code == 404
    Membership.objects.filter(pk=membership.pk).update(valid_to=None)
    Account.objects.filter(pk=membership.account_id).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_readings_and_tries_have_a_limit(
    address: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(feeds, "READS_AN_HOUR", 2)
    monkeypatch.setattr(feeds, "TRIES_AN_HOUR", 2)
    assert [Client().get(address).status_code for _turn in range(3)] == [200, 200, 429]
    assert Client().get(address)["Retry-After"] == "3600"
    guesses = [Client().get("/grants/calendar/guess.ics").status_code for _turn in range(3)]
    assert guesses == [404, 404, 429]
    assert address not in caplog.text


def test_wrong_things(award: Award, trustee: Client, client_of: ClientOf) -> None:
    path = reverse("grants:feed_new")
    assert trustee.post(path, {"name": " "}).status_code == 422
    assert client_of("provider").post(path, {"name": "x"}).status_code == 403
    for number in range(MOST):
        trustee.post(path, {"name": f"Program {number}"})
    full = trustee.post(path, {"name": "One more"})
    assert (full.status_code, f"You have {MOST} feeds" in full.content.decode()) == (422, True)
    assert Client().post("/grants/calendar/guess.ics").status_code == 405
