"""Error pages say what to do, in the page's frame where that can be relied on, and hold no record."""

from __future__ import annotations

import pytest
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.views.defaults import bad_request, server_error

PAGES = ["400.html", "403.html", "403_csrf.html", "404.html", "413.html", "500.html", "503.html"]


@pytest.mark.parametrize("name", PAGES)
def test_each_has_one_heading_and_a_way_back(name: str, rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/somewhere/")
    shown = render_to_string(name, {"request": request})
    assert shown.count("<h1>") == 1
    assert 'href="/"' in shown


def test_the_pages_of_last_resort_need_no_context(rf: RequestFactory) -> None:
    assert b"Something broke" in server_error(rf.get("/")).content
    assert b"does not make sense" in bad_request(rf.get("/"), ValueError("secret detail")).content


def test_the_address_asked_for_is_not_repeated(client: Client, db: None) -> None:
    response = client.get("/no-such-page/<script>/")
    assert response.status_code == 404
    assert b"no-such-page" not in response.content


def test_sign_in_explains_how_an_account_is_had(client: Client, db: None) -> None:
    shown = client.get("/accounts/login/").content.decode()
    assert shown.count("<h1>") == 1
    assert "by invitation" in shown
    assert 'autocomplete="email"' in shown or 'type="email"' in shown
    assert "signup" not in shown
