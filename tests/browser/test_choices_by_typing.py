"""Choices that are searched by typing keep what was chosen, and never save what was not seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from schoolward.platform.access.roles import Role

pytestmark = pytest.mark.browser


@pytest.fixture
def page(signed_in: Callable[[str], BrowserContext]) -> Iterator[Page]:
    """A page of the lead."""
    opened = signed_in(Role.LEAD).new_page()
    yield opened
    opened.close()


def box(page: Page, name: str) -> tuple[str, str]:
    """What the select holds, and what the box shows."""
    held = page.eval_on_selector(f".usa-combo-box select[name={name}]", "select => select.value")
    shown = page.eval_on_selector(f".usa-combo-box:has(select[name={name}]) input", "input => input.value")
    return held, shown


def first_site(page: Page) -> tuple[str, str]:
    """Number and name of a site that the box offers."""
    return page.eval_on_selector(
        ".usa-combo-box select[name=campus_id]",
        "select => [...select.options].filter(o => o.value).map(o => [o.value, o.text])[0]",
    )


def test_what_is_chosen_already_is_shown_and_kept(page: Page) -> None:
    page.goto("/work/new/")
    number, name = first_site(page)
    page.goto(f"/work/new/?site={number}")
    assert box(page, "campus_id") == (number, name)


def test_after_an_error_the_choice_is_still_there(page: Page) -> None:
    page.goto("/work/new/")
    number, name = first_site(page)
    page.goto(f"/work/new/?site={number}")
    page.click("main form.form button[type=submit]")  # the title is missing
    expect(page.locator(".usa-error-message").first).to_be_visible()
    assert box(page, "campus_id") == (number, name)


def test_a_filter_keeps_its_choice(page: Page) -> None:
    page.goto("/work/new/")
    number, name = first_site(page)
    page.goto(f"/work/?campus={number}")
    assert box(page, "campus") == (number, name)
    assert page.url.endswith(f"/work/?campus={number}"), "showing the choice must not ask for the list again"


def test_a_name_typed_in_full_is_chosen(page: Page) -> None:
    page.goto("/work/new/")
    number, name = first_site(page)
    page.fill(".usa-combo-box:has(select[name=campus_id]) input", name.upper())
    page.focus("input[name=title]")
    assert box(page, "campus_id") == (number, name)


def test_what_fits_nothing_is_complained_of_and_not_sent(page: Page) -> None:
    page.goto("/work/new/")
    page.fill("input[name=title]", "A fence")
    page.fill(".usa-combo-box:has(select[name=campus_id]) input", "no such school")
    page.click("main form.form button[type=submit]")
    expect(page.locator(".combo-error")).to_have_text(
        "Nothing in the list is called so. Choose from the list."
    )
    assert page.url.endswith("/work/new/")
    assert page.input_value(".usa-combo-box:has(select[name=campus_id]) input") == "no such school"


def test_a_list_is_downloaded_by_its_link(page: Page) -> None:
    page.goto("/work/?state=verified")
    with page.expect_download() as download:
        page.click(".table-tools a >> nth=0")
    assert download.value.suggested_filename == "work.csv"
