"""Pages of grants, as the people who use them: what they see, send, and are told."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from schoolward.domains.grants import actions, queries
from schoolward.domains.grants.models import Award, Entry, OverrideRequest, Purpose
from schoolward.domains.initiatives.models import Initiative
from schoolward.domains.work import actions as work
from schoolward.platform.access.viewer import Viewer

pytestmark = pytest.mark.django_db
ClientOf = Callable[..., Client]


@pytest.fixture(autouse=True)
def _demonstration_day(settings: object) -> None:
    """Pages stand at September 6, 2012."""
    settings.DEMO = True  # type: ignore[attr-defined]


def entry_form(award: Award, **changed: object) -> dict[str, object]:
    line = award.lines.get(code="E")
    return {
        "kind": "expenditure",
        "line_id": line.pk,
        "amount_cents": "$1,200.50",
        "on": "2012-09-03",
        "description": "Forty locks",
        **changed,
    }


def test_the_award_says_what_will_lapse(
    award: Award, post: Callable[..., Entry], client_of: ClientOf
) -> None:
    for month in range(1, 9):
        post("expenditure", 2_000_00, on=date(2012, month, 15))
    page = client_of("trustee").get(reverse("grants:award", args=[award.key])).content.decode()
    assert "will lapse in 24 days (80 percent range" in page
    assert "$184,000" in page
    assert "Make an entry" not in page
    listed = client_of("trustee").get(reverse("grants:list")).content.decode()
    assert "Will lapse" in listed
    assert "Safer doors" in listed


def test_an_entry_by_the_page(award: Award, client_of: ClientOf) -> None:
    client = client_of("grants_analyst")
    path = reverse("grants:entry_new", args=[award.key])
    assert client.get(path).status_code == 200
    sent = client.post(path, entry_form(award), follow=True)
    entry = Entry.objects.get(kind="expenditure")
    assert entry.amount_cents == 120_050
    assert "$1,200.50 of it has no purpose yet" in sent.content.decode()


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"amount_cents": "twelve"}, "Enter a number"),
        ({"amount_cents": "-5"}, "greater than or equal to 0.01"),
        ({"amount_cents": "1.005"}, "no more than 2 decimal places"),
        ({"on": "20122-01-01"}, "Enter a valid date"),
        ({"on": "0212-01-01"}, "Check the year"),
        ({"on": "2009-09-01"}, "28 CFR 66.23(a)"),
        ({"line_id": ""}, "Choose the budget line"),
        ({"line_id": "999999"}, "Select a valid choice"),
        ({"amount_cents": "150000.01"}, "Transfer money into the line first"),
        ({"description": ""}, "This field is required"),
        ({"kind": "match", "line_id": ""}, "whether it is cash"),
    ],
)
def test_wrong_entries_are_answered_at_their_field(
    award: Award, client_of: ClientOf, changed: dict[str, object], said: str
) -> None:
    path = reverse("grants:entry_new", args=[award.key])
    answer = client_of("grants_analyst").post(path, entry_form(award, **changed))
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Entry.objects.exclude(kind="budget").exists()


def test_what_a_rule_blocks_is_let_by_by_somebody_else(award: Award, client_of: ClientOf) -> None:
    analyst, lead = client_of("grants_analyst"), client_of("lead")
    path = reverse("grants:entry_new", args=[award.key])
    form = entry_form(award, on="2009-09-01", override_reason="The funder's letter of August 20 allows it")
    waiting = analyst.post(path, form, follow=True).content.decode()
    assert "You asked, so somebody else decides" in waiting
    asked = OverrideRequest.objects.get()
    decide = reverse("grants:decide", args=[asked.pk])
    own = analyst.post(decide, {"decision": "let_by", "reason": "Fine"})
    assert "Somebody other than the one who asked" in own.content.decode()
    done = lead.post(decide, {"decision": "let_by", "reason": "I have the letter"}, follow=True)
    assert "I have the letter" in done.content.decode()
    assert Entry.objects.get(kind="expenditure").override_id == asked.pk


def test_a_cost_is_tied_to_work_and_to_an_initiative(
    award: Award, post: Callable[..., Entry], client_of: ClientOf, by: Viewer, at: datetime
) -> None:
    entry = post("expenditure", 1_000_00)
    item = work.propose(title="New locks", campus_id=None, by=by, at=at)
    Initiative.objects.create(key="doors", title="Doors", owner_role="lead")
    client = client_of("facilities")
    path = reverse("grants:entry_purpose", args=[entry.pk])
    client.post(path, {"amount_cents": "600", "work": item.reference.lower()})
    client.post(path, {"amount_cents": "400", "initiative": "doors"})
    targets = dict(Purpose.objects.values_list("target", "amount_cents"))
    assert targets[f"work.WorkItem:{item.pk}"] == 600_00
    assert sorted(targets.values()) == [400_00, 600_00]
    page = client.get(reverse("grants:entry", args=[entry.pk])).content.decode()
    assert reverse("work:detail", args=[item.pk]) in page
    for wrong, said in (
        ({"amount_cents": "1", "work": "NOPE-1"}, "There is no “NOPE-1”"),
        ({"amount_cents": "1"}, "Name one thing"),
        ({"amount_cents": "1", "work": item.reference, "initiative": "doors"}, "Name one thing"),
        ({"amount_cents": "1", "finding": "999999999999999999999"}, "at most 19 characters"),
        ({"amount_cents": "1", "initiative": "doors"}, "no more than what of it has no purpose"),
    ):
        answer = client.post(path, wrong)
        assert (answer.status_code, said in answer.content.decode()) == (422, True), wrong
    purpose = Purpose.objects.order_by("pk")[0]
    client.post(reverse("grants:purpose_take_back", args=[purpose.pk]))
    assert sum(Purpose.objects.values_list("amount_cents", flat=True)) == 400_00


def test_evidence_is_kept_and_opens_only_for_those_inside(
    post: Callable[..., Entry], client_of: ClientOf
) -> None:
    entry, client = post("expenditure", 1_000_00), client_of("grants_analyst")
    path = reverse("grants:entry_evidence", args=[entry.pk])
    assert "Write what proves it" in client.post(path, {}).content.decode()
    upload = SimpleUploadedFile("invoice.pdf", b"%PDF-1.4 invoice")
    client.post(path, {"text": "Invoice 7", "file": upload})
    proof = entry.evidence.get()
    address = reverse("grants:evidence_file", args=[proof.pk])
    assert b"".join(client.get(address).streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]
    assert client_of("provider").get(address).status_code == 403


def test_taking_back_releasing_and_moving_by_pages(
    award: Award, post: Callable[..., Entry], client_of: ClientOf
) -> None:
    client = client_of("grants_analyst")
    bound, spent = post("obligation", 500_00), post("expenditure", 100_00)
    client.post(
        reverse("grants:entry_release", args=[bound.pk]), {"amount_cents": "200", "reason": "Cheaper"}
    )
    client.post(reverse("grants:entry_reverse", args=[spent.pk]), {"reason": "Twice"})
    lines = {line.code: line.pk for line in award.lines.all()}
    moved = {"from_line_id": lines["E"], "to_line_id": lines["C"], "amount_cents": "1000", "reason": "Dearer"}
    client.post(reverse("grants:transfer", args=[award.key]), moved)
    balance = queries.award_balances([award.pk])[award.pk]
    assert (balance.unliquidated, balance.expended, balance.budgeted) == (300_00, 0, 200_000_00)
    assert queries.line_balances(award.pk)[lines["C"]].budgeted == 51_000_00
    page = client.get(reverse("grants:award", args=[award.key])).content.decode()
    assert "within the limit" in page
    too_much = client.post(reverse("grants:transfer", args=[award.key]), {**moved, "amount_cents": "40000"})
    assert "28 CFR 66.30(c)(1)(ii)" in too_much.content.decode()


def test_ledger_filters_and_exports(award: Award, post: Callable[..., Entry], client_of: ClientOf) -> None:
    post("expenditure", 100, description="Hinges")
    post("draw", 50, description="Reimbursed")
    client, path = client_of("accountability"), reverse("grants:ledger", args=[award.key])
    found = client.get(path, {"kind": "draw"}).content.decode()
    assert "Reimbursed" in found
    assert "Hinges" not in found
    assert "Hinges" in client.get(path, {"purpose": "none"}).content.decode()
    assert client.get(path, {"since": "yesterday"}).status_code == 400
    rows = b"".join(client.get(path, {"export": "csv"}).streaming_content).decode()  # type: ignore[attr-defined]
    assert rows.splitlines()[0].lstrip("\ufeff").startswith("id,award,line,kind,amount")
    assert len(rows.splitlines()) == 5


def test_reports_calendar_and_the_financial_report(
    award: Award, post: Callable[..., Entry], client_of: ClientOf
) -> None:
    post("expenditure", 100_00, on=date(2012, 6, 30))
    post("expenditure", 7_00, on=date(2012, 7, 1))
    client = client_of("lead")
    late = client.get(reverse("grants:reports"), {"state": "late"}).content.decode()
    assert "Mark as sent" in late
    report = award.reports.order_by("due")[0]
    client.post(reverse("grants:report_sent", args=[report.pk]), {"submitted_on": "2010-01-20"})
    report.refresh_from_db()
    assert report.submitted_on == date(2010, 1, 20)
    feed = client.get(reverse("grants:calendar")).content
    assert feed.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"DTSTART;VALUE=DATE:20120930" in feed
    path = reverse("grants:financial_report", args=[award.key])
    assert "$100.00" in client.get(path).content.decode()
    made = client.get(path, {"until": "2012-07-01", "export": "csv"}).content.decode()
    assert "10e,Federal share of expenditures,107.00" in made
    assert client.get(path, {"until": "never"}).status_code == 400


def test_entering_amending_and_closing_an_award(client_of: ClientOf) -> None:
    lead = client_of("lead")
    form = {
        "title": "Lights",
        "funder_name": "An office",
        "funder": "federal",
        "amount_cents": "1000",
        "awarded_on": "2012-01-01",
        "start": "2012-01-01",
        "end": "2012-12-31",
        "match_percent": "25",
        "financial_every": "quarter",
        "progress_every": "half_year",
        "aln": "16.71",
    }
    path = reverse("grants:award_new")
    assert "two digits, a point and three digits" in lead.post(path, form).content.decode()
    page = lead.post(path, {**form, "aln": "16.710"}, follow=True).content.decode()
    assert "without one nothing can be spent" in page
    award = Award.objects.get()
    lead.post(
        reverse("grants:amend", args=[award.key]),
        {
            "kind": "extension",
            "approval": "GAN 1",
            "approved_on": "2012-09-01",
            "text": "t",
            "new_end": "2013-03-31",
        },
    )
    award.refresh_from_db()
    assert award.end == date(2013, 3, 31)
    refused = lead.post(reverse("grants:close", args=[award.key]), follow=True).content.decode()
    assert "Its period has not ended" in refused
    lead.post(
        reverse("grants:award_edit", args=[award.key]), {**form, "aln": "16.710", "title": "All lights"}
    )
    award.refresh_from_db()
    assert award.title == "All lights"
    assert award.forbids_supplanting is False


def test_posts_and_their_cliff(award: Award, client_of: ClientOf) -> None:
    client = client_of("grants_analyst")
    assert "No post yet" in client.get(reverse("grants:positions")).content.decode()
    client.post(
        reverse("grants:position_new"), {"title": "Advocate", "annual_cents": "60000", "starts": "2010-07-01"}
    )
    funding = {"award_id": award.pk, "percent": "100", "start": "2010-07-01", "end": "2012-09-30"}
    path = reverse("grants:position_fund", args=["advocate"])
    client.post(path, funding)
    page = client.get(reverse("grants:positions")).content.decode()
    assert "Paid in full until September 30, 2012, then 0%" in page
    over = client.post(path, {**funding, "percent": "1"}).content.decode()
    assert "would pay 101%" in over


def test_an_application_by_pages(client_of: ClientOf) -> None:
    analyst, lead = client_of("grants_analyst"), client_of("lead")
    analyst.post(
        reverse("grants:opportunity_new"),
        {
            "title": "Round 2",
            "funder_name": "O",
            "funder": "other",
            "closes": "2012-09-30",
            "match_percent": "0",
        },
    )
    key = "round-2"
    analyst.post(reverse("grants:choose", args=[key]), {"choice": "go", "reason": "Fits"})
    analyst.post(reverse("grants:begin", args=[key]), {"requested_cents": "500"})
    page = analyst.get(reverse("grants:opportunity", args=[key])).content.decode()
    assert "do not add up" in page
    application = queries.applications(Viewer.system(at=datetime.now().astimezone())).get()
    part = reverse("grants:part_new", args=[application.pk])
    analyst.post(part, {"kind": "budget", "title": "All", "amount_cents": "500"})
    for client in (analyst, lead):
        client.post(reverse("grants:sign", args=[application.pk]))
    lead.post(reverse("grants:submit", args=[application.pk]), {"submitted_on": "2012-09-06"})
    lead.post(
        reverse("grants:answer", args=[application.pk]), {"outcome": "awarded", "decided_on": "2012-09-06"}
    )
    page = lead.get(reverse("grants:opportunity", args=[key])).content.decode()
    assert "Enter the award" in page
    address = f"{reverse('grants:award_new')}?application={application.pk}"
    assert address in page
    form = lead.get(address).content.decode()
    for part in ('value="Round 2"', 'value="500.00"', 'value="2012-09-06"'):
        assert part in form
    assert lead.get(f"{reverse('grants:award_new')}?application=nobody").status_code == 200


def test_the_audit_pack(
    award: Award, post: Callable[..., Entry], client_of: ClientOf, analyst: Viewer, at: datetime
) -> None:
    entry = post("expenditure", 100_00)
    actions.add_evidence(entry_id=entry.pk, text="Invoice 4711", by=analyst, at=at)
    post("expenditure", 7_00, incurred_on=date(2012, 8, 31), external_id="GL-77")
    post("draw", 50_00)
    client = client_of("accountability")
    page = client.get(reverse("reports:award_pack", args=[award.key])).content.decode()
    assert "Invoice 4711" in page
    assert "Entries that nothing proves" in page
    for told in (
        "Match in cash only",
        "each category of its lines",
        "$40,000.00 in sum, 10 percent",
        "Pays only what was spent before",
        "cost of 2012-08-31",
        "general ledger GL-77",
    ):
        assert told in page, told
    assert page.count(">nothing<") == 2
    made = client.get(reverse("reports:award_pack_file", args=[award.key, "csv"])).content.decode()
    assert "Invoice 4711" in made
    pdf = client.get(reverse("reports:award_pack_file", args=[award.key, "pdf"])).content
    from pypdf import PdfReader

    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    assert "Invoice 4711" in text
    assert client.get(reverse("reports:award_pack_file", args=[award.key, "exe"])).status_code == 404
    assert client_of("provider").get(reverse("reports:award_pack", args=[award.key])).status_code == 403


def test_the_morning_of_those_who_keep_grants(
    award: Award, post: Callable[..., Entry], client_of: ClientOf
) -> None:
    post("expenditure", 100_00)
    page = client_of("grants_analyst").get("/").content.decode()
    assert "Grant money" in page
    assert "ends in 24 days" in page
    assert "0% of this school year" in page
    assert "Grant money" not in client_of("alarm_operator").get("/").content.decode()


def test_what_a_record_adds_to_a_share_of_money_is_told_in_dollars(
    award: Award, post: Callable[..., Entry], client_of: ClientOf
) -> None:
    post("expenditure", 2_597_50)
    Purpose.objects.create(
        entry=Entry.objects.get(kind="expenditure"),
        kind="finding",
        target="assessments.Finding:1",
        title="A door",
        amount_cents=2_597_50,
        at=award.entries.first().at,  # type: ignore[union-attr]
        by_name="P1",
    )
    path = reverse("home:trace", args=["grants.traceability"])
    client = client_of("trustee")
    page = client.get(path).content.decode()
    assert "$2,597.50" in page
    assert "259,750" not in page
    exported = client.get(reverse("home:trace_csv", args=["grants.traceability"]))
    rows = b"".join(exported.streaming_content).decode()  # type: ignore[attr-defined]
    assert rows.splitlines()[0].endswith("dollars")
    assert rows.splitlines()[1].endswith("2597.50")
