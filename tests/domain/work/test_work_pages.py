"""The pages of work, asked for as people of different roles."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from schoolward.domains.places.models import Campus
from schoolward.domains.work import actions
from schoolward.domains.work.models import WorkItem
from schoolward.domains.work.states import State

pytestmark = pytest.mark.django_db
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64 + b"IEND"


@pytest.fixture(autouse=True)
def _demonstration(settings: Any) -> None:
    # The demonstration stands at its own day, so that dates in forms lie where the tests expect them.
    settings.DEMO = True


def text(response: Any) -> str:
    return " ".join(response.content.decode().split())


@pytest.mark.parametrize("name", ["list", "board", "propose"])
def test_pages_open(client_of: Any, proposed: WorkItem, name: str) -> None:
    response = client_of("lead").get(reverse(f"work:{name}"))

    assert response.status_code == 200


def test_the_list_says_what_matters_and_is_narrowed(
    client_of: Any, proposed: WorkItem, other_site: Campus
) -> None:
    client = client_of("lead")

    page = text(client.get(reverse("work:list")))
    assert "0 pieces of work are overdue; 0 wait to be verified." in page
    assert "Repair the fence" in page
    assert "Repair the fence" not in text(client.get(reverse("work:list"), {"campus": other_site.pk}))
    assert "Repair the fence" not in text(client.get(reverse("work:list"), {"state": "verified"}))
    assert "Repair the fence" in text(
        client.get(reverse("work:list"), {"state": "open", "q": "fence repair"})
    )


def test_the_list_exports_what_the_import_reads(client_of: Any, proposed: WorkItem) -> None:
    response = client_of("lead").get(reverse("work:list"), {"export": "csv"})

    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[0].startswith("reference,title,description,kind,site,")
    assert lines[1].startswith(f"{proposed.reference},Repair the fence,,task,oak,")


def test_another_sites_work_is_not_there(client_of: Any, proposed: WorkItem, other_site: Campus) -> None:
    client = client_of("site_lead", sites=[other_site])

    assert client.get(reverse("work:detail", args=[proposed.pk])).status_code == 404
    assert "Repair the fence" not in text(client.get(reverse("work:list")))
    assert client.post(reverse("work:add_evidence", args=[proposed.pk]), {"text": "x"}).status_code == 404


def test_a_provider_sees_no_work(client_of: Any, proposed: WorkItem) -> None:
    assert client_of("provider").get(reverse("work:list")).status_code == 403


def test_from_proposal_to_verified_by_pages(client_of: Any, site: Campus) -> None:
    lead, facilities = client_of("lead"), client_of("facilities")
    answer = lead.post(
        reverse("work:propose"),
        {
            "title": "Fit a lock",
            "campus_id": site.pk,
            "kind": "repair",
            "trade": "locks",
            "severity": "high",
            "estimate": "120.50",
        },
    )
    item = WorkItem.objects.get(title="Fit a lock")
    assert answer["Location"] == reverse("work:detail", args=[item.pk])
    assert item.estimate_cents == 12_050

    def move(client: Any, name: str, **sent: str) -> Any:
        return client.post(reverse("work:move", args=[item.pk, name]), sent)

    assert move(lead, "accept", due="2012-10-01").status_code == 302
    assert move(lead, "fund", amount="120", money_source="Site budget").status_code == 302
    assert move(facilities, "schedule", planned_on="2012-09-10").status_code == 302
    assert move(facilities, "complete", done_on="2012-09-06", actual="118.25").status_code == 302
    photo = SimpleUploadedFile("lock.png", PNG, "image/png")
    evidence = facilities.post(
        reverse("work:add_evidence", args=[item.pk]), {"kind": "photo", "text": "", "file": photo}
    )
    assert evidence.status_code == 302

    own = move(facilities, "verify")
    assert own.status_code == 422
    assert "somebody else has to verify it" in text(own)
    assert move(lead, "verify").status_code == 302
    item.refresh_from_db()
    assert (item.state, item.actual_cents) == (State.VERIFIED, 11_825)
    page = text(lead.get(reverse("work:detail", args=[item.pk])))
    assert "lock.png" in page
    kept = item.evidence.get()
    shown = lead.get(reverse("work:evidence_file", args=[kept.pk]))
    assert b"".join(shown.streaming_content) == PNG


def test_a_form_says_what_happens_next_and_names_the_field_to_mend(
    client_of: Any, proposed: WorkItem
) -> None:
    client = client_of("lead")
    url = reverse("work:move", args=[proposed.pk, "accept"])

    assert "Next, somebody says what pays for it." in text(client.get(url))
    answer = client.post(url, {"due": "2012-09-01"})
    assert answer.status_code == 422
    assert "The due date lies in the past" in text(answer)


def test_a_move_that_is_no_longer_possible_says_so(client_of: Any, proposed: WorkItem) -> None:
    client = client_of("lead")

    answer = client.get(reverse("work:move", args=[proposed.pk, "verify"]))

    assert answer.status_code == 409
    assert "this work is proposed" in text(answer)
    assert client.get(reverse("work:move", args=[proposed.pk, "explode"])).status_code == 404


def test_due_date_and_owner_are_changed_by_pages(client_of: Any, proposed: WorkItem, advance: Any) -> None:
    advance(proposed, State.ACCEPTED)
    client = client_of("lead")

    client.post(reverse("work:change_due", args=[proposed.pk]), {"due": "2013-01-10", "reason": "Bids"})
    client.post(reverse("work:assign", args=[proposed.pk]), {"owner_role": "facilities"})

    page = text(client.get(reverse("work:detail", args=[proposed.pk])))
    assert "January 10, 2013 (first agreed: December 14, 2012)" in page
    assert "Facilities planner or technician" in page


def test_the_list_begins_with_the_longest_overdue_and_ends_with_what_is_closed(
    client_of: Any, site: Campus, person: Any, advance: Any, at: datetime
) -> None:
    def work(title: str, state: State, due: date | None = None) -> None:
        by = person("lead", name="proposer")
        item = advance(actions.propose(title=title, campus_id=site.pk, by=by, at=at), state)
        WorkItem.objects.filter(pk=item.pk).update(first_due=due, due=due)

    work("declined", State.DECLINED, date(2010, 1, 1))
    work("no day", State.PROPOSED)
    work("verified", State.VERIFIED, date(2011, 1, 1))
    work("due next year", State.ACCEPTED, date(2013, 5, 1))
    work("overdue", State.SCHEDULED, date(2012, 6, 1))
    work("longest overdue", State.FUNDED, date(2012, 2, 1))

    rows = client_of("lead").get(reverse("work:list")).context["table"].data

    wanted = ["longest overdue", "overdue", "due next year", "no day", "declined", "verified"]
    assert [row.title for row in rows] == wanted


def test_the_sites_panel_counts_its_work(client_of: Any, proposed: WorkItem, other_site: Campus) -> None:
    client = client_of("lead")

    assert "Repair the fence" in text(client.get(reverse("work:site_panel", args=[proposed.campus_id])))
    assert "No work has been asked for" in text(client.get(reverse("work:site_panel", args=[other_site.pk])))
    assert client.get(reverse("work:site_panel", args=[2**31])).status_code == 404


def test_the_api_tells_the_same(client_of: Any, proposed: WorkItem, advance: Any) -> None:
    advance(proposed, State.DONE)
    client = client_of("lead")

    listed = client.get("/api/v1/work?state=done").json()
    one = client.get(f"/api/v1/work/{proposed.pk}").json()

    assert [row["reference"] for row in listed["items"]] == [proposed.reference]
    assert [move["to_state"] for move in one["transitions"]][-1] == "done"
    assert one["possible_moves"] == ["verify", "reopen"]
    refused = client.post(f"/api/v1/work/{proposed.pk}/verify")
    assert refused.status_code == 409
    assert client.get("/api/v1/work/999999").status_code == 404


def test_an_old_tab_does_not_rewrite_verified_work(client_of: Any, proposed: WorkItem, advance: Any) -> None:
    advance(proposed, State.VERIFIED)
    client = client_of("lead")
    sent = {"title": "Other", "campus_id": "", "kind": "task", "trade": "other", "severity": "low"}

    answer = client.post(reverse("work:edit", args=[proposed.pk]), sent)

    assert answer.status_code == 422
    assert "Re-open it with a reason" in text(answer)
    page = text(client.get(reverse("work:detail", args=[proposed.pk])))
    assert reverse("work:assign", args=[proposed.pk]) not in page
    proposed.refresh_from_db()
    assert proposed.title == "Repair the fence"


def test_a_photograph_without_a_picture_is_asked_for_at_its_field(client_of: Any, proposed: WorkItem) -> None:
    answer = client_of("facilities").post(
        reverse("work:add_evidence", args=[proposed.pk]), {"kind": "photo", "text": "Seen it"}
    )

    assert answer.status_code == 422
    assert "Add the photograph" in str(answer.context["form"].errors["file"])
