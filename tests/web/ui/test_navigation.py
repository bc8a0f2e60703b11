"""The navigation shows what the viewer may open, and where they are."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import NoReverseMatch, reverse

from schoolward.platform.access.permissions import may
from schoolward.platform.access.roles import HUMAN_ROLES
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.ui import navigation
from schoolward.platform.ui.navigation import NavItem, Section, items_for, register

ViewerOf = Callable[..., Viewer]


@pytest.fixture
def own_items(monkeypatch: pytest.MonkeyPatch) -> list[NavItem]:
    """A registry of the test's own."""
    items: list[NavItem] = []
    monkeypatch.setattr(navigation, "_items", items)
    return items


def test_sections_stand_in_order_and_hold_only_what_is_open(
    own_items: list[NavItem], viewer: ViewerOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "may", lambda _who, key: key == "open")
    register(
        NavItem(Section.DATA, "Sign in", "account_login", "open"),
        NavItem(Section.TODAY, "Closed", "account_logout", "closed"),
        NavItem(Section.TODAY, "Second", "account_reset_password", "open", order=60),
        NavItem(Section.TODAY, "First", "account_login", "open", order=10),
    )
    shown = items_for(viewer())
    assert [section.label for section in shown] == ["Today", "Data"]
    assert [str(item.label) for item in shown[0].items] == ["First", "Second"]
    assert shown[0].url == reverse("account_login")


def test_the_page_with_the_longest_matching_address_is_current(
    own_items: list[NavItem], viewer: ViewerOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "may", lambda *_asked: True)
    addresses = {"home": "/", "work": "/work/", "board": "/work/board/"}
    monkeypatch.setattr(navigation, "reverse", addresses.__getitem__)
    register(
        NavItem(Section.TODAY, "Morning", "home", "x"),
        NavItem(Section.WORK, "All work", "work", "x"),
        NavItem(Section.WORK, "Board", "board", "x"),
    )

    def current(path: str) -> list[str]:
        return [str(i.label) for section in items_for(viewer(), path) for i in section.items if i.current]

    assert current("/") == ["Morning"]
    assert current("/work/42/") == ["All work"]
    assert current("/work/board/") == ["Board"]
    assert current("/elsewhere/") == []


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ([NavItem("Nowhere", "A", "account_login", "x")], "Nowhere"),
        (
            [NavItem("Today", "A", "account_login", "x"), NavItem("Today", "B", "account_login", "x")],
            "already",
        ),
    ],
)
def test_a_wrong_registration_is_refused(own_items: list[NavItem], items: list[NavItem], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        register(*items)


def test_every_registered_page_exists_and_names_a_declared_permission(viewer: ViewerOf) -> None:
    assert navigation._items, "no part of the site has registered a page"
    for item in navigation._items:
        try:
            reverse(item.url_name)
        except NoReverseMatch:
            pytest.fail(f"the navigation names {item.url_name}, and there is no such address")
        for role in HUMAN_ROLES:
            may(viewer(role), item.permission)


def test_a_page_reached_from_another_leaves_the_menu_of_those_who_see_that_one(
    own_items: list[NavItem], viewer: ViewerOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(navigation, "may", lambda _who, key: key in {"open", "more"})
    register(
        NavItem(Section.TODAY, "First", "account_login", "open"),
        NavItem(Section.TODAY, "Below it", "account_logout", "open", unless="more"),
        NavItem(Section.TODAY, "Alone", "account_reset_password", "open", unless="closed"),
    )
    (today,) = items_for(viewer())
    assert [str(item.label) for item in today.items] == ["First", "Alone"]


def test_a_coordinator_finds_programs_in_eight_pages(viewer: ViewerOf) -> None:
    sections = items_for(viewer("program_coordinator"))
    programs = next(section for section in sections if section.label == "Programs")
    assert len(programs.items) <= 8, [str(item.label) for item in programs.items]
