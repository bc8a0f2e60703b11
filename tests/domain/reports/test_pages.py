"""The pages of reports, asked for as people of different roles."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from schoolward.platform.access.models import Account
from schoolward.platform.access.roles import Role
from schoolward.platform.audit.models import Event
from schoolward.reports.models import Edition, State

pytestmark = pytest.mark.django_db

Make = Callable[..., Edition]
Counted = Callable[..., list[Account]]
As = Callable[[str], Client]


def url(name: str, edition: Edition, *more: object) -> str:
    return reverse(f"reports:{name}", args=[edition.pk, *more])


def body(response: object) -> str:
    return re.sub(r"\s+", " ", response.content.decode())  # type: ignore[attr-defined]


def test_a_number_on_the_page_opens_its_records(client_of: As, approved: Make, counted: Counted) -> None:
    accounts = counted(3)
    edition = approved()
    page = body(client_of(Role.ACCOUNTABILITY).get(url("edition", edition)))

    assert 'popovertarget="number-1-1"' in page
    assert "Open the records" in page
    number = body(client_of(Role.ACCOUNTABILITY).get(url("number", edition, 1)))
    assert "Counted from 3 records" in number
    assert all(f"{account._meta.label}:{account.pk}" in number for account in accounts)
    assert number.count("(counted; not yours to open)") == 3


def test_who_may_read_what(client_of: As, draft: Make, approved: Make) -> None:
    in_work = draft(as_of=date(2012, 3, 1))

    assert client_of(Role.LEAD).get(url("edition", in_work)).status_code == 200
    assert client_of(Role.CAMPUS_MONITOR).get(url("edition", in_work)).status_code == 404
    assert client_of(Role.CAMPUS_MONITOR).get(url("download", in_work, "csv")).status_code == 404
    assert Client().get(url("edition", in_work)).status_code == 302
    assert client_of(Role.CAMPUS_MONITOR).post(url("take_step", in_work, "submit")).status_code == 403


def test_the_whole_life_through_the_pages(client_of: As, draft: Make, counted: Counted) -> None:
    counted(3)
    edition = draft()
    for role, step, state in (
        (Role.LEAD, "submit", State.REVIEW),
        (Role.ACCOUNTABILITY, "approve", State.APPROVED),
        (Role.TRUSTEE, "publish", State.PUBLISHED),
    ):
        page = body(client_of(role).get(url("sign", edition)))
        assert url("take_step", edition, step) in page
        client_of(role).post(url("take_step", edition, step), {"reason": "looked through"})
        edition.refresh_from_db()
        assert edition.state == state
        if state == State.REVIEW:
            analyst = client_of(Role.ACCOUNTABILITY)
            assert "Sign for the number that could not be judged" in body(analyst.get(url("sign", edition)))
            page = body(client_of(Role.TRUSTEE).get(url("sign", edition)))
            assert "Sign for the number" not in page
            analyst.post(url("sign_unjudged", edition), {"reason": "Counted by hand."})
            assert "Counted by hand." in body(analyst.get(url("sign", edition)))
    assert client_of(Role.CAMPUS_MONITOR).get(url("edition", edition)).status_code == 200
    assert "1 of 1 numbers open their records now" in body(client_of(Role.TRUSTEE).get(url("sign", edition)))


def test_every_reason_is_listed_when_publication_is_refused(
    client_of: As, approved: Make, counted: Counted
) -> None:
    edition = approved("We mended 31 locks, and counted [[test.events period=to-date]].")
    counted(2)
    answer = client_of(Role.TRUSTEE).post(url("take_step", edition, "publish"), follow=True)
    page = body(answer)

    assert "2 reasons stand against publication" in page
    assert "“31” has no records and no source" in page
    assert "its records have changed since it was frozen (0 then, 2 now)" in page
    assert Event.objects.filter(action="reports.publish", outcome="denied").exists()


def test_a_section_is_edited_with_a_preview(client_of: As, draft: Make, counted: Counted) -> None:
    counted(3)
    edition = draft()
    lead = client_of(Role.LEAD)
    preview = body(lead.post(url("section_preview", edition, "results"), {"body": "Now [[test.events]]."}))
    assert ">3<sup" in preview
    assert edition.sections.get(key="results").body != "Now [[test.events]]."

    wrong = lead.post(url("section", edition, "results"), {"body": "[[test.evnts]]", "version": 1})
    assert wrong.status_code == 422
    assert "did you mean test.events?" in body(wrong)

    lead.post(url("section", edition, "results"), {"body": "Now [[test.events]].", "version": 1})
    assert edition.sections.get(key="results").body == "Now [[test.events]]."


def test_a_preview_says_what_is_wrong(client_of: As, draft: Make) -> None:
    edition = draft()
    page = body(
        client_of(Role.LEAD).post(url("section_preview", edition, "results"), {"body": "[[nothing.here]]"})
    )

    assert "there is no measure" in page


def test_text_of_an_author_is_not_run(client_of: As, approved: Make) -> None:
    edition = approved("<script>alert(1)</script> and **<b>bold</b>**")
    page = body(client_of(Role.LEAD).get(url("edition", edition)))

    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


def test_the_form_and_the_minutes(client_of: As, draft: Make) -> None:
    edition = draft()
    lead = client_of(Role.LEAD)
    wrong = lead.post(url("form", edition), {"subject": ""})
    assert wrong.status_code == 422
    lead.post(
        url("form", edition),
        {
            "district": "River City Unified",
            "agenda_item": "11.2",
            "meeting_date": "2012-09-06",
            "subject": "Partnership",
            "item_type": "action",
            "division": "Accountability",
            "minutes_planned": "20",
            "submitted_by_role": "Lead",
            "approved_by_role": "Superintendent",
        },
    )
    page = body(lead.get(url("edition", edition)))
    assert "☒ Action</strong>" in page
    assert "River City Unified" in page
    lead.post(url("minutes", edition), {"minutes_text": "Received and filed."})
    assert "Received and filed." in body(lead.get(url("edition", edition)))


@pytest.mark.parametrize(
    ("file", "content_type"),
    [("pdf", "application/pdf"), ("csv", "text/csv; charset=utf-8"), ("json", "application/json")],
)
def test_files_are_downloaded_and_audited(
    client_of: As, approved: Make, file: str, content_type: str
) -> None:
    edition = approved()
    answer = client_of(Role.ACCOUNTABILITY).get(url("download", edition, file))

    assert answer["Content-Type"] == content_type
    assert f"small-2012-09-06.{file}" in answer["Content-Disposition"]
    assert Event.objects.filter(action="reports.downloaded").count() == 1
    assert client_of(Role.ACCOUNTABILITY).get(url("download", edition, "exe")).status_code == 404


def test_the_list_starts_an_edition(client_of: As, draft: Make) -> None:
    draft()
    lead = client_of(Role.LEAD)
    assert "Start the draft" in body(lead.get(reverse("reports:list")))
    assert "Start the draft" not in body(client_of(Role.TRUSTEE).get(reverse("reports:list")))
    answer = lead.post(reverse("reports:new", args=["small"]), {"as_of": "2012-12-06"})
    assert Edition.objects.get(as_of=date(2012, 12, 6)).number == 2
    assert answer.status_code == 302
    assert lead.post(reverse("reports:new", args=["none"]), {"as_of": "2012-12-06"}).status_code == 404


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("meeting_date", "0201-09-06", "Check the year"),
        ("meeting_date", "2102-09-06", "the figures stand at 2012-09-06"),
        ("minutes_planned", "99999999999", "480"),
        ("minutes_planned", "0", "1"),
        ("subject", "a \uf0b7 b", "U+F0B7"),
    ],
)
def test_a_slip_on_the_form_is_refused(client_of: As, draft: Make, field: str, value: str, told: str) -> None:
    edition = draft()
    names = ("district", "meeting_date", "subject", "item_type", "division", "minutes_planned")
    names += ("submitted_by_role", "approved_by_role")
    filled = {name: str(getattr(edition, name)) for name in names} | {"district": "River City Unified"}

    answer = client_of(Role.LEAD).post(url("form", edition), {**filled, field: value})

    assert (answer.status_code, told in body(answer)) == (422, True)


def test_a_character_without_a_glyph_is_refused_where_it_is_typed(client_of: As, draft: Make) -> None:
    edition = draft()
    sent = {"body": "Welcome to 安全学校.", "version": 1}
    answer = client_of(Role.LEAD).post(url("section", edition, "results"), sent)

    assert answer.status_code == 422
    assert "The character “安” (U+5B89) cannot be printed" in body(answer)


def test_a_day_that_is_a_slip_is_told_in_its_own_words(client_of: As, kind: object) -> None:
    answer = client_of(Role.LEAD).post(
        reverse("reports:new", args=["small"]), {"as_of": "1800-01-01"}, follow=True
    )
    assert "Check the year: it lies outside of 1850 to 2199." in body(answer)


def test_a_draft_is_given_up_on_its_page(client_of: As, draft: Make) -> None:
    edition = draft()
    lead = client_of(Role.LEAD)
    assert "Delete this draft" in body(lead.get(url("sign", edition)))
    assert "Delete this draft" not in body(client_of(Role.TRUSTEE).get(url("sign", edition)))
    lead.post(url("discard", edition), {"reason": "A wrong day"})
    assert not Edition.objects.exists()


def test_the_secretary_writes_the_minutes(client_of: As, approved: Make) -> None:
    edition = approved("Well.")
    client_of(Role.TRUSTEE).post(url("take_step", edition, "publish"))
    secretary = client_of(Role.SECRETARY)
    assert "Write the minutes" in body(secretary.get(url("edition", edition)))
    secretary.post(url("minutes", edition), {"minutes_text": "Received and filed."})

    assert "Received and filed." in body(client_of(Role.CAMPUS_MONITOR).get(url("edition", edition)))
    assert client_of(Role.CAMPUS_MONITOR).get(url("download", edition, "annotated-pdf")).status_code == 200


def test_a_number_without_records_has_no_way_to_them(client_of: As, approved: Make) -> None:
    edition = approved("Asked: [[test.survey]].")
    page = body(client_of(Role.LEAD).get(url("edition", edition)))

    assert "not collected" in page
    assert "Open the records" not in page
    assert url("number", edition, 1) not in page


def test_what_changed(client_of: As, approved: Make, draft: Make, counted: Counted) -> None:
    counted(1, on=date(2012, 4, 1))
    first = approved(as_of=date(2012, 5, 1))
    client_of(Role.TRUSTEE).post(url("take_step", first, "publish"))
    counted(2, on=date(2012, 8, 1))
    second = draft("We now counted [[test.events period=to-date]] events.")
    page = body(client_of(Role.LEAD).get(url("difference", second)))

    assert "+2" in page
    assert '<ins class="paper-added">' in page
    assert "first edition of this report" in body(client_of(Role.LEAD).get(url("difference", first)))


def test_a_correction_stands_above_the_paper(client_of: As, approved: Make) -> None:
    edition = approved()
    client_of(Role.TRUSTEE).post(url("take_step", edition, "publish"))
    client_of(Role.ACCOUNTABILITY).post(url("correction", edition), {"reason": "Counted twice."})

    reader = client_of(Role.CAMPUS_MONITOR)
    assert "Counted twice." in body(reader.get(url("edition", edition)))
    assert url("download", edition, "annotated-pdf") in body(reader.get(url("edition", edition)))
    assert "Counted twice." in reader.get(url("download", edition, "annotated-json")).content.decode()
    assert "Counted twice." not in reader.get(url("download", edition, "json")).content.decode()


def test_the_api_gives_the_same_numbers(client_of: As, approved: Make, counted: Counted) -> None:
    counted(3)
    approved()
    client = client_of(Role.ACCOUNTABILITY)
    found = client.get("/api/v1/reports/small?as_of=2012-09-06").json()

    assert found["traceability"] == {"cells": 1, "traced": 1, "share": 100.0}
    assert found["numbers"][0]["value"] == 3
    assert client.get("/api/v1/reports").json()[0]["report"] == "small"
    assert client.get("/api/v1/reports/small?as_of=2001-01-01").status_code == 404
    assert client.get("/api/v1/reports/none?as_of=2012-09-06").status_code == 404
    assert client.get("/api/v1/reports/small/files/pdf?as_of=2012-09-06")["Content-Type"] == "application/pdf"
