"""The morning page: what each role is told first, and nothing that is not theirs."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from schoolward.domains.work.models import WorkItem
from schoolward.home.morning.assembly import sentence
from schoolward.home.morning.blocks import Block, Morning
from schoolward.home.morning.overnight import last_afternoon
from schoolward.platform.access.models import Agency, Agreement
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]
HERE = ZoneInfo("America/Los_Angeles")
TODAY = date(2012, 9, 6)


def _blocks(client: Client) -> dict[str, Block]:
    return {block.key: block for block in client.get("/").context["page"].blocks}


def _work(number: int, **fields: Any) -> WorkItem:
    words = {"title": f"Mend gate {number}", "reference": f"T-{number}", "proposed_on": date(2012, 1, 1)}
    due = fields.get("due")
    return WorkItem.objects.create(**{**words, "first_due": due, "state": "accepted", **fields})


@pytest.mark.parametrize(
    ("today", "begun"),
    [
        (date(2012, 9, 6), datetime(2012, 9, 5, 16, tzinfo=HERE)),
        (date(2012, 9, 10), datetime(2012, 9, 7, 16, tzinfo=HERE)),
        (date(2012, 9, 9), datetime(2012, 9, 7, 16, tzinfo=HERE)),
    ],
)
def test_the_night_begins_when_the_last_school_day_ended(today: date, begun: datetime) -> None:
    now = datetime(today.year, today.month, today.day, 7, 30, tzinfo=HERE)
    assert last_afternoon(Morning(Viewer.system(at=now), today, now)) == begun


@pytest.mark.parametrize(
    ("headlines", "said"),
    [
        ([], "Nothing is waiting for you this morning."),
        (["", "one paper waits for you"], "One paper waits for you."),
        (["3 jobs are late", "", "2 wait", "1 ends"], "3 jobs are late, and 2 wait."),
    ],
)
def test_one_sentence_says_what_matters(headlines: list[str], said: str) -> None:
    blocks = tuple(Block(str(n), "", (), 0, headline=headline) for n, headline in enumerate(headlines))
    assert sentence(blocks) == said


def test_incidents_of_the_night_stand_first_for_the_lead(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    row = records["1"]
    row.occurred_at = datetime(2012, 9, 6, 13, 0, tzinfo=UTC)
    row.local_date = TODAY
    row.save(update_fields=["occurred_at", "local_date"])
    night = _blocks(client_of("lead"))["overnight"]
    assert night.count == 1
    assert (night.lines[0].text, night.lines[0].label) == ("Theft", "At the site")
    assert night.headline == "1 incident happened at a site overnight"
    assert _blocks(client_of("site_lead", campuses=[records["7"].campus]))["overnight"].count == 0
    assert "overnight" not in _blocks(client_of("provider"))


def test_overdue_work_is_counted_and_the_longest_overdue_shown(
    client_of: ClientOf, records: dict[str, Any]
) -> None:
    for days in range(1, 8):
        _work(days, due=TODAY - timedelta(days=days), campus=records["1"].campus)
    _work(20, due=TODAY + timedelta(days=3))
    _work(30, due=TODAY + timedelta(days=30))
    due = _blocks(client_of("lead"))["work"]
    assert (due.count, due.headline) == (8, "7 pieces of work are overdue")
    assert [line.label for line in due.lines] == [f"{days} days late" for days in (7, 6, 5, 4, 3)]
    assert {line.action for line in due.lines} == {"Unblock"}
    assert {line.action for line in _blocks(client_of("trustee"))["work"].lines} == {"Open"}
    elsewhere = client_of("site_lead", campuses=[records["7"].campus])
    assert _blocks(elsewhere)["work"].count == 0


def test_facilities_open_the_day_with_work(client_of: ClientOf, records: dict[str, Any]) -> None:
    assert list(_blocks(client_of("facilities")))[:2] == ["work", "verify"]
    assert next(iter(_blocks(client_of("accountability")))) == "editions"


def test_agreements_that_end_are_told_to_whoever_reviews_access(client_of: ClientOf, at: datetime) -> None:
    client = client_of("privacy_officer")
    police = Agency.objects.create(key="police", name="Police", kind="police", created_at=at)
    district = Agency.objects.get(key="district")
    for title, days in (("Radio", 10), ("Records", 40), ("Old", -1)):
        Agreement.objects.create(
            title=title,
            owner=police,
            recipient=district,
            valid_from=date(2011, 1, 1),
            valid_to=TODAY + timedelta(days=days),
        )
    assert [line.text for line in _blocks(client)["expiring"].lines] == ["Radio"]
    assert "expiring" not in _blocks(client_of("campus_monitor", campuses=[]))
