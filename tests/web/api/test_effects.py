"""An effect stands with its interval, and with what that says, wherever it is read."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from tests.cli.conftest import Ended

from schoolward.domains.incidents.actions import IncidentDraft, record_incident
from schoolward.domains.places.models import Campus, School
from schoolward.domains.work.models import WorkItem
from schoolward.home.examples import build_fixes
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read, record_keys

pytestmark = pytest.mark.django_db
KEY = "assessments.fix_effect"
ASKED = "from=2011-01-01&to=2012-09-06"
OPTIONS = ("--from", "2011-01-01", "--to", "2012-09-06")


@pytest.mark.parametrize(
    ("elsewhere", "before", "after", "shows", "words"),
    [
        ("30", "30", "5", "fall", "which shows a fall"),
        ("12", "12", "11", "no change shown", "no change shown"),
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


def test_the_records_are_those_that_the_ratio_rests_on() -> None:
    """A campus that is mended and has nothing to be compared with is in no number, and that is said."""
    build_fixes(
        [
            {"site": "North", "verified": "2011-10-01", "before": "12", "after": "11"},
            {"site": "South", "verified": "", "before": "12", "after": "12"},
        ]
    )
    period = Period(date(2011, 1, 1), date(2012, 9, 6), date(2012, 9, 6))
    before = read(KEY, period)
    west = Campus.objects.create(name="West", slug="west", address="9 West St", address_key="9 WEST ST")
    west.schools.add(School.objects.create(cds_code="00000000000009", name="West", kind="elementary"))
    for day in range(1, 8):
        at = datetime(2012, 3, day, 20, tzinfo=UTC)
        draft = IncidentDraft(occurred_at=at, category="vandalism", campus_id=west.pk)
        record_incident(draft=draft, by=Viewer.system(at=at, name="example"), at=at)
    mended = WorkItem.objects.get()
    mended.pk, mended.reference, mended.campus = None, "example-2", west
    # The earlier fix is given a campus to compare with last, and there is one alone.
    mended.done_on = mended.verified_on = date(2011, 9, 30)
    mended.save()
    after = read(KEY, period)
    assert (after.value, after.interval) == (before.value, before.interval)
    assert (after.numerator, after.records, after.denominator) == (11, 11, before.denominator)
    assert len(record_keys(KEY, period)) == 11
    assert (before.note, after.note.split(":")[0]) == ("", "1 mended campus does not count")
