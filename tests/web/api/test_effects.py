"""An effect stands with its interval, and with what that says, wherever it is read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from tests.cli.conftest import Ended

from schoolward.home.examples import build_fixes

pytestmark = pytest.mark.django_db
KEY = "assessments.fix_effect"
ASKED = "from=2011-01-01&to=2012-09-06"
OPTIONS = ("--from", "2011-01-01", "--to", "2012-09-06")


@pytest.mark.parametrize(
    ("elsewhere", "before", "after", "shows", "words"),
    [
        ("30", "30", "5", "fall", "which shows a fall"),
        ("12", "12", "11", "too few to tell", "too few to tell a change from chance"),
        ("30", "10", "60", "rise", "which shows a rise"),
    ],
)
def test_an_effect_never_stands_without_its_interval(
    elsewhere: str,
    before: str,
    after: str,
    shows: str,
    words: str,
    client_of: Callable[[str], Client],
    schoolward: Callable[..., Ended],
) -> None:
    build_fixes(
        [
            {"site": "North", "verified": "2011-10-01", "before": before, "after": after},
            {"site": "South", "verified": "", "before": elsewhere, "after": elsewhere},
            {"site": "East", "verified": "", "before": elsewhere, "after": elsewhere},
        ]
    )
    client = client_of("lead")
    told = client.get(f"/api/v1/measures/{KEY}?{ASKED}").json()
    low, high = told["interval"]
    assert low < told["value"] < high
    assert told["shows"] == shows
    assert (high < 100, low > 100) == (shows == "fall", shows == "rise")
    traced = client.get(f"/api/v1/trace/{KEY}?{ASKED}").json()
    assert (traced["interval"], traced["shows"]) == (told["interval"], shows)
    assert schoolward("measure", KEY, *OPTIONS, "--json").json == told
    sentence = f"95 percent interval {low:.1f}% to {high:.1f}%: {words}"
    assert f"{sentence}." in schoolward("measure", KEY, *OPTIONS).out
    for page in (f"/measures/{KEY}?{ASKED}", f"/trace/{KEY}?{ASKED}"):
        assert sentence in client.get(page).content.decode()


def test_a_plain_count_has_no_interval(client_of: Callable[[str], Client]) -> None:
    told = client_of("lead").get("/api/v1/measures/campuses.operating?as_of=2012-09-06").json()
    assert (told["interval"], told["shows"]) == (None, "")
