"""Sign-in as an attacker and a user meet it: lock-out, second factor, sessions, enumeration, headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.conf import LazySettings
from django.core import mail
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from schoolward.platform.access import actions, sessions, tokens
from schoolward.platform.access.models import Account, Agency, Membership
from schoolward.platform.access.queries import viewer_for
from schoolward.platform.access.roles import Role
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.audit.models import Event

pytestmark = pytest.mark.django_db
PASSWORD = "a long enough sentence"
HOME = "/people/roles"


@pytest.fixture(autouse=True)
def _as_in_production(settings: LazySettings) -> Iterator[None]:
    settings.SECOND_FACTOR_REQUIRED = True
    settings.DEMO = False
    cache.clear()
    yield
    cache.clear()


def make(role: str, email: str, **account: object) -> Account:
    agency, _made = Agency.objects.get_or_create(
        key="district", defaults={"name": "District", "kind": "district", "created_at": timezone.now()}
    )
    made = Account.objects.create_user(email, PASSWORD, name=str(role), **account)
    Membership.objects.create(
        account=made, agency=agency, role=role, all_sites=True, valid_from=date(2010, 9, 1)
    )
    return made


@pytest.fixture
def monitor() -> Account:
    """A role that need not use a second factor."""
    return make(Role.CAMPUS_MONITOR, "monitor@example.org")


@pytest.fixture
def lead() -> Account:
    """A role that must."""
    return make(Role.LEAD, "lead@example.org")


def sign_in(client: Client, email: str, password: str = PASSWORD, **extra: str) -> HttpResponse:
    return client.post("/accounts/login/", {"login": email, "password": password, **extra})


def code_of(secret: str, step: int = 0) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return str(format_hotp_value(hotp_value(secret, counter + step)))


def test_a_password_opens_the_pages(client: Client, monitor: Account) -> None:
    assert sign_in(client, "Monitor@Example.org").status_code == 302
    assert client.get(HOME).status_code == 200
    assert Event.objects.filter(action="access.signed_in", account_id=monitor.pk).count() == 1


def test_nobody_is_sent_to_sign_in_and_back(client: Client, monitor: Account) -> None:
    response = client.get(HOME)
    assert response.status_code == 302
    assert response["Location"] == f"/accounts/login/?next={HOME}"
    assert (
        client.post(response["Location"], {"login": monitor.email, "password": PASSWORD})["Location"] == HOME
    )


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_sign_in_leads_to_no_other_site(client: Client, monitor: Account, target: str) -> None:
    response = client.post(f"/accounts/login/?next={target}", {"login": monitor.email, "password": PASSWORD})
    assert "evil" not in response["Location"]
    assert not response["Location"].startswith("javascript")


def test_the_fifth_failure_locks_for_half_an_hour(client: Client, monitor: Account) -> None:
    for _attempt in range(4):
        assert sign_in(client, monitor.email, "wrong").status_code == 200
    assert sign_in(client, monitor.email, "wrong").status_code == 429
    locked = sign_in(client, monitor.email)
    assert locked.status_code == 429, "the right password does not help while it is locked"
    assert client.get(HOME).status_code == 302
    outcomes = Event.objects.filter(account_id=monitor.pk).values_list("action", flat=True)
    assert list(outcomes).count("access.sign_in_failed") >= 5
    assert "access.locked_out" in outcomes


def without_what_differs(answer: HttpResponse, email: str) -> str:
    """The page without its forgery token and the address that was typed, which the form shows again."""
    page = answer.content.decode().replace(email, "")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)


def test_the_lock_is_the_same_for_an_address_that_nobody_has(client: Client, monitor: Account) -> None:
    answers = {}
    for email in (monitor.email, "nobody@example.org"):
        seen = [sign_in(client, email, "wrong") for _attempt in range(5)]
        # The form shows the address that was typed; all else must be the same.
        answers[email] = [
            (
                r.status_code,
                re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", r.content.decode()).replace(email, ""),
            )
            for r in seen
        ]
    assert answers[monitor.email] == answers["nobody@example.org"]


def test_a_lost_password_tells_nobody_who_has_an_account(
    client: Client, monitor: Account, settings: LazySettings
) -> None:
    settings.MAIL_IS_SENT = True
    known = client.post("/accounts/password/reset/", {"email": monitor.email})
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"})
    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert monitor.email in [address for message in mail.outbox for address in message.to]


def test_what_was_typed_is_not_kept(client: Client) -> None:
    sign_in(client, "my secret password", "x")
    assert "secret" not in str(list(Event.objects.values()))


def test_nobody_opens_an_account_for_themselves(client: Client) -> None:
    client.post(
        "/accounts/signup/", {"email": "new@example.org", "password1": PASSWORD, "password2": PASSWORD}
    )
    assert not Account.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_role_that_must_enrols_before_it_sees_anything(client: Client, lead: Account) -> None:
    sign_in(client, lead.email)
    for path in (HOME, "/", "/audit/", "/admin/", "/accounts/password/change/", "/people/me"):
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (302, "/accounts/2fa/totp/activate/"), path
    assert client.get("/api/v1/measures").status_code == 401
    page = client.get("/accounts/2fa/totp/activate/")
    assert page.status_code == 200
    secret = client.session["mfa.totp.secret"]
    client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert client.get(HOME).status_code == 302
    client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert Authenticator.objects.filter(user=lead, type="totp").exists()
    assert client.get(HOME).status_code == 200


@pytest.fixture
def enrolled(lead: Account) -> str:
    """The lead's secret."""
    secret = generate_totp_secret()
    TOTP.activate(lead, secret)
    RecoveryCodes.activate(lead)
    return secret


def test_the_second_factor_is_asked_for_and_a_code_works_once(
    client: Client, lead: Account, enrolled: str
) -> None:
    assert sign_in(client, lead.email)["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get(HOME).status_code == 302, "the password alone opens nothing"
    code = code_of(enrolled)
    client.post("/accounts/2fa/authenticate/", {"code": code})
    assert client.get(HOME).status_code == 200
    other = Client()
    sign_in(other, lead.email)
    other.post("/accounts/2fa/authenticate/", {"code": code})
    assert other.get(HOME).status_code == 302, "the code was used up"


def test_a_session_from_before_the_enrolment_is_nobodys(client: Client, lead: Account) -> None:
    """An attacker who holds an older session with the password alone does not rise with its owner."""
    sign_in(client, lead.email)
    TOTP.activate(lead, generate_totp_secret())
    assert client.get(HOME)["Location"] == "/accounts/2fa/totp/activate/"


def test_demonstration_accounts_are_exempt_only_in_a_demonstration(
    client: Client, settings: LazySettings
) -> None:
    shown = make(Role.LEAD, "shown@example.org", is_demonstration=True)
    client.force_login(shown)
    assert client.get(HOME).status_code == 302
    settings.DEMO = True
    assert client.get(HOME).status_code == 200


def later(monkeypatch: pytest.MonkeyPatch, by: timedelta) -> None:
    moment = datetime.now(tz=UTC) + by
    monkeypatch.setattr(sessions.timezone, "now", lambda: moment)


@pytest.mark.parametrize(("minutes", "open_"), [(29, True), (31, False)])
def test_an_idle_session_ends(
    client: Client, monitor: Account, monkeypatch: pytest.MonkeyPatch, minutes: int, open_: bool
) -> None:
    sign_in(client, monitor.email)
    later(monkeypatch, timedelta(minutes=minutes))
    assert (client.get(HOME).status_code == 200) is open_


def test_an_old_session_ends_however_busy_it_was(
    client: Client, monitor: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign_in(client, monitor.email)
    for half_hours in range(1, 20):
        with monkeypatch.context() as patch:
            later(patch, timedelta(minutes=29 * half_hours))
            assert client.get(HOME).status_code == 200
    later(monkeypatch, timedelta(hours=10, minutes=1))
    assert client.get(HOME).status_code == 302


def test_a_session_is_new_after_sign_in(client: Client, monitor: Account) -> None:
    client.get("/accounts/login/")
    session = client.session
    session["planted"] = "by somebody"
    session.save()
    client.cookies["sessionid"] = session.session_key
    sign_in(client, monitor.email)
    assert client.session.session_key != session.session_key


def test_ended_sessions_closed_accounts_and_revoked_memberships_stop_at_the_next_request(
    monitor: Account, by: Viewer
) -> None:
    first = Client()
    first.force_login(monitor)
    assert first.get(HOME).status_code == 200
    actions.end_sessions(account=monitor, by=by, at=timezone.now())
    assert first.get(HOME).status_code == 302
    second = Client()
    second.force_login(monitor)
    membership = monitor.memberships.get()
    actions.end_membership(membership=membership, reason="left", by=by, at=timezone.now())
    assert second.get(HOME).status_code == 403
    actions.close_account(account=monitor, reason="left", by=by, at=timezone.now())
    assert second.get(HOME).status_code == 302
    third = Client()
    sign_in(third, monitor.email)
    assert third.get(HOME).status_code == 302


def test_writes_need_the_token_against_forgery(monitor: Account) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(monitor)
    assert strict.post("/people/me/leave-everywhere").status_code == 403
    assert strict.post("/access/purpose", {"purpose": "records"}).status_code == 403
    assert strict.post("/api/v1/imports/schools").status_code == 403
    assert strict.get(HOME).status_code == 200


def test_headers(client: Client, monitor: Account) -> None:
    sign_in(client, monitor.email)
    response = client.get(HOME)
    policy = dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))
    assert policy["script-src"] == "'self'"
    assert policy["object-src"] == "'none'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe-eval" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-store"
    assert client.cookies["sessionid"]["httponly"]
    assert client.cookies["sessionid"]["samesite"] == "Lax"
    assert not re.search(rb"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)", response.content)
    assert not re.search(rb"\son\w+=", response.content)


def test_two_memberships_are_switched_between(
    client: Client, monitor: Account, by: Viewer, settings: LazySettings
) -> None:
    police = Agency.objects.create(key="police", name="Police", kind="police", created_at=by.at)
    second = Membership.objects.create(
        account=monitor, agency=police, role=Role.ALARM_OPERATOR, all_sites=True, valid_from=date(2010, 9, 1)
    )
    client.force_login(monitor)
    settings.SECOND_FACTOR_REQUIRED = False  # an operator needs one; this test is about something else
    stranger = make(Role.ADMINISTRATOR, "other@example.org").memberships.get()
    response = client.post("/access/act-as", {"membership": second.pk, "next": "https://evil.example/"})
    assert response["Location"] == "/"
    assert client.get(HOME).wsgi_request.viewer.agency_id == police.pk
    assert client.post("/access/act-as", {"membership": stranger.pk}).status_code == 403
    assert client.get(HOME).wsgi_request.viewer.membership_id == second.pk
    client.post("/access/purpose", {"purpose": "records"})
    assert client.get(HOME).wsgi_request.viewer.purpose == "records"
    assert client.post("/access/purpose", {"purpose": "curiosity"}).status_code == 403


def test_a_token_is_its_membership_narrowed_and_ends(client: Client, monitor: Account) -> None:
    now = timezone.now()
    membership = monitor.memberships.get()
    owner = viewer_for(membership, at=now)
    month = now + timedelta(days=30)
    asked = {"membership": membership, "name": "t", "expires_at": month, "by": owner, "at": now}
    token, secret = tokens.issue(scopes=["people.view"], **asked)
    bearer = {"HTTP_AUTHORIZATION": f"Bearer {secret}"}
    assert secret not in str(list(type(token).objects.values()))
    assert client.get("/api/v1/people", **bearer).status_code == 200
    assert client.get("/api/v1/measures", **bearer).status_code == 403, "not in its scope"
    assert client.get(HOME, **bearer).status_code == 302, "a token opens no page"
    tokens.revoke(token=token, by=owner, at=now)
    refused = client.get("/api/v1/people", **bearer)
    assert refused.status_code == 401
    assert refused["Content-Type"] == "application/problem+json"
    for scopes in (["access.accounts"], ["no.such.permission"], []):
        with pytest.raises(tokens.InvalidToken):
            tokens.issue(scopes=scopes, **asked)
    with pytest.raises(tokens.InvalidToken, match="within a year"):
        tokens.issue(scopes=["people.view"], **{**asked, "expires_at": now + timedelta(days=400)})


def test_readings_carry_an_entity_tag(client: Client, monitor: Account) -> None:
    client.force_login(monitor)
    first = client.get("/api/v1/people")
    assert client.get("/api/v1/people", HTTP_IF_NONE_MATCH=first["ETag"]).status_code == 304


def test_problems_name_what_is_wrong(client: Client, monitor: Account) -> None:
    client.force_login(monitor)
    unknown = client.get("/api/v1/measures/incidents.totl")
    assert (unknown.status_code, unknown["Content-Type"]) == (404, "application/problem+json")
    assert "did you mean" in unknown.json()["detail"]
    invalid = client.get("/api/v1/measures/incidents.total?from=yesterday")
    assert invalid.status_code == 422
    assert invalid.json()["errors"][0]["field"] == "query.from"
    assert client.get("/api/v1/measures/incidents.total?from=2012-02-01&to=2012-01-01").status_code == 422
