"""The pages, files and API of initiatives, over the demonstration's inventory."""

from __future__ import annotations

import io
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from pytest_django import DjangoDbBlocker

from schoolward.domains.initiatives import queries
from schoolward.domains.initiatives.models import Fact, Initiative, Kind, Mark, StatusUpdate
from schoolward.domains.initiatives.seed import initiatives as seed_initiatives
from schoolward.domains.people.seed import agencies_and_accounts
from schoolward.platform.access.viewer import Viewer
from schoolward.platform.demo.registry import SeedContext
from schoolward.platform.exchange import registry
from schoolward.platform.exchange.running import run
from schoolward.platform.exchange.writers import write_csv
from schoolward.platform.measures.period import Period
from schoolward.platform.measures.reading import read, record_keys

pytestmark = pytest.mark.django_db
DAY = date(2012, 9, 6)


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.fixture(scope="module")
def inventory(shared_rows: None, seeding: SeedContext, django_db_blocker: DjangoDbBlocker) -> None:
    """The inventory, loaded once for these tests."""
    with django_db_blocker.unblock():
        agencies_and_accounts(seeding)
        seed_initiatives(seeding)


@pytest.fixture
def story(inventory: None, db: None, seeding: SeedContext, settings: Any) -> SeedContext:
    """The inventory, to read and to change."""
    settings.DEMO = True
    return seeding


def test_every_named_item_is_there_with_marked_facts(story: SeedContext) -> None:
    assert list(Initiative.objects.order_by("number").values_list("number", flat=True)) == list(range(1, 54))
    assert not Initiative.objects.filter(facts=None).exists()
    assert not Fact.objects.filter(mark=Mark.PUBLIC, source="").exists()
    assert not StatusUpdate.objects.filter(invented=False).exists()
    assert seed_initiatives(story) == "already there"


def test_stored_colours_are_the_rules(story: SeedContext) -> None:
    for update in StatusUpdate.objects.select_related("initiative"):
        judged = queries.standing(update.initiative, on=update.on, reported=True).result
        assert (update.colour, update.rule_sentence) == (judged.colour, judged.sentence)


def test_freshness_counts_what_the_list_shows(story: SeedContext, by: Viewer) -> None:
    reading = read("initiatives.freshness", Period.school_year(DAY))
    under_way = queries.open_on(queries.initiatives(by), DAY)
    stood = queries.standings(under_way, on=DAY)
    fresh = {one.initiative.pk for one in stood if one.age is not None and one.age <= 14}

    assert reading.denominator == len(stood)
    assert set(record_keys("initiatives.freshness", Period.school_year(DAY))) == {
        f"initiatives.Initiative:{pk}" for pk in fresh
    }


def test_facts_of_later_years_are_not_known_in_2012(story: SeedContext) -> None:
    contract = Initiative.objects.get(key="sro-contract")

    assert any("2019" in fact.text for fact in queries.facts_known(contract))
    assert not any("2019" in fact.text for fact in queries.facts_known(contract, on=DAY))


def test_known_money(story: SeedContext) -> None:
    known = queries.funding_facts(on=DAY)

    assert known.get(key="sos-2009").amount_cents == 46_369_900
    assert sum(row.amount_cents for row in known.filter(part_of__key="sos-2009")) == 46_369_900


@pytest.mark.parametrize("name", ["list", "goals", "open"])
def test_pages_open(story: SeedContext, client_of: Any, name: str) -> None:
    assert client_of("lead").get(reverse(f"initiatives:{name}")).status_code == 200


def test_every_initiative_has_its_page(story: SeedContext, client_of: Any) -> None:
    client = client_of("trustee")
    for key, title in Initiative.objects.values_list("key", "title"):
        page = client.get(reverse("initiatives:detail", args=[key]))
        assert page.status_code == 200
        assert "What is known, and from where" in text(page), title


def test_the_goal_tree_shows_orphans_and_unmeasured_objectives(story: SeedContext, client_of: Any) -> None:
    page = text(client_of("accountability").get(reverse("initiatives:goals")))

    assert "Orphans: they serve no objective" in page
    assert "Recidivism Reduction Project" in page.partition("Orphans")[2]
    assert "No measure yet: nobody can tell whether this is reached." in page
    assert "/trace/initiatives.freshness?from=2012-07-01" in page


def test_report_by_form_and_by_one_line(story: SeedContext, client_of: Any) -> None:
    client = client_of("facilities")
    url = reverse("initiatives:report", args=["camera-repair"])
    assert "The rule will show red." in text(client.get(url))
    assert client.post(url, {"note": "", "percent": "60"}).status_code == 422
    assert client.post(url, {"note": "Parts came", "percent": "60"}).status_code == 302

    line = client.post(
        reverse("initiatives:report_line", args=["needs-study"]),
        {"note": "x", "percent": "1"},
        headers={"HX-Request": "true"},
    )
    assert line.status_code == 422, "not begun yet"
    line = client.post(
        reverse("initiatives:report_line", args=["spal-tennis"]),
        {"note": "Next day set for May", "percent": "100"},
        headers={"HX-Request": "true"},
    )
    assert "Reported." in text(line)
    assert "Green" in text(line)


def test_the_teams_agenda_and_meeting(story: SeedContext, client_of: Any) -> None:
    client = client_of("lead")
    url = reverse("initiatives:agenda", args=["project-team"])

    page = text(client.get(url))
    stuck = page.partition("Stuck: red or held up")[2].partition("Changed since last time")[0]
    assert "Vulnerability assessment, camera repair and installation" in stuck
    assert "Silent: nobody has reported lately" in page
    met = client.post(reverse("initiatives:hold_meeting", args=["project-team"]), {"held_on": "2012-09-06"})
    assert met["Location"] == url
    camera = Initiative.objects.get(key="camera-repair")
    client.post(
        reverse("initiatives:decide", args=["project-team"]),
        {"initiative_id": camera.pk, "text": "Buy the substitute."},
    )
    decision = camera.decisions.get()
    assert decision.meeting is not None
    assert decision.meeting.held_on == DAY
    assert client.get(reverse("initiatives:agenda", args=["camera-repair"])).status_code == 404


def test_planning_by_pages(story: SeedContext, client_of: Any) -> None:
    client = client_of("lead")
    sent = {
        "title": "Bicycle lockers",
        "kind": "initiative",
        "strand": "next_step",
        "owner_role": "facilities",
        "start": "2012-09-01",
        "due": "2012-12-01",
    }
    assert client.post(reverse("initiatives:open"), sent).status_code == 302
    made = Initiative.objects.get(key="bicycle-lockers")
    assert made.first_due == date(2012, 12, 1)
    assert client.post(reverse("initiatives:open"), sent).status_code == 422, "the title is taken"
    args = [made.key]
    client.post(reverse("initiatives:add_milestone", args=args), {"title": "Bought", "due": "2012-10-01"})
    client.post(reverse("initiatives:raise_blocker", args=args), {"title": "No room", "needs": "Principal"})
    client.post(
        reverse("initiatives:reach_milestone", args=[made.milestones.get().pk]),
        {"done_on": "2012-09-06", "evidence": "Invoice"},
    )
    client.post(reverse("initiatives:clear_blocker", args=[made.blockers.get().pk]), {"how": "Moved"})
    client.post(reverse("initiatives:change_due", args=args), {"due": "2013-01-05", "reason": "Late"})
    client.post(reverse("initiatives:edit", args=args), {**sent, "title": "Lockers"})
    client.post(reverse("initiatives:close", args=args), {"status": "complete"})

    made.refresh_from_db()
    assert (made.title, made.ended, made.due) == ("Lockers", "complete", date(2013, 1, 5))
    assert made.milestones.get().evidence == "Invoice"
    assert made.blockers.get().how_cleared == "Moved"


def test_a_closed_initiative_is_reopened_by_its_page(story: SeedContext, client_of: Any) -> None:
    client = client_of("lead")
    closed = Initiative.objects.exclude(closed_on=None).order_by("pk").first()
    assert closed is not None
    url, args = reverse("initiatives:detail", args=[closed.key]), [closed.key]

    page = text(client.get(url))
    assert reverse("initiatives:reopen", args=args) in page
    assert reverse("initiatives:edit", args=args) not in page
    refused = client.post(
        reverse("initiatives:add_milestone", args=args), {"title": "More", "due": "2013-01-01"}
    )
    assert refused.status_code == 422
    assert "Re-open it with a reason" in text(refused)

    client.post(reverse("initiatives:reopen", args=args), {"reason": "It is not finished"})

    page = text(client.get(url))
    assert "It is not finished" in page
    assert reverse("initiatives:add_milestone", args=args) in page
    assert client.get(reverse("initiatives:reopen", args=args)).status_code == 200
    again = client.post(reverse("initiatives:reopen", args=args), {"reason": "Twice"})
    assert "is not closed" in text(again)


def test_the_list_is_narrowed_by_the_status_of_the_day(story: SeedContext, client_of: Any) -> None:
    client, url = client_of("lead"), reverse("initiatives:list")
    # Planned when it was entered; since then its first day has come.
    Initiative.objects.filter(key="needs-study").update(start=DAY)

    def listed(status: str) -> list[str]:
        return [one.key for one in client.get(url, {"status": status}).context["table"].data]

    assert "needs-study" in listed("active")
    assert "needs-study" not in listed("planned")
    assert "under way" in text(client.get(reverse("initiatives:detail", args=["needs-study"])))


def test_a_trustee_reads_and_does_not_report(story: SeedContext, client_of: Any) -> None:
    client = client_of("trustee")

    assert client.get(reverse("initiatives:list")).status_code == 200
    assert client.get(reverse("initiatives:report", args=["camera-repair"])).status_code == 403


@pytest.mark.parametrize("key", ["initiatives", "status-updates"])
def test_what_goes_out_comes_in_again(story: SeedContext, by: Viewer, at: datetime, key: str) -> None:
    exchange = registry.get(key)
    out = b"".join(write_csv(exchange.column_names, exchange.export_rows(by)))

    report = run(key, io.BytesIO(out), by=by, at=at)

    assert (report.created, report.updated, report.rejected) == (0, 0, [])
    assert report.unchanged == report.read > 50


@pytest.mark.parametrize(
    ("key", "row", "column"),
    [
        ("initiatives", "new-one,Title,initiative,,,nowhere,,lead,,,", "objective"),
        ("initiatives", "new-one,Title,initiative,,,,new-one,lead,,,", "part_of"),
        ("initiatives", "New One,Title,initiative,,,,,lead,,,", "key"),
        ("initiatives", "new-one,Title,initiative,,,,,nobody,,,", "owner_role"),
        ("initiatives", "new-one,Title,initiative,,,,,lead,2012-09-01,2012-08-01,", "due"),
        ("initiatives", "camera-repair,Title,initiative,,,,,lead,,2019-01-01,", "due"),
        ("status-updates", "nothing,2012-09-01,5,note,", "initiative"),
        ("status-updates", "camera-repair,2012-09-30,5,note,", "on"),
        ("status-updates", "camera-repair,2012-09-01,500,note,", "percent"),
    ],
)
def test_bad_rows_are_named(
    story: SeedContext, by: Viewer, at: datetime, key: str, row: str, column: str
) -> None:
    header = {
        "initiatives": "key,title,kind,strand,summary,objective,part_of,owner_role,start,due,cadence",
        "status-updates": "initiative,on,percent,note,evidence",
    }[key]
    before = (Initiative.objects.count(), StatusUpdate.objects.count())

    report = run(key, io.BytesIO(f"{header}\n{row}\n".encode()), by=by, at=at)

    assert [rejection.column for rejection in report.rejected] == [column]
    assert (Initiative.objects.count(), StatusUpdate.objects.count()) == before


def test_new_rows_come_in(story: SeedContext, by: Viewer, at: datetime) -> None:
    table = "key,title,owner_role,start\nlockers,Lockers,facilities,2012-09-01\n"
    assert run("initiatives", io.BytesIO(table.encode()), by=by, at=at).created == 1
    table = "initiative,on,percent,note\nlockers,2012-09-05,10,Ordered\n"
    assert run("status-updates", io.BytesIO(table.encode()), by=by, at=at).created == 1

    update = Initiative.objects.get(key="lockers").updates.get()
    assert (update.on, update.colour) == (date(2012, 9, 5), "green")


def test_the_api_tells_the_same(story: SeedContext, client_of: Any) -> None:
    client = client_of("lead")

    listed = client.get("/api/v1/initiatives", {"as_of": "2012-09-06"}).json()
    camera = next(row for row in listed if row["key"] == "camera-repair")
    assert len(listed) == 53
    assert camera["colour"] == "red"
    assert "back order" in camera["why"]
    sent = {"note": "Parts came", "percent": 60}
    reported = client.post("/api/v1/initiatives/camera-repair/reports", sent, content_type="application/json")
    assert reported.status_code == 201
    assert reported.json()["rule_colour"] == "red"
    refused = client.post("/api/v1/initiatives/project-team/reports", sent, content_type="application/json")
    assert refused.status_code == 422
    assert client.get("/api/v1/initiatives/nothing").status_code == 404


def test_bodies_have_seats_and_meetings(story: SeedContext) -> None:
    for body in Initiative.objects.filter(kind=Kind.BODY):
        assert body.seats.exists()
        if body.meets_every_days:
            assert body.meetings.exists()
